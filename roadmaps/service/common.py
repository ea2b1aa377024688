"""Beats that every change of a plan shares."""

from accounts.service import person_names
from casework.service import case_guard
from core.errors import NotFoundError, RequiredError
from core.i18n import Term
from core.permissions import Permission
from core.workspace import Transaction, Workspace
from roadmaps import store
from roadmaps.domain.checks import check_plan
from roadmaps.domain.edits import Edit, apply, inverse
from roadmaps.domain.errors import ActualInFutureError
from roadmaps.domain.outcome import Outcome, outcome
from roadmaps.domain.plan import Plan
from roadmaps.domain.roadmap import PlanEdit, Roadmap
from roadmaps.domain.schedule import schedule
from roadmaps.domain.spans import spans
from roadmaps.domain.worktime import WorkTime, work_time
from roadmaps.service.kept import lay_both, lay_loaded, load

AREA = "roadmaps"


def load_for_change(workspace: Workspace, tx: Transaction, roadmap_id: int) -> tuple[Roadmap, Plan]:
    """Load a roadmap under its lock, if the actor may change it."""
    roadmap, plan = load(tx, roadmap_id, lock=True)
    workspace.require(Permission.EDIT_ROADMAP, case_guard(tx, roadmap.case_id))
    return roadmap, plan


def require_case(workspace: Workspace, tx: Transaction, case_id: int) -> None:
    """Refuse a new roadmap without a case, or of one that the actor may not plan for."""
    require_chosen(case_id)
    workspace.require(Permission.EDIT_ROADMAP, case_guard(tx, case_id, lock=True))


def require_chosen(case_id: int) -> None:
    """Refuse a new roadmap of which nobody has said whose it is."""
    if not case_id:
        raise RequiredError(field=Term("field.initiative"))


def time_of(tx: Transaction, plan: Plan) -> WorkTime:
    """Lay the plan over its calendar, with the centre's own days."""
    return work_time(plan, tx.calendar(plan.calendar_id))


def write_change(
    tx: Transaction,
    loaded: tuple[Roadmap, Plan],
    edit: Edit,
    undoes: int | None = None,
    *,
    again: bool = False,
    key: str | None = None,
) -> Outcome:
    """Apply an edit, save what it changed and its row of history, and say what it did.

    `undoes` is the number of the change that it takes back; `again` says that this one was a
    taking back itself; `key` names the request that asked for it.

    Raises `CycleError` and the errors of `check_plan`, and changes nothing, when the new plan
    would not be sound; nor is anything written where the plan stays what it is, but for a
    taking back: the chain of a person's changes goes on behind it.
    """
    roadmap, plan = loaded
    changed, before = apply(plan, edit), lay_loaded(tx, roadmap, plan)
    if changed == plan and undoes is None:
        return outcome(None, before, before)
    after, _before = lay_both(tx, changed, before)
    require_people(tx, changed, plan)
    if undoes is None:
        _require_past(tx, plan, changed)
    seq = roadmap.version
    made = PlanEdit(seq, edit, inverse(plan, edit), tx.actor.person_id, tx.now, undoes)
    store.add_edit(tx.db, roadmap.id, made, key)
    store.save_plan(tx.db, roadmap.id, (plan, changed), (after.result, after.spans), tx.now)
    tx.audit(
        _action(undoes, again=again),
        f"roadmap:{roadmap.id}",
        seq=seq,
        undoes=undoes,
        tasks=len(changed.tasks),
        links=len(changed.dependencies),
        length=after.result.length,
    )
    tx.touched(AREA)
    return outcome(seq, before, after)


def _require_past(tx: Transaction, before: Plan, after: Plan) -> None:
    """Refuse that a task, as it is changed now, was begun or finished after today."""
    for task in after.tasks:
        progress, old = task.progress, before.by_id.get(task.id)
        if progress is None or (old is not None and old.progress == progress):
            continue
        for at in (progress.started_at, progress.finished_at):
            if at is not None and at.date() > tx.today:
                raise ActualInFutureError(task=task.title, at=at.date(), today=tx.today)


def _action(undoes: int | None, *, again: bool) -> str:
    if undoes is None:
        return "roadmap.edited"
    return "roadmap.edit_redone" if again else "roadmap.edit_undone"


def require_people(tx: Transaction, plan: Plan, known: Plan | None = None) -> None:
    """Refuse people responsible whom the centre does not know."""
    before = {task.responsible_id for task in known.tasks} if known else set()
    after = {task.responsible_id for task in plan.tasks}
    asked = {person for person in after - before if person is not None}
    missing = asked - set(person_names(tx, asked)) if asked else set()
    if missing:
        raise NotFoundError(kind=Term("object.person"), id=min(missing))


def write_plan(tx: Transaction, roadmap_id: int, blank: Plan, plan: Plan) -> None:
    """Save the tasks that a new roadmap begins with."""
    check_plan(plan)
    require_people(tx, plan)
    when = time_of(tx, plan)
    result = schedule(plan, when.days)
    dates = spans(plan, result, when)
    store.save_plan(tx.db, roadmap_id, (blank, plan), (result, dates), tx.now)

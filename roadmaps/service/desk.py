"""The editor of a plan: what it shows, and the acts of a hand in it."""

from dataclasses import dataclass, field

from accounts.service import person_names
from casework.service import case_guard
from core.calendar import load_calendar
from core.permissions import Permission, may
from core.workspace import Transaction, Workspace
from roadmaps import store
from roadmaps.domain.acting import edit_of
from roadmaps.domain.acts import Act, Step
from roadmaps.domain.chain import chain_of
from roadmaps.domain.desk import Desk
from roadmaps.domain.edits import inverse
from roadmaps.domain.edits_new import new_tasks, numbered
from roadmaps.domain.laid import lay
from roadmaps.domain.layout import Look, gantt_layout
from roadmaps.domain.outcome import outcome
from roadmaps.domain.plan import Plan
from roadmaps.domain.roadmap import LastChange, PlanEdit, Roadmap
from roadmaps.domain.standing import plan_before, touch_of
from roadmaps.domain.touching import touched
from roadmaps.service.carry import redo, require_apart, undo
from roadmaps.service.common import lay_both, load_for_change, write_change
from roadmaps.service.stale import stale


@dataclass(frozen=True, slots=True)
class Asked:
    """What a hand asks for: acts over the version it saw; `key` names the request."""

    version: int
    acts: tuple[Act, ...] | Step
    look: Look = field(default_factory=Look)
    key: str | None = None


def view_desk(
    workspace: Workspace, *, roadmap_id: int, look: Look | None = None, since: int | None = None
) -> Desk | None:
    """Show a plan in its editor; None if it is still the version `since`."""
    with workspace.reading() as tx:
        head = store.load_head(tx.db, roadmap_id)
        guard = case_guard(tx, head.case_id)
        workspace.require(Permission.VIEW_ROADMAP, guard)
        if head.version == since:
            return None
        may_edit = may(tx.actor, Permission.EDIT_ROADMAP, guard)
        return _desk(tx, store.load_plan(tx.db, roadmap_id), look or Look(), may_edit=may_edit)


def act_on_plan(workspace: Workspace, *, roadmap_id: int, asked: Asked) -> Desk:
    """Do what a hand asks for, as one change, and show the plan in its editor.

    What others changed since stays; the acts are done to the plan of now. A request that was
    answered already does nothing.

    Raises
    ------
    StaleError
        If what the acts touch was touched since.
    DomainError
        If an act asks for what cannot be; nothing changes.
    """
    with workspace.transaction() as tx:
        loaded = load_for_change(workspace, tx, roadmap_id)
        me = tx.actor.person_id
        added: tuple[int, ...] = ()
        if asked.key is None or not store.is_made(tx.db, roadmap_id, me, asked.key):
            if asked.acts is Step.UNDO:
                undo(tx, loaded, None, asked.key)
            elif asked.acts is Step.REDO:
                redo(tx, loaded, None, asked.key)
            else:
                added = _act(tx, loaded, asked, asked.acts)
            tx.db.flush()
        changed = store.load_plan(tx.db, roadmap_id)
        return _desk(tx, changed, asked.look, may_edit=True, added=added)


def _act(
    tx: Transaction, loaded: tuple[Roadmap, Plan], asked: Asked, acts: tuple[Act, ...]
) -> tuple[int, ...]:
    roadmap, plan = loaded
    days = load_calendar(tx.db, plan.calendar_id)
    later: tuple[PlanEdit, ...] = ()
    wanted = None
    if asked.version != roadmap.version:
        later = store.find_edits_since(tx.db, roadmap.id, asked.version)
        wanted = edit_of(lay(plan_before(plan, later), days), acts)
        require_apart(tx, loaded, asked.version, wanted, later)
    edit = edit_of(lay(plan, days), acts)
    if not edit.edits:
        return ()
    ids = store.new_task_ids(tx.db, roadmap.id, len(new_tasks(edit)))
    named = numbered(edit, plan, roadmap.id, ids)
    if wanted is not None and touched(named, inverse(plan, named)).meets(touch_of(later)):
        raise stale(tx, loaded, asked.version, wanted)
    write_change(tx, loaded, named, key=asked.key)
    return tuple(ids)


def _desk(
    tx: Transaction,
    loaded: tuple[Roadmap, Plan],
    look: Look,
    *,
    may_edit: bool,
    added: tuple[int, ...] = (),
) -> Desk:
    roadmap, plan = loaded
    days = load_calendar(tx.db, plan.calendar_id)
    laid = lay(plan, days)
    me = tx.actor.person_id
    last = _last(tx, roadmap, plan)
    people = {t.responsible_id for t in plan.tasks if t.responsible_id is not None}
    people |= {last.edit.by} if last else set()
    names = person_names(tx, people)
    chain = chain_of(store.list_marks(tx.db, roadmap.id), me) if may_edit else None
    return Desk(
        roadmap=roadmap,
        laid=laid,
        layout=gantt_layout(plan, laid.result, laid.when, tx.today, look),
        today=tx.today,
        zone=tx.zone,
        people=names,
        may_edit=may_edit,
        undo=_edit(tx, roadmap.id, chain.undo if chain else None),
        redo=_edit(tx, roadmap.id, chain.redo if chain else None),
        change=last,
        is_mine=last is not None and last.edit.by == me,
        added=added,
    )


def _edit(tx: Transaction, roadmap_id: int, seq: int | None) -> PlanEdit | None:
    return None if seq is None else store.load_edit(tx.db, roadmap_id, seq)


def _last(tx: Transaction, roadmap: Roadmap, plan: Plan) -> LastChange | None:
    edits = store.list_edits(tx.db, roadmap.id, 1)
    if not edits:
        return None
    last = edits[-1]
    laid = lay_both(tx, last.backward.step(plan), plan)
    return LastChange(last, person_names(tx, {last.by}).get(last.by, ""), outcome(last.seq, *laid))

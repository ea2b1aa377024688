"""Making a roadmap, renaming it, taking it away, and what it does to a need."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from casework.service import (
    NeedState,
    TimelineKind,
    add_to_timeline,
    need_of,
    remove_from_timeline,
    set_need_state,
)
from casework.service.seams import people_of_case
from core.errors import NotFoundError, StaleError
from core.i18n import Term
from core.workspace import Transaction, Workspace
from roadmaps import store
from roadmaps.domain.checks import check_plan
from roadmaps.domain.plan import Plan
from roadmaps.domain.roadmap import Roadmap, clean_name
from roadmaps.domain.table import with_ids
from roadmaps.service.common import AREA, load_for_change, require_case, time_of, write_plan

_HISTORY = 200  # changes, the newest, among which is sought when a leader marked last


@dataclass(frozen=True, slots=True)
class NewPlan:
    """A roadmap to be made; `token` keeps one sending of a form from making two."""

    case_id: int
    title: str
    plan: Plan
    need_id: int | None = None
    token: str | None = None


def create_roadmap(workspace: Workspace, *, new: NewPlan) -> int:
    """Make a roadmap of a case, empty or with tasks, and give its id.

    The need it answers, if any, becomes planned; the case's timeline tells of the roadmap.
    Sent twice, the same form makes one.
    """
    with workspace.transaction() as tx:
        require_case(workspace, tx, new.case_id)
        return write_roadmap(tx, new)


def write_roadmap(tx: Transaction, new: NewPlan) -> int:
    """Make a roadmap inside a transaction whose actor was allowed to."""
    check_plan(new.plan)
    time_of(tx, new.plan)
    blank = replace(new.plan, tasks=(), dependencies=(), baselines=(), assignments=())
    head = store.NewRoadmap(
        new.case_id, clean_name(new.title), tx.actor.person_id, new.need_id, new.token
    )
    roadmap_id = store.add_roadmap(tx.db, head, blank, tx.now)
    if roadmap_id is None:
        return _already_made(tx, new.token)
    if new.plan.tasks:
        _write_tasks(tx, roadmap_id, blank, new.plan)
    if new.need_id is not None:
        _plan_need(tx, new.case_id, new.need_id)
    source = ("roadmap", roadmap_id)
    add_to_timeline(tx, new.case_id, TimelineKind.ROADMAP, tx.today, source)
    tx.audit(
        "roadmap.created",
        f"roadmap:{roadmap_id}",
        case=new.case_id,
        need=new.need_id,
        tasks=len(new.plan.tasks),
        unit=new.plan.unit,
    )
    tx.touched(AREA)
    return roadmap_id


def remove_roadmap(workspace: Workspace, *, roadmap_id: int) -> None:
    """Take a roadmap away from lists and from its case's timeline.

    The need that it alone answers is open again.
    """
    with workspace.transaction() as tx:
        roadmap, _plan = load_for_change(workspace, tx, roadmap_id)
        store.save_removed(tx.db, roadmap_id, tx.now)
        if not store.is_need_answered(tx.db, roadmap.need_id):
            _turn_need(tx, roadmap, NeedState.PLANNED, NeedState.OPEN)
        remove_from_timeline(tx, ("roadmap", roadmap_id))
        tx.audit("roadmap.removed", f"roadmap:{roadmap_id}")
        tx.touched(AREA)


def restore_roadmap(workspace: Workspace, *, roadmap_id: int) -> None:
    """Bring a removed roadmap back; the need it answers is planned again."""
    with workspace.transaction() as tx:
        store.save_removed(tx.db, roadmap_id, None)
        roadmap, _plan = load_for_change(workspace, tx, roadmap_id)
        _turn_need(tx, roadmap, NeedState.OPEN, NeedState.PLANNED)
        source = ("roadmap", roadmap_id)
        add_to_timeline(tx, roadmap.case_id, TimelineKind.ROADMAP, tx.today, source)
        marked_on = _marked_on(tx, roadmap)
        if marked_on is not None:
            add_to_timeline(tx, roadmap.case_id, TimelineKind.LEADER_MARK, marked_on, source)
        tx.audit("roadmap.restored", f"roadmap:{roadmap_id}")
        tx.touched(AREA)


def answer_need(workspace: Workspace, *, roadmap_id: int, state: NeedState) -> NeedState:
    """Say what has become of the need that a roadmap answers; give the state it was in.

    Raises `StaleError` if somebody has said so meanwhile.
    """
    with workspace.transaction() as tx:
        roadmap, _plan = load_for_change(workspace, tx, roadmap_id)
        if roadmap.need_id is None:
            raise NotFoundError(kind=Term("object.need"), id="")
        now = need_of(tx, roadmap.need_id).state
        if now not in {NeedState.OPEN, NeedState.PLANNED}:
            field = Term("field.need_state")
            raise StaleError(
                kind=Term("object.need"),
                original={field: NeedState.PLANNED},
                current={field: now},
                yours={field: NeedState(state)},
            )
        set_need_state(tx, roadmap.need_id, NeedState(state))
        tx.audit("roadmap.need_answered", f"roadmap:{roadmap_id}", state=NeedState(state))
    return now


def empty_plan(starts_on: date) -> Plan:
    """Give a plan without tasks, in working days of the centre's calendar."""
    return Plan(starts_on)


def _already_made(tx: Transaction, token: str | None) -> int:
    found = store.find_by_token(tx.db, token)
    if found is None:
        raise NotFoundError(kind=Term("object.roadmap"), id="")
    return found


def _marked_on(tx: Transaction, roadmap: Roadmap) -> date | None:
    """Give the last day on which somebody of the initiative changed a roadmap: by their link."""
    people = set(people_of_case(tx, roadmap.case_id))
    edits = store.list_edits(tx.db, roadmap.id, _HISTORY)
    marked = [edit.made_at for edit in edits if edit.by in people]
    return max(marked).astimezone(tx.zone).date() if marked else None


def _write_tasks(tx: Transaction, roadmap_id: int, blank: Plan, plan: Plan) -> None:
    ids = store.new_task_ids(tx.db, roadmap_id, len(plan.tasks))
    known = dict(zip((task.id for task in plan.tasks), ids, strict=True))
    stored = with_ids(plan, known)
    named = tuple(replace(task, uid=task.uid or f"{roadmap_id}-{task.id}") for task in stored.tasks)
    write_plan(tx, roadmap_id, blank, replace(stored, tasks=named))


def _plan_need(tx: Transaction, case_id: int, need_id: int) -> None:
    if need_of(tx, need_id).case_id != case_id:
        raise NotFoundError(kind=Term("object.need"), id=need_id)
    set_need_state(tx, need_id, NeedState.PLANNED)


def _turn_need(tx: Transaction, roadmap: Roadmap, seen: NeedState, state: NeedState) -> None:
    """Turn the need of a roadmap from one state into another; one met or removed stays so."""
    if roadmap.need_id is None:
        return
    with suppress(NotFoundError):
        if need_of(tx, roadmap.need_id).state is seen:
            set_need_state(tx, roadmap.need_id, state)

"""Taking agreed steps and needs of a case into one of its roadmaps."""

from collections.abc import Sequence
from dataclasses import dataclass

from casework.domain.need import Need
from casework.domain.step import Step
from casework.service import NeedState, case_guard, case_names, need_of, set_need_state
from casework.service.seams import open_steps
from core.errors import NotFoundError, RequiredError
from core.i18n import Term
from core.permissions import Permission
from core.workspace import Transaction, Workspace
from roadmaps import store
from roadmaps.domain.taking import need_task, taken_in, taking
from roadmaps.domain.template_views import Additions
from roadmaps.service.carry import undo
from roadmaps.service.common import load_for_change, write_change


@dataclass(frozen=True, slots=True)
class Taken:
    """What was done: the number of the change, and the need that became planned by it."""

    seq: int
    need_id: int | None = None


def view_additions(workspace: Workspace, *, case_id: int, need_id: int | None = None) -> Additions:
    """Show the steps of a case that can be taken into a roadmap: all, or those of a need."""
    with workspace.reading() as tx:
        workspace.require(Permission.EDIT_ROADMAP, case_guard(tx, case_id))
        need = _need(tx, case_id, need_id)
        lines = store.list_roadmaps(tx.db, tx.today, case_ids=[case_id])
        uids = store.list_uids(tx.db, [line.id for line in lines])
        return Additions(
            initiative=case_names(tx, [case_id]).get(case_id, ""),
            steps=_steps(tx, case_id, need),
            roadmaps={line.id: line.title for line in lines},
            taken={line.id: taken_in(uids.get(line.id, ())) for line in lines},
            need=need,
        )


def take_steps(
    workspace: Workspace, *, roadmap_id: int, step_ids: Sequence[int], need_id: int | None = None
) -> Taken:
    """Put agreed steps into a roadmap of their case, those of a need under its name.

    A step that stands there already is left alone; the need becomes planned.

    Raises
    ------
    NotFoundError
        If a step is not one that `view_additions` shows.
    RequiredError
        If nothing is left to be taken.
    """
    with workspace.transaction() as tx:
        roadmap, plan = load_for_change(workspace, tx, roadmap_id)
        need = _need(tx, roadmap.case_id, need_id)
        known = {step.id: step for step in _steps(tx, roadmap.case_id, need)}
        missing = [one for one in step_ids if one not in known]
        if missing:
            raise NotFoundError(kind=Term("object.step"), id=missing[0])
        held = taken_in(task.uid for task in plan.tasks)
        wanted = [known[one] for one in dict.fromkeys(step_ids) if one not in held]
        with_stage = need is not None and need_task(plan, need) is None
        if not (wanted or with_stage):
            raise RequiredError(field=Term("field.step"))
        ids = store.new_task_ids(tx.db, roadmap_id, len(wanted) + with_stage)
        edit = taking(plan, wanted, need, ids)
        write_change(tx, (roadmap, plan), edit)
        is_new = need is not None and need.state is NeedState.OPEN
        if is_new and need is not None:
            set_need_state(tx, need.id, NeedState.PLANNED)
        tx.audit("roadmap.steps_taken", f"roadmap:{roadmap_id}", steps=len(wanted), need=need_id)
    return Taken(roadmap.version, need_id if is_new else None)


def take_back_steps(
    workspace: Workspace, *, roadmap_id: int, seq: int, need_id: int | None = None
) -> None:
    """Undo `take_steps`: the change `seq`, and the need is open again.

    Raises `StaleError` if what it touched was touched since.
    """
    with workspace.transaction() as tx:
        loaded = load_for_change(workspace, tx, roadmap_id)
        undo(tx, loaded, seq)
        need = _need(tx, loaded[0].case_id, need_id)
        if need is not None and need.state is NeedState.PLANNED:
            set_need_state(tx, need.id, NeedState.OPEN)


def _need(tx: Transaction, case_id: int, need_id: int | None) -> Need | None:
    if need_id is None:
        return None
    need = need_of(tx, need_id)
    if need.case_id != case_id:
        raise NotFoundError(kind=Term("object.need"), id=need_id)
    return need


def _steps(tx: Transaction, case_id: int, need: Need | None) -> tuple[Step, ...]:
    steps = open_steps(tx, case_id)
    return steps if need is None else tuple(s for s in steps if s.need_id == need.id)

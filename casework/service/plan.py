"""The plan of help: the needs of a case with their goals, and the steps that answer them."""

from casework import store
from casework.domain.need import clean_goal
from casework.domain.step import NewStep, clean_step
from casework.service import seams
from casework.service.cases import require_people
from core.errors import NotFoundError
from core.i18n import Term
from core.permissions import Permission, note_reach
from core.workspace import Workspace


def plan_step(workspace: Workspace, *, case_id: int, step: NewStep) -> int:
    """Agree a step or a day to ask again, perhaps for a need; give its id. Sent twice it stands once.

    Raises `NotFoundError` if the need is of another case.
    """
    with workspace.transaction() as tx:
        workspace.require(Permission.EDIT_CASE, seams.case_guard(tx, case_id, lock=True))
        wanted = clean_step(step)
        for known in store.list_case_steps(tx.db, case_id, note_reach(tx.actor)):
            same = NewStep(
                known.text, known.due_on, known.responsible_id, known.kind, known.need_id
            )
            if same == wanted and known.done_on is None and known.origin is None:
                return known.id
        people = {wanted.responsible_id} if wanted.responsible_id is not None else set()
        require_people(tx, people)
        if wanted.need_id is not None and store.load_need(tx.db, wanted.need_id).case_id != case_id:
            raise NotFoundError(kind=Term("object.need"), id=wanted.need_id)
        step_id = store.add_step(tx.db, case_id, wanted, None, seams.stamp(tx))
        tx.audit(
            "step.added",
            f"step:{step_id}",
            case=case_id,
            due_on=wanted.due_on,
            kind=wanted.kind,
            need=wanted.need_id,
        )
        tx.touched("casework")
    return step_id


def set_goal(workspace: Workspace, *, need_id: int, goal: str) -> str:
    """Say what will be when a need is met; give what was said before."""
    with workspace.transaction() as tx:
        case_id = store.load_need(tx.db, need_id).case_id
        workspace.require(Permission.EDIT_CASE, seams.case_guard(tx, case_id, lock=True))
        before = store.load_need(tx.db, need_id).goal
        store.save_goal(tx.db, need_id, clean_goal(goal))
        tx.audit("need.goal_set", f"need:{need_id}", case=case_id)
        tx.touched("casework")
    return before

"""Needs and next steps of a case, changed from its own page."""

from datetime import date

from casework import store
from casework.domain.need import NeedKind, NeedState, clean_title
from casework.domain.step import NewStep, Step
from casework.service import seams
from casework.service.plan import plan_step
from core.errors import ForbiddenError, NotFoundError, require_seen
from core.i18n import Term
from core.permissions import Guard, Permission, Secrecy, may_read_note
from core.workspace import Transaction, Workspace


def note_need(workspace: Workspace, *, case_id: int, kind: NeedKind, title: str) -> int:
    """Note what an initiative lacks and give the need's id; sent twice it stands once."""
    with workspace.transaction() as tx:
        workspace.require(Permission.EDIT_CASE, seams.case_guard(tx, case_id, lock=True))
        for need in store.list_needs(tx.db, case_id):
            same = (need.kind, need.title, need.noted_on) == (kind, clean_title(title), tx.today)
            if same and need.state is NeedState.OPEN:
                return need.id
        return seams.add_need(tx, case_id, kind, title)


def change_need(workspace: Workspace, *, need_id: int, state: str, seen: str) -> None:
    """Say what has become of a need that was `seen` in another state.

    Raises `StaleError` if somebody has said something else since.
    """
    with workspace.transaction() as tx:
        case_id = store.load_need(tx.db, need_id).case_id
        workspace.require(Permission.EDIT_CASE, seams.case_guard(tx, case_id, lock=True))
        need = store.load_need(tx.db, need_id)
        field = Term("field.need_state")
        require_seen(
            Term("object.need"),
            original={field: NeedState(seen)},
            current={field: need.state},
            yours={field: NeedState(state)},
        )
        seams.set_need_state(tx, need_id, NeedState(state))


def remove_need(workspace: Workspace, *, need_id: int) -> None:
    """Take a need away."""
    _set_need_removed(workspace, need_id, is_removed=True)


def restore_need(workspace: Workspace, *, need_id: int) -> None:
    """Give a removed need back."""
    _set_need_removed(workspace, need_id, is_removed=False)


def agree_step(
    workspace: Workspace,
    *,
    case_id: int,
    text: str,
    due_on: date | None = None,
    responsible_id: int | None = None,
) -> int:
    """Agree a next step of a case and give its id; sent twice it stands once."""
    return plan_step(workspace, case_id=case_id, step=NewStep(text, due_on, responsible_id))


def tick_step(workspace: Workspace, *, step_id: int) -> None:
    """Say that a step is done, today; who said so first stays who did."""
    with workspace.transaction() as tx:
        if _load_for_change(workspace, tx, step_id).done_on is not None:
            return
        store.save_step_done(tx.db, step_id, tx.today, tx.actor.person_id)
        tx.audit("step.ticked", f"step:{step_id}")
        tx.touched("casework")


def untick_step(workspace: Workspace, *, step_id: int) -> None:
    """Say that a step is not done after all."""
    with workspace.transaction() as tx:
        _load_for_change(workspace, tx, step_id)
        store.save_step_done(tx.db, step_id, None, None)
        tx.audit("step.unticked", f"step:{step_id}")
        tx.touched("casework")


def remove_step(workspace: Workspace, *, step_id: int) -> None:
    """Take a step away."""
    with workspace.transaction() as tx:
        _load_for_change(workspace, tx, step_id)
        store.save_step_removed(tx.db, step_id, tx.now)
        tx.audit("step.removed", f"step:{step_id}")
        tx.touched("casework")


def restore_step(workspace: Workspace, *, step_id: int) -> None:
    """Give a removed step back."""
    with workspace.transaction() as tx:
        _load_for_change(workspace, tx, step_id, removed=True)
        store.save_step_removed(tx.db, step_id, None)
        tx.audit("step.restored", f"step:{step_id}")
        tx.touched("casework")


def _set_need_removed(workspace: Workspace, need_id: int, *, is_removed: bool) -> None:
    with workspace.transaction() as tx:
        need = store.load_need(tx.db, need_id, removed=True)
        workspace.require(Permission.EDIT_CASE, seams.case_guard(tx, need.case_id, lock=True))
        store.save_need_removed(tx.db, need_id, tx.now if is_removed else None)
        tx.audit("need.removed" if is_removed else "need.restored", f"need:{need_id}")
        tx.touched("casework")


def _load_for_change(
    workspace: Workspace, tx: Transaction, step_id: int, *, removed: bool = False
) -> Step:
    """Load a step that the actor may change: of their case, or given to them.

    One of a private consultation closed to the actor does not exist for them.
    """
    step = store.load_step(tx.db, step_id, removed=removed)
    guard = Guard()
    if step.case_id is not None:
        guard = seams.case_guard(tx, step.case_id, lock=True)
    if step.origin is not None and step.origin[0] == "consultation":
        _found, talk = store.load_consultation(tx.db, step.origin[1])
        if talk.secrecy is Secrecy.PRIVATE and not may_read_note(tx.actor, talk):
            raise NotFoundError(kind=Term("object.step"), id=step_id)
        guard = Guard(
            case_id=guard.case_id, lead=guard.lead, members=guard.members | talk.members,
            author=talk.author, leads=guard.leads | talk.leads,
        )  # fmt: skip
    if step.responsible_id != tx.actor.person_id:
        workspace.require(Permission.EDIT_CASE, guard)
    elif not tx.actor.roles:
        raise ForbiddenError(permission=Permission.EDIT_CASE)
    return step

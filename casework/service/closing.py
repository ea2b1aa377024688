"""Closing a case by approval: its lead asks, another manager agrees or sends it back."""

from dataclasses import replace

from accounts.service import people_in
from casework import store
from casework.domain.case import Case, CaseStatus, CloseReason, StatusChange, require_move
from casework.domain.closing import (
    Closing,
    ClosingState,
    clean_asking,
    clean_return,
    require_asked,
    require_other,
)
from casework.service.seams import stamp
from core.errors import StaleError
from core.i18n import Term
from core.permissions import Guard, Permission, Role
from core.workspace import Transaction, Workspace


def ask_closing(
    workspace: Workspace, *, case_id: int, reason: CloseReason | None, outcome: str
) -> int:
    """Ask a manager to close a case, with the reason and what came of it; give the asking's id."""
    with workspace.transaction() as tx:
        case, guard = store.load_case(tx.db, case_id, lock=True)
        workspace.require(Permission.EDIT_CASE, guard)
        text = clean_asking(case.status, reason, outcome)
        asked = Closing(
            0, case_id, ClosingState.ASKED, reason or CloseReason.GOAL_REACHED, text,
            tx.actor.person_id, tx.today, 1,
        )  # fmt: skip
        closing_id = store.add_closing(tx.db, asked)
        tx.audit("case.closing_asked", f"case:{case_id}", closing=closing_id, reason=reason)
        tx.touched("casework")
    return closing_id


def withdraw_closing(workspace: Workspace, *, closing_id: int) -> None:
    """Take an asking back before it is decided."""
    with workspace.transaction() as tx:
        asked, _case, guard = _load(tx, closing_id)
        workspace.require(Permission.EDIT_CASE, guard)
        require_asked(asked)
        store.save_closing(tx.db, closing_id, ClosingState.WITHDRAWN, stamp(tx))
        tx.audit("case.closing_withdrawn", f"case:{asked.case_id}", closing=closing_id)
        tx.touched("casework")


def approve_closing(workspace: Workspace, *, closing_id: int, version: int) -> None:
    """Close a case as it was asked.

    Raises `OwnClosingError` if the actor leads the case or asked, and another manager is there.
    """
    with workspace.transaction() as tx:
        asked, case, guard = _load(tx, closing_id)
        workspace.require(Permission.APPROVE_CLOSING, guard)
        is_own = _require_may_decide(tx, asked, case, version)
        change = StatusChange(CaseStatus.CLOSED, asked.reason, asked.outcome)
        require_move(case.status, change)
        store.save_closing(tx.db, closing_id, ClosingState.APPROVED, stamp(tx))
        store.save_case(
            tx.db,
            replace(case, status=CaseStatus.CLOSED, close_reason=asked.reason, closed_on=tx.today),
        )
        store.add_status_change(tx.db, case.id, change, stamp(tx))
        tx.audit(
            "case.closed", f"case:{case.id}", closing=closing_id, reason=asked.reason, own=is_own
        )
        tx.touched("casework")


def return_closing(workspace: Workspace, *, closing_id: int, version: int, comment: str) -> None:
    """Send an asking back, saying what is missing; the case stays open."""
    with workspace.transaction() as tx:
        asked, case, guard = _load(tx, closing_id)
        workspace.require(Permission.APPROVE_CLOSING, guard)
        _require_may_decide(tx, asked, case, version)
        text = clean_return(comment)
        store.save_closing(tx.db, closing_id, ClosingState.RETURNED, stamp(tx), text)
        tx.audit("case.closing_returned", f"case:{case.id}", closing=closing_id)
        tx.touched("casework")


def undo_closing(workspace: Workspace, *, closing_id: int, version: int) -> None:
    """Take a decision back: the asking waits again, and the case is as it was before."""
    with workspace.transaction() as tx:
        asked, case, guard = _load(tx, closing_id)
        workspace.require(Permission.APPROVE_CLOSING, guard)
        _require_fresh(asked, version)
        if asked.state is ClosingState.APPROVED and case.status is CaseStatus.CLOSED:
            before, _on = store.load_status_changes(tx.db, case.id)[-2]
            store.delete_last_status_change(tx.db, case.id)
            store.save_case(
                tx.db, replace(case, status=before.status, close_reason=None, closed_on=None)
            )
        store.save_closing(tx.db, closing_id, ClosingState.ASKED, stamp(tx))
        tx.audit("case.closing_undone", f"case:{case.id}", closing=closing_id)
        tx.touched("casework")


def may_approve(tx: Transaction, asked: Closing, lead_id: int) -> bool:
    """Tell whether the actor, a manager, may decide: not on their own while another is there."""
    own = {lead_id, asked.asked_by}
    return tx.actor.person_id not in own or not _managers(tx) - own


def _load(tx: Transaction, closing_id: int) -> tuple[Closing, Case, Guard]:
    """Load an asking under the lock of its case."""
    case_id = store.load_closing(tx.db, closing_id).case_id
    case, guard = store.load_case(tx.db, case_id, lock=True)
    return store.load_closing(tx.db, closing_id), case, guard


def _require_may_decide(tx: Transaction, asked: Closing, case: Case, version: int) -> bool:
    require_asked(asked)
    _require_fresh(asked, version)
    return require_other(asked, case.lead_id, tx.actor.person_id, _managers(tx))


def _managers(tx: Transaction) -> set[int]:
    return {person.id for person in people_in(tx, Role.MANAGER)}


def _require_fresh(asked: Closing, version: int) -> None:
    if asked.version != version:
        raise StaleError(
            kind=Term("object.closing"),
            current={Term("field.status"): asked.state},
            yours={Term("field.status"): ""},
            original={},
        )

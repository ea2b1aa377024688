"""Referrals: asked, accepted or declined, done or revoked."""

from casework import store
from casework.domain.referral import (
    NewReferral,
    Referral,
    ReferralMove,
    ReferralMoveError,
    ReferralState,
    clean_referral,
)
from casework.domain.referral import (
    move_referral as checked_move,
)
from casework.service import seams
from core.errors import StaleError
from core.i18n import Term
from core.permissions import Permission
from core.workspace import Transaction, Workspace


def ask_referral(workspace: Workspace, *, case_id: int, new: NewReferral) -> int:
    """Refer the initiative of a case to somebody; give the referral's id.

    Who leads the case at this moment is written down with it. Sent twice it stands once.
    """
    with workspace.transaction() as tx:
        guard = seams.case_guard(tx, case_id, lock=True)
        workspace.require(Permission.EDIT_CASE, guard)
        clean = clean_referral(new, tx.today)
        referral_id = store.add_referral(tx.db, case_id, guard.lead or 0, clean, seams.stamp(tx))
        if referral_id is None:
            return store.find_referral_by_token(tx.db, new.token or "") or 0
        tx.audit(
            "referral.asked",
            f"referral:{referral_id}",
            case=case_id,
            ground=clean.ground,
            lead=guard.lead,
        )
        tx.touched("casework")
    return referral_id


def move_referral(
    workspace: Workspace, *, referral_id: int, version: int, move: ReferralMove
) -> None:
    """Say what became of a referral."""
    with workspace.transaction() as tx:
        now = _load(workspace, tx, referral_id, version, move.state)
        kept = checked_move(now, move, tx.today)
        store.add_referral_move(tx.db, referral_id, kept, seams.stamp(tx))
        store.save_referral_state(tx.db, referral_id, kept.state)
        tx.audit("referral.moved", f"referral:{referral_id}", state=kept.state)
        tx.touched("casework")


def undo_referral_move(workspace: Workspace, *, referral_id: int, version: int) -> None:
    """Take the latest move of a referral back."""
    with workspace.transaction() as tx:
        now = _load(workspace, tx, referral_id, version, ReferralState.ASKED)
        if len(now.moves) < 2:  # noqa: PLR2004 — the first one is the asking
            raise ReferralMoveError(now=now.state, wanted=ReferralState.ASKED)
        store.delete_last_referral_move(tx.db, referral_id)
        store.save_referral_state(tx.db, referral_id, now.moves[-2].state)
        tx.audit("referral.taken_back", f"referral:{referral_id}", state=now.moves[-2].state)
        tx.touched("casework")


def remove_referral(workspace: Workspace, *, referral_id: int) -> None:
    """Take away a referral written down by mistake."""
    with workspace.transaction() as tx:
        _load(workspace, tx, referral_id, None, ReferralState.REVOKED)
        store.save_referral_removed(tx.db, referral_id, tx.now)
        tx.audit("referral.removed", f"referral:{referral_id}")
        tx.touched("casework")


def _load(
    workspace: Workspace,
    tx: Transaction,
    referral_id: int,
    version: int | None,
    wanted: ReferralState,
) -> Referral:
    case_id = store.load_referral(tx.db, referral_id).case_id
    workspace.require(Permission.EDIT_CASE, seams.case_guard(tx, case_id, lock=True))
    now = store.load_referral(tx.db, referral_id)
    if version is not None and now.version != version:
        raise StaleError(
            kind=Term("object.referral"),
            current={Term("field.status"): now.state},
            yours={Term("field.status"): wanted},
            original={},
        )
    return now

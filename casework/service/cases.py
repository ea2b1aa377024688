"""Opening a case and changing it."""

from dataclasses import dataclass, replace

from accounts.service import person_names
from casework import store
from casework.domain.case import (
    Case,
    CaseInUseError,
    CaseStatus,
    NewCase,
    StatusChange,
    StatusMoveError,
    change_members,
    clean_comment,
    clean_texts,
    require_move,
)
from casework.service.seams import stamp
from core.documents import list_documents
from core.errors import NotFoundError, StaleError
from core.i18n import Term
from core.permissions import Permission
from core.workspace import Transaction, Workspace


@dataclass(frozen=True, slots=True)
class CaseEdit:
    """The fields of a case that its form holds."""

    title: str
    request: str
    lead_id: int


def open_case(workspace: Workspace, *, new: NewCase) -> int:
    """Write an initiative's request and open the case that answers it; give its id.

    The same form sent twice opens one case.
    """
    with workspace.transaction() as tx:
        workspace.require(Permission.OPEN_CASE)
        title, request = clean_texts(new.title, new.request)
        new = replace(new, title=title, request=request)
        opened = store.find_case_by_token(tx.db, new.token)
        if opened is not None:
            return opened
        require_people(tx, new.members | {new.lead_id})
        if new.initiative_id not in store.find_initiative_names(tx.db, [new.initiative_id]):
            raise NotFoundError(kind=Term("object.initiative"), id=new.initiative_id)
        case_id = store.add_case(tx.db, new, stamp(tx))
        if case_id is None:
            return store.find_case_by_token(tx.db, new.token) or 0
        tx.audit("case.opened", f"case:{case_id}", initiative=new.initiative_id, lead=new.lead_id)
        tx.touched("casework")
    return case_id


def edit_case(
    workspace: Workspace, *, case_id: int, version: int, seen: CaseEdit, wanted: CaseEdit
) -> None:
    """Save what a form holds, if nobody saved since the person saw it.

    Raises
    ------
    StaleError
        If somebody did, with what they saved, what was seen and what is wanted.
    """
    with workspace.transaction() as tx:
        case, guard = store.load_case(tx.db, case_id, lock=True)
        workspace.require(Permission.EDIT_CASE, guard)
        wanted = CaseEdit(*clean_texts(wanted.title, wanted.request), wanted.lead_id)
        now = CaseEdit(case.title, case.request, case.lead_id)
        if case.version != version:
            raise _stale(tx, now, wanted, seen)
        if wanted.lead_id != case.lead_id:
            workspace.require(Permission.ASSIGN_CASE, guard)
            require_people(tx, {wanted.lead_id})
        if wanted.lead_id != case.lead_id:
            store.add_lead_change(tx.db, case_id, (case.lead_id, wanted.lead_id), stamp(tx))
        changed = [n for n in CaseEdit.__slots__ if getattr(now, n) != getattr(wanted, n)]
        store.save_case(
            tx.db,
            replace(case, title=wanted.title, request=wanted.request, lead_id=wanted.lead_id),
        )
        tx.audit("case.edited", f"case:{case_id}", fields=changed)
        tx.touched("casework")


def put_back_case(
    workspace: Workspace, *, case_id: int, version: int, title: str, request: str, lead_id: int
) -> None:
    """Take an edit back: the case holds again what it held."""
    before = CaseEdit(title, request, lead_id)
    edit_case(workspace, case_id=case_id, version=version, seen=before, wanted=before)


def change_status(
    workspace: Workspace, *, case_id: int, version: int, change: StatusChange
) -> None:
    """Move a case between its states; a closed one is opened again, with a reason.

    Closing is asked for: see `ask_closing`.
    """
    with workspace.transaction() as tx:
        case, guard = store.load_case(tx.db, case_id, lock=True)
        workspace.require(Permission.EDIT_CASE, guard)
        _require_fresh(case, version, change.status)
        if change.status is CaseStatus.CLOSED:  # a manager closes, when asked
            raise StatusMoveError(now=case.status, wanted=change.status)
        require_move(case.status, change)
        change = clean_comment(change)
        _move(tx, case, change)


def undo_status(workspace: Workspace, *, case_id: int, version: int) -> None:
    """Take the latest move between states back: the case returns to the state it was in.

    A closing is taken back by who may close.
    """
    with workspace.transaction() as tx:
        case, guard = store.load_case(tx.db, case_id, lock=True)
        workspace.require(Permission.EDIT_CASE, guard)
        if case.status is CaseStatus.CLOSED:
            workspace.require(Permission.APPROVE_CLOSING, guard)
        moves = store.load_status_changes(tx.db, case_id)
        before, moved_on = moves[max(len(moves) - 2, 0)]
        _require_fresh(case, version, before.status)
        is_closed = before.status is CaseStatus.CLOSED
        if len(moves) > 1:
            store.delete_last_status_change(tx.db, case_id)
        store.save_case(
            tx.db,
            replace(
                case,
                status=before.status,
                close_reason=before.reason,
                closed_on=moved_on if is_closed else None,
            ),
        )
        tx.audit("case.status_taken_back", f"case:{case_id}", status=before.status)
        tx.touched("casework")


def set_members(
    workspace: Workspace,
    *,
    case_id: int,
    members: frozenset[int],
    seen: frozenset[int] | None = None,
) -> None:
    """Say who works on a case from today on; who did before keeps their days.

    With `seen`, the people whom the form showed, only what the person changed is changed: whom
    somebody else let in or out meanwhile stays so.
    """
    with workspace.transaction() as tx:
        case, guard = store.load_case(tx.db, case_id, lock=True)
        workspace.require(Permission.ASSIGN_CASE, guard)
        if seen is not None:
            members = (guard.members - (seen - members)) | (members - seen)
        require_people(tx, members - guard.members)
        store.save_members(tx.db, case_id, change_members(case.members, members, tx.today))
        tx.audit("case.members_set", f"case:{case_id}", members=sorted(members))
        tx.touched("casework")


def remove_case(workspace: Workspace, *, case_id: int) -> None:
    """Take away a case opened by mistake; one that anything hangs on stays.

    Raises `CaseInUseError` if a consultation, a need or a later feature points at it.
    """
    with workspace.transaction() as tx:
        case, guard = store.load_case(tx.db, case_id, lock=True)
        workspace.require(Permission.EDIT_CASE, guard)
        if store.is_used(tx.db, case_id) or list_documents(tx, f"case:{case_id}"):
            raise CaseInUseError
        store.save_removed(tx.db, case_id, tx.now)
        store.save_request_orphaned(tx.db, case.request_id, tx.now)
        tx.audit("case.removed", f"case:{case_id}")
        tx.touched("casework")


def require_people(tx: Transaction, people: frozenset[int] | set[int]) -> None:
    """Refuse people whom the centre does not know."""
    missing = set(people) - set(person_names(tx, people)) if people else set()
    if missing:
        raise NotFoundError(kind=Term("object.person"), id=min(missing))


def _move(tx: Transaction, case: Case, change: StatusChange) -> None:
    moved = replace(case, status=change.status, close_reason=None, closed_on=None)
    store.save_case(tx.db, moved)
    store.add_status_change(tx.db, case.id, replace(change, reason=None), stamp(tx))
    is_again = case.status is CaseStatus.CLOSED
    action = "case.reopened" if is_again else "case.status_changed"
    tx.audit(action, f"case:{case.id}", status=change.status)
    tx.touched("casework")


def _require_fresh(case: Case, version: int, wanted: CaseStatus) -> None:
    if case.version != version:
        raise StaleError(
            kind=Term("object.case"),
            current={Term("field.status"): case.status},
            yours={Term("field.status"): wanted},
            original={},
        )


def _stale(tx: Transaction, now: CaseEdit, wanted: CaseEdit, seen: CaseEdit) -> StaleError:
    names = person_names(tx, {now.lead_id, wanted.lead_id, seen.lead_id})

    def shown(edit: CaseEdit) -> dict[Term, str]:
        return {
            Term("field.case_title"): edit.title,
            Term("field.request"): edit.request,
            Term("field.lead"): names.get(edit.lead_id, ""),
        }

    return StaleError(
        kind=Term("object.case"), current=shown(now), yours=shown(wanted), original=shown(seen)
    )

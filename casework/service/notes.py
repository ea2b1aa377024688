"""Private notes: opening one, opening one together against its author's will, handing over."""

from accounts.service import active_roles, people_in, person_names
from casework import store
from casework.domain.consultation import Consultation
from casework.domain.note import (
    GRANT,
    SuccessorError,
    Unsealing,
    approve,
    clean_reason,
)
from casework.store import Grant
from core.errors import ForbiddenError
from core.permissions import Guard, Permission, Role, Secrecy, may, may_read_note
from core.workspace import Transaction, Workspace


def open_note(workspace: Workspace, *, consultation_id: int) -> str:
    """Open a note and give its text.

    The first opening of a private note by a person writes an audit line; for the next 15
    minutes the same person reads it without another one.

    Raises `ForbiddenError` to whom the note is closed, whatever their roles.
    """
    with workspace.transaction() as tx:
        found, guard = store.load_consultation(tx.db, consultation_id, lock=True)
        workspace.require(Permission.VIEW_CONSULTATION, guard)
        unsealed = _unsealed(tx, consultation_id)
        if not may_read_note(tx.actor, guard) and not unsealed:
            raise ForbiddenError(permission=Permission.VIEW_CONSULTATION)
        if found.secrecy is Secrecy.PRIVATE and not _has_grant(tx, consultation_id):
            grant = Grant(consultation_id, tx.actor.person_id, tx.now + GRANT)
            store.add_grant(tx.db, grant)
            tx.audit("note.opened", f"consultation:{consultation_id}", unsealed=unsealed)
        return store.load_note(tx.db, consultation_id)


def read_note(tx: Transaction, found: Consultation, guard: Guard) -> str | None:
    """Read a note that is open at this moment; None if it is not, or not to the actor."""
    if found.secrecy is Secrecy.PRIVATE:
        may = may_read_note(tx.actor, guard) or _unsealed(tx, found.id)
        is_open = may and _has_grant(tx, found.id)
    else:
        is_open = may_read_note(tx.actor, guard)
    return store.load_note(tx.db, found.id) if is_open else None


def may_open(tx: Transaction, found: Consultation, guard: Guard) -> bool:
    """Tell whether the actor could open the note now."""
    return may_read_note(tx.actor, guard) or _unsealed(tx, found.id)


def ask_unsealing(workspace: Workspace, *, consultation_id: int, reason: str) -> int:
    """Ask, as a manager or an administrator, to open a private note; a second person decides."""
    with workspace.transaction() as tx:
        found, guard = store.load_consultation(tx.db, consultation_id, lock=True)
        workspace.require(Permission.BREAK_GLASS, guard)
        if found.secrecy is not Secrecy.PRIVATE or may_read_note(tx.actor, guard):
            raise ForbiddenError(permission=Permission.BREAK_GLASS)
        text = clean_reason(reason)
        asked = store.add_unsealing(tx.db, consultation_id, tx.actor.person_id, text, tx.now)
        tx.audit("note.unsealing_asked", f"consultation:{consultation_id}", unsealing=asked)
        tx.touched("casework")
    return asked


def approve_unsealing(workspace: Workspace, *, unsealing_id: int) -> None:
    """Agree, as the other one of manager and administrator, to open a private note.

    The manager of the two may read it for a day; its author sees who opened it and why.

    Raises `TwoPeopleError` if the two are not a manager and an administrator.
    """
    with workspace.transaction() as tx:
        asked = store.load_unsealing(tx.db, unsealing_id, lock=True)
        workspace.require(Permission.BREAK_GLASS)
        agreed = approve(asked, tx.actor, active_roles(tx, asked.requested_by), tx.now)
        store.save_approval(tx.db, agreed)
        tx.audit(
            "note.unsealed",
            f"consultation:{asked.consultation_id}",
            unsealing=unsealing_id,
            asked_by=asked.requested_by,
            reader=agreed.reader_id,
        )
        tx.touched("casework")


def list_unsealings(workspace: Workspace) -> tuple[tuple[Unsealing, str], ...]:
    """List the askings that wait for a second person, with who asked."""
    with workspace.reading() as tx:
        workspace.require(Permission.BREAK_GLASS)
        waiting = store.list_waiting_unsealings(tx.db)
        names = person_names(tx, [asked.requested_by for asked in waiting])
        return tuple((asked, names.get(asked.requested_by, "")) for asked in waiting)


def may_hand_over(workspace: Workspace) -> bool:
    """Tell whether the actor may hand over the notes of those who left."""
    with workspace.reading() as tx:
        return may(tx.actor, Permission.HAND_OVER_NOTES)


def list_leavers(workspace: Workspace) -> tuple[dict[int, str], dict[int, str]]:
    """Name those who left private notes, and the consultants who may take them over."""
    with workspace.reading() as tx:
        workspace.require(Permission.HAND_OVER_NOTES)
        here = {person.id for person in people_in(tx)}
        left = person_names(tx, set(store.list_private_authors(tx.db)) - here)
        consultants = {person.id: person.name for person in people_in(tx, Role.CONSULTANT)}
        consultants.pop(tx.actor.person_id, None)
        return left, consultants


def hand_over_notes(workspace: Workspace, *, leaver_id: int, successor_id: int) -> int:
    """Pass the private notes of somebody who left to a successor; give how many.

    Without this they stay sealed. Nobody hands them to themselves.

    Raises `SuccessorError` if the leaver is still here or the successor no other consultant.
    """
    with workspace.transaction() as tx:
        workspace.require(Permission.HAND_OVER_NOTES)
        return pass_notes(tx, leaver_id, successor_id)


def pass_notes(tx: Transaction, leaver_id: int, successor_id: int) -> int:
    """Pass private notes on inside a transaction; give how many.

    Raises `SuccessorError` if the leaver is still here or the successor no other consultant.
    """
    is_fit = successor_id not in {leaver_id, tx.actor.person_id}
    if (
        not is_fit
        or Role.CONSULTANT not in active_roles(tx, successor_id)
        or active_roles(tx, leaver_id)
    ):
        raise SuccessorError(name=person_names(tx, [successor_id]).get(successor_id, ""))
    notes = store.list_private_of(tx.db, leaver_id)
    for consultation_id in notes:
        store.save_successor(tx.db, consultation_id, successor_id)
    tx.audit(
        "note.handed_over",
        f"person:{leaver_id}",
        successor=successor_id,
        notes=len(notes),
    )
    tx.touched("casework")
    return len(notes)


def _has_grant(tx: Transaction, consultation_id: int) -> bool:
    return store.has_grant(tx.db, consultation_id, tx.actor.person_id, tx.now)


def _unsealed(tx: Transaction, consultation_id: int) -> bool:
    return any(
        asked.opens_to(tx.actor.person_id, tx.now)
        for asked in store.list_unsealings(tx.db, consultation_id)
    )

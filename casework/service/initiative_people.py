"""People of initiatives: who leads, who is asked, who takes part."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts import service as accounts
from accounts.domain.contact import Contact, NewConsent
from accounts.service import (
    add_contact_person,
    contacts_of,
    edit_contact,
    find_namesakes,
    person_names,
    record_consent,
)
from casework import store
from casework.domain.initiative import (
    AlreadyThereError,
    InitiativePart,
    NewParticipant,
    Participant,
)
from core.errors import NotFoundError
from core.i18n import Term
from core.permissions import Permission
from core.workspace import Transaction, Workspace


@dataclass(frozen=True, slots=True)
class Namesake:
    """A known person of the same name, with the initiatives that tell them apart."""

    id: int
    name: str
    initiatives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Joining:
    """What became of a form: the id of the bond; or none, and the known people of that name."""

    bond_id: int | None
    namesakes: tuple[Namesake, ...] = ()


def add_person(
    workspace: Workspace, *, initiative_id: int, new: NewParticipant, is_sure: bool = False
) -> Joining:
    """Add a person, unless one of that name is known and nobody said who is meant.

    Raises `AlreadyThereError` if the person is in the initiative in that part.
    """
    with workspace.transaction() as tx:
        store.load_initiative(tx.db, initiative_id, lock=True)
        workspace.require(Permission.EDIT_INITIATIVE)
        if new.person_id is None and not is_sure:
            namesakes = _namesakes(tx, new.name)
            if namesakes:
                return Joining(None, namesakes)
        bond_id = join(tx, initiative_id, new)
        store.save_touched(tx.db, initiative_id, tx.now)
    return Joining(bond_id)


def join(tx: Transaction, initiative_id: int, new: NewParticipant) -> int:
    """Bind a person to an initiative inside a transaction; give the id of the bond."""
    person_id = new.person_id
    if person_id is None:
        person_id = add_contact_person(tx, new.name, email=new.email, phone=new.phone)
    elif person_id not in contacts_of(tx, [person_id]):
        raise NotFoundError(kind=Term("object.person"), id=person_id)
    _require_absent(tx, initiative_id, person_id, new.part)
    bond_id = store.add_participant(
        tx.db, initiative_id, Participant(person_id, new.part, is_made=new.person_id is None)
    )
    tx.audit(
        "initiative.person_added", f"initiative:{initiative_id}", person=person_id, part=new.part
    )
    if new.consent is not None:
        record_consent(tx, person_id, new.consent)
    tx.touched("casework")
    return bond_id


def edit_person(
    workspace: Workspace,
    *,
    initiative_id: int,
    wanted: Contact,
    seen: Contact,
    consent: NewConsent | None = None,
) -> int:
    """Correct the name and contacts of a person of an initiative; give the new version.

    `wanted.version` is the one the person saw. Raises `StaleError` and `OwnProfileError` as
    `accounts.service.edit_contact` does.
    """
    with workspace.transaction() as tx:
        _require_participant(workspace, tx, initiative_id, wanted.id)
        edit_contact(tx, wanted, seen)
        if consent is not None:
            record_consent(tx, wanted.id, consent)
        store.save_touched(tx.db, initiative_id, tx.now)
        tx.touched("casework")
    return wanted.version + 1


def revert_person(
    workspace: Workspace, *, initiative_id: int, person_id: int, contact: Mapping[str, Any]
) -> None:
    """Take the correction of a person back: name, contacts and the version that it made."""
    before = Contact(id=person_id, **contact)
    edit_person(workspace, initiative_id=initiative_id, wanted=before, seen=before)


def withdraw_consent(
    workspace: Workspace, *, initiative_id: int, person_id: int, consent_id: int, on: date
) -> None:
    """Record that a person of an initiative took a consent back on a day.

    Raises `OutOfRangeError` and `StaleError` as `accounts.service.withdraw_consent` does.
    """
    with workspace.transaction() as tx:
        _require_participant(workspace, tx, initiative_id, person_id)
        accounts.withdraw_consent(tx, person_id, consent_id, on)
        store.save_touched(tx.db, initiative_id, tx.now)
        tx.touched("casework")


def restore_consent(
    workspace: Workspace, *, initiative_id: int, person_id: int, consent_id: int, on: date
) -> None:
    """Take back that a consent was withdrawn on a day. Raises `StaleError`."""
    with workspace.transaction() as tx:
        _require_participant(workspace, tx, initiative_id, person_id)
        accounts.restore_consent(tx, person_id, consent_id, on)
        tx.touched("casework")


def remove_person(workspace: Workspace, *, initiative_id: int, bond_id: int) -> None:
    """Say that a person no longer belongs to an initiative; the person stays known."""
    with workspace.transaction() as tx:
        store.load_initiative(tx.db, initiative_id, lock=True)
        workspace.require(Permission.EDIT_INITIATIVE)
        participant = store.load_participant(tx.db, initiative_id, bond_id)
        store.save_participant_removed(tx.db, bond_id, tx.now)
        store.save_touched(tx.db, initiative_id, tx.now)
        tx.audit(
            "initiative.person_removed",
            f"initiative:{initiative_id}",
            person=participant.person_id,
            part=participant.part,
        )
        tx.touched("casework")


def restore_person(workspace: Workspace, *, initiative_id: int, bond_id: int) -> None:
    """Take the removal of a person back."""
    with workspace.transaction() as tx:
        store.load_initiative(tx.db, initiative_id, lock=True)
        workspace.require(Permission.EDIT_INITIATIVE)
        participant = store.load_participant(tx.db, initiative_id, bond_id, removed=True)
        _require_absent(tx, initiative_id, participant.person_id, participant.part)
        store.save_participant_removed(tx.db, bond_id, None)
        tx.audit(
            "initiative.person_added",
            f"initiative:{initiative_id}",
            person=participant.person_id,
            part=participant.part,
        )
        tx.touched("casework")


def _require_participant(
    workspace: Workspace, tx: Transaction, initiative_id: int, person_id: int
) -> None:
    store.load_initiative(tx.db, initiative_id, lock=True)
    workspace.require(Permission.EDIT_INITIATIVE)
    if not store.is_participant(tx.db, initiative_id, person_id):
        raise NotFoundError(kind=Term("object.participant"), id=person_id)


def _require_absent(
    tx: Transaction, initiative_id: int, person_id: int, part: InitiativePart
) -> None:
    if store.is_participant(tx.db, initiative_id, person_id, part):
        name = person_names(tx, [person_id]).get(person_id, "")
        raise AlreadyThereError(name=name, part=part)


def _namesakes(tx: Transaction, name: str) -> tuple[Namesake, ...]:
    return tuple(
        Namesake(
            person.id,
            person.name,
            tuple(title for _id, title in store.list_initiatives_of_person(tx.db, person.id)),
        )
        for person in find_namesakes(tx, name)
    )

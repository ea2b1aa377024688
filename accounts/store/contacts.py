"""Consents and contacts of people, to values and back."""

from collections.abc import Iterable
from datetime import date

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from accounts.domain.contact import Consent as GivenConsent
from accounts.domain.contact import Contact
from accounts.domain.person import PersonBrief
from accounts.tables import Account, Consent, Person
from core.i18n import sort_key


def add_consent(
    db: Session, person_id: int, scope: str, given_on: date, *, ground: str = ""
) -> int:
    """Record what a person agreed to and return the consent's id."""
    consent = Consent(person_id=person_id, scope=scope, given_on=given_on, ground=ground)
    db.add(consent)
    db.flush()
    return consent.id


def lock_consents(db: Session, person_id: int) -> None:
    """Make changes of one person's consents wait for each other."""
    db.execute(sa.select(Consent.id).where(Consent.person_id == person_id).with_for_update())


def save_withdrawn(db: Session, consent_id: int, on: date | None) -> None:
    """Write on which day a consent was taken back; None when it holds."""
    db.execute(sa.update(Consent).where(Consent.id == consent_id).values(withdrawn_on=on))


def find_contacts(db: Session, ids: Iterable[int]) -> dict[int, Contact]:
    """Map ids to contacts with their consents, two statements; unknown ids are absent."""
    wanted = sorted(set(ids))
    consents: dict[int, list[GivenConsent]] = {}
    for row in db.scalars(
        sa.select(Consent).where(Consent.person_id.in_(wanted)).order_by(Consent.id)
    ):
        consents.setdefault(row.person_id, []).append(
            GivenConsent(row.id, row.scope, row.given_on, row.ground, row.withdrawn_on)
        )
    query = sa.select(Person.id, Person.name, Person.email, Person.phone, Person.version)
    return {
        row.id: Contact(
            row.id, row.name, row.email, row.phone, tuple(consents.get(row.id, ())), row.version
        )
        for row in db.execute(query.where(Person.id.in_(wanted)))
    }


def save_contact(db: Session, contact: Contact) -> bool:
    """Write a person's name and contacts if the version is still the one seen."""
    changed = db.scalar(
        sa.update(Person)
        .where(Person.id == contact.id, Person.version == contact.version)
        .values(
            name=contact.name,
            sort_key=sort_key(contact.name),
            email=contact.email,
            phone=contact.phone,
            version=contact.version + 1,
        )
        .returning(Person.id)
    )
    return changed is not None


def has_account(db: Session, person_id: int) -> bool:
    """Tell whether a person signs in, and so keeps their own name and contacts."""
    return db.get(Account, person_id) is not None


def find_namesakes(db: Session, name: str) -> tuple[PersonBrief, ...]:
    """List people of one name, the earliest known first."""
    query = sa.select(Person.id, Person.name).where(Person.sort_key == sort_key(name))
    return tuple(PersonBrief(row.id, row.name) for row in db.execute(query.order_by(Person.id)))


def delete_contact(db: Session, person_id: int) -> bool:
    """Delete a person without an account; False if they have one or something mentions them."""
    if db.get(Account, person_id) is not None:
        return False
    try:
        with db.begin_nested():
            db.execute(sa.delete(Person).where(Person.id == person_id))
    except IntegrityError:
        return False
    return True

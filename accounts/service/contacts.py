"""People of initiatives: found, described, with what they agreed to.

Functions for an open transaction of a later feature, which has asked for the permission.
"""

from collections.abc import Iterable

from accounts import store
from accounts.domain.contact import (
    Contact,
    NewConsent,
    OwnProfileError,
    clean_contact,
    clean_ground,
)
from accounts.domain.person import PersonBrief
from core.errors import NotFoundError, StaleError
from core.i18n import Term
from core.workspace import Transaction


def contacts_of(tx: Transaction, ids: Iterable[int]) -> dict[int, Contact]:
    """Map ids to contacts with consents; unknown ids are absent."""
    return store.find_contacts(tx.db, ids)


def find_namesakes(tx: Transaction, name: str) -> tuple[PersonBrief, ...]:
    """List people of this name, capitals, spaces and ё aside."""
    return store.find_namesakes(tx.db, name)


def edit_contact(tx: Transaction, contact: Contact, seen: Contact) -> None:
    """Save the name and contacts of a person without an account; `seen` is what the form showed.

    Raises
    ------
    OwnProfileError
        If the person has an account, and so keeps these fields in their own profile.
    StaleError
        If somebody saved since, with what they saved, what was seen and what is wanted.
    """
    clean = clean_contact(contact)
    if store.has_account(tx.db, contact.id):
        raise OwnProfileError(name=clean.name)
    if not store.save_contact(tx.db, clean):
        now = store.find_contacts(tx.db, [contact.id]).get(contact.id)
        if now is None:
            raise NotFoundError(kind=Term("object.person"), id=contact.id)
        raise StaleError(
            kind=Term("object.person"),
            current=_shown(now),
            yours=_shown(clean),
            original=_shown(seen),
        )
    fields = tuple(
        name for name in ("name", "email", "phone") if getattr(clean, name) != getattr(seen, name)
    )
    tx.audit("person.edited", f"person:{contact.id}", fields=fields)
    tx.touched("accounts")


def record_consent(tx: Transaction, person_id: int, consent: NewConsent) -> int:
    """Record what a person agreed to; give the consent's id."""
    consent_id = store.add_consent(
        tx.db, person_id, consent.scope, consent.given_on, ground=clean_ground(consent.ground)
    )
    tx.audit("consent.given", f"person:{person_id}", consent=consent_id, scope=consent.scope)
    tx.touched("accounts")
    return consent_id


def remove_contact_person(tx: Transaction, person_id: int) -> bool:
    """Remove a person whom nothing mentions and who has no account; False if they stay."""
    if not store.delete_contact(tx.db, person_id):
        return False
    tx.audit("person.removed", f"person:{person_id}")
    tx.touched("accounts")
    return True


def _shown(contact: Contact) -> dict[Term, str]:
    return {
        Term("field.person_name"): contact.name,
        Term("field.email"): contact.email,
        Term("field.phone"): contact.phone,
    }

"""People of initiatives: found, described, with what they agreed to.

Functions for an open transaction of a later feature, which has asked for the permission.
"""

from collections.abc import Iterable
from datetime import date

from accounts import store
from accounts.domain.contact import (
    Consent,
    Contact,
    NewConsent,
    OwnProfileError,
    clean_contact,
    clean_ground,
)
from accounts.domain.person import PersonBrief
from core.errors import NotFoundError, OutOfRangeError, StaleError, require_seen
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


def withdraw_consent(tx: Transaction, person_id: int, consent_id: int, on: date) -> None:
    """Record that a person took a consent back; it stays in their history.

    Raises `OutOfRangeError` for a day before it was given or still to come, `StaleError` if it
    was taken back already, on another day.
    """
    consent = _consent(tx, person_id, consent_id)
    if not consent.given_on <= on <= tx.today:
        raise OutOfRangeError(
            field=Term("field.consent_withdrawn"), low=consent.given_on, high=tx.today
        )
    _set_withdrawn(tx, consent, (None, on))
    tx.audit("consent.withdrawn", f"person:{person_id}", consent=consent_id, on=on)


def restore_consent(tx: Transaction, person_id: int, consent_id: int, on: date) -> None:
    """Take back that a consent was withdrawn on a day. Raises `StaleError`."""
    _set_withdrawn(tx, _consent(tx, person_id, consent_id), (on, None))
    tx.audit("consent.restored", f"person:{person_id}", consent=consent_id)


def _consent(tx: Transaction, person_id: int, consent_id: int) -> Consent:
    store.lock_consents(tx.db, person_id)
    contact = store.find_contacts(tx.db, [person_id]).get(person_id)
    for consent in contact.consents if contact else ():
        if consent.id == consent_id:
            return consent
    raise NotFoundError(kind=Term("object.consent"), id=consent_id)


def _set_withdrawn(
    tx: Transaction, consent: Consent, change: tuple[date | None, date | None]
) -> None:
    seen, wanted = ({Term("field.consent_withdrawn"): day} for day in change)
    now = {Term("field.consent_withdrawn"): consent.withdrawn_on}
    require_seen(Term("object.consent"), original=seen, current=now, yours=wanted)
    store.save_withdrawn(tx.db, consent.id, change[1])
    tx.touched("accounts")


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

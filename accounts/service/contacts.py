"""People of initiatives: found, described, with what they agreed to.

Functions for an open transaction of a later feature, which has asked for the permission.
"""

from collections.abc import Iterable

from accounts import store
from accounts.domain.contact import Contact, NewConsent, clean_ground
from accounts.domain.person import PersonBrief
from core.workspace import Transaction


def contacts_of(tx: Transaction, ids: Iterable[int]) -> dict[int, Contact]:
    """Map ids to contacts with consents; unknown ids are absent."""
    return store.find_contacts(tx.db, ids)


def find_namesakes(tx: Transaction, name: str) -> tuple[PersonBrief, ...]:
    """List people of this name, capitals, spaces and ё aside."""
    return store.find_namesakes(tx.db, name)


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

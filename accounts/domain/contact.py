"""A person whom the centre can reach, and what they agreed to."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from accounts.domain.person import clean_name
from core.errors import DomainError, TooLongError
from core.i18n import Coded, Term

GROUND_LIMIT: Final = 300
CONTACT_LIMIT: Final = 2_000


class OwnProfileError(DomainError):
    """The person signs in and keeps these fields in their own profile; details: name."""

    code = "error.own_profile"


class ConsentScope(Coded):
    """What a person agreed to."""

    CONTACT = "contact"
    PUBLICATION = "publication"
    SHARING = "sharing"


@dataclass(frozen=True, slots=True)
class NewConsent:
    """What is being agreed to, and how: a signed form, a letter, by word of mouth."""

    scope: ConsentScope
    given_on: date
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Consent:
    """A consent as recorded."""

    id: int
    scope: str
    given_on: date
    ground: str
    withdrawn_on: date | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach a person."""

    id: int
    name: str
    email: str
    phone: str
    consents: tuple[Consent, ...] = ()
    version: int = 1


def clean_contact(contact: Contact) -> Contact:
    """Give the contact without stray spaces. Raises `RequiredError`, `TooLongError`."""
    email, phone = contact.email.strip(), contact.phone.strip()
    for name, text in (("field.email", email), ("field.phone", phone)):
        if len(text) > CONTACT_LIMIT:
            raise TooLongError(field=Term(name), limit=CONTACT_LIMIT, length=len(text))
    return replace(contact, name=clean_name(contact.name), email=email, phone=phone)


def clean_ground(ground: str) -> str:
    """Give the ground without stray spaces. Raises `TooLongError` beyond the limit."""
    ground = ground.strip()
    if len(ground) > GROUND_LIMIT:
        raise TooLongError(
            field=Term("field.consent_ground"), limit=GROUND_LIMIT, length=len(ground)
        )
    return ground

"""A person whom the centre can reach, and what they agreed to."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from core.errors import TooLongError
from core.i18n import Coded, Term

GROUND_LIMIT: Final = 300


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


def clean_ground(ground: str) -> str:
    """Give the ground without stray spaces. Raises `TooLongError` beyond the limit."""
    ground = ground.strip()
    if len(ground) > GROUND_LIMIT:
        raise TooLongError(
            field=Term("field.consent_ground"), limit=GROUND_LIMIT, length=len(ground)
        )
    return ground

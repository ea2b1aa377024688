"""People as the rest of the program sees them."""

import re
from dataclasses import dataclass, field, replace
from typing import Final

from core.errors import DomainError, RequiredError, TooLongError
from core.i18n import Term
from core.permissions import Role

NAME_LIMIT: Final = 200
DETAIL_LIMIT: Final = 2_000
ADDRESS_LIMIT: Final = 254
_ADDRESS: Final = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")


class NotAnAddressError(DomainError):
    """Not an e-mail address; details: value."""

    code = "error.not_an_address"


class AddressTakenError(DomainError):
    """Somebody signs in with this address already; details: value."""

    code = "error.address_taken"


class LastAdministratorError(DomainError):
    """The change would leave the centre without an administrator who can sign in."""

    code = "error.last_administrator"


class NoRolesError(DomainError):
    """An account needs at least one role."""

    code = "error.no_roles"


@dataclass(frozen=True, slots=True)
class PersonBrief:
    """A person in a list of choices."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person in the administrator's list."""

    id: int
    name: str
    address: str
    roles: frozenset[Role]
    active: bool
    has_password: bool


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """What is kept about a person; `version` is for saving."""

    id: int
    name: str
    email: str = ""
    phone: str = ""
    competences: str = ""
    language: str = ""
    version: int = 1
    address: str = ""
    roles: frozenset[Role] = field(default_factory=frozenset)
    active: bool = False
    has_password: bool = False


def clean_name(name: str) -> str:
    """Tidy a person's name. Raises `RequiredError`, `TooLongError`."""
    tidy = " ".join(name.split())
    if not tidy:
        raise RequiredError(field=Term("field.person_name"))
    if len(tidy) > NAME_LIMIT:
        raise TooLongError(field=Term("field.person_name"), limit=NAME_LIMIT, length=len(tidy))
    return tidy


def clean_details(details: PersonDetails) -> PersonDetails:
    """Tidy what a person says of themselves. Raises `RequiredError`, `TooLongError`."""
    tidy = {name: getattr(details, name).strip() for name in ("email", "phone", "competences")}
    for name, text in tidy.items():
        if len(text) > DETAIL_LIMIT:
            raise TooLongError(field=Term(f"field.{name}"), limit=DETAIL_LIMIT, length=len(text))
    return replace(details, name=clean_name(details.name), **tidy)


def clean_address(address: str) -> str:
    """Tidy a sign-in address; case does not matter. Raises `NotAnAddressError`."""
    tidy = address.strip().casefold()
    if len(tidy) > ADDRESS_LIMIT or not _ADDRESS.fullmatch(tidy):
        raise NotAnAddressError(value=address.strip()[:80])
    return tidy

"""An initiative: what a person says of it, its people, and how lists show it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from accounts.domain.contact import NewConsent
from casework.domain.life import InitiativeState, Life, LifeEvent, When
from core.errors import DomainError, InvalidError, OutOfRangeError, RequiredError, TooLongError
from core.i18n import Coded, Term

NAME_LIMIT: Final = 200
SUMMARY_LIMIT: Final = 5_000
THEMES_LIMIT: Final = 8


class InitiativePart(Coded):
    """What a person is to an initiative."""

    LEADER = "leader"
    CONTACT = "contact"
    MEMBER = "member"


class NotListedError(InvalidError):
    """The centre's list has no such entry; details: field, value."""

    code = "error.not_listed"


class InitiativeInUseError(DomainError):
    """Cases or other work stand on the initiative, so it can be archived but not removed."""

    code = "error.initiative_in_use"


class AlreadyThereError(DomainError):
    """The person is already in the initiative in this part; details: name, part."""

    code = "error.already_there"


@dataclass(frozen=True, slots=True)
class Participant:
    """A person of an initiative; `id` is the id of this bond, not of the person.

    `is_made` tells that the centre first heard of the person here.
    """

    person_id: int
    part: InitiativePart
    id: int = 0
    is_made: bool = False


@dataclass(frozen=True, slots=True)
class InitiativeForm:
    """What a person says about an initiative when registering or editing it."""

    name: str
    summary: str = ""
    themes: tuple[str, ...] = ()
    territory: str = ""


@dataclass(frozen=True, slots=True)
class Initiative:
    """An initiative as its page needs it."""

    id: int
    uid: str
    form: InitiativeForm
    life: Life
    version: int
    registered_on: date
    events: tuple[LifeEvent, ...] = ()
    participants: tuple[Participant, ...] = ()
    archived_on: date | None = None
    is_touched: bool = False


@dataclass(frozen=True, slots=True)
class NewParticipant:
    """A person to be added: a known one by id, or one to be made by name."""

    name: str
    part: InitiativePart = InitiativePart.LEADER
    email: str = ""
    phone: str = ""
    person_id: int | None = None
    consent: NewConsent | None = None


@dataclass(frozen=True, slots=True)
class NewInitiative:
    """What a consultant says when registering an initiative.

    `is_active` tells that it was seen at work today; `token` marks one drawing of the form.
    """

    form: InitiativeForm
    founded: When | None = None
    is_active: bool = True
    leader: NewParticipant | None = None
    token: str | None = None


@dataclass(frozen=True, slots=True)
class InitiativeLine:
    """An initiative as a list shows it."""

    id: int
    name: str
    state: InitiativeState
    territory: str
    founded: When | None
    registered_on: date
    themes: tuple[str, ...] = ()
    leader_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class InitiativeFilter:
    """Which initiatives a list shows, and which page of them."""

    text: str = ""
    theme: str = ""
    territory: str = ""
    state: InitiativeState | None = None
    archived: bool = False
    page: int = 1
    size: int | None = 50


@dataclass(frozen=True, slots=True)
class ImportBrief:
    """One import of a list: how many rows it took, and how many of them are still there."""

    id: int
    created_at: datetime
    by_id: int | None
    rows: int
    left: int
    undone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes that the centre's lists of themes and territories know."""

    themes: frozenset[str] = field(default_factory=frozenset)
    territories: frozenset[str] = field(default_factory=frozenset)


def clean_form(form: InitiativeForm, codes: Codes) -> InitiativeForm:
    """Give the form without stray spaces.

    Raises
    ------
    RequiredError, TooLongError, OutOfRangeError
        If the name is empty, a text beyond its limit, or there are too many themes.
    NotListedError
        If a theme or territory is not on the centre's list.
    """
    name = " ".join(form.name.split())
    if not any(letter.isalnum() for letter in name):
        raise RequiredError(field=Term("field.initiative_name"))
    _limit("field.initiative_name", name, NAME_LIMIT)
    summary = form.summary.strip()
    _limit("field.initiative_summary", summary, SUMMARY_LIMIT)
    themes = tuple(dict.fromkeys(form.themes))
    if len(themes) > THEMES_LIMIT:
        raise OutOfRangeError(field=Term("field.themes"), low=0, high=THEMES_LIMIT)
    for theme in themes:
        if theme not in codes.themes:
            raise NotListedError(field=Term("field.themes"), value=theme)
    if form.territory and form.territory not in codes.territories:
        raise NotListedError(field=Term("field.territory"), value=form.territory)
    return InitiativeForm(name, summary, themes, form.territory)


def _limit(name: str, text: str, limit: int) -> None:
    if len(text) > limit:
        raise TooLongError(field=Term(name), limit=limit, length=len(text))

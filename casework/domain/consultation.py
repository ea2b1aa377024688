"""One meeting with initiatives: what it is about, who led it, what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from types import MappingProxyType
from typing import Final

from casework.domain.step import NewStep
from core.errors import DomainError, OutOfRangeError, RequiredError, TooLongError
from core.i18n import Coded, Term
from core.permissions import Secrecy

NOTE_LIMIT: Final = 100_000
DAY_MINUTES: Final = 24 * 60


class Topic(Coded):
    """What a consultation is about; the last two are complex consulting."""

    DIAGNOSTICS = "diagnostics"
    LEADER = "leader"
    BUDGET = "budget"
    LEGAL = "legal"
    PR_GR = "pr_gr"
    GOALS_METHODS = "goals_methods"
    PSYCHOLOGIST = "psychologist"
    MEDIATOR = "mediator"
    ROADMAP = "roadmap"
    ASSESSMENT = "assessment"


COMPLEX: Final = frozenset({Topic.ROADMAP, Topic.ASSESSMENT})
CONFIDENTIAL: Final = frozenset({Topic.PSYCHOLOGIST, Topic.MEDIATOR})


class ConsultationStatus(Coded):
    """Whether the meeting took place; only held ones count."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"


class Audience(Coded):
    """With one initiative or with many people."""

    INDIVIDUAL = "individual"
    GROUP = "group"


class ConsultationForm(Coded):
    """By what means people met."""

    IN_PERSON = "in_person"
    ONLINE = "online"
    PHONE = "phone"


class ConsultationMoveError(DomainError):
    """The meeting cannot go from one status to the other; details: now, wanted."""

    code = "error.consultation_move"


class HeldInFutureError(DomainError):
    """A meeting of a day to come cannot have been held; details: held_on."""

    code = "error.held_in_future"


MOVES: Final[Mapping[ConsultationStatus, frozenset[ConsultationStatus]]] = MappingProxyType(
    {
        ConsultationStatus.PLANNED: frozenset(
            {
                ConsultationStatus.HELD,
                ConsultationStatus.CANCELLED,
                ConsultationStatus.NO_SHOW,
            }
        ),
        ConsultationStatus.HELD: frozenset({ConsultationStatus.PLANNED}),
        ConsultationStatus.CANCELLED: frozenset({ConsultationStatus.PLANNED}),
        ConsultationStatus.NO_SHOW: frozenset({ConsultationStatus.PLANNED}),
    }
)


@dataclass(frozen=True, slots=True)
class Work:
    """The minutes one consultant gave: with people, preparing, on the way."""

    person_id: int
    contact: int = 0
    preparation: int = 0
    travel: int = 0

    @property
    def minutes(self) -> int:
        """All of them together."""
        return self.contact + self.preparation + self.travel


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person says about a meeting, planned or held.

    `note` None keeps the note that is stored: a form that did not open a private note
    cannot empty it.
    """

    held_on: date
    topics: frozenset[Topic]
    consultants: tuple[Work, ...]
    starts_at: time | None = None
    audience: Audience = Audience.INDIVIDUAL
    form: ConsultationForm = ConsultationForm.IN_PERSON
    cases: frozenset[int] = field(default_factory=frozenset)
    secrecy: Secrecy | None = None
    named: frozenset[int] = field(default_factory=frozenset)
    note: str | None = None
    steps: tuple[NewStep, ...] = ()
    expected_minutes: int | None = None

    @property
    def kept_secrecy(self) -> Secrecy:
        """The level chosen, else the one these topics start with."""
        return self.secrecy or starting_secrecy(self.topics)


@dataclass(frozen=True, slots=True)
class Consultation:
    """A meeting as it is stored, without its note."""

    id: int
    held_on: date
    status: ConsultationStatus
    audience: Audience
    form: ConsultationForm
    secrecy: Secrecy
    author_id: int
    version: int
    starts_at: time | None = None
    expected_minutes: int | None = None
    topics: frozenset[Topic] = field(default_factory=frozenset)
    consultants: tuple[int, ...] = ()
    cases: tuple[int, ...] = ()
    named: frozenset[int] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Line:
    """A meeting in a list.

    A redacted one tells its date and minutes; every other field is empty.
    """

    id: int
    held_on: date
    minutes: int = 0
    status: ConsultationStatus | None = None
    starts_at: time | None = None
    expected_minutes: int | None = None
    secrecy: Secrecy | None = None
    topics: tuple[Topic, ...] = ()
    consultants: tuple[int, ...] = ()
    cases: tuple[int, ...] = ()
    attended: int = 0
    form: ConsultationForm | None = None
    version: int = 0
    is_redacted: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """Which meetings are asked for; the period is half-open, None asks for all."""

    since: date
    until: date
    consultant_id: int | None = None
    topic: Topic | None = None
    status: ConsultationStatus | None = None
    case_id: int | None = None

    @property
    def is_narrow(self) -> bool:
        """Tell whether an answer would say more of a meeting than that it was held."""
        asked = (self.consultant_id, self.topic, self.case_id)
        other_status = self.status not in {None, ConsultationStatus.HELD}
        return other_status or any(part is not None for part in asked)


def starting_secrecy(topics: frozenset[Topic]) -> Secrecy:
    """Say how secret a note on these topics starts: talks with a psychologist are private."""
    return Secrecy.PRIVATE if topics & CONFIDENTIAL else Secrecy.CASE


def require_move(now: ConsultationStatus, wanted: ConsultationStatus) -> None:
    """Refuse a change of status that a meeting cannot make."""
    if wanted not in MOVES[now]:
        raise ConsultationMoveError(now=now, wanted=wanted)


def check_note(note: str | None) -> None:
    """Refuse an endless note."""
    if note is not None and len(note) > NOTE_LIMIT:
        raise TooLongError(field=Term("field.note"), limit=NOTE_LIMIT, length=len(note))


def check_draft(draft: Draft) -> None:
    """Refuse what no meeting can be: nobody who led it, no topic, impossible minutes."""
    check_note(draft.note)
    if not draft.consultants:
        raise RequiredError(field=Term("field.consultants"))
    if not draft.topics:
        raise RequiredError(field=Term("field.topics"))
    _check_minutes(draft)


def check_held(draft: Draft, today: date) -> None:
    """Refuse a held meeting of tomorrow, or one at which nobody spent a minute."""
    check_draft(draft)
    if draft.held_on > today:
        raise HeldInFutureError(held_on=draft.held_on)
    if any(work.minutes == 0 for work in draft.consultants):
        raise RequiredError(field=Term("field.minutes"))


def _check_minutes(draft: Draft) -> None:
    asked = [draft.expected_minutes or 0]
    for work in draft.consultants:
        asked += [work.contact, work.preparation, work.travel, work.minutes]
    if not all(0 <= minutes <= DAY_MINUTES for minutes in asked):
        raise OutOfRangeError(field=Term("field.minutes"), low=0, high=DAY_MINUTES)

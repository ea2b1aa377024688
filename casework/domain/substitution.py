"""Standing in for an absent colleague, and handing cases over for good."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from core.errors import DomainError, OutOfRangeError, RequiredError
from core.i18n import Term

LONGEST: Final = timedelta(days=366)


class SelfSubstitutionError(DomainError):
    """Nobody stands in for themselves; details: none."""

    code = "error.self_substitution"


class SubstitutionOverlapError(DomainError):
    """Somebody stands in on some of these days already; details: since, until."""

    code = "error.substitution_overlap"


class NotAConsultantError(DomainError):
    """Cases are led by consultants who are here; details: name."""

    code = "error.not_a_consultant"


class CasesChangedError(DomainError):
    """The leaver's cases are not those of the preview any more; details: none."""

    code = "error.cases_changed"


@dataclass(frozen=True, slots=True)
class Substitution:
    """Days on which one person leads the cases of another; both days belong to them."""

    person_id: int
    substitute_id: int
    since: date
    until: date
    id: int = 0

    def holds_on(self, day: date) -> bool:
        """Tell whether it holds on a day."""
        return self.since <= day <= self.until


@dataclass(frozen=True, slots=True)
class SubstitutionLine:
    """A substitution with the names of both."""

    substitution: Substitution
    person: str
    substitute: str


@dataclass(frozen=True, slots=True)
class LeftCase:
    """A case to be handed over: what is open in it."""

    case_id: int
    initiative: str
    title: str
    steps: int
    meetings: int


@dataclass(frozen=True, slots=True)
class LeftMeeting:
    """A planned meeting a leaver leads; `cases` are those of its cases that they lead.

    `is_shared` when somebody else leads it as well.
    """

    id: int
    held_on: date
    initiatives: tuple[str, ...]
    cases: tuple[int, ...]
    is_shared: bool

    @property
    def needs_successor(self) -> bool:
        """Whether nobody leads it once the leaver's cases are handed over."""
        return not (self.cases or self.is_shared)


@dataclass(frozen=True, slots=True)
class HandOverPreview:
    """What a leaver leaves: cases with open steps and planned meetings, sealed notes.

    `meetings` counts all planned ones, `others` are those of them in no case of the leaver's
    own. `stands_in` tells for whom the leaver stands in now or later, `absent` who is away now.
    """

    cases: tuple[LeftCase, ...]
    steps: int
    meetings: int
    notes: int
    others: tuple[LeftMeeting, ...] = ()
    stands_in: tuple[SubstitutionLine, ...] = ()
    absent: tuple[SubstitutionLine, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to hand over."""
        return not (self.cases or self.others)


@dataclass(frozen=True, slots=True)
class Received:
    """What one successor got of a leaver."""

    name: str
    cases: int
    meetings: int


@dataclass(frozen=True, slots=True)
class HandedOver:
    """Who got what; `freed` meetings are led by who led them beside the leaver."""

    received: tuple[Received, ...]
    freed: int


def check_substitution(
    wanted: Substitution, known: Iterable[Substitution], today: date
) -> Substitution:
    """Accept a substitution.

    Raises
    ------
    SelfSubstitutionError
        If both are one person.
    OutOfRangeError
        If it ends before it begins or today, or lasts longer than a year.
    SubstitutionOverlapError
        If somebody stands in for the person on one of the days.
    """
    if wanted.person_id == wanted.substitute_id:
        raise SelfSubstitutionError
    low, high = max(wanted.since, today), wanted.since + LONGEST
    if not low <= wanted.until <= high:
        raise OutOfRangeError(field=Term("field.until"), low=low, high=high)
    for other in known:
        if other.since <= wanted.until and wanted.since <= other.until:
            raise SubstitutionOverlapError(since=other.since, until=other.until)
    return wanted


def check_hand_over(
    cases: frozenset[int], to: Mapping[int, int], leaver_id: int
) -> Mapping[int, int]:
    """Accept a hand-over of every case of the preview, each to somebody else.

    Raises
    ------
    CasesChangedError
        If the cases are not those of the leaver now.
    RequiredError
        If a case has no successor, or stays with the leaver.
    """
    if set(to) != set(cases):
        raise CasesChangedError
    if any(successor in {0, leaver_id} for successor in to.values()):
        raise RequiredError(field=Term("field.successor"))
    return to


def share_meetings(
    meetings: Iterable[LeftMeeting], to: Mapping[int, int], otherwise: int
) -> dict[int, int | None]:
    """Say who takes each meeting of a leaver: None where the leaver is only taken off it.

    A meeting goes along with the case; without a case of the leaver's own to `otherwise`, who
    may be 0 for nobody. Raises `RequiredError` if somebody must be named and is not.
    """
    shared: dict[int, int | None] = {}
    for meeting in meetings:
        if meeting.needs_successor and not otherwise:
            raise RequiredError(field=Term("field.successor"))
        own = to[meeting.cases[0]] if meeting.cases else otherwise
        shared[meeting.id] = own if meeting.cases or not meeting.is_shared else None
    return shared

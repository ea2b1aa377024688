"""How time goes from the one who worked it to the report that stands on it.

A draft is its owner's; submitted time counts provisionally; approved time is another person's
word for it; locked time stays. Nothing jumps: each act leads from one state to the next.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Final

from core.errors import DomainError
from core.i18n import Coded
from hours.domain.entries import EntryStatus
from hours.domain.periods import Period, month_of

COMMENT_LIMIT: Final = 2_000


class Act(Coded):
    """What is done to an entry as a whole."""

    SUBMIT = "submit"
    APPROVE = "approve"
    UNAPPROVE = "unapprove"
    RETURN = "return"
    LOCK = "lock"
    OVERRIDE = "override"


_DRAFT, _SUBMITTED = EntryStatus.DRAFT, EntryStatus.SUBMITTED
_APPROVED, _LOCKED = EntryStatus.APPROVED, EntryStatus.LOCKED

MOVES: Final[Mapping[Act, tuple[frozenset[EntryStatus], EntryStatus]]] = MappingProxyType(
    {
        Act.SUBMIT: (frozenset({_DRAFT}), _SUBMITTED),
        Act.APPROVE: (frozenset({_SUBMITTED}), _APPROVED),
        Act.UNAPPROVE: (frozenset({_APPROVED}), _SUBMITTED),
        Act.RETURN: (frozenset({_SUBMITTED, _APPROVED}), _DRAFT),
        Act.LOCK: (frozenset({_APPROVED}), _LOCKED),
        Act.OVERRIDE: (frozenset({_LOCKED}), _SUBMITTED),
    }
)
"""From which states an act leads, and where to."""
OPEN: Final = frozenset({_DRAFT, _SUBMITTED})
"""States in which the owner may still change the minutes."""
SETTLED: Final = frozenset({_APPROVED, _LOCKED})


class EntryMoveError(DomainError):
    """The entry cannot go from its state by this act; details: now, act."""

    code = "error.entry_move"


class OwnHoursError(DomainError):
    """Nobody approves, locks or opens their own time."""

    code = "error.own_hours"


class OpenEntriesError(DomainError):
    """Some time is not approved yet, so the days cannot be locked; details: count, person."""

    code = "error.open_entries"


class NothingToApproveError(DomainError):
    """Nothing is submitted in this month, or nothing any more."""

    code = "error.nothing_to_approve"


class DayOpenError(DomainError):
    """The day is not locked, so there is nothing to override; details: day."""

    code = "error.day_open"


@dataclass(frozen=True, slots=True)
class Override:
    """A locked day of one person that was opened, by whom and why.

    `is_open` until the day is locked again.
    """

    id: int
    person_id: int
    day: date
    reason: str
    made_at: datetime
    made_by: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody saw of a batch, so that nothing is approved unseen.

    Number of entries, their minutes, the sum of their versions and the latest id; number of
    meetings that are approved with them, their length and how many attended.
    """

    entries: int = 0
    minutes: int = 0
    versions: int = 0
    last_id: int = 0
    events: int = 0
    event_minutes: int = 0
    attended: int = 0


def moved(now: EntryStatus, act: Act) -> EntryStatus:
    """Give the state to which an act leads. Raises `EntryMoveError` if it leads nowhere."""
    sources, target = MOVES[act]
    if now not in sources:
        raise EntryMoveError(now=now, act=act)
    return target


def least_open(states: Iterable[EntryStatus]) -> EntryStatus | None:
    """Give the state that leaves the least freedom; None for no entries."""
    order = list(EntryStatus)
    return max(states, key=order.index, default=None)


def most_open(states: Iterable[EntryStatus]) -> EntryStatus | None:
    """Give the state of a whole that is as far as its least agreed part; None for no parts."""
    order = list(EntryStatus)
    return min(states, key=order.index, default=None)


def closes_on(day: date, grace_days: int) -> date:
    """Give the first day on which the month of a day is closed by time.

    The month may be written in until `grace_days` whole days after its end are over.
    """
    return month_of(day).ends_before + timedelta(days=grace_days)


def is_closed_by_time(day: date, today: date, grace_days: int, closes_since: date | None) -> bool:
    """Tell whether the grace of a day's month is over.

    Months before `closes_since` never close by time: a centre that has just begun may still
    write its past. None closes no month.
    """
    if closes_since is None or day < closes_since:
        return False
    return today >= closes_on(day, grace_days)


def lockable(period: Period, today: date) -> Period:
    """Give the days of a period that may be locked: those that have come."""
    return period.common(Period(period.starts_on, today + timedelta(days=1)))

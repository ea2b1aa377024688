"""What is asked of the hours and what is answered: the values of every figure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from hours.domain.entries import Activity, EntryStatus, TimeKind, TimeSource
from hours.domain.periods import Period
from hours.domain.states import SETTLED

K = TypeVar("K")
WITHOUT: Final = "none"  # as the topic of a query: entries that have none


@dataclass(frozen=True, slots=True)
class HoursQuery:
    """Which minutes are asked for; None asks for all of them."""

    period: Period
    activity: Activity | None = None
    person_id: int | None = None
    topic: str | None = None
    kind: TimeKind | None = None
    agreement_id: int | None = None

    @property
    def is_narrow(self) -> bool:
        """Tell whether more is asked for than a period and an activity."""
        return any(part is not None for part in (self.person_id, self.topic, self.kind))


@dataclass(frozen=True, slots=True)
class HoursFigure:
    """The minutes that answer a query, and their parts [min].

    Each breakdown adds up to `minutes`, the days together with `undated`. A topic of None
    holds the minutes of entries that have no topic. Private work of others stands in each
    breakdown as `hours.domain.secrecy` says: topic "private", kind None, no person's name or their own.
    """

    minutes: int
    by_day: tuple[tuple[date, int], ...]
    by_person: tuple[tuple[int, int], ...]
    by_topic: tuple[tuple[str | None, int], ...]
    by_kind: tuple[tuple[TimeKind | None, int], ...]
    by_status: tuple[tuple[EntryStatus, int], ...] = ()
    undated: int = 0

    @property
    def approved(self) -> int:
        """Minutes that somebody else has approved; the rest counts provisionally."""
        return sum(minutes for status, minutes in self.by_status if status in SETTLED)

    def by_week(self, period: Period) -> tuple[tuple[Period, int], ...]:
        """Add up the days of each week; weeks are cut at the edges of the period."""
        days = dict(self.by_day)
        return tuple(
            (week, sum(days.get(day, 0) for day in week.dates())) for week in period.weeks()
        )


@dataclass(frozen=True, slots=True)
class HourRow:
    """One entry behind a figure.

    Of somebody else's private consultation only the date and the minutes are
    told, of several in one row not even the date: every other field is empty.
    `minutes` are those that count in the figure: the topic's share when the
    query names a topic.
    """

    worked_on: date | None
    minutes: int
    is_redacted: bool = False
    person_id: int | None = None
    activity: Activity | None = None
    kind: TimeKind | None = None
    topics: tuple[str, ...] = ()
    source: TimeSource | None = None


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One entry as paper needs it, with each topic's share of its minutes [min]."""

    source: TimeSource
    worked_on: date
    activity: Activity
    kind: TimeKind
    minutes: int
    shares: tuple[tuple[str, int], ...] = ()


def largest_first(parts: Iterable[tuple[K, int]]) -> tuple[tuple[K, int], ...]:
    """Put the parts of a figure in order: the largest first, equal ones by their name."""
    return tuple(sorted(parts, key=lambda part: (-part[1], str(part[0]))))

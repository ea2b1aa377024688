"""One person's month: the states of its entries, and the entries themselves."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

from hours.domain.entries import Activity, EntryStatus, TimeKind, TimeSource
from hours.domain.events import MonthEvent
from hours.domain.figures import HourRow, HoursFigure
from hours.domain.periods import Period
from hours.domain.states import Override, Seen


@dataclass(frozen=True, slots=True)
class PersonMonth:
    """One person's minutes of a month in each state [min], and how its days stand."""

    person_id: int
    by_status: tuple[tuple[EntryStatus, int], ...]
    locked_days: int = 0
    overrides: int = 0

    def minutes(self, *states: EntryStatus) -> int:
        """Add up the minutes in some states; in all of them without any."""
        return sum(minutes for status, minutes in self.by_status if not states or status in states)


@dataclass(frozen=True, slots=True)
class MonthEntry:
    """One entry of a month; of somebody else's private work only the time is told."""

    id: int
    version: int
    worked_on: date
    minutes: int
    status: EntryStatus
    kind: TimeKind | None = None
    activity: Activity | None = None
    topics: tuple[str, ...] = ()
    source: TimeSource | None = None
    starts_at: time | None = None
    comment: str = ""

    @property
    def is_redacted(self) -> bool:
        """Whether it is private work of somebody else."""
        return self.source is None

    def redacted(self) -> "MonthEntry":
        """Keep the time, and what its approval needs."""
        return MonthEntry(self.id, self.version, self.worked_on, self.minutes, self.status)


@dataclass(frozen=True, slots=True)
class MonthView:
    """Everybody's month at a glance; `people` are in the order in which they are shown."""

    today: date
    period: Period
    people: Mapping[int, str]
    months: Mapping[int, PersonMonth]
    overrides: tuple[Override, ...]


@dataclass(frozen=True, slots=True)
class PersonMonthView:
    """One person's month as a manager sees it.

    `events` are the meetings on which time of the month was spent: they go with it from state to
    state. `seen` is what stands submitted, for approving it; `is_own` when it is the reader's.
    """

    today: date
    period: Period
    name: str
    month: PersonMonth
    entries: tuple[MonthEntry, ...]
    overrides: tuple[Override, ...]
    locked: tuple[date, ...]
    seen: Seen
    is_own: bool
    names: Mapping[int, str]
    events: tuple[MonthEvent, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnHours:
    """One person's own time in a period: the figure, its rows and all entries, newest first.

    `rows` are what the figure adds up; `entries` hold drafts and what does not count as well.
    `notes` are those of own work by its id. `closes_on` is the first day on which the period
    takes no more time by itself, None when it never does. `over` are the promises of the
    person's own that are exceeded, each with the minutes above it [min].
    """

    today: date
    period: Period
    figure: HoursFigure
    rows: tuple[HourRow, ...]
    month: PersonMonth
    entries: tuple[MonthEntry, ...] = ()
    notes: Mapping[int, str] = field(default_factory=dict)
    overrides: tuple[Override, ...] = ()
    closes_on: date | None = None
    over: tuple[tuple[str, int], ...] = ()

    @property
    def returned(self) -> tuple[MonthEntry, ...]:
        """Entries that were given back with a comment and wait for their owner."""
        return tuple(
            entry for entry in self.entries if entry.status is EntryStatus.DRAFT and entry.comment
        )

    @property
    def drafts(self) -> int:
        """How many entries are still drafts."""
        return sum(entry.status is EntryStatus.DRAFT for entry in self.entries)


@dataclass(frozen=True, slots=True)
class WaitingMonth:
    """One person's submitted time of a month that another may approve [min]."""

    person_id: int
    name: str
    starts_on: date
    minutes: int


@dataclass(frozen=True, slots=True)
class HoursDue:
    """What hours ask of a person: own entries given back, by month, and others' months.

    `returned` holds the first day of a month and how many entries came back in it.
    """

    returned: tuple[tuple[date, int], ...] = ()
    waiting: tuple[WaitingMonth, ...] = ()

    @property
    def is_clear(self) -> bool:
        """Whether nothing waits."""
        return not (self.returned or self.waiting)

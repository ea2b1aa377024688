"""Meetings and trainings as events: their length once, and how many attended.

An event has no state of its own: it is as far as the least agreed time that was spent on it.
So it is handed in, approved, returned and locked with that time, in the same batch.
"""

from dataclasses import dataclass
from datetime import date

from core.errors import OutOfRangeError
from core.i18n import Term
from hours.domain.entries import MINUTES_IN_DAY, Activity, EntryStatus, TimeSource
from hours.domain.periods import Period
from hours.domain.states import SETTLED

MOST_ATTENDED = 100_000


@dataclass(frozen=True, slots=True)
class Event:
    """One meeting that was held [min]; `attended` counts people, without those who led it.

    An `agreement_id` of None takes the one that the activity serves that day.
    """

    held_on: date
    minutes: int
    attended: int
    activity: Activity = Activity.CONSULTING
    agreement_id: int | None = None

    def checked(self) -> "Event":
        """Refuse what no meeting can be. Raises `OutOfRangeError`."""
        if not 0 < self.minutes <= MINUTES_IN_DAY:
            raise OutOfRangeError(field=Term("field.minutes"), low=1, high=MINUTES_IN_DAY)
        if not 0 <= self.attended <= MOST_ATTENDED:
            raise OutOfRangeError(field=Term("field.attended"), low=0, high=MOST_ATTENDED)
        return self


@dataclass(frozen=True, slots=True)
class EventQuery:
    """Which meetings are asked for; None asks for all of them."""

    period: Period
    activity: Activity | None = None
    agreement_id: int | None = None


@dataclass(frozen=True, slots=True)
class EventRow:
    """One meeting behind a figure of meetings [min].

    Private meetings of others are one row without a date, a state and a source, their sums.
    """

    minutes: int
    attended: int
    person_minutes: int
    held_on: date | None = None
    source: TimeSource | None = None
    meetings: int = 1
    status: EntryStatus | None = None


@dataclass(frozen=True, slots=True)
class MonthEvent:
    """One meeting of a person's month; of others' private ones only the length is told [min]."""

    held_on: date
    minutes: int
    status: EntryStatus
    attended: int | None = None
    activity: Activity | None = None
    source: TimeSource | None = None

    def redacted(self) -> "MonthEvent":
        """Keep what its approval needs."""
        return MonthEvent(self.held_on, self.minutes, self.status)


@dataclass(frozen=True, slots=True)
class EventFigure:
    """Meetings added up: two measures that are neither staff time nor each other [min].

    `event_minutes` counts each meeting's length once, `person_minutes` once for each who
    attended. `by_day` holds a date, its event minutes and its person minutes, `by_status` a
    state and the same. Meetings with a draft among their time do not count.
    """

    events: int = 0
    event_minutes: int = 0
    attended: int = 0
    person_minutes: int = 0
    by_day: tuple[tuple[date, int, int], ...] = ()
    by_status: tuple[tuple[EntryStatus, int, int], ...] = ()

    @property
    def approved(self) -> tuple[int, int]:
        """Event minutes and person minutes that somebody else has approved."""
        settled = [each for each in self.by_status if each[0] in SETTLED]
        return sum(each[1] for each in settled), sum(each[2] for each in settled)

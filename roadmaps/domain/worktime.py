"""From units of a plan to dates and hours, through a calendar."""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Protocol

from roadmaps.domain.errors import NoWorkingTimeError
from roadmaps.domain.plan import (
    MINUTES_OF_HOUR,
    OFFICE_HOURS,
    OwnCalendar,
    Plan,
    PlanUnit,
)
from roadmaps.domain.schedule import Schedule

_PATIENCE_DAYS: Final = 3_660
_MIDNIGHT: Final = time()
_DAY: Final = timedelta(days=1)


class WorkingDays(Protocol):
    """Whatever knows on which days work is done, such as `core.calendar.WorkCalendar`."""

    def is_working(self, day: date) -> bool:
        """Tell whether the day is a working one."""
        ...


@dataclass(frozen=True, slots=True)
class Span:
    """First and last moment of a task, in the centre's wall time.

    In a plan counted in days both are midnights that begin the first and the last day.
    """

    start: datetime
    finish: datetime


class WorkTime:
    """The working time of one plan: a line of equal units laid over the calendar.

    Parameters
    ----------
    days
        Knows which days are worked.
    hours
        Hours of the day that are worked, ascending; of no meaning for a plan in days.
    plan
        Gives the unit and the start.
    """

    def __init__(self, days: WorkingDays, hours: tuple[int, ...], plan: Plan) -> None:
        self._days = days
        self._hours = hours
        self._unit_minutes = 0 if plan.unit is PlanUnit.DAY else MINUTES_OF_HOUR
        if plan.unit is PlanUnit.MINUTE:
            self._unit_minutes = 1
        self._per_hour = MINUTES_OF_HOUR // self._unit_minutes if self._unit_minutes else 0
        self._per_day = self._per_hour * len(hours) or 1
        self._known = [self._working_from(plan.starts_on)]
        self._skipped = 0
        if self._unit_minutes and self._known[0] == plan.starts_on:
            self._skipped = self._units_before(plan.starts_minute)

    @property
    def counts_days(self) -> bool:
        """Tell whether a unit is a whole day."""
        return not self._unit_minutes

    def begin(self, units: int) -> datetime:
        """Give the moment at which unit number `units` (from 0) begins."""
        day, rest = divmod(units + self._skipped, self._per_day)
        return self._at(day, rest)

    def end(self, units: int) -> datetime:
        """Give the moment at which the first `units` units have passed.

        Counted in days it is the midnight that begins the last of them; of no units, the
        start of the plan.
        """
        if units <= 0:
            return self.begin(0)
        day, rest = divmod(units - 1 + self._skipped, self._per_day)
        return self._at(day, rest) + timedelta(minutes=self._unit_minutes)

    def span(self, start: int, finish: int) -> Span:
        """Give the dates of a task between two counts of units; a milestone's are one."""
        last = self.end(finish)
        return Span(last if start == finish else self.begin(start), last)

    def is_working(self, day: date) -> bool:
        """Tell whether the day is a working one."""
        return self._days.is_working(day)

    def _at(self, day: int, rest: int) -> datetime:
        midnight = datetime.combine(self._day(day), _MIDNIGHT)
        if self.counts_days:
            return midnight
        hour, part = divmod(rest, self._per_hour)
        return midnight + timedelta(hours=self._hours[hour], minutes=part * self._unit_minutes)

    def _day(self, number: int) -> date:
        while len(self._known) <= number:
            self._known.append(self._working_from(self._known[-1] + _DAY))
        return self._known[number]

    def _working_from(self, day: date) -> date:
        for _ in range(_PATIENCE_DAYS):
            if self._days.is_working(day):
                return day
            day += _DAY
        raise NoWorkingTimeError

    def _units_before(self, minute: int) -> int:
        """Count the units of a working day that have passed by this minute of it."""
        hour, part = divmod(minute, MINUTES_OF_HOUR)
        whole = bisect_left(self._hours, hour)
        if whole == len(self._hours) or self._hours[whole] != hour:
            return whole * self._per_hour
        return whole * self._per_hour - (-part // self._unit_minutes)


def work_time(plan: Plan, days: WorkingDays) -> WorkTime:
    """Give the working time of a plan: by its own calendar, or else by the given days.

    Raises
    ------
    NoWorkingTimeError
        If the calendar has no working day within ten years.
    """
    own = plan.own_calendar or OwnCalendar(hours=OFFICE_HOURS)
    return WorkTime(own if plan.own_calendar else days, tuple(sorted(own.hours)), plan)


def spans(plan: Plan, result: Schedule, when: WorkTime) -> dict[int, Span]:
    """Give the early dates of every task, by task id."""
    return {
        task.id: when.span(result[task.id].early_start, result[task.id].early_finish)
        for task in plan.tasks
    }

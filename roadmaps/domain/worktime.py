"""From units of a plan to dates and hours, through a calendar."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from threading import Lock
from typing import Final

from roadmaps.domain.calendar import OwnCalendar, WorkingDays
from roadmaps.domain.errors import NoWorkingTimeError
from roadmaps.domain.plan import Plan, PlanUnit
from roadmaps.domain.timeline import (
    LAST_YEAR,
    Line,
    line_around,
    line_of,
    moment_of,
    start_tick,
    tick_of_day,
)

_DAY: Final = timedelta(days=1)
_MOMENT: Final = timedelta(microseconds=1)
_MORE_YEARS: Final = 2
_laying: Final = Lock()  # rarely held: lines are kept for years


@dataclass(frozen=True, slots=True)
class Span:
    """First and last moment of a task, in the centre's wall time.

    In a plan counted in days both are midnights that begin the first and the last day.
    """

    start: datetime
    finish: datetime

    def last_day(self, unit: PlanUnit) -> date:
        """Give the day on which the task ends: what lasts until midnight, the day before."""
        if unit is PlanUnit.DAY or self.start == self.finish:
            return self.finish.date()
        return (self.finish - _MOMENT).date()

    def days(self, unit: PlanUnit) -> tuple[date, date]:
        """Give the first and the last day of the task."""
        return self.start.date(), self.last_day(unit)


class WorkTime:
    """The working time of one plan: a line of equal units laid over the calendar.

    Parameters
    ----------
    days
        Knows which days are worked, and may know which minutes of them.
    plan
        Gives the unit and the start.
    """

    def __init__(self, days: WorkingDays, plan: Plan) -> None:
        self.days = days
        self.unit = plan.unit
        self.origin = start_tick(plan)
        self._first_year = self._last_year = plan.starts_on.year
        self._lay(line_around(days, plan.unit, self._first_year, self._last_year + 1))
        self.tick(0)

    @property
    def counts_days(self) -> bool:
        """Tell whether a unit is a whole day."""
        return self.unit is PlanUnit.DAY

    def begin(self, units: int) -> datetime:
        """Give the moment at which unit number `units` (from 0) begins."""
        return moment_of(self.tick(units), self.unit)

    def end(self, units: int) -> datetime:
        """Give the moment at which the first `units` units have passed.

        Counted in days it is the midnight that begins the last of them; of no units, the
        start of the plan.
        """
        if units <= 0:
            return self.begin(0)
        return self.finish_at(self.tick(units - 1) + 1)

    def moment(self, tick: int) -> datetime:
        """Give the moment of a tick."""
        return moment_of(tick, self.unit)

    def finish_at(self, tick: int) -> datetime:
        """Give the moment of a tick that ends some work; counted in days, its last day."""
        return moment_of(tick - 1 if self.counts_days else tick, self.unit)

    def span(self, start: int, finish: int) -> Span:
        """Give the dates of a task between two counts of units; a milestone's are one."""
        last = self.end(finish)
        return Span(last if start == finish else self.begin(start), last)

    def is_working(self, day: date) -> bool:
        """Tell whether the day is a working one."""
        return self.days.is_working(day)

    def between(self, start: date, end: date) -> int:
        """Count the units from the midnight that begins a day until that of another."""
        first, last = (tick_of_day(day, self.unit) for day in (start, end))
        return self.units(last) - self.units(first)

    def tick(self, units: int) -> int:
        """Give the tick at which unit number `units` of the plan begins."""
        while True:
            place = line, base = self._place
            number = units + base
            if number < 0:
                self._reach_back(place, -number)
            elif (tick := line.begin(number)) < line.last:
                return tick
            else:
                self._extend(place)

    def over(self, most: int) -> tuple[Line, int]:
        """Give a line that holds unit number `most` of the plan, and its number of unit 0."""
        self.tick(most)
        return self._place

    def units(self, tick: int) -> int:
        """Count the units from the start of the plan until a tick."""
        while True:
            place = line, base = self._place
            if tick < line.last:
                return line.count(tick) - base
            self._extend(place)

    def _lay(self, line: Line) -> None:
        self._place = line, line.count(self.origin)  # at once: threads share what is kept

    def _extend(self, seen: tuple[Line, int]) -> None:
        with _laying:
            if self._place is not seen:
                return  # another thread has laid a longer line meanwhile
            if self._last_year >= LAST_YEAR:
                raise NoWorkingTimeError
            self._last_year += max(_MORE_YEARS, self._last_year - self._first_year)
            self._lay(line_of(self.days, self.unit, self._first_year, self._last_year))

    def _reach_back(self, seen: tuple[Line, int], missing: int) -> None:
        with _laying:
            if self._place is not seen:
                return
            self._first_year -= _MORE_YEARS + missing // (366 * self.unit.per_day)
            self._lay(line_of(self.days, self.unit, self._first_year, self._last_year))


def work_time(plan: Plan, days: WorkingDays | None = None) -> WorkTime:
    """Give the working time of a plan: by its own calendar, or else by the given days.

    Raises
    ------
    NoWorkingTimeError
        If the calendar has no working day within ten years.
    """
    return WorkTime(plan.own_calendar or days or OwnCalendar(), plan)

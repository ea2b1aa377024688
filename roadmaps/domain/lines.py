"""The calendars of a plan side by side, as the passes read them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

from roadmaps.domain.calendar import OwnCalendar, WorkingDays
from roadmaps.domain.plan import Plan, PlanUnit, Task
from roadmaps.domain.terms import Counting
from roadmaps.domain.timeline import (
    FAR,
    FIRST_YEAR,
    LAST_YEAR,
    Line,
    line_around,
    start_tick,
    tick_at,
    tick_by,
    tick_of_day,
)

DAY_AND_NIGHT: Final = 0
OF_PLAN: Final = 1
_HEAD: Final = 8  # numbers at the head of each line: see `calendar_passes`


class Lines:
    """The lines of a plan's calendars between two years.

    Ticks are counted from the midnight that begins the plan's first day, units of a calendar
    from the start of the plan. Line 0 runs day and night, its units are the ticks; line 1 is
    the plan's own.
    """

    def __init__(self, plan: Plan, days: WorkingDays | None, years: tuple[int, int]) -> None:
        self.unit, self.years = plan.unit, years
        self.midnight = tick_of_day(plan.starts_on, plan.unit)
        self.start = start_tick(plan) - self.midnight
        usual: WorkingDays = plan.own_calendar or days or OwnCalendar()
        calendars: list[WorkingDays] = [usual]
        self._places = {"": OF_PLAN}
        for named in plan.calendars:
            if named.time not in calendars:
                calendars.append(named.time)
            self._places[named.id] = calendars.index(named.time) + OF_PLAN
        self._lines = [line_around(calendar, plan.unit, *years) for calendar in calendars]
        self._base = [line.count(start_tick(plan)) for line in self._lines]

    def place(self, task: Task) -> int:
        """Give the line of the calendar that a task names."""
        return self._places[task.calendar]

    def line(self, task: Task) -> int:
        """Give the line on which a task is done."""
        return self.place(task) if task.counting is Counting.WORKING else DAY_AND_NIGHT

    def table(self) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """Give the table of all lines, and where each begins in it with its indexes."""
        parts = [np.array([[-FAR], [FAR], [-FAR]], np.int64)]
        heads = [0, 1, *(0,) * (_HEAD - 2)]
        indexes: list[NDArray[np.int32]] = []
        free = _HEAD * (len(self._lines) + 1)
        for line, base in zip(self._lines, self._base, strict=True):
            parts.append(line.table - np.array([[self.midnight], [self.midnight], [base]]))
            columns = heads[-_HEAD + 1]
            heads += [columns, columns + line.table.shape[1]]
            for (first, power, index), shift in zip(
                line.indexes(), (self.midnight, base), strict=True
            ):
                heads += [first - shift, power, free]
                indexes.append(index)
                free += len(index)
        begins = np.concatenate([np.array(heads, np.int32), *indexes])
        return np.ascontiguousarray(np.concatenate(parts, axis=1)), begins

    def count(self, line: int, tick: int) -> int:
        """Count the units of a line before a tick."""
        if line == DAY_AND_NIGHT:
            return tick
        return self._of(line).count(tick + self.midnight) - self._base[line - OF_PLAN]

    def counts(self, ticks: NDArray[np.int64]) -> NDArray[np.int64]:
        """Count the plan's units before each of many ticks."""
        opens, closes, done = self._of(OF_PLAN).table
        at = ticks + self.midnight
        i = np.searchsorted(opens, at, side="right") - 1
        found: NDArray[np.int64] = done[i] + np.minimum(at, closes[i]) - opens[i] - self._base[0]
        return found

    def begin(self, line: int, unit: int) -> int:
        """Give the tick at which a unit of a line begins."""
        if line == DAY_AND_NIGHT:
            return unit
        return self._of(line).begin(unit + self._base[line - OF_PLAN]) - self.midnight

    def covers(self, low: int, high: int) -> bool:
        """Tell whether the lines know all days between two ticks."""
        low, high = low + self.midnight, high + self.midnight
        return all(line.covers(low, high) for line in self._lines)

    def wider(self, low: int, high: int) -> tuple[int, int]:
        """Give years in which the ticks from `low` until `high` would lie."""
        first, last = self.years
        year = 366 * self.unit.per_day
        if low + self.midnight < self._lines[0].first:
            first -= 1 + (self._lines[0].first - low - self.midnight) // year
        if high + self.midnight >= self._lines[0].last:
            last += 1 + (high + self.midnight - self._lines[0].last) // year
        return max(first, FIRST_YEAR), min(last, LAST_YEAR)

    # ---- moments

    def at(self, moment: datetime) -> int:
        """Give the tick of a moment that begins something."""
        return tick_at(moment, self.unit) - self.midnight

    def by(self, moment: datetime) -> int:
        """Give the tick of a moment that ends something; counted in days, the day's end."""
        return tick_by(moment, self.unit) - self.midnight

    def past(self, moment: datetime) -> int:
        """Give the first tick that is not over at a moment; counted in days, the next day's."""
        return self.by(moment) if self.unit is PlanUnit.DAY else self.at(moment)

    def first_start(self, line: int, tick: int) -> int:
        """Give the first unit of a line that begins at a tick or later."""
        return self.count(line, tick)

    def first_finish(self, line: int, tick: int) -> int:
        """Give the least number of units of a line that are done at a tick or later."""
        return self.count(line, tick - 1) + 1

    def last_start(self, line: int, tick: int) -> int:
        """Give the last unit of a line that begins at a tick or earlier."""
        return self.count(line, tick + 1) - 1

    def last_finish(self, line: int, tick: int) -> int:
        """Give the greatest number of units of a line that are done by a tick."""
        return self.count(line, tick)

    def _of(self, line: int) -> Line:
        return self._lines[line - OF_PLAN]


def years_of(plan: Plan, moments: Iterable[datetime]) -> tuple[int, int]:
    """Guess between which years a plan lies."""
    years = [plan.starts_on.year, *(moment.year for moment in moments)]
    return min(years), max(years) + 1

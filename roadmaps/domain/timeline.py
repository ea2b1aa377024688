"""A calendar laid out as a line: stretches of work in order, found by bisection.

Time is counted in ticks, whole units of the plan (days, hours or minutes, night included)
since the midnight that begins 1970; work in units, ticks that are worked. Both directions of
the conversion are one search in a sorted array, whatever the distance.
"""

from bisect import bisect_right
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import accumulate
from typing import Final

import numpy as np
from numpy.typing import NDArray

from roadmaps.domain.calendar import (
    OFFICE_HOURS,
    Shifts,
    WorkingDays,
    WorkingShifts,
    shifts_of_hours,
)
from roadmaps.domain.errors import BadShiftsError, NoWorkingTimeError
from roadmaps.domain.plan import Plan, PlanUnit

FAR: Final = 1 << 40
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2400
_EPOCH: Final = datetime(1970, 1, 1)  # noqa: DTZ001 — plans are kept in wall time
_EPOCH_DAY: Final = _EPOCH.date()
_DAY: Final = timedelta(days=1)
_MINUTE: Final = timedelta(minutes=1)
_OFFICE: Final = shifts_of_hours(OFFICE_HOURS)
_PATIENCE_YEARS: Final = 10


class Line:
    """The working time of one calendar in one unit between two years.

    Outside of them every tick counts as worked, so that results there are recognised (see
    `covers`) and a longer line can be asked for.
    """

    __slots__ = ("_closes", "_done", "_indexes", "_opens", "first", "last", "table")

    def __init__(self, stretches: list[tuple[int, int]], first: int, last: int) -> None:
        self.first, self.last = first, last
        inner = list(accumulate((b - a for a, b in stretches), initial=0))
        self._opens = [-FAR, *(a for a, _ in stretches), last]
        self._closes = [first, *(b for _, b in stretches), FAR]
        self._done = [-FAR - first, *inner]
        self.table: NDArray[np.int64] = np.array([self._opens, self._closes, self._done], np.int64)
        self._indexes: list[tuple[int, int, NDArray[np.int32]]] = []

    def indexes(self) -> list[tuple[int, int, NDArray[np.int32]]]:
        """Give, for ticks and for units, the first, the power of 2 and the stretches at each.

        Entry b is the last stretch that begins at `first + b * 2 ** power` or before.
        """
        if not self._indexes:
            found = list[tuple[int, int, NDArray[np.int32]]]()  # threads share lines
            for row in (self.table[0], self.table[2]):
                first, last = int(row[1]), int(row[-1])
                width = max(last - first, 1) // max(2 * len(row), 1)
                power = max(width, 1).bit_length() - 1
                places = first + (np.arange((last - first >> power) + 1, dtype=np.int64) << power)
                stretches = np.searchsorted(row, places, side="right") - 1
                found.append((first, power, stretches.astype(np.int32)))
            self._indexes = found
        return self._indexes

    def count(self, tick: int) -> int:
        """Count the units before a tick; zero at the beginning of the first year."""
        i = bisect_right(self._opens, tick) - 1
        return self._done[i] + min(tick, self._closes[i]) - self._opens[i]

    def begin(self, unit: int) -> int:
        """Give the tick at which a unit begins."""
        i = bisect_right(self._done, unit) - 1
        return self._opens[i] + unit - self._done[i]

    def begins(self, units: NDArray[np.int64]) -> NDArray[np.int64]:
        """Give the ticks at which many units begin."""
        opens, _closes, done = self.table
        i = np.searchsorted(done, units, side="right") - 1
        found: NDArray[np.int64] = opens[i] + units - done[i]
        return found

    def counts(self, ticks: NDArray[np.int64]) -> NDArray[np.int64]:
        """Count the units before many ticks."""
        opens, closes, done = self.table
        i = np.searchsorted(opens, ticks, side="right") - 1
        found: NDArray[np.int64] = done[i] + np.minimum(ticks, closes[i]) - opens[i]
        return found

    def covers(self, low: int, high: int) -> bool:
        """Tell whether the ticks from `low` until `high` lie within the line's years."""
        return self.first <= low and high < self.last

    @property
    def is_empty(self) -> bool:
        """Tell whether the calendar never works in these years."""
        return len(self._opens) == 2  # noqa: PLR2004 — the two ends that lead outside


@lru_cache(maxsize=64)
def line_of(calendar: WorkingDays, unit: PlanUnit, first_year: int, last_year: int) -> Line:
    """Lay a calendar out over whole years, both included; kept for the next asking.

    Raises
    ------
    BadShiftsError
        If a day's stretches of work are no whole units.
    """
    per_day, minutes = unit.per_day, unit.minutes
    begins, ends = date(first_year, 1, 1), date(last_year + 1, 1, 1)
    first, last = tick_of_day(begins, unit), tick_of_day(ends, unit)
    has_shifts = isinstance(calendar, WorkingShifts)
    found: list[tuple[int, int]] = []
    for number in range((ends - begins).days):
        day, midnight = begins + _DAY * number, first + number * per_day
        if unit is PlanUnit.DAY:
            found += [(midnight, midnight + 1)] if calendar.is_working(day) else []
            continue
        for opens, closes in shifts_on(calendar, day, has_shifts=has_shifts):
            if opens % minutes or closes % minutes:
                raise BadShiftsError
            found.append((midnight + opens // minutes, midnight + closes // minutes))
    return Line(_joined(found), first, last)


def line_around(calendar: WorkingDays, unit: PlanUnit, year: int, last_year: int) -> Line:
    """Lay a calendar out so that it works at least once from the beginning of a year.

    Raises
    ------
    NoWorkingTimeError
        If it does not work within ten years.
    """
    for more in (0, 1, _PATIENCE_YEARS):
        line = line_of(calendar, unit, year, last_year + more)
        if not line.is_empty:
            return line
    raise NoWorkingTimeError


def shifts_on(calendar: WorkingDays, day: date, *, has_shifts: bool) -> Shifts:
    """Give the stretches of a day; a calendar that only knows days works in office hours."""
    if has_shifts:
        return calendar.shifts(day)  # type: ignore[attr-defined,no-any-return]  # `has_shifts` says so
    return _OFFICE if calendar.is_working(day) else ()


def tick_of_day(day: date, unit: PlanUnit) -> int:
    """Give the tick of the midnight that begins a day."""
    return (day - _EPOCH_DAY).days * unit.per_day


def tick_at(moment: datetime, unit: PlanUnit) -> int:
    """Give the first tick not before a moment; counted in days, the moment's own day."""
    if unit is PlanUnit.DAY:
        return tick_of_day(moment.date(), unit)
    minutes = (moment - _EPOCH) / _MINUTE
    return -int(-minutes // unit.minutes)


def tick_by(moment: datetime, unit: PlanUnit) -> int:
    """Give the last tick not after a moment; counted in days, the end of the moment's day."""
    if unit is PlanUnit.DAY:
        return tick_of_day(moment.date(), unit) + 1
    return int((moment - _EPOCH) / _MINUTE // unit.minutes)


@lru_cache(maxsize=65_536)  # every change of a long plan asks for the same days thousands of times
def moment_of(tick: int, unit: PlanUnit) -> datetime:
    """Give the moment of a tick."""
    return _EPOCH + _MINUTE * (tick * unit.minutes)


def start_tick(plan: Plan) -> int:
    """Give the tick at which a plan starts, worked or not."""
    midnight = tick_of_day(plan.starts_on, plan.unit)
    if plan.unit is PlanUnit.DAY:
        return midnight
    return midnight - -plan.starts_minute // plan.unit.minutes


def _joined(stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for opens, closes in stretches:
        if found and found[-1][1] == opens:
            found[-1] = (found[-1][0], closes)
        else:
            found.append((opens, closes))
    return found

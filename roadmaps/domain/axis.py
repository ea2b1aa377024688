"""The axis of dates above a chart: how closely time is looked at, its marks, its days off.

Across are calendar days from the midnight of the first day shown.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from roadmaps.domain.worktime import WorkTime

_DAY: Final = timedelta(days=1)
_MONTHS_OF_QUARTER: Final = 3
_MONTHS_OF_YEAR: Final = 12


class Zoom(StrEnum):
    """What the finer row of the axis counts."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    QUARTERS = "quarters"
    YEARS = "years"

    @property
    def day_width(self) -> float:
        """Give the width of a day at which this zoom is comfortable [pt]."""
        return _COMFORT[self]


_COMFORT: Final = {
    Zoom.DAYS: 24.0,
    Zoom.WEEKS: 6.0,
    Zoom.MONTHS: 2.0,
    Zoom.QUARTERS: 0.7,
    Zoom.YEARS: 0.2,
}
# The least width of a day [pt] at which the marks of a zoom have room for their words.
_ROOM: Final = {Zoom.DAYS: 16.0, Zoom.WEEKS: 3.1, Zoom.MONTHS: 1.3, Zoom.QUARTERS: 0.34}
_SHADED_FROM: Final = 2.6  # narrower days off would be a grey blur [pt]


class Cell(NamedTuple):
    """A stretch of the axis that begins with `day`; the ends of the chart may cut it."""

    start: float
    end: float
    day: date


class Shade(NamedTuple):
    """Days without work, from `start` until `end`."""

    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Axis:
    """Two rows of cells: `upper` has months or years, `lower` what the zoom counts."""

    zoom: Zoom
    upper: tuple[Cell, ...]
    lower: tuple[Cell, ...]


def zoom_for(day_width: float) -> Zoom:
    """Give the finest zoom whose marks have room where a day is so wide [pt]."""
    return next((zoom for zoom, room in _ROOM.items() if day_width >= room), Zoom.YEARS)


def axis_of(origin: date, days: int, zoom: Zoom) -> Axis:
    """Divide so many days from `origin` on; O(days)."""
    by_months = zoom in {Zoom.DAYS, Zoom.WEEKS}
    above = Zoom.MONTHS if by_months else Zoom.YEARS
    upper = () if zoom is Zoom.YEARS else tuple(_cells(origin, days, above))
    return Axis(zoom, upper, tuple(_cells(origin, days, zoom)))


def shades_of(origin: date, days: int, when: WorkTime, day_width: float) -> Iterator[Shade]:
    """Find the stretches of days off, where days are wide enough to show them."""
    if day_width < _SHADED_FROM:
        return
    start = None
    for number in range(days + 1):
        off = number < days and not when.is_working(origin + _DAY * number)
        if off and start is None:
            start = number
        elif not off and start is not None:
            yield Shade(float(start), float(number))
            start = None


def _cells(origin: date, days: int, zoom: Zoom) -> Iterator[Cell]:
    start, first = 0, _begin(origin, zoom)
    while start < days:
        following = _next(first, zoom)
        end = min((following - origin).days, days)
        yield Cell(float(start), float(end), first)
        start, first = end, following


def _begin(day: date, zoom: Zoom) -> date:
    if zoom is Zoom.DAYS:
        return day
    if zoom is Zoom.WEEKS:
        return day - _DAY * day.weekday()
    months = _months(zoom)
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def _next(day: date, zoom: Zoom) -> date:
    if zoom in {Zoom.DAYS, Zoom.WEEKS}:
        return day + _DAY * (1 if zoom is Zoom.DAYS else 7)
    month = day.month - 1 + _months(zoom)
    return date(day.year + month // _MONTHS_OF_YEAR, month % _MONTHS_OF_YEAR + 1, 1)


def _months(zoom: Zoom) -> int:
    return {Zoom.MONTHS: 1, Zoom.QUARTERS: _MONTHS_OF_QUARTER}.get(zoom, _MONTHS_OF_YEAR)

"""A series of meetings: on which days it repeats, and what becomes of those on days off."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from core.errors import DomainError, OutOfRangeError
from core.i18n import Coded, Term

LONGEST: Final = 104
"""Meetings of one series: two years of weeks."""
_MONTHS: Final = 12
_TRIED: Final = 2 * LONGEST
_ONE_DAY: Final = timedelta(days=1)


class Rhythm(Coded):
    """How often a meeting repeats."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"


class DayOff(Coded):
    """Why a day is not worked."""

    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    OWN = "own"


class OnDayOff(Coded):
    """What becomes of a meeting that would fall on a day off."""

    LEAVE_OUT = "leave_out"
    MOVE = "move"
    KEEP = "keep"


class EmptySeriesError(DomainError):
    """No day is left on which the series could meet; details: none."""

    code = "error.empty_series"


class NoSeriesError(DomainError):
    """The meeting belongs to no series; details: none."""

    code = "error.no_series"


@dataclass(frozen=True, slots=True)
class Repeat:
    """How a series goes on from its first day: until a day, or so many times.

    So many times means so many meetings: for one that is left out, one comes at the end.
    """

    rhythm: Rhythm
    times: int | None = None
    until: date | None = None
    on_day_off: OnDayOff = OnDayOff.KEEP


@dataclass(frozen=True, slots=True)
class Occasion:
    """One day of a series; `due_on` is the day that its rhythm gives.

    `off` says why that day is not worked; None for a working day. A meeting of a day off falls
    away when `is_skipped`, else it is moved to `on`, or kept there.
    """

    on: date
    due_on: date
    off: DayOff | None = None
    is_skipped: bool = False


def occasions(
    first: date, repeat: Repeat, why_off: Callable[[date], DayOff | None]
) -> tuple[Occasion, ...]:
    """List the days of a series in their order, the first day among them.

    A month without the first day's number has its last day instead: 31 January, 28 February,
    31 March. A meeting is moved to the next working day; it is left out where that would reach
    the following meeting or lie behind the last day.

    Raises
    ------
    OutOfRangeError
        If the series has no end, ends before it begins, or has more than 104 days; or if so many
        times are not found, as nearly every day is one off.
    EmptySeriesError
        If every day falls away.
    """
    if repeat.times is None and repeat.until is None:
        raise OutOfRangeError(field=Term("field.times"), low=1, high=LONGEST)
    if repeat.times is not None and not 1 <= repeat.times <= LONGEST:
        raise OutOfRangeError(field=Term("field.times"), low=1, high=LONGEST)
    listed: list[Occasion] = []
    meetings = 0
    for number in range(_TRIED):
        day, following = (_day(first, repeat.rhythm, place) for place in (number, number + 1))
        is_over = repeat.until is not None and day > repeat.until
        if is_over or meetings == repeat.times or meetings > LONGEST:
            break
        listed.append(_occasion(day, following, repeat, why_off))
        meetings += not listed[-1].is_skipped
    if meetings > LONGEST:
        raise OutOfRangeError(
            field=Term("field.until"), low=first, high=_day(first, repeat.rhythm, LONGEST - 1)
        )
    if not meetings:
        raise EmptySeriesError
    if repeat.until is None and meetings != repeat.times:
        raise OutOfRangeError(field=Term("field.times"), low=1, high=meetings)
    return tuple(listed)


def _occasion(
    day: date, following: date, repeat: Repeat, why_off: Callable[[date], DayOff | None]
) -> Occasion:
    off = why_off(day)
    if off is None or repeat.on_day_off is OnDayOff.KEEP:
        return Occasion(day, day, off)
    last = following if repeat.until is None else min(following, repeat.until + _ONE_DAY)
    moved = day
    while repeat.on_day_off is OnDayOff.MOVE and moved < last and why_off(moved) is not None:
        moved += _ONE_DAY
    if moved in {day, last}:
        return Occasion(day, day, off, is_skipped=True)
    return Occasion(moved, day, off)


def _day(first: date, rhythm: Rhythm, number: int) -> date:
    if rhythm is Rhythm.MONTHLY:
        months = first.month - 1 + number
        year, month = first.year + months // _MONTHS, months % _MONTHS + 1
        return date(year, month, min(first.day, _length(year, month)))
    return first + timedelta(weeks=number * (2 if rhythm is Rhythm.FORTNIGHTLY else 1))


def _length(year: int, month: int) -> int:
    following = date(year + month // _MONTHS, month % _MONTHS + 1, 1)
    return (following - timedelta(days=1)).day

"""A series of meetings: on which days it repeats, which of them fall away."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from core.errors import DomainError, OutOfRangeError
from core.i18n import Coded, Term

LONGEST: Final = 104
"""Meetings of one series: two years of weeks."""
_MONTHS: Final = 12


class Rhythm(Coded):
    """How often a meeting repeats."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"


class EmptySeriesError(DomainError):
    """No day is left on which the series could meet; details: none."""

    code = "error.empty_series"


class NoSeriesError(DomainError):
    """The meeting belongs to no series; details: none."""

    code = "error.no_series"


@dataclass(frozen=True, slots=True)
class Repeat:
    """How a series goes on from its first day: until a day, or so many times.

    With `skips_days_off` a meeting of a day off falls away and still counts as one time.
    """

    rhythm: Rhythm
    times: int | None = None
    until: date | None = None
    skips_days_off: bool = False


@dataclass(frozen=True, slots=True)
class Occasion:
    """One day of a series, and whether it falls away as a day off."""

    on: date
    is_skipped: bool = False


def occasions(
    first: date, repeat: Repeat, is_working: Callable[[date], bool]
) -> tuple[Occasion, ...]:
    """List the days of a series in their order, the first day among them.

    A month without the first day's number has its last day instead: 31 January, 28 February,
    31 March.

    Raises
    ------
    OutOfRangeError
        If the series has no end, ends before it begins, or has more than 104 days.
    EmptySeriesError
        If every day falls away.
    """
    if repeat.times is None and repeat.until is None:
        raise OutOfRangeError(field=Term("field.times"), low=1, high=LONGEST)
    if repeat.times is not None and not 1 <= repeat.times <= LONGEST:
        raise OutOfRangeError(field=Term("field.times"), low=1, high=LONGEST)
    listed: list[Occasion] = []
    for number in range(LONGEST + 1):
        day = _day(first, repeat.rhythm, number)
        if _is_over(number, day, repeat):
            break
        is_off = repeat.skips_days_off and not is_working(day)
        listed.append(Occasion(day, is_off))
    if len(listed) > LONGEST:
        raise OutOfRangeError(
            field=Term("field.until"), low=first, high=_day(first, repeat.rhythm, LONGEST - 1)
        )
    if all(one.is_skipped for one in listed):
        raise EmptySeriesError
    return tuple(listed)


def _is_over(number: int, day: date, repeat: Repeat) -> bool:
    if repeat.times is not None and number >= repeat.times:
        return True
    return repeat.until is not None and day > repeat.until


def _day(first: date, rhythm: Rhythm, number: int) -> date:
    if rhythm is Rhythm.MONTHLY:
        months = first.month - 1 + number
        year, month = first.year + months // _MONTHS, months % _MONTHS + 1
        return date(year, month, min(first.day, _length(year, month)))
    return first + timedelta(weeks=number * (2 if rhythm is Rhythm.FORTNIGHTLY else 1))


def _length(year: int, month: int) -> int:
    following = date(year + month // _MONTHS, month % _MONTHS + 1, 1)
    return (following - timedelta(days=1)).day

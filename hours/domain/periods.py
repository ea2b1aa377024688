"""Half-open periods of local dates, quarters and the weeks inside them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from core.errors import InvalidError
from core.i18n import Term

MONTHS_IN_QUARTER = 3
DAYS_IN_WEEK = 7
_CODE = re.compile(r"([0-9]{4})-Q([1-4])")
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True, order=True)
class Period:
    """Days from `starts_on` up to, and without, `ends_before`."""

    starts_on: date
    ends_before: date

    @property
    def days(self) -> int:
        """Length in calendar days [d]; 0 when the period is empty."""
        return max((self.ends_before - self.starts_on).days, 0)

    @property
    def last_day(self) -> date:
        """The last day that belongs to the period."""
        return self.ends_before - timedelta(days=1)

    def __contains__(self, day: date) -> bool:
        """Whether the day belongs to the period."""
        return self.starts_on <= day < self.ends_before

    def dates(self) -> tuple[date, ...]:
        """Return every day of the period in order."""
        return tuple(self.starts_on + timedelta(days=number) for number in range(self.days))

    def common(self, other: Period) -> Period:
        """Return the days that belong to both; an empty period when none does."""
        starts_on = max(self.starts_on, other.starts_on)
        return Period(starts_on, max(starts_on, min(self.ends_before, other.ends_before)))

    def weeks(self) -> tuple[Period, ...]:
        """Cut the period at every Monday.

        The first and the last week are shorter where the period begins or
        ends inside a week, so that the weeks together are the period itself.
        """
        weeks: list[Period] = []
        start = self.starts_on
        while start < self.ends_before:
            monday = start + timedelta(days=DAYS_IN_WEEK - start.weekday())
            end = min(monday, self.ends_before)
            weeks.append(Period(start, end))
            start = end
        return tuple(weeks)

    def quarters(self) -> tuple[Quarter, ...]:
        """Return every quarter that has a day in the period, in order."""
        found: list[Quarter] = []
        quarter = Quarter.of(self.starts_on)
        while self.days and quarter.period.starts_on < self.ends_before:
            found.append(quarter)
            quarter = quarter.next
        return tuple(found)


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter of a calendar year, numbered 1 to 4."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the quarter that the local date belongs to."""
        return cls(day.year, (day.month - 1) // MONTHS_IN_QUARTER + 1)

    @classmethod
    def parse(cls, code: str) -> Self:
        """Read a quarter from its code, say `2026-Q4`.

        Raises
        ------
        InvalidError
            If the text is no such code.
        """
        match = _CODE.fullmatch(code)
        if match is None or not date.min.year < int(match[1]) < date.max.year:
            raise InvalidError(field=Term("field.quarter"), value=code[:40])
        return cls(int(match[1]), int(match[2]))

    @property
    def code(self) -> str:
        """The quarter as it stands in an address, say `2026-Q4`."""
        return f"{self.year:04d}-Q{self.number}"

    @property
    def period(self) -> Period:
        """The days of the quarter."""
        return Period(_first_day(self), _first_day(self.next))

    @property
    def next(self) -> Quarter:
        """The quarter after this one."""
        return self.shifted(1)

    @property
    def previous(self) -> Quarter:
        """The quarter before this one."""
        return self.shifted(-1)

    def shifted(self, quarters: int) -> Quarter:
        """Return the quarter so many quarters later, earlier when negative."""
        year, rest = divmod(self.year * 4 + self.number - 1 + quarters, 4)
        return Quarter(year, rest + 1)


def period_of(code: str) -> Period:
    """Read a period from its code: a month `2026-11` or a quarter `2026-Q4`.

    Raises
    ------
    InvalidError
        If the text is no such code.
    """
    if not _MONTH.fullmatch(code):
        return Quarter.parse(code).period
    year, month = (int(part) for part in code.split("-"))
    if not date.min.year < year < date.max.year:
        raise InvalidError(field=Term("field.period"), value=code)
    return month_of(date(year, month, 1))


def month_or_this(code: str, today: date) -> Period:
    """Read a month from its code, say `2026-11`; without one it is that of the day.

    Raises
    ------
    InvalidError
        If the text is no such code.
    """
    if not code:
        return month_of(today)
    if not _MONTH.fullmatch(code):
        raise InvalidError(field=Term("field.month"), value=code[:40])
    return period_of(code)


def month_of(day: date) -> Period:
    """Return the calendar month that the day belongs to."""
    first = day.replace(day=1)
    return Period(first, (first + timedelta(days=31)).replace(day=1))


def _first_day(quarter: Quarter) -> date:
    return date(quarter.year, (quarter.number - 1) * MONTHS_IN_QUARTER + 1, 1)

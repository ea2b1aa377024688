"""The centre's working days: Russia's production calendar, with the centre's own exceptions.

The days come from the `holidays` package, whose Russian calendar knows the transferred days of
each year's government decree; a Saturday may be worked and a Monday free, so "weekday and no
holiday" would be wrong. A year for which the package knows no decree is *preliminary*.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Final

import holidays
import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.database import Base

_TRANSFERRED: Final = "substituted"  # how the package names a day moved by a decree
_ONE_DAY: Final = timedelta(days=1)


class CalendarDay(Base):
    """One day on which the centre itself differs from the state's calendar."""

    __tablename__ = "calendar_day"

    id: Mapped[int] = mapped_column(primary_key=True)
    calendar: Mapped[str] = mapped_column(sa.String(20))
    on: Mapped[date]
    is_working: Mapped[bool]
    __table_args__ = (sa.UniqueConstraint("calendar", "on"), {"sqlite_autoincrement": True})


@dataclass(frozen=True)
class WorkCalendar:
    """Working days. `exceptions` maps days of the centre's own to whether they are worked."""

    code: str = "ru"
    exceptions: Mapping[date, bool] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash((self.code, frozenset(self.exceptions.items())))

    def is_working(self, day: date) -> bool:
        """Tell whether a day is worked."""
        own = self.exceptions.get(day)
        return day in _days_of(self.code, day.year)[1] if own is None else own

    def add(self, start: date, days: int) -> date:
        """Go `days` working days [d] on from `start` (back when negative).

        0 days gives `start` itself when it is worked, else the next working day.
        """
        step = _ONE_DAY if days >= 0 else -_ONE_DAY
        day = start
        while not self.is_working(day):
            day += step
        for _ in range(abs(days)):
            day += step
            while not self.is_working(day):
                day += step
        return day

    def between(self, start: date, end: date) -> int:
        """Count the working days in the half-open period from `start` until `end` [d]."""
        if end <= start:
            return 0
        count = 0
        for year in range(start.year, end.year + 1):
            days = _days_of(self.code, year)[0]
            count += bisect_left(days, end) - bisect_left(days, start)
        for day, worked in self.exceptions.items():
            if start <= day < end:
                count += worked - (day in _days_of(self.code, day.year)[1])
        return count

    def working_days(self, start: date, end: date) -> tuple[date, ...]:
        """List the working days in the half-open period."""
        listed: list[date] = []
        for year in range(start.year, end.year + 1):
            days = _days_of(self.code, year)[0]
            listed += days[bisect_left(days, start) : bisect_right(days, end - _ONE_DAY)]
        if not self.exceptions:
            return tuple(listed)
        kept = {day for day in listed if self.exceptions.get(day, True)}
        extra = {day for day, worked in self.exceptions.items() if worked and start <= day < end}
        return tuple(sorted(kept | extra))

    def preliminary_years(self, start: date, end: date) -> tuple[int, ...]:
        """List the years of a period for which no decree is known yet."""
        return tuple(y for y in range(start.year, end.year + 1) if is_preliminary(self.code, y))


def is_preliminary(code: str, year: int) -> bool:
    """Tell whether a year's transferred days are still unknown."""
    return code == "ru" and not _has_decree(year)


def russian_calendar() -> WorkCalendar:
    """Give Russia's production calendar without exceptions of a centre."""
    return WorkCalendar("ru")


def load_calendar(db: Session, code: str = "ru") -> WorkCalendar:
    """Load a calendar with the centre's own days."""
    rows = db.execute(
        sa.select(CalendarDay.on, CalendarDay.is_working).where(CalendarDay.calendar == code)
    )
    return WorkCalendar(code, {row.on: row.is_working for row in rows})


@cache
def _has_decree(year: int) -> bool:
    # Without a language the package speaks that of the server's environment.
    days = holidays.country_holidays("RU", years=year, language="en_US")
    return any(_TRANSFERRED in name for name in days.values())


@cache
def _days_of(code: str, year: int) -> tuple[tuple[date, ...], frozenset[date]]:
    """Give the working days of a year, sorted and as a set: computed once per process."""
    country = holidays.country_holidays(code.upper(), years=year)
    first, following = date(year, 1, 1), date(year + 1, 1, 1)
    every = (first + timedelta(days=n) for n in range((following - first).days))
    days = tuple(day for day in every if country.is_working_day(day))
    return days, frozenset(days)

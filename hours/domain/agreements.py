"""Agreements with their own periods: what each period promises, and what is carried over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from core.errors import OutOfRangeError, RequiredError, TooLongError
from core.i18n import Coded, Term
from hours.domain.allocation import portion
from hours.domain.periods import Period

if TYPE_CHECKING:
    from hours.domain.entries import Activity
    from hours.domain.pace import WorkingDays

NAME_LIMIT: Final = 200
LONGEST_MONTHS: Final = 60
_MOST_MINUTES: Final = 60 * 1_000_000
_MONTHS_IN_YEAR: Final = 12


class Measure(Coded):
    """What is counted; the three are never added to each other.

    Staff: the minutes of everybody who worked. Event: the length of each meeting, once.
    Person: that length times those who attended.
    """

    STAFF = "staff"
    EVENT = "event"
    PERSON = "person"


class ProRata(Coded):
    """By which days a part of a period gets its part of the plan."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"


@dataclass(frozen=True, slots=True)
class AgreementPlan:
    """Minutes of one measure promised in each period, by all together or by one person."""

    activity: Activity
    measure: Measure
    minutes: int
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """What an agreement says: who pays, from when until when, how its periods run.

    `ends_on` is its last day, None while it has none. A period takes `period_months` months
    from the first day on; None makes the whole agreement one period.
    """

    name: str
    starts_on: date
    ends_on: date | None = None
    payer: str = ""
    period_months: int | None = None
    pro_rata: ProRata = ProRata.WORKING_DAYS
    carries_over: bool = False
    plans: tuple[AgreementPlan, ...] = ()

    def checked(self) -> Terms:
        """Tidy and check. Raises `RequiredError`, `TooLongError`, `OutOfRangeError`."""
        name, payer = " ".join(self.name.split()), " ".join(self.payer.split())
        if not name:
            raise RequiredError(field=Term("field.agreement"))
        for text, field in ((name, "field.agreement"), (payer, "field.payer")):
            if len(text) > NAME_LIMIT:
                raise TooLongError(field=Term(field), limit=NAME_LIMIT, length=len(text))
        if self.ends_on is not None and self.ends_on < self.starts_on:
            raise OutOfRangeError(field=Term("field.ends_on"), low=self.starts_on, high=date.max)
        if self.period_months is None and self.ends_on is None:
            raise RequiredError(field=Term("field.ends_on"))
        if self.period_months is not None and not 1 <= self.period_months <= LONGEST_MONTHS:
            raise OutOfRangeError(field=Term("field.period_months"), low=1, high=LONGEST_MONTHS)
        for plan in self.plans:
            if not 0 < plan.minutes <= _MOST_MINUTES:
                raise OutOfRangeError(
                    field=Term("field.planned_hours"), low=1, high=_MOST_MINUTES // 60
                )
        return Terms(
            name, self.starts_on, self.ends_on, payer, self.period_months, self.pro_rata,
            self.carries_over, self.plans,
        )  # fmt: skip

    @property
    def days(self) -> Period:
        """The days on which the agreement holds."""
        ends = date.max if self.ends_on is None else self.ends_on + timedelta(days=1)
        return Period(self.starts_on, ends)

    def whole_periods(self, until: date) -> tuple[Period, ...]:
        """Return its periods, uncut, that begin before a date; the last may outlast its end."""
        if self.period_months is None:
            return (self.days,) if self.starts_on < until else ()
        found: list[Period] = []
        number = 0
        while True:
            begins = _months_on(self.starts_on, number * self.period_months)
            if begins >= min(until, self.days.ends_before):
                return tuple(found)
            number += 1
            found.append(Period(begins, _months_on(self.starts_on, number * self.period_months)))

    def periods(self, until: date) -> tuple[Period, ...]:
        """Return its periods that begin before a date, cut at the agreement's end."""
        return tuple(period.common(self.days) for period in self.whole_periods(until))

    def period_at(self, day: date) -> Period | None:
        """Return the period that a day belongs to; None outside of the agreement."""
        found = self.periods(day + timedelta(days=1))
        return found[-1] if found and day in found[-1] else None

    def planned(self, minutes: int, period: Period, calendar: WorkingDays) -> int:
        """Return what a plan per period promises for any days of the agreement [min].

        A part of a period gets its part of the plan, by working days or calendar days as the
        agreement says; neighbouring parts add up to what they are together.
        """
        total = 0
        for whole in self.whole_periods(period.ends_before):
            held = whole.common(self.days).common(period)
            if held.days:
                total += self._part(minutes, whole, held, calendar)
        return total

    def _part(self, minutes: int, whole: Period, held: Period, calendar: WorkingDays) -> int:
        if held == whole:
            return minutes
        days = whole.dates()
        counted = [
            day
            for day in days
            if self.pro_rata is ProRata.CALENDAR_DAYS or calendar.is_working(day)
        ] or list(days)
        start = sum(day < held.starts_on for day in counted)
        end = sum(day < held.ends_before for day in counted)
        return portion(minutes, len(counted), start, end)


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement as it is stored; `version` is for saving."""

    id: int
    terms: Terms
    version: int = 1

    @property
    def name(self) -> str:
        """What the agreement is called."""
        return self.terms.name


@dataclass(frozen=True, slots=True)
class Served:
    """The agreement that new minutes of an activity serve from a date on; None serves none."""

    activity: Activity
    valid_from: date
    agreement_id: int | None


def served_on(rules: Iterable[Served], activity: Activity, day: date) -> int | None:
    """Return the agreement that an activity serves on a day."""
    holding = [rule for rule in rules if rule.activity is activity and rule.valid_from <= day]
    latest = max(holding, key=lambda rule: rule.valid_from, default=None)
    return None if latest is None else latest.agreement_id


def carried(plans: Iterable[int], facts: Iterable[int]) -> tuple[int, ...]:
    """Return what each period promises when what is missing or over goes on to the next [min].

    `facts` are those of the periods before the last one; a surplus lowers the next promise,
    at most to 0, and what is left of it goes on. A period without a fact carries nothing.
    """
    promised: list[int] = []
    rest = 0
    done = iter(facts)
    for plan in plans:
        wanted = plan + rest
        promised.append(max(wanted, 0))
        fact = next(done, None)
        rest = 0 if fact is None else wanted - fact
    return tuple(promised)


def _months_on(day: date, months: int) -> date:
    """Return the same day so many months later, the last of the month where it has no such day."""
    year, month = divmod(day.year * _MONTHS_IN_YEAR + day.month - 1 + months, _MONTHS_IN_YEAR)
    first = date(year, month + 1, 1)
    following = (first + timedelta(days=31)).replace(day=1)
    return min(first + timedelta(days=day.day - 1), following - timedelta(days=1))

"""Promised hours: a plan per quarter, and what it promises for any days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from hours.domain.allocation import portion
from hours.domain.entries import Activity
from hours.domain.periods import Period

Promise = tuple[date, date | None, int]
"""A plan of one activity in short: since when, until when, minutes per quarter."""


@dataclass(frozen=True, slots=True)
class HourPlan:
    """Minutes promised per quarter, from a date until another one or for good."""

    activity: Activity
    minutes: int
    valid_from: date
    valid_until: date | None = None
    agreement_id: int | None = None
    id: int | None = None

    @property
    def validity(self) -> Period:
        """The days on which the plan holds; `valid_until` is the first day without it."""
        return Period(self.valid_from, self.valid_until or date.max)


def promise_of(plan: HourPlan) -> Promise:
    """Give a plan in short."""
    return plan.valid_from, plan.valid_until, plan.minutes


def promised(plans: Iterable[HourPlan], activity: Activity, period: Period) -> int:
    """Return the minutes promised for the days of a period [min].

    A quarter's minutes are spread evenly over its calendar days, so a plan that
    holds for a part of a quarter promises that part, and neighbouring periods
    add up to what they promise together. Plans of several agreements are added.
    0 where no plan holds.
    """
    return sum(_share(plan, period) for plan in plans if plan.activity is activity)


def _share(plan: HourPlan, period: Period) -> int:
    total = 0
    for quarter in period.quarters():
        whole = quarter.period
        held = whole.common(plan.validity).common(period)
        if held.days:
            start = (held.starts_on - whole.starts_on).days
            total += portion(plan.minutes, whole.days, start, start + held.days)
    return total

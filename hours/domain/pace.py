"""Does the quarter hold: what is done, what was due by now, what each week still needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from core.i18n import Coded
from hours.domain.allocation import portion
from hours.domain.periods import Period

WORKING_WEEK: Final = 5


class WorkingDays(Protocol):
    """A calendar that knows working days from holidays."""

    def is_working(self, day: date, /) -> bool:
        """Tell whether people work on this day."""


class PaceState(Coded):
    """What can be said of a promise in a word."""

    NO_PLAN = "no_plan"
    AHEAD_OF_START = "ahead_of_start"
    ON_TRACK = "on_track"
    AHEAD = "ahead"
    BEHIND = "behind"
    KEPT = "kept"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class WeekPace:
    """One week of the period [min]; the first and the last one may be cut.

    `planned` is the week's part of the whole plan, `needed` what the week has
    to bring if the rest of the plan is spread evenly over the days that are left.
    """

    period: Period
    done: int
    planned: int
    needed: int


@dataclass(frozen=True, slots=True)
class Pace:
    """A promise against the facts [min]."""

    period: Period
    state: PaceState
    plan: int
    done: int
    expected: int
    days_left: int
    per_day: int
    per_week: int
    weeks: tuple[WeekPace, ...]

    @property
    def left(self) -> int:
        """Minutes that are still missing; 0 once the promise is kept."""
        return max(self.plan - self.done, 0)

    @property
    def lead(self) -> int:
        """Minutes ahead of the even plan; negative when behind it."""
        return self.done - self.expected

    @property
    def share(self) -> float:
        """Done as a share of the plan; 0 without a plan."""
        return self.done / self.plan if self.plan else 0.0


def pace(
    plan: int, done_by_day: Mapping[date, int], period: Period, today: date, calendar: WorkingDays
) -> Pace:
    """Measure a promise against what was done and spread what is left.

    Parameters
    ----------
    plan
        Minutes promised for the period; 0 where nothing was [min].
    done_by_day
        Minutes done on each local date; dates outside the period are not counted [min].
    period
        The days of the promise, usually a quarter.
    today
        The centre's local date. Days before it are over; today itself is still to be worked.
    calendar
        Says which days are working days. A period without any counts every day.

    Returns
    -------
    Pace
        `expected` is the part of the plan that falls on working days before today.
        `per_day` is what each remaining working day needs, rounded up, `per_week` the
        same for five of them, and neither is more than what is left.

    Notes
    -----
    The plan is spread evenly over the working days in whole minutes, so that the
    weeks' `planned` add up to the plan and their `needed` to what is left.
    O(days) time.
    """
    days = period.dates()
    working = [day for day in days if calendar.is_working(day)] or list(days)
    over = sum(day < today for day in working)
    done = sum(minutes for day, minutes in done_by_day.items() if day in period)
    left, days_left = max(plan - done, 0), len(working) - over
    state_of = _Position(plan, done, portion(plan, len(working), 0, over), len(working))
    return Pace(
        period=period,
        state=state_of.state(period, today),
        plan=plan,
        done=done,
        expected=state_of.expected,
        days_left=days_left,
        per_day=_rate(left, 1, days_left),
        per_week=_rate(left, WORKING_WEEK, days_left),
        weeks=_weeks(period, working, done_by_day, _Rest(plan, left, over)),
    )


@dataclass(frozen=True, slots=True)
class _Position:
    plan: int
    done: int
    expected: int
    working_days: int

    def state(self, period: Period, today: date) -> PaceState:
        """Say in a word how things stand; a day's part of the plan is no difference."""
        if not self.plan:
            return PaceState.NO_PLAN
        if self.done >= self.plan:
            return PaceState.KEPT
        if today >= period.ends_before:
            return PaceState.MISSED
        if today < period.starts_on:
            return PaceState.AHEAD_OF_START
        tolerance = self.plan // self.working_days
        if self.done > self.expected + tolerance:
            return PaceState.AHEAD
        return PaceState.BEHIND if self.done < self.expected - tolerance else PaceState.ON_TRACK


@dataclass(frozen=True, slots=True)
class _Rest:
    plan: int
    left: int
    over: int


def _rate(left: int, days: int, days_left: int) -> int:
    """Return what so many days need, rounded up, at most all that is left."""
    if days_left <= days:
        return left
    return -(-left * days // days_left)


def _weeks(
    period: Period, working: list[date], done_by_day: Mapping[date, int], rest: _Rest
) -> tuple[WeekPace, ...]:
    weeks: list[WeekPace] = []
    start = 0
    for week in period.weeks():
        end = start + sum(day in week for day in working)
        ahead = (max(start, rest.over) - rest.over, max(end, rest.over) - rest.over)
        weeks.append(
            WeekPace(
                period=week,
                done=sum(done_by_day.get(day, 0) for day in week.dates()),
                planned=portion(rest.plan, len(working), start, end),
                needed=portion(rest.left, len(working) - rest.over, *ahead),
            )
        )
        start = end
    return tuple(weeks)

"""Why every task stands where it does: what a planner would have to change to move it."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import partial
from typing import Final, NamedTuple

from core.i18n import Coded
from roadmaps.domain.calendar import OwnCalendar, WorkingDays
from roadmaps.domain.laid import Laid
from roadmaps.domain.plan import Dependency, Task
from roadmaps.domain.terms import ConstraintKind, Counting
from roadmaps.domain.timeline import tick_at, tick_by, tick_of_day

_DAY: Final = timedelta(days=1)
_WEEKEND: Final = 5


class Cause(Coded):
    """What holds a task where it is."""

    START = "start"
    LINK = "link"
    LAG = "lag"
    CONSTRAINT = "constraint"
    HAND = "hand"
    PROGRESS = "progress"
    CALENDAR = "calendar"
    HOLIDAY = "holiday"
    LATE = "late"
    PARTS = "parts"


class Reason(NamedTuple):
    """One cause: its link, or its constraint with a date, or its days off."""

    cause: Cause
    link: Dependency | None = None
    constraint: ConstraintKind | None = None
    at: datetime | None = None
    days: tuple[date, ...] = ()


_START: Final = (Reason(Cause.START),)
_PARTS: Final = (Reason(Cause.PARTS),)


def why(laid: Laid) -> dict[int, tuple[Reason, ...]]:
    """Give the reasons of every task's dates, by task id, what holds its start first.

    A link comes with its lag if it has one. A calendar is named where the plan's own would
    give other dates; days off are those that the usual week works and that lie in the way,
    from what holds the task until it is done. O(n log d) for d days off.
    """
    reader = _Reader(laid)
    return {task.id: reader.reasons(task) for task in laid.plan.tasks}


def held_through(laid: Laid, task_id: int) -> tuple[int, ...]:
    """Give the tasks that hold a task, one through another, from the nearest to the first."""
    found: dict[int, None] = {}
    link = laid.result.driven_by.get(task_id)
    while link is not None and link.predecessor not in found:
        found[link.predecessor] = None
        link = laid.result.driven_by.get(link.predecessor)
    return tuple(found)


class _Reader:
    def __init__(self, laid: Laid) -> None:
        self._laid, self._plan, self._when = laid, laid.plan, laid.when
        self._ticks = laid.ticks
        self._calendars: dict[str, WorkingDays] = {x.id: x.time for x in laid.plan.calendars}
        self._calendars[""] = laid.when.days
        self._off = dict[str, list[int]]()
        self._past = None
        if laid.plan.status_at is not None:
            self._past = tick_by(laid.plan.status_at, laid.plan.unit)

    def reasons(self, task: Task) -> tuple[Reason, ...]:
        """Give the reasons of one task."""
        if task.id in self._plan.stages:
            return _PARTS
        if task.progress is not None and task.progress.started_at is not None:
            return (Reason(Cause.PROGRESS, at=task.progress.started_at),)
        held, anchor = self._held(task)
        is_late = task.constraint is not None and task.constraint.kind is ConstraintKind.ALAP
        if is_late and self._laid.result[task.id].free_float:
            held, anchor = (Reason(Cause.LATE, constraint=ConstraintKind.ALAP),), None
        start, finish = self._ticks[task.id]
        low = start if anchor is None else min(anchor, start)
        if task.counting is not Counting.WORKING:
            return (*held, Reason(Cause.CALENDAR), *self._rolled(task, start, finish))
        if task.calendar and self._differs(task, low):
            held = (*held, Reason(Cause.CALENDAR))
        off = self._days_off(task.calendar, low, finish)
        return (*held, Reason(Cause.HOLIDAY, days=off)) if off else held

    def _held(self, task: Task) -> tuple[tuple[Reason, ...], int | None]:
        """Give what holds the start of a task, and the tick from which it does."""
        unit = self._plan.unit
        if task.placed_at is not None:
            return (Reason(Cause.HAND, at=task.placed_at),), tick_at(task.placed_at, unit)
        link = self._laid.result.driven_by.get(task.id)
        if link is not None:
            ends = self._ticks[link.predecessor]
            anchor = ends[1] if link.kind.leaves_finish else ends[0]
            reason = Reason(Cause.LINK, link)
            reasons = (reason, Reason(Cause.LAG, link)) if link.lag else (reason,)
            return reasons, None if link.kind.meets_finish else anchor
        constraint, past = task.constraint, self._past
        if constraint is not None and constraint.at is not None and constraint.kind.holds_back:
            at = tick_at(constraint.at, unit)
            bound = Reason(Cause.CONSTRAINT, constraint=constraint.kind, at=constraint.at)
            is_held = self._laid.result[task.id].early_start > 0 and (past is None or at > past)
            if is_held:
                return (bound,), None if constraint.kind.binds_finish else at
        if past is not None and self._laid.result[task.id].early_start > 0:
            return (Reason(Cause.PROGRESS, at=self._plan.status_at),), past
        return _START, self._when.origin

    def _differs(self, task: Task, anchor: int) -> bool:
        """Tell whether the plan's own calendar would give a task other dates."""
        when, (start, finish) = self._when, self._ticks[task.id]
        first = when.units(anchor)
        if not task.duration:
            return when.tick(first) != start
        return (when.tick(first), when.tick(first + task.duration - 1) + 1) != (start, finish)

    def _rolled(self, task: Task, start: int, finish: int) -> tuple[Reason, ...]:
        if task.counting is not Counting.CALENDAR:
            return ()
        off = self._days_off(task.calendar, start + task.duration - 1, finish)
        return (Reason(Cause.HOLIDAY, days=off),) if off else ()

    def _days_off(self, calendar: str, low: int, high: int) -> tuple[date, ...]:
        days = self._off.get(calendar)
        if days is None:
            days = self._off[calendar] = self._all_off(calendar)
        per_day = self._plan.unit.per_day
        first, last = bisect_right(days, low - per_day), bisect_left(days, high)
        if first >= last:
            return ()
        return tuple(self._when.moment(tick).date() for tick in days[first:last])

    def _all_off(self, calendar: str) -> list[int]:
        """List the days off of a calendar while the plan lasts that its usual week works."""
        if not self._ticks:
            return []
        time, when = self._calendars[calendar], self._when
        first = when.moment(min(start for start, _ in self._ticks.values())).date()
        first = min(first, self._plan.starts_on)
        last = when.moment(max(finish for _, finish in self._ticks.values())).date()
        is_usual = partial(_is_usual, time)
        days = (first + _DAY * number for number in range((last - first).days + 1))
        unit = self._plan.unit
        return [tick_of_day(x, unit) for x in days if is_usual(x) and not time.is_working(x)]


def _is_usual(time: WorkingDays, day: date) -> bool:
    if isinstance(time, OwnCalendar):
        return bool(time.usual(day.weekday()))
    return day.weekday() < _WEEKEND


def pressed(laid: Laid) -> Mapping[int, Reason]:
    """Give, for every task of negative float, the date that it breaks."""
    found = {}
    for task_id, cause in laid.result.pressed_by.items():
        task = laid.plan.task(cause)
        constraint = task.constraint
        if constraint is not None and constraint.at is not None and constraint.kind.presses:
            found[task_id] = Reason(Cause.CONSTRAINT, None, constraint.kind, constraint.at)
        else:
            found[task_id] = Reason(Cause.CONSTRAINT, at=task.deadline)
    return found

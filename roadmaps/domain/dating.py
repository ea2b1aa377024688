"""A plan of a table that knew days instead of durations and links."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Protocol, TypeAlias

from roadmaps.domain.plan import Plan, Task
from roadmaps.domain.terms import Constraint, ConstraintKind, Counting

Days: TypeAlias = tuple[date, date]


class CountedDays(Protocol):
    """Whatever knows which days are worked, and how many of them lie between two."""

    def is_working(self, day: date) -> bool:
        """Tell whether the day is a working one."""

    def between(self, start: date, end: date) -> int:
        """Count the working days from `start` until `end`, itself left out."""


def dated(plan: Plan, days: Mapping[int, Days], calendar: CountedDays) -> Plan:
    """Let tasks stand on their days, see `dated_task`.

    The plan starts with its earliest task; stages follow their parts.
    """
    if not days:
        return plan
    tasks = tuple(
        dated_task(task, days[task.id], calendar)
        if task.id in days and task.id not in plan.stages
        else task
        for task in plan.tasks
    )
    return replace(plan, starts_on=min(first for first, _last in days.values()), tasks=tasks)


def dated_task(task: Task, days: Days, calendar: CountedDays) -> Task:
    """Let a task take the working days from its first to its last, and not start before.

    What begins or ends on a day off goes on day and night, so that it keeps both its days: a
    fair on a weekend.
    """
    first, last = days
    at = Constraint(ConstraintKind.SNET, datetime.combine(first, time()))
    after = last + timedelta(days=1)
    if calendar.is_working(first) and calendar.is_working(last):
        return replace(task, duration=calendar.between(first, after), constraint=at)
    length = (after - first).days
    return replace(task, duration=length, counting=Counting.ELAPSED, constraint=at)

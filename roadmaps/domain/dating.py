"""A plan of a table that knew days instead of durations and links."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Protocol

from roadmaps.domain.calendar import WorkingDays
from roadmaps.domain.plan import Plan
from roadmaps.domain.terms import Constraint, ConstraintKind, Counting

Days = tuple[date, date]


class CountedDays(WorkingDays, Protocol):
    """Working days that can be counted."""

    def between(self, start: date, end: date) -> int:
        """Count the working days from `start` until `end`, itself left out."""


def dated(plan: Plan, days: Mapping[int, Days], calendar: CountedDays) -> Plan:
    """Let tasks take the working days from their first to their last, none before its first.

    What begins or ends on a day off goes on day and night, so that it keeps both its days: a
    fair on a weekend. The plan starts with its earliest task; stages follow their parts.
    """
    if not days:
        return plan
    tasks = []
    for task in plan.tasks:
        if task.id in plan.stages or task.id not in days:
            tasks.append(task)
            continue
        first, last = days[task.id]
        length, counting = _length(first, last, calendar)
        at = Constraint(ConstraintKind.SNET, datetime.combine(first, time()))
        tasks.append(replace(task, duration=length, counting=counting, constraint=at))
    starts_on = min(first for first, _last in days.values())
    return replace(plan, starts_on=starts_on, tasks=tuple(tasks))


def _length(first: date, last: date, calendar: CountedDays) -> tuple[int, Counting]:
    after = last + timedelta(days=1)
    if calendar.is_working(first) and calendar.is_working(last):
        return calendar.between(first, after), Counting.WORKING
    return (after - first).days, Counting.ELAPSED

"""A plan of a table that knew days instead of durations and links."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time

from roadmaps.domain.plan import Plan
from roadmaps.domain.terms import Constraint, ConstraintKind

Days = tuple[date, date]


def dated(plan: Plan, days: Mapping[int, Days], count: Callable[[date, date], int]) -> Plan:
    """Let tasks take the working days from their first to their last, none before its first.

    `count` says how many working days lie between two days, both included; a task of none
    takes one. The plan starts with its earliest task; stages follow their parts.
    """
    if not days:
        return plan
    tasks = []
    for task in plan.tasks:
        if task.id in plan.stages or task.id not in days:
            tasks.append(task)
            continue
        first, last = days[task.id]
        at = Constraint(ConstraintKind.SNET, datetime.combine(first, time()))
        tasks.append(replace(task, duration=max(count(first, last), 1), constraint=at))
    starts_on = min(first for first, _last in days.values())
    return replace(plan, starts_on=starts_on, tasks=tuple(tasks))

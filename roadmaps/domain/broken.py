"""Dates that a plan does not keep, and the tasks that are in their way."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from roadmaps.domain.laid import Laid
from roadmaps.domain.plan import PlanUnit, Task
from roadmaps.domain.terms import Constraint, Counting
from roadmaps.domain.timeline import tick_at
from roadmaps.domain.why import pressed

_DAY = timedelta(days=1)
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class BrokenDate:
    """A date of a task that is not kept: of its constraint, or its deadline (`at` alone).

    `short` [units of the plan] is what is missing, in the time of `counting`; `late` the tasks
    not yet done that must be quicker.
    """

    task: Task
    constraint: Constraint | None
    at: datetime | None
    short: int
    late: tuple[Task, ...]
    counting: Counting = Counting.WORKING


def broken_dates(laid: Laid) -> tuple[BrokenDate, ...]:
    """List the dates that are not kept, by the row of their task.

    Those behind negative float come with the tasks that they press; where a task breaks
    several, only the tightest presses, and the others come with what is missing.
    """
    found = {(x.task.id, x.constraint, x.at): x for x in _pressing(laid)}
    for task in laid.plan.tasks:
        for constraint, at, short in _missed(laid, task):
            missed = BrokenDate(task, constraint, at, short, ())
            found.setdefault((task.id, constraint, at), missed)
    return tuple(sorted(found.values(), key=lambda x: x.task.position))


def missed_by(laid: Laid, task: Task) -> timedelta | None:
    """Give by how much a task ends after its deadline; None if it keeps it or has none."""
    if task.deadline is None:
        return None
    finish, last = laid.instants(task.id)[1], _until(laid, task.deadline)
    return finish - last if finish > last else None


def _pressing(laid: Laid) -> Iterator[BrokenDate]:
    plan, result = laid.plan, laid.result
    groups: dict[int, list[int]] = {}
    for task_id, cause in result.pressed_by.items():
        if task_id not in plan.stages:
            groups.setdefault(cause, []).append(task_id)
    reasons = pressed(laid) if groups else {}
    for cause, late in groups.items():
        reason = reasons[late[0]]
        bound = Constraint(reason.constraint, reason.at) if reason.constraint else None
        tasks = sorted((plan.task(x) for x in late), key=lambda x: x.position)
        undone = tuple(task for task in tasks if task.done_percent < _WHOLE)
        own = [cause] if cause in late else late  # floats run in each task's own time
        worst = min(own, key=lambda x: result[x].total_float)
        short, counting = -result[worst].total_float, laid.float_in(worst)
        yield BrokenDate(plan.task(cause), bound, reason.at, short, undone, counting)


def _missed(laid: Laid, task: Task) -> Iterator[tuple[Constraint | None, datetime, int]]:
    """Give each date that a task itself does not keep, and what is missing."""
    start, finish = laid.instants(task.id)
    dates: list[tuple[Constraint | None, datetime, datetime, datetime]] = []
    bound = task.constraint
    if bound is not None and bound.at is not None and bound.kind.presses:
        is_finish = bound.kind.binds_finish
        last = _until(laid, bound.at) if is_finish else bound.at
        dates.append((bound, bound.at, last, finish if is_finish else start))
    if task.deadline is not None and task.done_percent < _WHOLE:
        dates.append((None, task.deadline, _until(laid, task.deadline), finish))
    for constraint, at, last, end in dates:
        if end > last:
            yield constraint, at, _units(laid, end) - _units(laid, last)


def _units(laid: Laid, at: datetime) -> int:
    return laid.when.units(tick_at(at, laid.plan.unit))


def _until(laid: Laid, at: datetime) -> datetime:
    """Give the end of the day of a date in a plan counted in days."""
    return at.replace(hour=0, minute=0) + _DAY if laid.plan.unit is PlanUnit.DAY else at

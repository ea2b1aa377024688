"""One change for several tasks at once."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from roadmaps.domain.edits_task import TaskEdit, differing, done_by
from roadmaps.domain.plan import Plan, Task


@dataclass(frozen=True, slots=True)
class ForMany:
    """What several tasks shall have in common; None leaves a field as it is.

    `responsible` is a person's id, if the centre knows them, and a name; `later` moves the
    dates that tasks keep by so many days.
    """

    responsible: tuple[int | None, str] | None = None
    done_percent: int | None = None
    deadline: datetime | None = None
    calendar: str | None = None
    later: timedelta | None = None


def edits_for_many(plan: Plan, task_ids: Iterable[int], wanted: ForMany) -> tuple[TaskEdit, ...]:
    """Give the edits that bring several tasks to it; stages keep what their parts tell.

    Raises `NotFoundError` if the plan lacks one of the tasks.
    """
    tasks = [plan.task(task_id) for task_id in task_ids]
    return tuple(
        edit
        for task in tasks
        for edit in differing(task, _wanted(task, wanted, is_stage=task.id in plan.stages))
    )


def _wanted(task: Task, wanted: ForMany, *, is_stage: bool) -> Task:
    if wanted.responsible is not None:
        person, name = wanted.responsible
        task = replace(task, responsible_id=person, responsible=name)
    if wanted.later is not None:
        task = _later(task, wanted.later)
    if wanted.deadline is not None:
        task = replace(task, deadline=wanted.deadline)
    if is_stage:
        return task
    if wanted.done_percent is not None:
        task = done_by(task, wanted.done_percent)
    if wanted.calendar is not None:
        task = replace(task, calendar=wanted.calendar)
    return task


def _later(task: Task, by: timedelta) -> Task:
    bound = task.constraint
    if bound is not None and bound.at is not None:
        bound = replace(bound, at=bound.at + by)
    return replace(
        task,
        constraint=bound,
        deadline=task.deadline and task.deadline + by,
        placed_at=task.placed_at and task.placed_at + by,
    )

"""A row of the table of tasks to its value and back."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from roadmaps.domain.plan import Task
from roadmaps.domain.terms import Constraint, Estimate, Progress
from roadmaps.tables import TaskRow

_OWN: Final = (
    TaskRow.id,
    TaskRow.title,
    TaskRow.duration,
    TaskRow.uid,
    TaskRow.position,
    TaskRow.parent_id,
    TaskRow.responsible_id,
    TaskRow.responsible,
    TaskRow.done_percent,
    TaskRow.counting,
    TaskRow.calendar,
    TaskRow.deadline,
    TaskRow.placed_at,
    TaskRow.off_path,
)
_BOUND: Final = (TaskRow.constraint_kind, TaskRow.constraint_at)
_POINTS: Final = (TaskRow.optimistic, TaskRow.likely, TaskRow.pessimistic)
_PROGRESS: Final = (TaskRow.started_at, TaskRow.finished_at, TaskRow.remaining)
_NOTHING: Final = [None, None, None]
TASK_COLUMNS: Final = (*_OWN, *_BOUND, *_POINTS, *_PROGRESS)


def task_of_row(row: Sequence[Any]) -> Task:
    """Make the task that a row of `TASK_COLUMNS` holds."""
    (
        task_id, title, duration, uid, position, parent_id, responsible_id, responsible,
        done_percent, counting, calendar, deadline, placed_at, off_path,
        kind, at, optimistic, likely, pessimistic, *happened,
    ) = row  # fmt: skip
    return Task(
        task_id,
        title,
        duration,
        uid,
        position,
        parent_id,
        responsible_id,
        responsible,
        done_percent,
        counting,
        calendar,
        None if kind is None else Constraint(kind, at),
        deadline,
        placed_at,
        off_path,
        None if likely is None else Estimate(optimistic, likely, pessimistic),
        None if happened == _NOTHING else Progress(*happened),
    )


def values_of_task(roadmap_id: int, task: Task, days: tuple[date, date]) -> dict[str, Any]:
    """Give the columns of a task's row; `days` are its first and last, for lists."""
    constraint, points, progress = task.constraint, task.estimate, task.progress
    return {
        "id": task.id,
        "roadmap_id": roadmap_id,
        "uid": task.uid,
        "parent_id": task.parent_id,
        "position": task.position,
        "title": task.title,
        "duration": task.duration,
        "responsible_id": task.responsible_id,
        "responsible": task.responsible,
        "done_percent": task.done_percent,
        "counting": task.counting,
        "calendar": task.calendar,
        "constraint_kind": constraint and constraint.kind,
        "constraint_at": constraint and constraint.at,
        "deadline": task.deadline,
        "placed_at": task.placed_at,
        "off_path": task.off_path,
        "optimistic": points and points.optimistic,
        "likely": points and points.likely,
        "pessimistic": points and points.pessimistic,
        "started_at": progress and progress.started_at,
        "finished_at": progress and progress.finished_at,
        "remaining": progress and progress.remaining,
        "starts_on": days[0],
        "finishes_on": days[1],
    }

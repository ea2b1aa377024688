"""A row of the table of tasks to its value and back."""

from typing import Any

from roadmaps.domain.plan import Task
from roadmaps.domain.terms import Constraint, Estimate, Progress
from roadmaps.domain.worktime import Span
from roadmaps.tables import TaskRow


def task_of_row(row: TaskRow) -> Task:
    """Make the task that a row holds."""
    return Task(
        id=row.id,
        title=row.title,
        duration=row.duration,
        uid=row.uid,
        position=row.position,
        parent_id=row.parent_id,
        responsible_id=row.responsible_id,
        responsible=row.responsible,
        done_percent=row.done_percent,
        counting=row.counting,
        calendar=row.calendar,
        constraint=_constraint(row),
        deadline=row.deadline,
        placed_at=row.placed_at,
        off_path=row.off_path,
        estimate=_estimate(row),
        progress=_progress(row),
    )


def values_of_task(roadmap_id: int, task: Task, span: Span) -> dict[str, Any]:
    """Give the columns of a task's row; `span` are its dates, for lists."""
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
        "starts_on": span.start.date(),
        "finishes_on": span.finish.date(),
    }


def _constraint(row: TaskRow) -> Constraint | None:
    if row.constraint_kind is None:
        return None
    return Constraint(row.constraint_kind, row.constraint_at)


def _estimate(row: TaskRow) -> Estimate | None:
    if row.optimistic is None or row.likely is None or row.pessimistic is None:
        return None
    return Estimate(row.optimistic, row.likely, row.pessimistic)


def _progress(row: TaskRow) -> Progress | None:
    known = (row.started_at, row.finished_at, row.remaining)
    return None if known == (None, None, None) else Progress(*known)

"""Roadmaps in lists: what is next, what is late, counted by the database."""

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session, aliased

from core.i18n import sort_key
from roadmaps.domain.roadmap import RoadmapLine, state_of
from roadmaps.tables import RoadmapRow, TaskRow

LISTED = 2_000
_ALL_DONE = 100


def list_roadmaps(
    db: Session, today: date, text: str = "", case_ids: Collection[int] | None = None
) -> tuple[RoadmapLine, ...]:
    """List roadmaps, the latest changed first; initiatives' names are the service's to fill in."""
    counts = _counts(today).subquery()
    query = (
        select(RoadmapRow, counts.c.tasks, counts.c.done, counts.c.late, counts.c.next_on)
        .outerjoin(counts, counts.c.roadmap_id == RoadmapRow.id)
        .where(RoadmapRow.removed_at.is_(None))
        .order_by(RoadmapRow.changed_at.desc(), RoadmapRow.id.desc())
        .limit(LISTED)
    )
    if text:
        query = query.where(RoadmapRow.sort_key.contains(sort_key(text), autoescape=True))
    if case_ids is not None:
        query = query.where(RoadmapRow.case_id.in_(case_ids))
    found = db.execute(query).all()
    titles = _next_titles(db, [row.id for row, *_ in found])
    return tuple(
        RoadmapLine(
            id=row.id,
            case_id=row.case_id,
            title=row.title,
            initiative="",
            state=state_of(tasks or 0, done or 0, row.starts_on, today),
            starts_on=row.starts_on,
            finishes_on=row.finishes_on,
            tasks=tasks or 0,
            done=done or 0,
            late=late or 0,
            next_title=titles.get(row.id, ""),
            next_on=next_on,
        )
        for row, tasks, done, late, next_on in found
    )


def list_uids(db: Session, roadmap_ids: Collection[int]) -> dict[int, list[str]]:
    """List the names for exchange files of the tasks of some roadmaps."""
    query = select(TaskRow.roadmap_id, TaskRow.uid).where(TaskRow.roadmap_id.in_(roadmap_ids))
    found: dict[int, list[str]] = {}
    for roadmap_id, uid in db.execute(query):
        found.setdefault(roadmap_id, []).append(uid)
    return found


class Held(NamedTuple):
    """A roadmap that holds tasks of certain names; their titles by id."""

    roadmap_id: int
    case_id: int
    title: str
    tasks: dict[int, str]


def list_held(db: Session, case_ids: Collection[int], uids: Collection[str]) -> list[Held]:
    """List the roadmaps of some cases, latest first, in which tasks of these names stand."""
    query = (
        select(RoadmapRow.id, RoadmapRow.case_id, RoadmapRow.title, TaskRow.id, TaskRow.title)
        .join(TaskRow, TaskRow.roadmap_id == RoadmapRow.id)
        .where(
            RoadmapRow.case_id.in_(case_ids),
            RoadmapRow.removed_at.is_(None),
            TaskRow.uid.in_(uids),
        )
        .order_by(RoadmapRow.id.desc(), TaskRow.position)
    )
    found: dict[int, Held] = {}
    for roadmap_id, case_id, title, task_id, task in db.execute(query):
        found.setdefault(roadmap_id, Held(roadmap_id, case_id, title, {})).tasks[task_id] = task
    return list(found.values())


def _counts(today: date) -> Any:  # noqa: ANN401 — a query of counts that the database types
    """Count the tasks of each roadmap; a task that has parts is a stage and not counted."""
    part = aliased(TaskRow)
    is_stage = select(part.id).where(part.parent_id == TaskRow.id).exists()
    undone = TaskRow.done_percent < _ALL_DONE
    return (
        select(
            TaskRow.roadmap_id,
            func.count().label("tasks"),
            func.sum(case((undone, 0), else_=1)).label("done"),
            func.sum(case((and_(undone, TaskRow.finishes_on < today), 1), else_=0)).label("late"),
            func.min(case((undone, TaskRow.finishes_on))).label("next_on"),
        )
        .where(~is_stage)
        .group_by(TaskRow.roadmap_id)
    )


def _next_titles(db: Session, roadmap_ids: Collection[int]) -> dict[int, str]:
    """Give the first undone task of each roadmap, by its date."""
    part = aliased(TaskRow)
    is_stage = select(part.id).where(part.parent_id == TaskRow.id).exists()
    rank = func.row_number().over(
        partition_by=TaskRow.roadmap_id, order_by=(TaskRow.finishes_on, TaskRow.position)
    )
    ranked = (
        select(TaskRow.roadmap_id, TaskRow.title, rank.label("rank"))
        .where(TaskRow.roadmap_id.in_(roadmap_ids), TaskRow.done_percent < _ALL_DONE, ~is_stage)
        .subquery()
    )
    rows = db.execute(select(ranked.c.roadmap_id, ranked.c.title).where(ranked.c.rank == 1))
    return {roadmap_id: title for roadmap_id, title in rows}  # noqa: C416 — rows are not pairs to the type checker

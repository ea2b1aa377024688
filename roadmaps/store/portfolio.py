"""All roadmaps at once, counted by the database: who does what, and when something was done."""

import json
from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, case, func, null, or_, select
from sqlalchemy.orm import Session, aliased

from roadmaps.domain.plan import Dependency, Plan, PlanUnit, Task
from roadmaps.domain.plan_data import (
    assignments_from_data,
    calendar_from_data,
    named_from_data,
    resources_from_data,
)
from roadmaps.domain.portfolio import StoredTask
from roadmaps.domain.stalled import WorkMark, tells_of_work
from roadmaps.store.task_rows import TASK_COLUMNS, task_of_row
from roadmaps.tables import DependencyRow, PlanEditRow, RoadmapRow, TaskRow

_ALL_DONE = 100
_MARKS = '%"edit": "SetProgress"%'
_MAY_MARK = '%"edit": "ChangeTask"%'
# Quotes within texts are escaped in JSON, so nobody's words look like the kind of an edit.


def list_people(db: Session) -> dict[int, frozenset[int | str]]:
    """Tell who is responsible for tasks of each roadmap: ids of people, or bare names."""
    rows = db.execute(
        select(TaskRow.roadmap_id, TaskRow.responsible_id, TaskRow.responsible)
        .where(or_(TaskRow.responsible_id.is_not(None), TaskRow.responsible != ""), ~_is_stage())
        .distinct()
    )
    found: dict[int, set[int | str]] = {}
    for roadmap_id, person_id, name in rows:
        found.setdefault(roadmap_id, set()).add(person_id or name)
    return {roadmap_id: frozenset(people) for roadmap_id, people in found.items()}


def list_actual_days(db: Session, now: datetime) -> dict[int, date]:
    """Give the latest day, until now, on which a task of each roadmap was begun or finished."""
    found: dict[int, date] = {}
    for column in (TaskRow.started_at, TaskRow.finished_at):
        rows = db.execute(
            select(TaskRow.roadmap_id, func.max(column))
            .where(column <= now)
            .group_by(TaskRow.roadmap_id)
        )
        for roadmap_id, at in rows:
            assert at is not None  # noqa: S101 — later than none is never found
            found[roadmap_id] = max(found.get(roadmap_id, at.date()), at.date())
    return found


def list_made(db: Session) -> dict[int, datetime]:
    """Give the moment at which each roadmap was made."""
    rows = db.execute(
        select(RoadmapRow.id, RoadmapRow.created_at).where(RoadmapRow.removed_at.is_(None))
    )
    return {roadmap_id: at for roadmap_id, at in rows}  # noqa: C416 — rows are not pairs to the type checker


def list_work_marks(
    db: Session, roadmap_ids: Collection[int], newest: int | None
) -> list[WorkMark]:
    """List the changes of plans that say what was done, by roadmap and number.

    `newest` looks at so many of the latest numbers of each plan only.
    """
    row = PlanEditRow
    of_plans = row.roadmap_id.in_(roadmap_ids)
    is_plain = row.forward.like(_MARKS)
    texts = (case((is_plain, null()), else_=text) for text in (row.forward, row.backward))
    query = (
        select(row.roadmap_id, row.seq, row.undoes, row.made_at, *texts)
        .where(of_plans, or_(is_plain, row.forward.like(_MAY_MARK)))
        .order_by(row.roadmap_id, row.seq)
    )
    if newest is not None:
        last = select(row.roadmap_id, func.max(row.seq).label("seq")).where(of_plans)
        latest = last.group_by(row.roadmap_id).subquery()
        query = query.join(latest, latest.c.roadmap_id == row.roadmap_id)
        query = query.where(row.seq > latest.c.seq - newest)
    return [
        WorkMark(*mark)
        for *mark, there, back in db.execute(query)
        if there is None or tells_of_work(json.loads(there), json.loads(back))
    ]


def list_asking(
    db: Session, calendar_id: str, since: date
) -> tuple[tuple[StoredTask, ...], tuple[int, ...]]:
    """List the tasks that will ask somebody for time since a day, and other plans that may.

    The dates of tasks tell all where a plan counts days of this calendar; the others,
    whose ids are the second part, must be scheduled to know.
    """
    head, task = RoadmapRow, TaskRow
    is_simple = (
        (head.unit == PlanUnit.DAY)
        & (head.calendar_id == calendar_id)
        & head.own_calendar.is_(None)
        & head.calendars.is_(None)
        & head.assignments.is_(None)
    )
    rows = db.execute(
        select(
            task.roadmap_id,
            task.responsible_id,
            task.responsible,
            task.done_percent,
            task.starts_on,
            task.finishes_on,
            task.counting,
        )
        .join(head, head.id == task.roadmap_id)
        .where(
            head.removed_at.is_(None),
            head.finishes_on >= since,
            is_simple,
            task.finishes_on >= since,
            task.done_percent < _ALL_DONE,
            task.duration > 0,
            or_(task.responsible_id.is_not(None), task.responsible != ""),
            ~_is_stage(),
        )
    )
    simple = tuple(
        StoredTask(
            row.roadmap_id,
            row.responsible_id or row.responsible,
            row.done_percent,
            row.starts_on,
            row.finishes_on,
            row.counting,
        )
        for row in rows
    )
    others = db.scalars(
        select(head.id).where(head.removed_at.is_(None), head.finishes_on >= since, ~is_simple)
    )
    return simple, tuple(others)


def load_plans(db: Session, roadmap_ids: Collection[int]) -> dict[int, Plan]:
    """Load many plans without their baselines, in three statements."""
    if not roadmap_ids:
        return {}
    tasks: dict[int, list[Task]] = {}
    of_plans = TaskRow.roadmap_id.in_(roadmap_ids)
    for roadmap_id, *row in db.execute(select(TaskRow.roadmap_id, *TASK_COLUMNS).where(of_plans)):
        tasks.setdefault(roadmap_id, []).append(task_of_row(row))
    link = DependencyRow
    links: dict[int, list[Dependency]] = {}
    query = select(
        link.roadmap_id,
        link.predecessor_id,
        link.successor_id,
        link.kind,
        link.lag,
        link.counting,
    ).where(link.roadmap_id.in_(roadmap_ids))
    for one in db.execute(query):
        ends = one.predecessor_id, one.successor_id
        links.setdefault(one.roadmap_id, []).append(
            Dependency(*ends, one.kind, one.lag, one.counting)
        )
    heads = db.scalars(select(RoadmapRow).where(RoadmapRow.id.in_(roadmap_ids)))
    return {head.id: _plan(head, tasks.get(head.id, ()), links.get(head.id, ())) for head in heads}


def _plan(head: RoadmapRow, tasks: Sequence[Task], links: Sequence[Dependency]) -> Plan:
    return Plan(
        starts_on=head.starts_on,
        tasks=tuple(tasks),
        dependencies=tuple(links),
        unit=head.unit,
        starts_minute=head.starts_minute,
        calendar_id=head.calendar_id,
        own_calendar=calendar_from_data(json.loads(head.own_calendar or "null")),
        calendars=named_from_data(json.loads(head.calendars or "[]")),
        status_at=head.status_at,
        resources=resources_from_data(json.loads(head.resources or "[]")),
        assignments=assignments_from_data(json.loads(head.assignments or "[]")),
    )


def _is_stage() -> ColumnElement[bool]:
    part = aliased(TaskRow)
    return select(part.id).where(part.parent_id == TaskRow.id).exists()

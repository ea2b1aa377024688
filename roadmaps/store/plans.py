"""Plans, whole: their head, tasks and dependencies."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import delete, insert, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from core.errors import NotFoundError
from core.i18n import Term, sort_key
from roadmaps.domain.plan import Dependency, Plan, Task
from roadmaps.domain.plan_data import (
    assignments_from_data,
    assignments_to_data,
    calendar_from_data,
    calendar_to_data,
    named_from_data,
    named_to_data,
    resources_from_data,
    resources_to_data,
)
from roadmaps.domain.roadmap import Roadmap
from roadmaps.domain.schedule import Schedule
from roadmaps.domain.worktime import Span
from roadmaps.store.baselines import load_baselines, save_baselines
from roadmaps.store.task_rows import TASK_COLUMNS, task_of_row, values_of_task
from roadmaps.tables import DependencyRow, RoadmapRow, TaskRow

_AT_ONCE: Final = 5_000  # links in one statement: databases limit its parameters


@dataclass(frozen=True, slots=True)
class NewRoadmap:
    """The head of a plan to be written."""

    case_id: int
    title: str
    created_by: int
    need_id: int | None = None
    token: str | None = None


def load_plan(db: Session, roadmap_id: int, *, lock: bool = False) -> tuple[Roadmap, Plan]:
    """Load a roadmap and its plan; `lock` it before changing anything in it.

    Raises `NotFoundError` if there is none, or it was removed.
    """
    return load_head(db, roadmap_id, lock=lock), load_tasks(db, roadmap_id)


def load_head(db: Session, roadmap_id: int, *, lock: bool = False) -> Roadmap:
    """Load the head of a roadmap alone. Raises `NotFoundError` as `load_plan` does."""
    row = RoadmapRow
    query = select(
        row.id, row.case_id, row.title, row.version, row.created_by, row.need_id, row.changed_at
    ).where(row.id == roadmap_id, row.removed_at.is_(None))
    found = db.execute(query.with_for_update() if lock else query).first()
    if found is None:
        raise NotFoundError(kind=Term("object.roadmap"), id=roadmap_id)
    return Roadmap(*found)


def load_tasks(db: Session, roadmap_id: int) -> Plan:
    """Load the plan of a roadmap whose head is loaded."""
    columns = (
        RoadmapRow.starts_on, RoadmapRow.unit, RoadmapRow.starts_minute, RoadmapRow.calendar_id,
        RoadmapRow.own_calendar, RoadmapRow.calendars, RoadmapRow.status_at, RoadmapRow.resources,
        RoadmapRow.assignments,
    )  # fmt: skip
    row = db.execute(select(*columns).where(RoadmapRow.id == roadmap_id)).one()
    return Plan(
        starts_on=row.starts_on,
        tasks=_tasks(db, roadmap_id),
        dependencies=_dependencies(db, roadmap_id),
        unit=row.unit,
        starts_minute=row.starts_minute,
        calendar_id=row.calendar_id,
        own_calendar=calendar_from_data(json.loads(row.own_calendar or "null")),
        calendars=named_from_data(json.loads(row.calendars or "[]")),
        status_at=row.status_at,
        baselines=load_baselines(db, roadmap_id),
        resources=resources_from_data(json.loads(row.resources or "[]")),
        assignments=assignments_from_data(json.loads(row.assignments or "[]")),
    )


def find_by_token(db: Session, token: str | None) -> int | None:
    """Find the roadmap that this very form has already made."""
    if token is None:
        return None
    return db.scalar(select(RoadmapRow.id).where(RoadmapRow.token == token))


def add_roadmap(db: Session, new: NewRoadmap, plan: Plan, now: datetime) -> int | None:
    """Write the head of a plan without its tasks; None if this form has already made one."""
    kind = sqlite.insert if db.get_bind().dialect.name == "sqlite" else postgresql.insert
    statement = (
        kind(RoadmapRow)
        .values(
            case_id=new.case_id,
            need_id=new.need_id,
            title=new.title,
            sort_key=sort_key(new.title),
            created_by=new.created_by,
            token=new.token,
            created_at=now,
            changed_at=now,
            finishes_on=plan.starts_on,
            version=1,
            **_head(plan),
        )
        .on_conflict_do_nothing(index_elements=["token"])
        .returning(RoadmapRow.id)
    )
    return db.scalar(statement)


def new_task_ids(db: Session, roadmap_id: int, count: int) -> list[int]:
    """Reserve ids for new tasks: empty rows that `save_plan` fills in this transaction.

    A refused change rolls them back; a database never gives an id twice.
    """
    if not count:
        return []
    blank = {"roadmap_id": roadmap_id, "position": 0, "title": "", "duration": 0}
    rows = [blank | {"uid": f"new-{number}"} for number in range(count)]
    return sorted(db.scalars(insert(TaskRow).returning(TaskRow.id), rows))


def save_plan(
    db: Session,
    roadmap_id: int,
    change: tuple[Plan, Plan],
    result: tuple[Schedule, Mapping[int, Span]],
    now: datetime,
) -> None:
    """Write what a change from one plan to another changed, and the roadmap's next version."""
    before, after = change
    schedule, spans = result
    had, has = set(before.dependencies), set(after.dependencies)
    _delete_links(db, had - has)
    days = {key: (span.start.date(), span.last_day(after.unit)) for key, span in spans.items()}
    _save_tasks(db, roadmap_id, change, days)
    if has - had:
        db.execute(
            insert(DependencyRow),
            [_link_values(roadmap_id, link) for link in after.dependencies if link not in had],
        )
    save_baselines(db, roadmap_id, before.baselines, after.baselines)
    last = max((last for _first, last in days.values()), default=after.starts_on)
    db.execute(
        update(RoadmapRow)
        .where(RoadmapRow.id == roadmap_id)
        .values(
            version=RoadmapRow.version + 1,
            changed_at=now,
            length=schedule.length,
            finishes_on=last,
            **_head(after),
        )
    )


def save_title(db: Session, roadmap_id: int, title: str, now: datetime) -> None:
    """Write another title."""
    db.execute(
        update(RoadmapRow)
        .where(RoadmapRow.id == roadmap_id)
        .values(title=title, sort_key=sort_key(title), changed_at=now)
    )


def save_removed(db: Session, roadmap_id: int, removed_at: datetime | None) -> None:
    """Take a roadmap away, or bring it back."""
    db.execute(update(RoadmapRow).where(RoadmapRow.id == roadmap_id).values(removed_at=removed_at))


def is_need_answered(db: Session, need_id: int | None) -> bool:
    """Tell whether a roadmap that was not removed answers a need."""
    row = RoadmapRow
    answers = select(row.id).where(row.need_id == need_id, row.removed_at.is_(None)).limit(1)
    return need_id is not None and db.scalar(answers) is not None


def _tasks(db: Session, roadmap_id: int) -> tuple[Task, ...]:
    rows = db.execute(
        select(*TASK_COLUMNS).where(TaskRow.roadmap_id == roadmap_id).order_by(TaskRow.position)
    )
    return tuple(task_of_row(row) for row in rows)


def _dependencies(db: Session, roadmap_id: int) -> tuple[Dependency, ...]:
    rows = db.execute(
        select(
            DependencyRow.predecessor_id,
            DependencyRow.successor_id,
            DependencyRow.kind,
            DependencyRow.lag,
            DependencyRow.counting,
        ).where(DependencyRow.roadmap_id == roadmap_id)
    )
    return tuple(Dependency(*row) for row in rows)


def _head(plan: Plan) -> dict[str, Any]:
    own = calendar_to_data(plan.own_calendar)
    return {
        "unit": plan.unit,
        "starts_on": plan.starts_on,
        "starts_minute": plan.starts_minute,
        "calendar_id": plan.calendar_id,
        "own_calendar": None if own is None else json.dumps(own),
        "calendars": _json(named_to_data(plan.calendars)),
        "resources": _json(resources_to_data(plan.resources)),
        "assignments": _json(assignments_to_data(plan.assignments)),
        "status_at": plan.status_at,
    }


def _json(items: list[Any]) -> str | None:
    return json.dumps(items, ensure_ascii=False) if items else None


def _save_tasks(
    db: Session, roadmap_id: int, change: tuple[Plan, Plan], days: Mapping[int, tuple[date, date]]
) -> None:
    """Write the tasks that differ in themselves or their dates; parents when all rows stand."""
    before, after = change
    gone = before.by_id.keys() - after.by_id.keys()
    if gone:
        orphans = TaskRow.parent_id.in_(gone) | TaskRow.id.in_(gone)
        db.execute(update(TaskRow).where(orphans).values(parent_id=None))
        db.execute(delete(TaskRow).where(TaskRow.id.in_(gone)))
    columns = select(TaskRow.id, TaskRow.starts_on, TaskRow.finishes_on)
    rows = db.execute(columns.where(TaskRow.roadmap_id == roadmap_id))
    known = {task_id: tuple(dates) for task_id, *dates in rows}
    values = [
        values_of_task(roadmap_id, task, days[task.id])
        for task in after.tasks
        if before.by_id.get(task.id) != task or known.get(task.id) != days[task.id]
    ]
    new = [row | {"parent_id": None} for row in values if row["id"] not in known]
    if new:
        db.execute(insert(TaskRow), new)
    if values:
        db.execute(update(TaskRow), values)


def _delete_links(db: Session, links: Iterable[Dependency]) -> None:
    row = DependencyRow
    ends = tuple_(row.predecessor_id, row.successor_id, row.kind)
    keys = [link.key for link in links]
    for first in range(0, len(keys), _AT_ONCE):
        gone = delete(row).where(ends.in_(keys[first : first + _AT_ONCE]))
        db.execute(gone.execution_options(synchronize_session=False))


def _link_values(roadmap_id: int, link: Dependency) -> dict[str, Any]:
    return {
        "roadmap_id": roadmap_id,
        "predecessor_id": link.predecessor,
        "successor_id": link.successor,
        "kind": link.kind,
        "lag": link.lag,
        "counting": link.counting,
    }

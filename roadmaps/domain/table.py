"""The table of tasks as a person edits it: from changed rows to edits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from roadmaps.domain.edits import (
    AddLink,
    AddTask,
    Batch,
    ChangeLink,
    ChangeTask,
    Edit,
    RemoveLink,
    RemoveTask,
)
from roadmaps.domain.edits_task import done_by
from roadmaps.domain.errors import UnknownRowError
from roadmaps.domain.notation import format_waits, parse_waits
from roadmaps.domain.plan import UID_LIMIT, Dependency, Plan, Task, clean


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a task of the plan (`task_id`) or a new one.

    `number` is the row number shown beside it, the one that other rows' `waits` and
    `part_of` mean.
    """

    number: int
    title: str
    duration: int
    waits: str = ""
    responsible: str = ""
    responsible_id: int | None = None
    done_percent: int = 0
    part_of: int | None = None
    task_id: int | None = None
    uid: str = ""


def rows_of(plan: Plan, language: str = "en") -> tuple[Row, ...]:
    """Show a plan as the rows of its table."""
    return tuple(
        Row(
            number=task.position,
            title=task.title,
            duration=task.duration,
            waits=format_waits(plan, task.id, language),
            responsible=task.responsible,
            responsible_id=task.responsible_id,
            done_percent=task.done_percent,
            part_of=None if task.parent_id is None else plan.task(task.parent_id).position,
            task_id=task.id,
            uid=task.uid,
        )
        for task in plan.tasks
    )


def table_edit(
    plan: Plan, rows: Sequence[Row], new_ids: Sequence[int], language: str = "en"
) -> Batch:
    """Find the edits that lead from a plan to the rows a person left in its table.

    Parameters
    ----------
    plan
        The plan the person saw.
    rows
        Every row of the table now; a task without a row is removed. Rows without a
        `task_id` are new and are added at the end.
    new_ids
        One id for each new row, in their order.
    language
        The language in which `waits` were shown; cells left as shown are not read again.

    Raises
    ------
    NotFoundError
        If a row names a task that the plan does not have.
    """
    for row in rows:
        if row.task_id is not None:
            plan.task(row.task_id)
    fresh = iter(new_ids)
    filled = [r if r.task_id is not None else replace(r, task_id=next(fresh)) for r in rows]
    ids = {row.number: row.task_id for row in filled if row.task_id is not None}
    kept = set(ids.values())
    edits: list[Edit] = [RemoveTask(task.id) for task in plan.tasks if task.id not in kept]
    stages = _stages_left(plan, kept) | ids
    shown = {row.task_id: row for row in rows_of(plan, language)}
    links: list[Edit] = []
    for row in filled:
        old = shown.get(row.task_id)
        if old == row:
            continue
        known = None if row.task_id is None else plan.by_id.get(row.task_id)
        task = task_of(row, stages, known)
        if known is None:
            edits.append(AddTask(replace(task, position=0)))
        elif task != replace(known, position=task.position):
            edits.append(ChangeTask(task))
        if old is None or old.waits.strip() != row.waits.strip():
            wanted = parse_waits(row.waits, ids, task.id, row.number, plan.unit)
            had = plan.waits_for(task.id) if old else ()
            links += _link_edits([link for link in had if link.predecessor in kept], wanted)
    return Batch((*edits, *links))


def plan_of(blank: Plan, rows: Sequence[Row]) -> Plan:
    """Make a whole plan of the rows of a file; ids are the row numbers."""
    ids = {row.number: row.number for row in rows}
    numbered = [replace(row, task_id=row.number) for row in rows]
    tasks = tuple(replace(task_of(r, ids), position=i) for i, r in enumerate(numbered, start=1))
    links = tuple(
        link for r in rows for link in parse_waits(r.waits, ids, r.number, r.number, blank.unit)
    )
    return replace(blank, tasks=tasks, dependencies=links)


def with_ids(plan: Plan, ids: Mapping[int, int]) -> Plan:
    """Give a plan of a file the ids that the database has reserved for its tasks.

    What its baselines say of tasks that it lacks is left out.
    """
    tasks = tuple(
        replace(
            task,
            id=ids[task.id],
            parent_id=None if task.parent_id is None else ids[task.parent_id],
        )
        for task in plan.tasks
    )
    links = tuple(
        replace(link, predecessor=ids[link.predecessor], successor=ids[link.successor])
        for link in plan.dependencies
    )
    helpers = tuple(replace(x, task_id=ids[x.task_id]) for x in plan.assignments)
    baselines = tuple(
        replace(
            kept,
            dates=tuple(replace(x, task_id=ids[x.task_id]) for x in kept.dates if x.task_id in ids),
        )
        for kept in plan.baselines
    )
    return replace(plan, tasks=tasks, dependencies=links, assignments=helpers, baselines=baselines)


def task_of(row: Row, ids: Mapping[int, int | None], known: Task | None = None) -> Task:
    """Make the task that a row describes; `ids` gives task ids by row number.

    What a row does not show stays as it is `known`.
    """
    if row.part_of is not None and row.part_of not in ids:
        raise UnknownRowError(row=row.number, number=row.part_of, last=max(ids, default=0))
    task = replace(
        known or Task(row.task_id or 0, ""),
        title=clean(row.title),
        duration=row.duration,
        uid=clean(row.uid)[:UID_LIMIT],
        position=row.number,
        parent_id=None if row.part_of is None else ids[row.part_of],
        responsible_id=row.responsible_id,
        responsible=clean(row.responsible),
    )
    return task if row.done_percent == task.done_percent else done_by(task, row.done_percent)


def _stages_left(plan: Plan, kept: set[int]) -> dict[int, int | None]:
    """Map the rows of removed tasks to the stage that their parts move up to."""
    left: dict[int, int | None] = {}
    for task in plan.tasks:
        above: int | None = task.id
        while above is not None and above not in kept:
            above = plan.task(above).parent_id
        left[task.position] = above
    return left


def _link_edits(old: Sequence[Dependency], wanted: Sequence[Dependency]) -> list[Edit]:
    before = {link.key: link for link in old}
    after = {link.key: link for link in wanted}
    edits: list[Edit] = [RemoveLink(key) for key in before if key not in after]
    for link in wanted:
        known = before.get(link.key)
        if known is None:
            edits.append(AddLink(link))
        elif known.lag != link.lag:
            edits.append(ChangeLink(replace(known, lag=link.lag)))
    return edits

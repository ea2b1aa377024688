"""A plan used again: copied whole or a stage of it, without what has happened to it."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from core.errors import InvalidError
from core.i18n import Term
from roadmaps.domain.origins import renamed
from roadmaps.domain.plan import Plan, Task
from roadmaps.domain.terms import ConstraintKind

_LAST_YEAR: Final = 2200


def fresh_copy(plan: Plan, starts_on: date, *, mark: str = "", with_people: bool = False) -> Plan:
    """Copy a plan to another first day, with nothing done yet.

    Dates that tasks must keep move with the start. Baselines, resources and progress stay
    behind; names of those responsible too, unless `with_people`. `mark` names the copy's tasks.
    """
    shift = starts_on - plan.starts_on
    return replace(
        plan,
        starts_on=starts_on,
        tasks=tuple(_fresh(task, shift, mark, with_people=with_people) for task in plan.tasks),
        status_at=None,
        baselines=(),
        resources=(),
        assignments=(),
    )


def part_of(plan: Plan, stage_id: int) -> Plan:
    """Keep one stage with all its parts, and the links among them.

    Raises `NotFoundError` if the plan lacks it, `InvalidError` if it has no parts.
    """
    stage = plan.task(stage_id)
    if stage_id not in plan.stages:
        raise InvalidError(field=Term("field.stage"), value=stage.title)
    kept = {stage_id}
    for task in plan.tasks:
        above = task.parent_id
        while above is not None and above not in kept:
            above = plan.task(above).parent_id
        if above is not None:
            kept.add(task.id)
    return replace(
        plan,
        tasks=tuple(
            replace(task, parent_id=None) if task.id == stage_id else task
            for task in plan.tasks
            if task.id in kept
        ),
        dependencies=tuple(
            link for link in plan.dependencies if {link.predecessor, link.successor} <= kept
        ),
    )


def _fresh(task: Task, shift: timedelta, mark: str, *, with_people: bool) -> Task:
    constraint = task.constraint
    if constraint is not None and constraint.kind is not ConstraintKind.ALAP:
        moved = _moved(constraint.at, shift)
        constraint = None if moved is None else replace(constraint, at=moved)
    return replace(
        task,
        uid=renamed(task.uid, mark),
        responsible_id=task.responsible_id if with_people else None,
        responsible=task.responsible if with_people else "",
        done_percent=0,
        constraint=constraint,
        deadline=_moved(task.deadline, shift),
        placed_at=_moved(task.placed_at, shift),
        progress=None,
    )


def _moved(at: datetime | None, shift: timedelta) -> datetime | None:
    """Move a date with the start of its plan; one that would leave the calendar is dropped."""
    if at is None:
        return None
    try:
        moved = at + shift
    except OverflowError:
        return None
    return moved if moved.year < _LAST_YEAR else None

"""A change meant for an earlier plan, brought to the plan of now.

Fields, links and stages are named by ids and need nothing; rows are numbers, and others may
have moved, added or removed some since.
"""

from collections.abc import Iterator
from dataclasses import replace

from roadmaps.domain.edits import AddTask, Batch, Edit, MoveTask, flat
from roadmaps.domain.plan import Plan


def carried(edit: Edit, seen: Plan, now: Plan) -> Edit:
    """Give the edit that does to the plan of now what `edit` does to the one that was seen.

    A row comes after the row of its stage that it came after there, or first in its stage.
    """
    rows = [task.id for task in seen.tasks]
    if rows == [task.id for task in now.tasks]:
        return edit
    parts = list(flat(edit))
    moved = {_row(part) for part in parts} - {None}
    if not moved:
        return edit
    kept = tuple(part for part in parts if not isinstance(part, MoveTask))
    target = edit.step(seen)
    rows = [task.id for task in target.tasks if task.id in moved]
    wanted = _ordered(Batch(kept).step(now), target, rows)
    kept = tuple(_put(part, wanted) for part in kept)
    order = [task.id for task in Batch(kept).step(now).tasks]
    return Batch((*kept, *_moves(order, wanted, rows)))


def _put(edit: Edit, wanted: list[int]) -> Edit:
    if not isinstance(edit, AddTask):
        return edit
    return replace(edit, task=replace(edit.task, position=wanted.index(edit.task.id) + 1))


def _moves(order: list[int], wanted: list[int], rows: list[int]) -> Iterator[MoveTask]:
    """Give the moves of some rows that bring an order to the wanted one."""
    for task_id in rows:
        was, place = order.index(task_id), wanted.index(task_id)
        order.remove(task_id)
        row = order.index(wanted[place - 1]) + 1 if place else 0
        order.insert(row, task_id)
        if row != was:
            yield MoveTask(task_id, row + 1)


def _ordered(plan: Plan, target: Plan, moved: list[int]) -> list[int]:
    """Give the rows of a plan with some of them put where they are in another."""
    order = [task.id for task in plan.tasks if task.id not in set(moved)]
    for task_id in moved:
        order.insert(_place(plan, target, task_id, order), task_id)
    return order


def _place(plan: Plan, target: Plan, task_id: int, order: list[int]) -> int:
    parent = plan.task(task_id).parent_id
    before = [
        x.id
        for x in target.tasks[: target.task(task_id).position - 1]
        if x.parent_id == parent and x.id in plan.by_id and plan.task(x.id).parent_id == parent
    ]
    known = [x for x in before if x in order]
    if known:
        return max(order.index(x) for x in _block(plan, known[-1], order)) + 1
    return order.index(parent) + 1 if parent in order else 0


def _block(plan: Plan, task_id: int, order: list[int]) -> Iterator[int]:
    """Give a task and all its parts that stand in the order."""
    yield task_id
    for part in plan.parts.get(task_id, ()):
        if part in order:
            yield from _block(plan, part, order)


def _row(edit: Edit) -> int | None:
    match edit:
        case AddTask(task):
            return task.id
        case MoveTask(task_id):
            return task_id
    return None

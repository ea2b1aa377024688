"""A change meant for an earlier plan, brought to the plan of now.

Fields, links and stages are named by ids and need nothing; rows are numbers, and others may
have moved, added or removed some since.
"""

from collections.abc import Iterator
from dataclasses import replace

from roadmaps.domain.edits import AddTask, Batch, ChangeTask, Edit, MoveTask, flat
from roadmaps.domain.plan import Plan


def carried(edit: Edit, seen: Plan, now: Plan) -> Edit:
    """Give the edit that does to the plan of now what `edit` does to the one that was seen.

    A row comes after the row of its stage that it came after there, or first in its stage; what
    is part of it by now comes with it.
    """
    moved = rows_of(edit, seen)
    if not moved or _tree(seen) == _tree(now):
        return edit
    kept = tuple(part for part in flat(edit) if not isinstance(part, MoveTask))
    target, plan = edit.step(seen), Batch(kept).step(now)
    rows = [task.id for task in target.tasks if task.id in moved]
    wanted, following = _ordered(plan, target, rows)
    kept = tuple(_put(part, wanted) for part in kept)
    order = [task.id for task in Batch(kept).step(now).tasks]
    return Batch((*kept, *_moves(order, wanted, moved | following)))


def rows_of(edit: Edit, seen: Plan) -> set[int]:
    """Give the tasks whose rows an edit of a plan is about: new, moved or put into a stage."""
    return {task_id for part in flat(edit) if (task_id := _row(part, seen)) is not None}


def _tree(plan: Plan) -> list[tuple[int, int | None]]:
    return [(task.id, task.parent_id) for task in plan.tasks]


def _put(edit: Edit, wanted: list[int]) -> Edit:
    if not isinstance(edit, AddTask):
        return edit
    return replace(edit, task=replace(edit.task, position=wanted.index(edit.task.id) + 1))


def _moves(order: list[int], wanted: list[int], rows: set[int]) -> Iterator[MoveTask]:
    """Give the moves of some rows that bring an order to the wanted one."""
    for place, task_id in enumerate(wanted):
        if task_id not in rows:
            continue
        was = order.index(task_id)
        order.remove(task_id)
        row = order.index(wanted[place - 1]) + 1 if place else 0
        order.insert(row, task_id)
        if row != was:
            yield MoveTask(task_id, row + 1)


def _ordered(plan: Plan, target: Plan, moved: list[int]) -> tuple[list[int], set[int]]:
    """Give the rows of a plan with some put where they are in another, and who follows them."""
    blocks = {task_id: list(_with_parts(plan, task_id, set(moved))) for task_id in moved}
    taken = {task_id for block in blocks.values() for task_id in block}
    order = [task.id for task in plan.tasks if task.id not in taken]
    for task_id in moved:
        place = _place(plan, target, task_id, order)
        order[place:place] = blocks[task_id]
    return order, taken


def _with_parts(plan: Plan, task_id: int, moved: set[int]) -> Iterator[int]:
    """Give a task and its parts by row, those aside that are put somewhere themselves."""
    yield task_id
    for part in plan.parts.get(task_id, ()):
        if part not in moved:
            yield from _with_parts(plan, part, moved)


def _place(plan: Plan, target: Plan, task_id: int, order: list[int]) -> int:
    parent = plan.task(task_id).parent_id
    before = [
        x.id
        for x in target.tasks[: target.task(task_id).position - 1]
        if x.parent_id == parent and x.id in plan.by_id and plan.task(x.id).parent_id == parent
    ]
    known = [x for x in before if x in order]
    if known:
        return max(map(order.index, _block(plan, known[-1], set(order)))) + 1
    return order.index(parent) + 1 if parent in order else 0


def _block(plan: Plan, task_id: int, order: set[int]) -> set[int]:
    """Give a task and all its parts that stand in the order; stages may be in a loop yet."""
    found, left = {task_id}, [task_id]
    while left:
        new = order & set(plan.parts.get(left.pop(), ())) - found
        found |= new
        left += new
    return found


def _row(edit: Edit, seen: Plan) -> int | None:
    match edit:
        case AddTask(task):
            return task.id
        case MoveTask(task_id):
            return task_id
        case ChangeTask(task):
            old = seen.by_id.get(task.id)
            return None if old is not None and old.parent_id == task.parent_id else task.id
    return None

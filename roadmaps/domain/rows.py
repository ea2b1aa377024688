"""Moving a task among the rows of its plan, by hand."""

from dataclasses import replace
from enum import StrEnum

from core.i18n import Coded
from roadmaps.domain.edits import Batch, ChangeTask, Edit, MoveTask
from roadmaps.domain.errors import CannotMoveError, StageLoopError
from roadmaps.domain.plan import Plan, Task


class Move(Coded):
    """Where a task goes, together with its parts."""

    UP = "up"
    DOWN = "down"
    INTO = "into"
    OUT = "out"


class Where(StrEnum):
    """Where a row is put, seen from another one."""

    ABOVE = "above"
    BELOW = "below"
    INSIDE = "inside"


def moves_of(plan: Plan, task_id: int) -> frozenset[Move]:
    """Tell which moves a task has room for."""
    task = plan.task(task_id)
    before, after = _neighbours(plan, task)
    open_to = {
        Move.UP: before is not None,
        Move.DOWN: after is not None,
        Move.INTO: before is not None,
        Move.OUT: task.parent_id is not None,
    }
    return frozenset(move for move, is_open in open_to.items() if is_open)


def moving(plan: Plan, task_id: int, move: Move) -> Edit:
    """Give the edit that moves a task with its parts by one place among its equals.

    Up and down change places with the neighbour of the same stage; into makes the task the
    last part of the one above it; out puts it below the stage that it was part of.

    Raises
    ------
    CannotMoveError
        If there is no room that way.
    """
    task = plan.task(task_id)
    if move not in moves_of(plan, task_id):
        raise CannotMoveError(task=task.title)
    before, after = _neighbours(plan, task)
    stage = _stage(plan, task)
    if move is Move.UP:
        return _ordered(
            plan, _placed(plan, task, _block(plan, before)[0], below=False), upwards=True
        )
    if move is Move.DOWN:
        return _ordered(plan, _placed(plan, task, _block(plan, after)[-1]))
    if move is Move.INTO:
        return _under(plan, task, before, _placed(plan, task, _block(plan, before)[-1]))
    own = set(_block(plan, task))
    others = [one for one in _block(plan, stage) if one not in own]
    return _under(plan, task, _stage(plan, stage), _placed(plan, task, others[-1]))


def dragging(plan: Plan, task_id: int, beside_id: int, where: Where) -> Edit:
    """Give the edit that puts a task with its parts above or below a row, or into it.

    Above and below it comes into the stage of that row; inside it becomes the last part.

    Raises
    ------
    StageLoopError
        If the row is the task itself or one of its parts.
    """
    task, beside = plan.task(task_id), plan.task(beside_id)
    own, others = _block(plan, task), _block(plan, beside)
    if beside_id in own:
        raise StageLoopError(task=task.title)
    if where is Where.ABOVE:
        order = _placed(plan, task, beside_id, below=False)
    else:
        order = _placed(plan, task, [x for x in others if x not in own][-1])
    stage = beside_id if where is Where.INSIDE else beside.parent_id
    upwards = order.index(task_id) < task.position - 1
    moves = _ordered(plan, order, upwards=upwards)
    if stage == task.parent_id:
        return moves
    return Batch((ChangeTask(replace(task, parent_id=stage)), *moves.edits))


def block_of(plan: Plan, task_id: int) -> list[int]:
    """List a task and all its parts, by row."""
    return _block(plan, plan.task(task_id))


def _stage(plan: Plan, task: Task | None) -> Task | None:
    above = task.parent_id if task else None
    return None if above is None else plan.task(above)


def _neighbours(plan: Plan, task: Task) -> tuple[Task | None, Task | None]:
    equals = [one for one in plan.tasks if one.parent_id == task.parent_id]
    place = equals.index(task)
    before = equals[place - 1] if place else None
    return before, equals[place + 1] if place + 1 < len(equals) else None


def _block(plan: Plan, task: Task | None) -> list[int]:
    """List a task and all its parts, by row."""
    found = {task.id} if task else set()
    while more := {one.id for one in plan.tasks if one.parent_id in found} - found:
        found |= more
    return [one.id for one in plan.tasks if one.id in found]


def _placed(plan: Plan, task: Task, beside: int, *, below: bool = True) -> list[int]:
    """List the rows with a task and its parts taken to another row."""
    block = _block(plan, task)
    order = [one.id for one in plan.tasks if one.id not in block]
    place = order.index(beside) + below
    return [*order[:place], *block, *order[place:]]


def _ordered(plan: Plan, wanted: list[int], *, upwards: bool = False) -> Batch:
    """Find the moves that bring the rows into an order: of the task and its parts only."""
    now, moves = [task.id for task in plan.tasks], list[Edit]()
    rows = range(len(now))
    for row in rows if upwards else rows[::-1]:
        if now[row] != wanted[row]:
            now.remove(wanted[row])
            now.insert(row, wanted[row])
            moves.append(MoveTask(wanted[row], row + 1))
    return Batch(tuple(moves))


def _under(plan: Plan, task: Task, stage: Task | None, order: list[int]) -> Batch:
    changed = ChangeTask(replace(task, parent_id=stage.id if stage else None))
    return Batch((changed, *_ordered(plan, order).edits))

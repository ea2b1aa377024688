from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmaps.domain.edits import Batch, MoveTask, apply, inverse
from roadmaps.domain.errors import CannotMoveError
from roadmaps.domain.plan import Plan
from roadmaps.domain.rows import Move, moves_of, moving
from tests.roadmaps.plans import plan_of, plans


def _staged(*parts: tuple[str, str]) -> Plan:
    """Five tasks A to E; `("B", "A")` makes B a part of A."""
    plan = plan_of(1, 1, 1, 1, 1)
    ids = {task.title: task.id for task in plan.tasks}
    above = {part: ids[stage] for part, stage in parts}
    return replace(plan, tasks=tuple(replace(t, parent_id=above.get(t.title)) for t in plan.tasks))


def _moved(plan: Plan, title: str, move: Move) -> str:
    """Give the titles by row after a move, parts in brackets after their stage's name."""
    task_id = next(task.id for task in plan.tasks if task.title == title)
    after = apply(plan, moving(plan, task_id, move))
    stages = {task.id: task.title for task in after.tasks}
    return " ".join(
        t.title if t.parent_id is None else f"{t.title}({stages[t.parent_id]})" for t in after.tasks
    )


@pytest.mark.parametrize(
    ("title", "move", "expected"),
    [
        ("B", Move.UP, "B A C D E"),
        ("B", Move.DOWN, "A C B D E"),
        ("C", Move.INTO, "A B C(B) D E"),
    ],
)
def test_a_task_moves_by_one_place(title: str, move: Move, expected: str) -> None:
    assert expected == _moved(_staged(), title, move)


@pytest.mark.parametrize(
    ("title", "move", "expected"),
    [
        ("A", Move.DOWN, "D A B(A) C(A) E"),
        ("D", Move.UP, "D A B(A) C(A) E"),
        ("C", Move.UP, "A C(A) B(A) D E"),
        ("B", Move.OUT, "A C(A) B D E"),
        ("D", Move.INTO, "A B(A) C(A) D(A) E"),
        ("C", Move.INTO, "A B(A) C(B) D E"),
    ],
)
def test_a_stage_moves_with_its_parts(title: str, move: Move, expected: str) -> None:
    assert expected == _moved(_staged(("B", "A"), ("C", "A")), title, move)


def test_the_history_tells_of_the_task_that_was_moved_and_of_no_other() -> None:
    plan = plan_of(1, 1, 1)
    assert moving(plan, 1, Move.DOWN) == Batch((MoveTask(1, 2),))
    assert moving(plan, 2, Move.UP) == Batch((MoveTask(2, 1),))


def test_no_task_moves_over_the_edge() -> None:
    plan = plan_of(1, 1)
    assert moves_of(plan, 1) == {Move.DOWN}
    assert moves_of(plan, 2) == {Move.UP, Move.INTO}
    for task_id, move in ((1, Move.UP), (1, Move.INTO), (1, Move.OUT), (2, Move.DOWN)):
        with pytest.raises(CannotMoveError):
            moving(plan, task_id, move)


def test_a_task_that_others_wait_for_becomes_a_stage_and_keeps_its_links() -> None:
    plan = plan_of(1, 1, 1, links="A-C")
    staged = apply(plan, moving(plan, 2, Move.INTO))
    assert staged.task(2).parent_id == 1
    assert staged.dependencies == plan.dependencies


@settings(max_examples=50)
@given(st.data())
def test_every_move_loses_nothing_and_is_taken_back(data: st.DataObject) -> None:
    plan = replace(data.draw(plans(max_tasks=6)), dependencies=())
    for task in plan.tasks[1:]:
        if data.draw(st.booleans()):
            plan = apply(plan, moving(plan, task.id, Move.INTO)) if _can(plan, task.id) else plan
    if not plan.tasks:
        return
    chosen = data.draw(st.sampled_from([task.id for task in plan.tasks]))
    for move in moves_of(plan, chosen):
        edit = moving(plan, chosen, move)
        changed = apply(plan, edit)
        assert set(changed.by_id) == set(plan.by_id)
        assert apply(changed, inverse(plan, edit)) == plan


def _can(plan: Plan, task_id: int) -> bool:
    return Move.INTO in moves_of(plan, task_id)

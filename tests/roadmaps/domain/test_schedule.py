import time
from dataclasses import replace

import pytest
from hypothesis import given, settings

from roadmaps.domain.errors import CycleError, PlanTooLongError
from roadmaps.domain.graph import find_cycle, generations, task_order
from roadmaps.domain.plan import Dependency, LinkKind, Plan, Task
from roadmaps.domain.schedule import critical_tasks, schedule
from tests.roadmaps.plans import START, broken_links, plan_of, plans, second_schedule


def test_schedule_of_an_empty_plan_has_length_0() -> None:
    assert schedule(Plan(START)).length == 0


def test_schedule_gives_slack_to_the_shorter_branch() -> None:
    plan = plan_of(2, 5, 3, 1, links="A-B A-C B-D C-D")
    result = schedule(plan)
    assert result.length == 8
    assert result[3] == (2, 5, 4, 7, 2, 2, False)
    assert (result[3].total_float, result[3].is_critical) == (2, False)
    assert [task.title for task in critical_tasks(plan, result)] == ["A", "B", "D"]


@pytest.mark.parametrize(
    ("link", "start_of_b"),
    [
        ("A-B:fs", 5),
        ("A-B:fs+2", 7),
        ("A-B:fs-2", 3),
        ("A-B:ss+3", 3),
        ("A-B:ff+1", 3),
        ("A-B:sf+8", 5),
        ("A-B:sf", 0),
        ("A-B:ss-4", 0),
    ],
)
def test_schedule_keeps_each_kind_of_link_and_never_starts_before_the_plan(
    link: str, start_of_b: int
) -> None:
    assert schedule(plan_of(5, 3, links=link))[2].early_start == start_of_b


def test_free_float_is_what_harms_no_other_task() -> None:
    result = schedule(plan_of(2, 1, 1, 6, links="A-B B-C"))
    assert [result[n].free_float for n in (1, 2, 3, 4)] == [0, 0, 2, 0]
    assert [result[n].total_float for n in (1, 2, 3, 4)] == [2, 2, 2, 0]


def test_a_stage_spans_its_parts_and_has_no_work_of_its_own() -> None:
    plan = plan_of(99, 4, 3, links="B-C")
    parts = tuple(replace(t, parent_id=1) if t.id > 1 else t for t in plan.tasks)
    plan = replace(plan, tasks=parts)
    result = schedule(plan)
    assert (result.length, result[1][:2]) == (7, (0, 7))
    assert [t.title for t in critical_tasks(plan, result)] == ["B", "C"]


def test_tasks_that_wait_for_each_other_are_named() -> None:
    plan = plan_of(1, 1, 1, 1, links="A-B B-C C-B C-D")
    with pytest.raises(CycleError) as caught:
        schedule(plan)
    assert caught.value.details == {"tasks": "B → C → B"}
    assert set(find_cycle(plan)) == {2, 3}


def test_a_plan_of_a_century_is_refused() -> None:
    with pytest.raises(PlanTooLongError):
        schedule(plan_of(*[2_500] * 5, links="A-B B-C C-D D-E"))


def test_graph_tells_order_and_layers() -> None:
    plan = plan_of(1, 1, 1, 1, links="C-A A-B C-D")
    assert task_order(plan) == (3, 1, 2, 4)
    assert [set(layer) for layer in generations(plan)] == [{3}, {1, 4}, {2}]


@given(plans())
def test_schedule_equals_a_second_calculation(plan: Plan) -> None:
    result = schedule(plan)
    length, early, late = second_schedule(plan)
    assert result.length == length
    assert {x: slot.early_start for x, slot in result.slots.items()} == early
    assert {x: slot.late_start for x, slot in result.slots.items()} == late


@settings(max_examples=50)
@given(plans())
def test_early_and_late_starts_both_keep_every_link(plan: Plan) -> None:
    result = schedule(plan)
    assert broken_links(plan, {x: slot.early_start for x, slot in result.slots.items()}) == 0
    assert broken_links(plan, {x: slot.late_start for x, slot in result.slots.items()}) == 0


@settings(max_examples=50)
@given(plans())
def test_floats_are_ordered_and_something_is_critical(plan: Plan) -> None:
    slots = schedule(plan).slots.values()
    assert all(0 <= slot.free_float <= slot.total_float for slot in slots)
    assert not slots or any(slot.is_critical for slot in slots)


@settings(max_examples=50)
@given(plans())
def test_a_task_late_by_its_float_moves_no_end_and_by_one_more_does(plan: Plan) -> None:
    result = schedule(plan)
    for task in plan.tasks[:4]:
        for more in (0, 1):
            gate = Task(
                100, "gate", result[task.id].early_start + result[task.id].total_float + more
            )
            held = replace(
                plan,
                tasks=(*plan.tasks, replace(gate, position=99)),
                dependencies=(*plan.dependencies, Dependency(100, task.id, LinkKind.FS)),
            )
            assert schedule(held).length == result.length + more


@settings(max_examples=50)
@given(plans())
def test_reversed_rows_give_the_same_schedule(plan: Plan) -> None:
    turned = tuple(replace(task, position=-task.position) for task in plan.tasks)
    assert schedule(replace(plan, tasks=turned)).slots == schedule(plan).slots


def test_a_thousand_tasks_are_scheduled_within_a_blink() -> None:
    tasks = tuple(Task(n, "t", n % 7, position=n) for n in range(1, 1_001))
    links = tuple(
        Dependency(n, n + step, LinkKind.FS if step < 7 else LinkKind.SS, step % 3)
        for n in range(1, 1_001)
        for step in (1, 7, 30)
        if n + step <= 1_000
    )
    plan = Plan(START, tasks, links)
    best = min(_seconds(plan) for _ in range(5))
    assert best < 0.05


def _seconds(plan: Plan) -> float:
    start = time.process_time()
    schedule(plan)
    return time.process_time() - start

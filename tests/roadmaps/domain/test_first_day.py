"""Nothing stands before its plan begins, and a stage of milestones stands where they do."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given, settings

from roadmaps.domain.laid import lay
from roadmaps.domain.layout import gantt_layout
from roadmaps.domain.plan import Dependency, LinkKind, Plan, PlanUnit, Task
from roadmaps.domain.spans import spans
from roadmaps.domain.terms import Constraint, ConstraintKind, Counting
from roadmaps.domain.worktime import Span
from tests.roadmaps.rich import rich_plans

MONDAY = date(2026, 11, 30)
MORNING = datetime(2026, 11, 30)
_STAGED = (
    Task(1, "decisions", position=1),
    Task(2, "inner", position=2, parent_id=1),
    Task(3, "start", 0, position=3, parent_id=2),
    Task(4, "work", 3, position=4),
)


@pytest.mark.parametrize("kind", [LinkKind.SS, LinkKind.FS])
def test_a_stage_of_milestones_stands_where_they_do(kind: LinkKind) -> None:
    plan = Plan(MONDAY, _STAGED, (Dependency(1, 4, kind),))
    laid = lay(plan)
    dates = spans(plan, laid.result, laid.when)
    for task in (1, 2, 3):
        assert laid.span(task) == dates[task] == Span(MORNING, MORNING)
    assert laid.span(4).start == MORNING


@pytest.mark.parametrize("by_ticks", [True, False])
def test_a_stage_of_a_milestone_that_begins_a_later_day_begins_it(by_ticks: bool) -> None:
    at = datetime(2026, 12, 7)
    opening = replace(_STAGED[2], constraint=Constraint(ConstraintKind.SNET, at))
    last = replace(_STAGED[3], counting=Counting.ELAPSED if by_ticks else Counting.WORKING)
    plan = Plan(MONDAY, (*_STAGED[:2], opening, last))
    laid = lay(plan)
    assert (laid.result.ticks is not None) is by_ticks
    dates = spans(plan, laid.result, laid.when)
    bars = gantt_layout(laid, MONDAY).bars
    for task in (1, 2, 3):
        assert laid.span(task) == dates[task] == Span(at, at)
    assert len({bar.start for bar in bars[:3]}) == 1


@pytest.mark.parametrize("counting", list(Counting))
@pytest.mark.parametrize("lag", [-3, -4])
def test_a_negative_lag_takes_no_milestone_before_the_plan(counting: Counting, lag: int) -> None:
    tasks = (
        Task(1, "work", 3, position=1),
        Task(2, "done", 0, position=2),
        Task(3, "night", 2, position=3, counting=Counting.ELAPSED),
    )
    plan = Plan(MONDAY, tasks, (Dependency(1, 2, LinkKind.FS, lag, counting),))
    laid = lay(plan)
    dates = spans(plan, laid.result, laid.when)
    assert laid.span(2) == dates[2] == Span(MORNING, MORNING)
    assert laid.result[2].early_start == 0


@pytest.mark.parametrize("lag", [-3, -6, -20])
def test_in_hours_a_negative_lag_takes_no_milestone_before_the_hour_of_the_start(lag: int) -> None:
    tasks = (Task(1, "work", 3, position=1), Task(2, "done", 0, position=2))
    link = Dependency(1, 2, LinkKind.FS, lag, Counting.ELAPSED)
    plan = Plan(MONDAY, tasks, (link,), unit=PlanUnit.HOUR, starts_minute=9 * 60)
    assert lay(plan).span(2) == Span(MORNING.replace(hour=9), MORNING.replace(hour=9))


@settings(deadline=None, max_examples=60)
@given(rich_plans())
def test_nothing_that_no_hand_has_put_stands_before_its_plan(plan: Plan) -> None:
    tasks = tuple(
        replace(x, placed_at=None, progress=None, duration=x.duration if x.id % 3 else 0)
        for x in plan.tasks
    )
    laid = lay(replace(plan, tasks=tasks, status_at=None))
    assert [x for x in laid.ticks if laid.span(x).finish.date() < plan.starts_on] == []
    for stage, parts in laid.plan.parts.items():
        if laid.result.is_point(stage):
            assert laid.span(stage) in [laid.span(part) for part in parts]

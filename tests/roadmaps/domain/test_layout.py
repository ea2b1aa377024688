from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings

from core.calendar import russian_calendar
from roadmaps.domain.layout import GanttLayout, Shape, gantt_layout
from roadmaps.domain.network import network_layout
from roadmaps.domain.plan import Plan
from roadmaps.domain.schedule import schedule
from roadmaps.domain.worktime import work_time
from tests.roadmaps.plans import START, plan_of, plans


def _layout(plan: Plan, today: date = START) -> GanttLayout:
    return gantt_layout(plan, schedule(plan), work_time(plan, russian_calendar()), today)


def test_bars_lie_on_calendar_days_and_stretch_over_weekends() -> None:
    layout = _layout(plan_of(5, 1, 0, links="A-B B-C"))  # from Monday 2 February 2026
    first, second, milestone = layout.bars
    assert layout.origin == date(2026, 2, 1)
    assert (first.start, first.end) == (1.0, 6.0)
    assert (second.start, second.end) == (8.0, 9.0)
    assert (milestone.shape, milestone.start, milestone.end) == (Shape.MILESTONE, 9.0, 9.0)
    assert [(s.start, s.end) for s in layout.shades][:2] == [(0.0, 1.0), (6.0, 8.0)]


def test_done_share_and_float_are_part_of_the_geometry() -> None:
    plan = plan_of(4, 2)
    plan = replace(plan, tasks=(plan.tasks[0], replace(plan.tasks[1], done_percent=50)))
    bar = _layout(plan).bars[1]
    assert (bar.start, bar.done_end, bar.end, bar.float_end) == (1.0, 2.0, 3.0, 5.0)


def test_today_is_left_out_when_it_is_not_on_the_chart() -> None:
    plan = plan_of(4)
    assert _layout(plan, START + timedelta(days=1)).today == 2.0
    assert _layout(plan, START - timedelta(days=30)).today is None


def test_an_empty_plan_has_a_layout_too() -> None:
    layout = _layout(Plan(START))
    assert (layout.bars, layout.routes) == ((), ())
    assert layout.days > 0


@pytest.mark.parametrize("length", [3, 60, 250, 700, 2_400])
def test_ticks_are_few_whatever_the_length(length: int) -> None:
    ticks = _layout(plan_of(length)).ticks
    assert 1 <= len(ticks) <= 20
    assert ticks[0].is_major


@settings(max_examples=40)
@given(plans())
def test_links_run_from_end_to_end_in_straight_pieces(plan: Plan) -> None:
    layout = _layout(plan)
    bars = {bar.task.id: bar for bar in layout.bars}
    for route in layout.routes:
        before, after = bars[route.link.predecessor], bars[route.link.successor]
        ends = {"f": lambda bar: bar.end, "s": lambda bar: bar.start}
        first, second = route.link.kind.value
        assert route.points[0] == (ends[first](before), before.y)
        assert route.points[-1] == (ends[second](after), after.y)
        for a, b in zip(route.points, route.points[1:], strict=False):
            assert a.x == b.x or a.y == b.y


@settings(max_examples=40)
@given(plans())
def test_in_the_network_every_task_stands_below_what_it_waits_for(plan: Plan) -> None:
    layout = network_layout(plan, schedule(plan))
    assert len({node.at for node in layout.nodes}) == len(plan.tasks)
    assert all(edge.points[0].y < edge.points[-1].y for edge in layout.edges)


def test_the_critical_path_is_critical_in_both_drawings() -> None:
    plan = plan_of(2, 5, 3, 1, links="A-B A-C B-D C-D")
    wanted = {(1, 2), (2, 4)}
    network = network_layout(plan, schedule(plan))
    for parts in (_layout(plan).routes, network.edges):
        found = {(x.link.predecessor, x.link.successor) for x in parts if x.is_critical}
        assert found == wanted

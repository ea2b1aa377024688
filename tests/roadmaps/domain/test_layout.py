import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings

from core.calendar import russian_calendar
from roadmaps.domain.axis import Zoom
from roadmaps.domain.laid import lay
from roadmaps.domain.layout import GanttLayout, Look, Shape, Stretch, gantt_layout
from roadmaps.domain.layout_data import drawn, layout_to_data
from roadmaps.domain.network import network_layout
from roadmaps.domain.plan import Dependency, Plan, Task
from roadmaps.domain.schedule import schedule
from roadmaps.domain.terms import Baseline, BaselineDates, Constraint, ConstraintKind
from tests.roadmaps.plans import START, plan_of, plans

STAGES = Plan(
    START,
    (
        Task(1, "stage", position=1),
        Task(2, "part", 2, position=2, parent_id=1, done_percent=100),
        Task(3, "other part", 6, position=3, parent_id=1),
        Task(4, "after", 1, position=4),
    ),
    (Dependency(2, 4), Dependency(2, 3)),
)


def _layout(plan: Plan, today: date = START, look: Look | None = None) -> GanttLayout:
    return gantt_layout(lay(plan, russian_calendar()), today, look)


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


def test_of_a_stage_is_done_what_is_done_of_its_parts_by_their_length() -> None:
    stage = _layout(STAGES).bars[0]
    assert (stage.shape, stage.start, stage.end) == (Shape.STAGE, 1.0, 11.0)
    assert stage.done_end == 1.0 + 10.0 * 2 / 8


def test_today_is_left_out_when_it_is_not_on_the_chart() -> None:
    plan = plan_of(4)
    assert _layout(plan, START + timedelta(days=1)).today == 2.0
    assert _layout(plan, START - timedelta(days=30)).today is None


def test_an_empty_plan_has_a_layout_too() -> None:
    layout = _layout(Plan(START))
    assert (layout.bars, layout.routes) == ((), ())
    assert layout.days > 0


def test_the_latest_baseline_lies_behind_the_bars_and_widens_the_chart() -> None:
    agreed = BaselineDates(1, datetime(2026, 1, 26), datetime(2026, 1, 30), 5)
    late = BaselineDates(1, datetime(2026, 2, 3), datetime(2026, 2, 3), 0)
    plan = replace(plan_of(2), baselines=(Baseline(1, (agreed,), "first"), Baseline(0, (late,))))
    layout = _layout(plan)
    assert layout.origin == date(2026, 1, 25)
    assert (layout.bars[0].start, layout.bars[0].agreed) == (8.0, Stretch(1.0, 6.0))
    other = _layout(plan, look=Look(baseline=0))
    assert other.bars[0].agreed == Stretch(3.0, 3.0)
    assert _layout(plan, look=Look(baseline=7)).bars[0].agreed is None


def test_a_deadline_is_the_end_of_its_day_and_is_missed_after_it() -> None:
    kept, missed = (datetime(2026, 2, day) for day in (4, 3))
    bound = Constraint(ConstraintKind.SNET, datetime(2026, 2, 2))
    plan = plan_of(3, 3)
    one, other = plan.tasks
    layout = _layout(
        replace(
            plan,
            tasks=(replace(one, deadline=kept, constraint=bound), replace(other, deadline=missed)),
        )
    )
    assert [(x.deadline, x.misses_deadline) for x in layout.bars] == [(4.0, False), (3.0, True)]
    assert [x.bound for x in layout.bars] == [1.0, None]


def test_a_collapsed_stage_hides_its_parts_and_takes_over_their_links() -> None:
    layout = _layout(STAGES, look=Look(collapsed=frozenset({1})))
    assert [(bar.task.id, bar.y, bar.is_collapsed) for bar in layout.bars] == [
        (1, 0.5, True),
        (4, 1.5, False),
    ]
    (route,) = layout.routes
    assert (route.points[0], route.points[-1]) == ((3.0, 0.5), (3.0, 1.5))


def test_tasks_asked_for_come_with_the_stages_above_them() -> None:
    layout = _layout(STAGES, look=Look(only=frozenset({3, 99})))
    assert [(bar.task.id, bar.y) for bar in layout.bars] == [(1, 0.5), (3, 1.5)]
    assert layout.routes == ()


@pytest.mark.parametrize(
    ("length", "zoom"),
    [
        (3, Zoom.DAYS),
        (60, Zoom.WEEKS),
        (250, Zoom.MONTHS),
        (1_000, Zoom.QUARTERS),
        (2_400, Zoom.YEARS),
    ],
)
def test_a_longer_plan_is_looked_at_from_farther_away(length: int, zoom: Zoom) -> None:
    layout = _layout(plan_of(length))
    assert layout.axis.zoom is zoom
    assert 1 <= len(layout.axis.lower) <= 45
    for row in (layout.axis.lower, layout.axis.upper):
        edges = [(cell.start, cell.end) for cell in row]
        assert not edges or (edges[0][0], edges[-1][1]) == (0.0, layout.days)
        assert all(one[1] == other[0] for one, other in pairwise(edges))


@pytest.mark.parametrize("zoom", Zoom)
def test_a_zoom_asked_for_is_kept(zoom: Zoom) -> None:
    layout = _layout(plan_of(40), look=Look(zoom=zoom))
    assert (layout.axis.zoom, layout.day_width) == (zoom, zoom.day_width)


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


@given(plans(), plans())
@settings(max_examples=60, deadline=None)
def test_what_was_written_before_changes_nothing_but_the_time(one: Plan, other: Plan) -> None:
    before, after = _layout(one), _layout(other)
    _drawn, written = drawn(before)
    assert drawn(after, written)[0].text == drawn(after)[0].text
    assert json.loads(drawn(after)[0].text) == json.loads(json.dumps(layout_to_data(after)))


def test_of_a_changed_plan_only_what_differs_is_written_anew() -> None:
    plan = plan_of(5, 1, 2, links="A-B")
    _drawn, before = drawn(_layout(plan))
    changed = replace(plan, tasks=(*plan.tasks[:2], replace(plan.tasks[2], done_percent=50)))
    _drawn, after = drawn(_layout(changed), before)
    kept = [new is old for new, old in zip(after.rows, before.rows, strict=True)]
    assert kept == [True, True, False]
    assert after.links[0] is before.links[0]

from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings

from core.calendar import russian_calendar
from core.i18n import translator
from core.ui.theme import PALETTE
from roadmaps.charts import Flow, Look, gantt, gantt_words, network
from roadmaps.domain.edits_plan import baseline_of
from roadmaps.domain.laid import lay
from roadmaps.domain.layout import GanttLayout, Stretch, gantt_layout
from roadmaps.domain.network import network_layout
from roadmaps.domain.plan import Plan, Task
from roadmaps.domain.schedule import schedule
from roadmaps.domain.terms import Baseline, BaselineDates, Constraint, ConstraintKind
from tests.roadmaps.plans import START, plan_of, plans

PLAN = plan_of(2, 5, 3, 0, links="A-B A-C:ss+1 B-D C-D")


def _layout(plan: Plan, today: date = START) -> GanttLayout:
    return gantt_layout(lay(plan, russian_calendar()), today)


def test_the_critical_path_differs_by_colour_and_by_pattern() -> None:
    figure = gantt(_layout(PLAN), translator("ru"))
    bars = [trace for trace in figure.data if trace.type == "bar" and trace.marker.pattern.shape]
    (critical,) = bars
    assert critical.marker.color == PALETTE.critical
    assert list(critical.y) == [0.5, 1.5]
    plain = [t for t in figure.data if t.type == "bar" and t.marker.color == PALETTE.plan]
    assert list(plain[0].y) == [2.5]


@pytest.mark.parametrize(("language", "month"), [("ru", "февраль 2026"), ("en", "February 2026")])
def test_ticks_are_in_the_readers_language_and_name_a_month_once(language: str, month: str) -> None:
    axis = gantt(_layout(PLAN), translator(language)).layout.xaxis
    assert [text for text in axis.ticktext if month in text] == [f"{month} <br>1"]
    assert axis.ticktext[:3] == (f"{month} <br>1", " <br>2", " <br>3")
    assert all(a < b for a, b in pairwise(axis.tickvals))


def test_what_was_agreed_and_a_missed_deadline_are_drawn() -> None:
    agreed = BaselineDates(1, datetime(2026, 2, 2), datetime(2026, 2, 2), 1)
    first = replace(PLAN.tasks[0], deadline=datetime(2026, 2, 2))
    plan = replace(PLAN, tasks=(first, *PLAN.tasks[1:]), baselines=(Baseline(0, (agreed,)),))
    figure = gantt(_layout(plan), translator("ru"))
    (line,) = [x for x in figure.data if x.type == "bar" and x.marker.color == PALETTE.soft]
    assert (line.base, line.x) == ((1.0,), (1.0,))
    (mark,) = [
        x for x in figure.data if x.type == "scatter" and x.marker.symbol == ("triangle-down",)
    ]
    assert (mark.x, mark.marker.color) == ((2.0,), (PALETTE.critical,))


def test_today_and_days_off_are_drawn() -> None:
    figure = gantt(_layout(PLAN), translator("ru"))
    assert [a.text for a in figure.layout.annotations] == ["сегодня"]
    assert [shape.type for shape in figure.layout.shapes] == ["line"]
    (off,) = [trace for trace in figure.data if trace.type == "scatter" and trace.mode == "none"]
    assert [x for x in off.x if x is not None][:2] == [0.0, 1.0]


def test_a_baseline_before_the_plan_makes_room_for_itself() -> None:
    moved = Task(1, "A", 2, constraint=Constraint(ConstraintKind.SNET, datetime(2026, 2, 9)))
    early = BaselineDates(1, datetime(2026, 1, 26), datetime(2026, 1, 27), 2)
    baseline = Baseline(0, (early, BaselineDates(9, None, None)), "<script>")
    layout = _layout(Plan(START, (moved,), baselines=(baseline,)))
    (bar,) = layout.bars
    assert (layout.origin, bar.agreed) == (date(2026, 1, 25), Stretch(1.0, 3.0))
    assert "<script" not in gantt(layout, translator("ru")).to_json()


def test_a_baseline_that_ends_before_it_begins_is_not_drawn() -> None:
    turned = BaselineDates(1, datetime(2026, 2, 9), datetime(2026, 2, 4), 2)
    layout = _layout(Plan(START, (Task(1, "A", 2),), baselines=(Baseline(0, (turned,)),)))
    assert [bar.agreed for bar in layout.bars] == [None]


def test_a_deadline_is_filled_when_it_is_missed() -> None:
    tasks = tuple(Task(n, "A", 2, deadline=datetime(2026, 2, day)) for n, day in ((1, 2), (2, 3)))
    figure = gantt(_layout(Plan(START, tasks)), translator("ru"))
    symbols = [trace.marker.symbol for trace in figure.data if trace.type == "scatter"]
    assert ("triangle-down", "triangle-down-open") in symbols


def test_a_script_in_a_title_stays_a_text() -> None:
    plan = Plan(START, (Task(1, "<script>alert(1)</script>", 1),))
    result = schedule(plan)
    for figure in (
        gantt(_layout(plan), translator("en")),
        network(network_layout(plan, result), translator("en")),
    ):
        assert "<script" not in figure.to_json()


def test_the_words_for_the_chart_name_the_critical_tasks() -> None:
    said = gantt_words(_layout(PLAN), translator("en"))
    assert said == "Gantt chart: 4 tasks, 7 working days. Critical path: A, B, D."


def test_the_network_outlines_the_critical_path_thicker() -> None:
    figure = network(network_layout(PLAN, schedule(PLAN)), translator("ru"))
    boxes = {
        (trace.line.width, trace.line.dash): list(trace.x).count(None)
        for trace in figure.data
        if trace.fill == "toself"
    }
    assert boxes == {(3, "solid"): 2, (3, "dot"): 1, (1.2, "solid"): 1, (1.2, "dot"): 0}
    texts = [text for trace in figure.data for text in trace.text or ()]
    assert "НН+1" in texts


@settings(deadline=None, max_examples=12)
@given(plans())
def test_every_plan_can_be_drawn_in_both_ways(plan: Plan) -> None:
    _ = translator("ru")
    assert gantt(_layout(plan), _).layout.height > 0
    assert network(network_layout(plan, schedule(plan)), _).layout.height > 0


def test_a_chosen_task_and_its_links_are_drawn_blue_and_boxes_say_which_was_pressed() -> None:
    layout = network_layout(PLAN, schedule(PLAN))
    for flow in Flow:
        figure = network(layout, translator("ru"), Look(flow, chosen=3))
        blue = [trace for trace in figure.data if trace.line.color == PALETTE.today]
        assert [list(trace.y).count(None) for trace in blue] == [2, 1]
        (pressed,) = [trace for trace in figure.data if trace.customdata is not None]
        assert set(pressed.customdata) == {1, 2, 3, 4}


def test_a_milestone_that_stands_where_it_was_agreed_is_drawn_there() -> None:
    plan = plan_of(0, 2, 0, links="A-B B-C")
    laid = lay(plan, russian_calendar())
    kept = replace(plan, baselines=(baseline_of(laid, "Было", datetime(2026, 2, 2), 1),))
    for bar in _layout(kept).bars:
        assert bar.agreed == Stretch(bar.start, bar.end)

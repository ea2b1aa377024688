"""Pictures of the hours page."""

from datetime import date
from itertools import pairwise

import pytest

from core.calendar import russian_calendar
from core.i18n import translator
from dashboards.charts import parts, promise, span, weeks
from hours.domain.figures import HoursFigure
from hours.domain.pace import Pace, pace
from hours.domain.periods import Period, Quarter

Q4 = Quarter(2026, 4).period
EN, RU = translator("en"), translator("ru")
DAYS = {date(2026, 10, 5): 7_000, date(2026, 11, 20): 776}


def of(plan: int, today: date = date(2026, 11, 23)) -> Pace:
    return pace(plan, DAYS, Q4, today, russian_calendar())


def test_the_promise_shows_plan_fact_and_what_is_due() -> None:
    figure = promise(of(15_000), EN)
    plan, done = figure.data
    assert (plan.x, done.x) == ((15_000,), (7_776,))
    assert figure.layout.shapes[0].x0 == 8_437
    assert figure.layout.annotations[0].text == "due by today: 140 h 37 min"


def test_a_promise_exceeded_stays_inside_the_picture() -> None:
    figure = promise(of(600), EN)
    assert figure.layout.xaxis.range[1] > 7_776


def test_nothing_is_due_before_the_quarter_and_after_it() -> None:
    for today in (date(2026, 9, 1), date(2027, 1, 10)):
        assert not promise(of(15_000, today), EN).layout.shapes


def test_the_weeks_show_every_minute_and_both_levels() -> None:
    figure = weeks(HoursFigure(7_776, tuple(DAYS.items()), (), (), ()).by_week(Q4), of(15_000), RU)
    columns, plan, needed = figure.data
    assert sum(columns.y) == 7_776
    assert sum(plan.y) == 2 * 15_000  # each level has a left and a right end
    assert sum(needed.y) == 2 * 7_224
    assert figure.layout.yaxis.range[0] == 0
    assert [mark.text for mark in figure.layout.annotations] == [
        "ровный план", "нужно: 21 ч 30 мин в неделю"
    ]  # fmt: skip


def test_weeks_without_a_promise_have_no_levels() -> None:
    done = [(week, 60) for week in Q4.weeks()]
    for unplanned in (None, of(0)):
        assert len(weeks(done, unplanned, EN).data) == 1


def test_parts_are_drawn_from_zero_with_names_as_they_are_written() -> None:
    figure = parts([("Борис <b>Седов</b>", 75), ("Анна", 60)], EN)
    assert figure.layout.xaxis.range[0] == 0
    assert figure.layout.yaxis.ticktext == ("Борис &lt;b&gt;Седов&lt;/b&gt;", "Анна")
    assert figure.data[0].text == ("1 h 15 min", "1 h")


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_week_is_named_by_its_days(language: str) -> None:
    words = translator(language)
    one = Period(date(2026, 11, 1), date(2026, 11, 2))
    assert span(one, words) == words.day(date(2026, 11, 1))
    names = [span(week, words) for week in Q4.weeks()]
    assert all(before != after for before, after in pairwise(names))

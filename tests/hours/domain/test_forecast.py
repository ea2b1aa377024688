"""Where a promise will probably end."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.calendar import russian_calendar
from hours.domain.forecast import Forecast, forecast, past_weeks, student_quantile

# Two-sided critical values, any textbook's table of Student's t.
TABLE = {
    (1, 0.8): 3.078, (2, 0.8): 1.886, (3, 0.8): 1.638, (5, 0.8): 1.476, (10, 0.8): 1.372,
    (12, 0.8): 1.356, (1, 0.95): 12.706, (4, 0.95): 2.776, (9, 0.95): 2.262, (12, 0.95): 2.179,
    (30, 0.95): 2.042,
}  # fmt: skip


@pytest.mark.parametrize(("freedom", "confidence"), TABLE)
def test_quantiles_are_those_of_the_tables(freedom: int, confidence: float) -> None:
    assert round(student_quantile(freedom, confidence), 3) == TABLE[freedom, confidence]


def test_a_steady_pace_is_carried_on_without_doubt() -> None:
    assert forecast(1000, 10, [(500, 5)] * 4) == Forecast(2000, 2000, 2000, 4)


def test_an_uneven_pace_has_an_interval_by_students_t() -> None:
    # mean 500 a week of 5 days, s² = (200² + 200² + 0 + 0) / 5 / 3, t(3) = 1.638, r = 10, W = 20
    # margin = 1.638 · √(16000 / 3) · √(10 + 100 / 20) = 463.2
    assert forecast(0, 10, [(300, 5), (700, 5), (500, 5), (500, 5)]) == Forecast(537, 1000, 1463, 4)


def test_three_weeks_say_nothing() -> None:
    assert forecast(0, 10, [(500, 5)] * 3) is None


def test_at_the_end_the_forecast_is_what_is_done() -> None:
    assert forecast(777, 0, [(300, 5), (700, 5), (500, 5), (500, 5)]) == Forecast(777, 777, 777, 4)


def test_weeks_are_whole_and_lie_before_today() -> None:
    today = date(2026, 11, 25)
    facts = {date(2026, 11, 16): 60, date(2026, 11, 22): 5, date(2026, 11, 23): 900}
    weeks = past_weeks(facts, today, date(2026, 11, 2), russian_calendar())
    assert weeks == ((0, 4), (0, 5), (65, 5))  # 4 November is a holiday


@given(
    st.integers(0, 10_000),
    st.integers(0, 60),
    st.lists(st.tuples(st.integers(0, 3000), st.integers(1, 6)), min_size=4, max_size=13),
)
def test_the_interval_holds_the_likely_figure_and_never_less_than_is_done(
    done: int, days_left: int, weeks: list[tuple[int, int]]
) -> None:
    found = forecast(done, days_left, weeks)
    assert found is not None
    assert done <= found.low <= found.likely <= found.high

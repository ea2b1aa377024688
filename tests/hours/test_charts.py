"""Pictures of work time."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.i18n import translator
from hours.charts import day_columns, hour_ticks


@given(st.integers(0, 200_000))
def test_ticks_are_whole_hours_from_zero_and_few(most: int) -> None:
    ticks = hour_ticks(most)
    assert ticks[0] == 0
    assert 2 <= len(ticks) <= 6
    assert all(tick % 60 == 0 for tick in ticks)


@pytest.mark.parametrize(("language", "hour"), [("ru", "1 ч"), ("en", "1 h")])
def test_a_month_is_drawn_day_by_day(language: str, hour: str) -> None:
    days = [(date(2026, 11, 1) + timedelta(days=number), number) for number in range(30)]
    figure = day_columns(days, translator(language))
    assert figure.data[0].y == tuple(range(30))
    assert hour in figure.layout.yaxis.ticktext


def test_a_month_without_time_still_has_an_axis() -> None:
    figure = day_columns([(date(2026, 11, 1), 0)], translator("en"))
    assert figure.layout.yaxis.range[1] >= 60

"""Rounding at the grain of a report, and when a month closes."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hours.domain.policy import STEPS, rounded, rounding_error
from hours.domain.states import is_closed_by_time


@pytest.mark.parametrize(
    ("minutes", "step", "expected"),
    [(7, 0, 7), (7, 5, 5), (8, 5, 10), (7, 15, 0), (8, 15, 15), (22, 15, 15), (23, 15, 30),
     (15, 30, 30), (45, 30, 60), (14, 30, 0), (10, 30, 0)],
)  # fmt: skip
def test_minutes_go_to_the_nearest_step_and_an_exact_half_up(
    minutes: int, step: int, expected: int
) -> None:
    assert rounded(minutes, step) == expected


@given(st.integers(0, 10**6), st.sampled_from(STEPS))
def test_a_figure_is_never_moved_by_more_than_half_a_step(minutes: int, step: int) -> None:
    found = rounded(minutes, step)
    assert 2 * abs(found - minutes) <= step
    assert found % step == 0 if step else found == minutes


def test_two_entries_of_five_minutes_are_ten_and_not_thirty() -> None:
    assert rounded(5 + 5, 15) == 15
    assert rounding_error([5, 5], 15) == -15


@pytest.mark.parametrize(
    ("today", "closed"),
    [(date(2026, 11, 30), False), (date(2026, 12, 10), False), (date(2026, 12, 11), True)],
)
def test_a_month_closes_after_its_grace(today: date, closed: bool) -> None:
    assert closed == is_closed_by_time(date(2026, 11, 2), today, 10, date(2026, 11, 1))
    assert not is_closed_by_time(date(2026, 10, 31), today, 10, date(2026, 11, 1))
    assert not is_closed_by_time(date(2026, 11, 2), today, 10, None)

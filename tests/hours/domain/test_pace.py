"""What a quarter still needs."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.calendar import russian_calendar
from hours.domain.pace import PaceState, pace
from hours.domain.periods import Period, Quarter

CALENDAR = russian_calendar()
Q4 = Quarter(2026, 4).period
TODAY = date(2026, 11, 23)
FIGURES = st.dictionaries(st.dates(Q4.starts_on, Q4.last_day), st.integers(1, 960), max_size=60)


class NoDay:
    def is_working(self, day: date, /) -> bool:
        return False


@given(st.integers(0, 30_000), FIGURES, st.dates(date(2026, 9, 1), date(2027, 2, 1)))
def test_weeks_add_up_to_the_whole(plan: int, facts: dict[date, int], today: date) -> None:
    result = pace(plan, facts, Q4, today, CALENDAR)
    assert sum(facts.values()) == result.done == sum(week.done for week in result.weeks)
    assert plan == sum(week.planned for week in result.weeks)
    assert sum(week.needed for week in result.weeks) == (result.left if result.days_left else 0)


@given(st.integers(0, 30_000), FIGURES, st.dates(Q4.starts_on, Q4.last_day))
def test_keeping_the_daily_pace_keeps_the_promise(
    plan: int, facts: dict[date, int], today: date
) -> None:
    result = pace(plan, facts, Q4, today, CALENDAR)
    if result.days_left:
        assert result.per_day * result.days_left >= result.left
        assert max(result.per_day - 1, 0) * result.days_left <= result.left
    assert result.per_day <= result.per_week <= result.left


@given(st.integers(1, 30_000), st.dates(Q4.starts_on, Q4.last_day))
def test_what_is_expected_grows_by_working_days_up_to_the_plan(plan: int, today: date) -> None:
    result = pace(plan, {}, Q4, today, CALENDAR)
    assert sum(CALENDAR.is_working(day) for day in Q4.dates() if day >= today) == result.days_left
    later = pace(plan, {}, Q4, today + timedelta(days=1), CALENDAR)
    assert CALENDAR.is_working(today) or result.expected == later.expected
    assert result.expected <= later.expected <= plan
    assert plan == pace(plan, {}, Q4, Q4.ends_before, CALENDAR).expected


def test_the_end_of_november_needs_twenty_one_and_a_half_hours_a_week() -> None:
    """Counted by hand: 64 working days in the quarter (22 + 20 + 22), 28 of them from 23 November on."""
    result = pace(250 * 60, {date(2026, 10, 5): 7_776}, Q4, TODAY, CALENDAR)
    assert 28 == CALENDAR.between(TODAY, Q4.ends_before) == result.days_left
    assert result.left == 15_000 - 7_776 == 7_224
    assert result.per_day == 258
    assert result.per_week == 1_290  # 21 h 30 min
    assert result.expected == 15_000 * 36 // 64
    assert result.state is PaceState.BEHIND


@pytest.mark.parametrize(
    ("plan", "done", "today", "state"),
    [
        (0, 500, TODAY, PaceState.NO_PLAN),
        (15_000, 15_000, TODAY, PaceState.KEPT),
        (15_000, 14_999, date(2027, 1, 1), PaceState.MISSED),
        (15_000, 100, date(2026, 9, 30), PaceState.AHEAD_OF_START),
        (15_000, 8_437, TODAY, PaceState.ON_TRACK),
        (15_000, 8_437 + 234, TODAY, PaceState.ON_TRACK),
        (15_000, 8_437 + 235, TODAY, PaceState.AHEAD),
        (15_000, 8_437 - 234, TODAY, PaceState.ON_TRACK),
        (15_000, 8_437 - 235, TODAY, PaceState.BEHIND),
    ],
)
def test_a_word_says_how_the_promise_stands(
    plan: int, done: int, today: date, state: PaceState
) -> None:
    assert state is pace(plan, {Q4.starts_on: done}, Q4, today, CALENDAR).state


def test_after_the_last_working_day_everything_left_is_needed_at_once() -> None:
    result = pace(15_000, {}, Q4, date(2026, 12, 31), CALENDAR)
    assert result.days_left == 0
    assert result.left == result.per_day == result.per_week == 15_000


def test_facts_outside_the_period_are_not_counted() -> None:
    outside = {Q4.starts_on - timedelta(days=1): 60, Q4.ends_before: 60}
    assert pace(15_000, outside, Q4, TODAY, CALENDAR).done == 0


def test_a_period_without_working_days_counts_every_day() -> None:
    result = pace(70, {}, Period(date(2026, 1, 5), date(2026, 1, 12)), date(2026, 1, 8), NoDay())
    assert (result.expected, result.days_left, result.per_day) == (30, 4, 18)


def test_a_quarter_with_nothing_promised_has_no_share() -> None:
    assert pace(0, {}, Q4, TODAY, CALENDAR).share == 0

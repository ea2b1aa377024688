"""The days of a series."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.domain.repeat import LONGEST, EmptySeriesError, Repeat, Rhythm, occasions
from core.errors import OutOfRangeError

MONDAY = date(2026, 11, 23)
WEEKLY = Repeat(Rhythm.WEEKLY, times=3)


def always(_day: date) -> bool:
    return True


def days(first: date, repeat: Repeat, is_working=always) -> list[date]:
    return [one.on for one in occasions(first, repeat, is_working) if not one.is_skipped]


def test_a_week_and_two_weeks_and_a_month_repeat() -> None:
    week, two = timedelta(weeks=1), timedelta(weeks=2)
    assert days(MONDAY, WEEKLY) == [MONDAY, MONDAY + week, MONDAY + 2 * week]
    assert days(MONDAY, Repeat(Rhythm.FORTNIGHTLY, times=2)) == [MONDAY, MONDAY + two]
    assert days(MONDAY, Repeat(Rhythm.MONTHLY, times=2)) == [MONDAY, date(2026, 12, 23)]


def test_the_end_of_a_month_stays_the_end_and_comes_back() -> None:
    assert days(date(2027, 1, 31), Repeat(Rhythm.MONTHLY, times=4)) == [
        date(2027, 1, 31),
        date(2027, 2, 28),
        date(2027, 3, 31),
        date(2027, 4, 30),
    ]


def test_the_last_day_itself_belongs_to_the_series() -> None:
    until = MONDAY + timedelta(weeks=1)
    assert days(MONDAY, Repeat(Rhythm.WEEKLY, until=until)) == [MONDAY, until]


def test_a_day_off_falls_away_and_counts_as_one_time() -> None:
    off = MONDAY + timedelta(weeks=1)
    repeat = Repeat(Rhythm.WEEKLY, times=3, skips_days_off=True)

    assert days(MONDAY, repeat, lambda day: day != off) == [MONDAY, MONDAY + timedelta(weeks=2)]


def test_a_series_of_days_off_is_refused() -> None:
    with pytest.raises(EmptySeriesError):
        days(MONDAY, Repeat(Rhythm.WEEKLY, times=3, skips_days_off=True), lambda _day: False)


@pytest.mark.parametrize(
    "repeat",
    [
        Repeat(Rhythm.WEEKLY),
        Repeat(Rhythm.WEEKLY, times=0),
        Repeat(Rhythm.WEEKLY, times=LONGEST + 1),
        Repeat(Rhythm.WEEKLY, until=MONDAY + timedelta(weeks=LONGEST)),
    ],
)
def test_a_series_without_a_sensible_end_is_refused(repeat: Repeat) -> None:
    with pytest.raises(OutOfRangeError):
        days(MONDAY, repeat)


def test_a_series_that_ends_before_it_begins_has_no_day() -> None:
    with pytest.raises(EmptySeriesError):
        days(MONDAY, Repeat(Rhythm.WEEKLY, until=MONDAY - timedelta(days=1)))


@given(
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.sampled_from(Rhythm),
    st.integers(1, LONGEST),
)
def test_days_rise_from_the_first_and_are_as_many_as_asked(first, rhythm, times) -> None:
    found = days(first, Repeat(rhythm, times=times))

    assert found[0] == first
    assert len(found) == times
    assert found == sorted(set(found))

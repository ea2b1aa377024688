"""The days of a series."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.domain.repeat import (
    LONGEST,
    DayOff,
    EmptySeriesError,
    OnDayOff,
    Repeat,
    Rhythm,
    occasions,
)
from core.errors import OutOfRangeError

MONDAY = date(2026, 11, 23)
WEEKLY = Repeat(Rhythm.WEEKLY, times=3)


WEEK = timedelta(weeks=1)


def always(_day: date) -> DayOff | None:
    return None


def off_on(*days: date):
    return lambda day: DayOff.HOLIDAY if day in days else None


def days(first: date, repeat: Repeat, why_off=always) -> list[date]:
    return [one.on for one in occasions(first, repeat, why_off) if not one.is_skipped]


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


def test_for_a_meeting_that_is_left_out_one_comes_at_the_end() -> None:
    repeat = Repeat(Rhythm.WEEKLY, times=3, on_day_off=OnDayOff.LEAVE_OUT)
    found = days(MONDAY, repeat, off_on(MONDAY + WEEK))
    assert found == [MONDAY, MONDAY + 2 * WEEK, MONDAY + 3 * WEEK]


def test_until_a_day_a_day_off_only_falls_away() -> None:
    until = MONDAY + 2 * WEEK
    repeat = Repeat(Rhythm.WEEKLY, until=until, on_day_off=OnDayOff.LEAVE_OUT)
    assert days(MONDAY, repeat, off_on(MONDAY + WEEK)) == [MONDAY, until]


def test_a_meeting_is_moved_to_the_next_working_day() -> None:
    off = MONDAY + WEEK
    repeat = Repeat(Rhythm.WEEKLY, times=3, on_day_off=OnDayOff.MOVE)
    next_day = off + timedelta(days=2)
    found = days(MONDAY, repeat, off_on(off, off + timedelta(days=1)))
    assert found == [MONDAY, next_day, MONDAY + 2 * WEEK]


def test_a_meeting_is_not_moved_onto_the_following_one() -> None:
    first = MONDAY + WEEK
    away = [first + timedelta(days=number) for number in range(7)]
    repeat = Repeat(Rhythm.WEEKLY, times=3, on_day_off=OnDayOff.MOVE)
    found = days(MONDAY, repeat, off_on(*away))
    assert found == [MONDAY, MONDAY + 2 * WEEK, MONDAY + 3 * WEEK]


def test_a_meeting_is_not_moved_behind_the_last_day() -> None:
    until = MONDAY + WEEK
    repeat = Repeat(Rhythm.WEEKLY, until=until, on_day_off=OnDayOff.MOVE)
    assert days(MONDAY, repeat, off_on(until)) == [MONDAY]


def test_a_meeting_may_keep_its_day_off() -> None:
    found = occasions(MONDAY, WEEKLY, off_on(MONDAY))
    assert next((one.on, one.off) for one in found) == (MONDAY, DayOff.HOLIDAY)
    assert days(MONDAY, WEEKLY, off_on(MONDAY)) == [MONDAY, MONDAY + WEEK, MONDAY + 2 * WEEK]


def test_a_series_of_days_off_is_refused() -> None:
    with pytest.raises(EmptySeriesError):
        days(
            MONDAY,
            Repeat(Rhythm.WEEKLY, times=3, on_day_off=OnDayOff.LEAVE_OUT),
            lambda _day: DayOff.OWN,
        )


def test_fewer_meetings_than_asked_are_refused_with_how_many_there_can_be() -> None:
    def off(day: date) -> DayOff | None:
        return None if day.year == MONDAY.year else DayOff.OWN

    repeat = Repeat(Rhythm.WEEKLY, times=7, on_day_off=OnDayOff.LEAVE_OUT)
    with pytest.raises(OutOfRangeError) as refused:
        days(MONDAY, repeat, off)
    assert refused.value.details["high"] == 6
    assert len(days(MONDAY, replace(repeat, times=6), off)) == 6


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

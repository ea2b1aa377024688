"""Periods, quarters and weeks."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InvalidError
from hours.domain.periods import Period, Quarter, month_of

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start = draw(DAYS)
    return Period(start, start + timedelta(days=draw(st.integers(0, 400))))


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2026, 1, 1), "2026-Q1"),
        (date(2026, 3, 31), "2026-Q1"),
        (date(2026, 4, 1), "2026-Q2"),
        (date(2026, 9, 30), "2026-Q3"),
        (date(2026, 10, 1), "2026-Q4"),
        (date(2026, 12, 31), "2026-Q4"),
    ],
)
def test_a_day_belongs_to_its_quarter(day: date, code: str) -> None:
    assert code == Quarter.of(day).code
    assert day in Quarter.of(day).period


@pytest.mark.parametrize(
    ("instant", "code"),
    [
        (datetime(2026, 9, 30, 18, 59, tzinfo=UTC), "2026-Q3"),
        (datetime(2026, 9, 30, 19, 0, tzinfo=UTC), "2026-Q4"),
        (datetime(2014, 6, 30, 17, 59, tzinfo=UTC), "2014-Q2"),  # UTC+6 until October 2014
        (datetime(2014, 6, 30, 18, 0, tzinfo=UTC), "2014-Q3"),
        (datetime(2014, 12, 31, 18, 59, tzinfo=UTC), "2014-Q4"),  # UTC+5 since then
        (datetime(2014, 12, 31, 19, 0, tzinfo=UTC), "2015-Q1"),
    ],
)
def test_a_quarter_begins_at_midnight_in_yekaterinburg(instant: datetime, code: str) -> None:
    local = instant.astimezone(ZoneInfo("Asia/Yekaterinburg"))
    assert code == Quarter.of(local.date()).code


def test_every_day_from_2010_to_2016_begins_once_by_the_clocks_of_yekaterinburg() -> None:
    """Summer time until March 2011, UTC+6 until 26 October 2014, UTC+5 since: 2,557 midnights."""
    zone = ZoneInfo("Asia/Yekaterinburg")
    days = Period(date(2010, 1, 1), date(2017, 1, 1)).dates()
    lengths = Counter()
    for day, after in pairwise([*days, date(2017, 1, 1)]):
        begins, ends = (
            datetime.combine(each, time(), zone).astimezone(UTC) for each in (day, after)
        )
        local = [
            each.astimezone(zone).date() for each in (begins, ends - timedelta(seconds=1), ends)
        ]
        assert local == [day, day, after]
        lengths[ends - begins] += 1
    odd = {timedelta(hours=hours): lengths[timedelta(hours=hours)] for hours in (23, 24, 25)}
    assert odd == {timedelta(hours=23): 2, timedelta(hours=24): 2553, timedelta(hours=25): 2}
    assert lengths.total() == 2557


def test_every_day_from_2010_to_2016_lies_in_one_week_month_and_quarter() -> None:
    whole = Period(date(2010, 1, 1), date(2017, 1, 1))
    quarters = [
        Quarter(year, number).period for year in range(2010, 2017) for number in range(1, 5)
    ]
    months = [
        month_of(date(year, month, 1)) for year in range(2010, 2017) for month in range(1, 13)
    ]
    for parts in (quarters, months, list(whole.weeks())):
        assert [day for part in parts for day in part.dates()] == list(whole.dates())
    for day in whole.dates():
        assert day in Quarter.of(day).period
        assert month_of(day).common(Quarter.of(day).period) == month_of(day)
    weeks = [week for quarter in quarters for week in quarter.weeks()]
    assert [day for week in weeks for day in week.dates()] == list(whole.dates())


@given(DAYS)
def test_a_quarter_is_read_back_from_its_code(day: date) -> None:
    quarter = Quarter.of(day)
    assert quarter == Quarter.parse(quarter.code)


@given(DAYS)
def test_quarters_follow_each_other_without_a_gap(day: date) -> None:
    quarter = Quarter.of(day)
    assert quarter.period.ends_before == quarter.next.period.starts_on
    assert quarter == quarter.next.previous


@pytest.mark.parametrize(
    "code",
    ["", "2026", "2026-Q5", "2026-Q0", "0000-Q1", "9999-Q4", "2026-q1", "DROP", "２０２６-Q٣"],
)
def test_a_word_that_names_no_quarter_is_refused(code: str) -> None:
    with pytest.raises(InvalidError):
        Quarter.parse(code)


@given(periods())
def test_weeks_together_are_the_period(period: Period) -> None:
    weeks = period.weeks()
    assert period.dates() == tuple(day for week in weeks for day in week.dates())
    assert all(week.days for week in weeks)
    assert all(after.starts_on.weekday() == 0 for _, after in pairwise(weeks))


@given(periods(), periods())
def test_common_days_are_those_of_both(one: Period, other: Period) -> None:
    both = set(one.dates()) & set(other.dates())
    assert both == set(one.common(other).dates())


@given(periods())
def test_every_quarter_of_a_period_is_listed_once(period: Period) -> None:
    expected = sorted({Quarter.of(day) for day in period.dates()})
    assert expected == list(period.quarters())


def test_the_fourth_quarter_of_2026_has_short_first_and_last_weeks() -> None:
    weeks = Quarter(2026, 4).period.weeks()
    assert Period(date(2026, 10, 1), date(2026, 10, 5)) == weeks[0]
    assert Period(date(2026, 12, 28), date(2027, 1, 1)) == weeks[-1]
    assert len(weeks) == 14


@pytest.mark.parametrize("day", [date(2026, 2, 1), date(2026, 2, 28)])
def test_a_month_holds_its_first_and_last_day(day: date) -> None:
    assert Period(date(2026, 2, 1), date(2026, 3, 1)) == month_of(day)

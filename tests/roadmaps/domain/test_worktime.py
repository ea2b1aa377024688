from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.calendar import russian_calendar
from roadmaps.domain.calendar import OFFICE_HOURS, OwnCalendar
from roadmaps.domain.errors import NoWorkingTimeError
from roadmaps.domain.plan import Plan, PlanUnit
from roadmaps.domain.worktime import WorkTime, work_time

FRIDAY = date(2026, 6, 5)
SHORT = OwnCalendar(hours=(8, 9, 13))


def _time(
    unit: PlanUnit, start: date = FRIDAY, minute: int = 0, own: OwnCalendar | None = None
) -> WorkTime:
    plan = Plan(start, unit=unit, starts_minute=minute, own_calendar=own)
    return work_time(plan, russian_calendar())


def test_days_skip_weekends_and_russias_holidays() -> None:
    when = _time(PlanUnit.DAY)
    days = [when.begin(n).date().day for n in range(6)]
    assert days == [5, 8, 9, 10, 11, 15]  # 12 June is Russia Day


def test_a_plan_that_starts_on_a_day_off_begins_on_the_next_working_day() -> None:
    assert _time(PlanUnit.DAY, date(2026, 1, 1)).begin(0) == datetime(2026, 1, 12)


def test_a_moved_saturday_is_worked() -> None:
    assert _time(PlanUnit.DAY, date(2025, 11, 1)).begin(0) == datetime(2025, 11, 1)


def test_a_task_in_days_ends_on_its_last_day_and_a_milestone_on_the_day_before_it() -> None:
    when = _time(PlanUnit.DAY)
    assert (when.span(0, 2).start.day, when.span(0, 2).finish.day) == (5, 8)
    assert when.span(2, 2).start == when.span(2, 2).finish == datetime(2026, 6, 8)
    assert when.span(0, 0).finish == datetime(2026, 6, 5)


def test_hours_run_through_the_day_and_over_the_lunch() -> None:
    when = _time(PlanUnit.HOUR, own=SHORT)
    assert [when.begin(n).hour for n in range(4)] == [8, 9, 13, 8]
    assert when.span(0, 2).finish == datetime(2026, 6, 5, 10)
    assert when.span(2, 4).start == datetime(2026, 6, 5, 13)
    assert when.span(2, 4).finish == datetime(2026, 6, 8, 9)


@pytest.mark.parametrize(
    ("minute", "expected"),
    [
        (0, datetime(2026, 6, 5, 8)),
        (9 * 60, datetime(2026, 6, 5, 9)),
        (8 * 60 + 20, datetime(2026, 6, 5, 9)),
        (11 * 60, datetime(2026, 6, 5, 13)),
        (19 * 60, datetime(2026, 6, 8, 8)),
    ],
)
def test_a_plan_in_hours_starts_at_the_first_whole_working_hour(
    minute: int, expected: datetime
) -> None:
    assert _time(PlanUnit.HOUR, minute=minute, own=SHORT).begin(0) == expected


def test_minutes_are_counted_inside_working_hours() -> None:
    when = _time(PlanUnit.MINUTE, minute=9 * 60 + 50, own=SHORT)
    assert when.begin(0) == datetime(2026, 6, 5, 9, 50)
    assert when.begin(10) == datetime(2026, 6, 5, 13)
    assert when.end(10) == datetime(2026, 6, 5, 10)
    assert when.end(71) == datetime(2026, 6, 8, 8, 1)


def test_a_plan_in_hours_without_a_calendar_of_its_own_works_in_office_hours() -> None:
    when = _time(PlanUnit.HOUR)
    assert tuple(when.begin(n).hour for n in range(8)) == OFFICE_HOURS


def test_a_calendar_without_working_days_is_refused() -> None:
    endless = OwnCalendar(weekdays=())
    with pytest.raises(NoWorkingTimeError):
        _time(PlanUnit.DAY, own=endless)


@given(
    st.sampled_from(PlanUnit), st.integers(0, 3_000), st.dates(date(2024, 1, 1), date(2027, 1, 1))
)
def test_later_units_begin_later_and_nothing_begins_on_a_day_off(unit, units, start) -> None:
    when = _time(unit, start)
    assert when.begin(units) < when.begin(units + 1)
    assert when.is_working(when.begin(units).date())
    assert when.end(units + 1) >= when.begin(units)


class _Slow:
    """Days all of which are worked; who asks first for a late year is kept waiting."""

    def __init__(self) -> None:
        self.entered, self.go = Event(), Event()

    def is_working(self, day: date) -> bool:
        if day == date(2033, 1, 1) and not self.entered.is_set():
            self.entered.set()
            self.go.wait(timeout=0.3)
        return True


def test_who_needs_a_line_and_is_slow_lays_none_shorter_than_another_has_laid_since() -> None:
    days = _Slow()
    when = WorkTime(days, Plan(date(2026, 1, 1)))
    near, far = 366 * 7, 366 * 20
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(when.tick, near)
        days.entered.wait(timeout=5)
        assert when.tick(far) - when.origin == far
        days.go.set()
        assert slow.result() - when.origin == near
    assert when.over(near)[0].last > when.origin + far

"""Working days of Russia: published norms of the production calendar."""

import os
import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.calendar import WorkCalendar, russian_calendar

DAYS = st.dates(date(2019, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("year", "working"),
    # Days worked in a five-day week, as the production calendars of these years state.
    [(2020, 248), (2021, 247), (2022, 247), (2023, 247), (2024, 248), (2025, 247), (2026, 247)],
)
def test_year_has_the_published_number_of_working_days(year, working) -> None:
    assert working == russian_calendar().between(date(year, 1, 1), date(year + 1, 1, 1))


def test_transferred_saturday_is_worked_and_its_monday_is_not() -> None:
    calendar = russian_calendar()
    assert calendar.is_working(date(2024, 4, 27))  # Saturday, worked for Monday 29 April
    assert not calendar.is_working(date(2024, 4, 29))
    assert calendar.is_working(date(2025, 11, 1))  # Saturday, worked for Monday 3 November
    assert not calendar.is_working(date(2025, 11, 3))


def test_year_without_a_decree_is_preliminary() -> None:
    calendar = russian_calendar()
    assert () == calendar.preliminary_years(date(2024, 1, 1), date(2026, 12, 31))
    assert (2030,) == calendar.preliminary_years(date(2030, 5, 1), date(2030, 6, 1))


def test_a_server_of_any_language_knows_the_decrees() -> None:
    program = "from core.calendar import is_preliminary; print(is_preliminary('ru', 2025))"
    for language in ("ru_RU.UTF-8", "en_US.UTF-8", "C"):
        told = subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "LANGUAGE": language, "LANG": language},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert told.stdout == "False\n"


def test_centre_may_rest_on_a_working_day_and_work_on_a_holiday() -> None:
    own = WorkCalendar("ru", {date(2026, 11, 24): False, date(2026, 11, 28): True})
    assert not own.is_working(date(2026, 11, 24))
    assert own.is_working(date(2026, 11, 28))
    assert 5 == own.between(date(2026, 11, 23), date(2026, 11, 30))
    assert date(2026, 11, 25) == own.add(date(2026, 11, 23), 1)


@given(DAYS, st.integers(0, 300))
def test_count_is_the_sum_of_its_days(start, length) -> None:
    calendar, end = russian_calendar(), start + timedelta(days=length)
    each = [start + timedelta(days=n) for n in range(length)]
    worked = tuple(day for day in each if calendar.is_working(day))
    assert len(worked) == calendar.between(start, end)
    assert worked == calendar.working_days(start, end)


@given(DAYS, st.integers(0, 60))
def test_adding_days_lands_that_many_working_days_later(start, days) -> None:
    calendar = russian_calendar()
    landed = calendar.add(start, days)
    assert calendar.is_working(landed)
    assert days == calendar.between(calendar.add(start, 0), landed)

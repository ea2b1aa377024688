"""Agreements: their periods, the parts of them, what is carried over."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.calendar import russian_calendar
from core.errors import DomainError, OutOfRangeError, RequiredError, TooLongError
from hours.domain.agreements import (
    AgreementPlan,
    Measure,
    ProRata,
    Served,
    Terms,
    carried,
    served_on,
)
from hours.domain.entries import Activity
from hours.domain.periods import Period

CALENDAR = russian_calendar()
GRANT = Terms("Grant", date(2026, 2, 1), date(2026, 11, 15), "City", 3)


def test_periods_run_from_the_agreements_own_first_day() -> None:
    assert [(p.starts_on, p.ends_before) for p in GRANT.periods(date.max)] == [
        (date(2026, 2, 1), date(2026, 5, 1)), (date(2026, 5, 1), date(2026, 8, 1)),
        (date(2026, 8, 1), date(2026, 11, 1)), (date(2026, 11, 1), date(2026, 11, 16)),
    ]  # fmt: skip
    assert GRANT.period_at(date(2026, 11, 15)) == Period(date(2026, 11, 1), date(2026, 11, 16))
    assert GRANT.period_at(date(2026, 11, 16)) is None


def test_a_month_that_begins_on_the_31st_ends_with_the_month() -> None:
    terms = Terms("A", date(2026, 1, 31), None, "", 1)
    starts = [period.starts_on for period in terms.periods(date(2026, 5, 1))]
    assert starts == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]


def test_a_cut_period_gets_its_part_by_the_days_that_the_agreement_names() -> None:
    last = GRANT.periods(date.max)[-1]
    # 1 November until 31 January: 22 + 20... working days by the production calendar, 9 until 15th
    working = len(CALENDAR.working_days(date(2026, 11, 1), date(2027, 2, 1)))
    until = len(CALENDAR.working_days(date(2026, 11, 1), date(2026, 11, 16)))
    assert GRANT.planned(6000, last, CALENDAR) == 6000 * until // working
    by_days = replace(GRANT, pro_rata=ProRata.CALENDAR_DAYS)
    assert by_days.planned(6000, last, CALENDAR) == 6000 * 15 // 92
    assert GRANT.planned(6000, GRANT.periods(date.max)[0], CALENDAR) == 6000


@given(st.integers(0, 10**6), st.lists(st.integers(0, 90), min_size=1, max_size=5), st.booleans())
def test_parts_of_an_agreement_add_up(minutes: int, lengths: list[int], by_work: bool) -> None:
    pro_rata = ProRata.WORKING_DAYS if by_work else ProRata.CALENDAR_DAYS
    terms = replace(GRANT, pro_rata=pro_rata)
    edges = [date(2026, 1, 15)]
    for length in lengths:
        edges.append(edges[-1] + timedelta(days=length))
    parts = [terms.planned(minutes, Period(a, b), CALENDAR) for a, b in pairwise(edges)]
    assert terms.planned(minutes, Period(edges[0], edges[-1]), CALENDAR) == sum(parts)


def test_what_is_missing_or_over_goes_on_to_the_next_period() -> None:
    assert carried([100, 100, 100], [80, 150]) == (100, 120, 70)
    assert carried([100, 100, 100], [350, 0]) == (100, 0, 0)
    assert carried([100], []) == (100,)


def test_an_activity_serves_the_latest_agreement_that_was_named() -> None:
    rules = [
        Served(Activity.CONSULTING, date(2026, 1, 1), 1),
        Served(Activity.CONSULTING, date(2026, 7, 1), None),
        Served(Activity.TRAINING, date(2026, 1, 1), 2),
    ]
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1))
    found = [served_on(rules, Activity.CONSULTING, day) for day in days]
    assert found == [None, 1, 1, None]


@pytest.mark.parametrize(
    ("terms", "error"),
    [
        (replace(GRANT, name=" "), RequiredError),
        (replace(GRANT, payer="x" * 201), TooLongError),
        (replace(GRANT, ends_on=date(2026, 1, 1)), OutOfRangeError),
        (replace(GRANT, period_months=0), OutOfRangeError),
        (replace(GRANT, period_months=None, ends_on=None), RequiredError),
        (
            replace(GRANT, plans=(AgreementPlan(Activity.TRAINING, Measure.EVENT, 0),)),
            OutOfRangeError,
        ),
    ],
)
def test_senseless_terms_are_refused(terms: Terms, error: type[DomainError]) -> None:
    with pytest.raises(error):
        terms.checked()

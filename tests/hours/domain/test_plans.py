"""Promised hours and the rule of what counts."""

import itertools
from datetime import date, timedelta
from types import MappingProxyType

from hypothesis import given
from hypothesis import strategies as st

from hours.domain.counting import COUNTED_STATUSES, RULES, CountingRule, counted_in
from hours.domain.entries import Activity, EntryStatus, TimeKind
from hours.domain.periods import Period, Quarter
from hours.domain.plans import HourPlan, promised

Q4 = Quarter(2026, 4)
CONSULTING = HourPlan(Activity.CONSULTING, 250 * 60, date(2026, 1, 1))
TRAINING = HourPlan(Activity.TRAINING, 40 * 60, date(2026, 1, 1))


def test_a_whole_quarter_is_promised_the_whole_plan() -> None:
    assert promised([CONSULTING, TRAINING], Activity.CONSULTING, Q4.period) == 15_000
    assert promised([CONSULTING, TRAINING], Activity.TRAINING, Q4.period) == 2_400


def test_two_quarters_are_promised_twice_the_plan() -> None:
    both = Period(Quarter(2026, 3).period.starts_on, Q4.period.ends_before)
    assert promised([CONSULTING], Activity.CONSULTING, both) == 30_000


def test_a_plan_that_starts_inside_a_quarter_promises_its_part() -> None:
    late = HourPlan(Activity.CONSULTING, 9_200, date(2026, 11, 1))
    assert promised([late], Activity.CONSULTING, Q4.period) == 9_200 * 61 // 92


def test_a_plan_changed_inside_a_quarter_promises_both_parts() -> None:
    before = HourPlan(Activity.CONSULTING, 9_200, date(2026, 1, 1), date(2026, 11, 1))
    after = HourPlan(Activity.CONSULTING, 18_400, date(2026, 11, 1))
    assert promised([before, after], Activity.CONSULTING, Q4.period) == 3_100 + 12_200


def test_plans_of_two_agreements_are_added() -> None:
    other = HourPlan(Activity.CONSULTING, 600, date(2026, 1, 1), agreement_id=7)
    assert promised([CONSULTING, other], Activity.CONSULTING, Q4.period) == 15_600


def test_nothing_is_promised_before_the_plan() -> None:
    assert promised([CONSULTING], Activity.CONSULTING, Quarter(2025, 4).period) == 0


@given(
    st.integers(0, 10**6),
    st.dates(date(2024, 1, 1), date(2027, 1, 1)),
    st.lists(st.integers(0, 200), min_size=1, max_size=6),
)
def test_neighbouring_periods_are_promised_what_they_are_together(
    minutes: int, start: date, lengths: list[int]
) -> None:
    plan = HourPlan(Activity.CONSULTING, minutes, date(2025, 2, 17), date(2026, 8, 3))
    edges = [start]
    for length in lengths:
        edges.append(edges[-1] + timedelta(days=length))
    parts = [
        promised([plan], Activity.CONSULTING, Period(left, right))
        for left, right in itertools.pairwise(edges)
    ]
    assert promised([plan], Activity.CONSULTING, Period(edges[0], edges[-1])) == sum(parts)


def test_work_for_people_counts_and_the_desk_and_drafts_do_not() -> None:
    (stretch,) = counted_in(Q4.period)
    assert Q4.period == stretch.period
    aside = {TimeKind.ADMINISTRATION, TimeKind.COUNCIL}
    assert frozenset(TimeKind) - aside == stretch.kinds[Activity.CONSULTING]
    assert frozenset(TimeKind) - aside - {TimeKind.ROADMAP} == stretch.kinds[Activity.TRAINING]
    assert frozenset(TimeKind) == stretch.kinds[Activity.OTHER]
    assert stretch.outside_counts is False
    assert EntryStatus.DRAFT not in COUNTED_STATUSES


def test_a_changed_rule_leaves_the_past_as_it_was() -> None:
    contact_only = CountingRule(
        date(2026, 11, 1), MappingProxyType({Activity.CONSULTING: frozenset({TimeKind.CONTACT})})
    )
    before, after = counted_in(Q4.period, (*RULES, contact_only))
    assert (date(2026, 10, 1), date(2026, 11, 1)) == (
        before.period.starts_on,
        after.period.starts_on,
    )
    assert TimeKind.TRAVEL in before.kinds[Activity.CONSULTING]
    assert frozenset({TimeKind.CONTACT}) == after.kinds[Activity.CONSULTING]


def test_an_empty_period_has_no_rule() -> None:
    assert counted_in(Period(date(2026, 1, 1), date(2026, 1, 1))) == ()

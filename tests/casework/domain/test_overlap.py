"""Two meetings of one consultant at the same time."""

from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from casework.domain.overlap import Span, find_overlaps

DAY = date(2026, 11, 23)


def span(id_: int, hour: int | None, minutes: int = 60, people=(1,), **more) -> Span:
    at = None if hour is None else time(hour)
    return Span(id_, more.pop("on", DAY), at, minutes, frozenset(people), **more)


def pairs(mine: Span, *others: Span) -> list[tuple[int, int | None]]:
    return [(one.person_id, one.other_id) for one in find_overlaps([mine], others)]


def test_the_same_hour_overlaps_and_the_next_hour_does_not() -> None:
    assert pairs(span(1, 10), span(2, 10), span(3, 11), span(4, 9)) == [(1, 2)]


def test_only_common_consultants_are_named() -> None:
    assert pairs(span(1, 10, people=(1, 2)), span(2, 10, people=(2, 3))) == [(2, 2)]


def test_a_meeting_over_midnight_meets_the_early_one() -> None:
    late, early = span(1, 23, 120), span(2, 0, on=DAY + timedelta(days=1))
    assert pairs(late, early) == [(1, 2)]


def test_without_an_hour_nothing_overlaps_and_nobody_with_themselves() -> None:
    assert pairs(span(1, None), span(2, 10)) == []
    assert pairs(span(1, 10), span(1, 10), span(2, None)) == []


def test_a_closed_meeting_tells_its_hour_alone() -> None:
    [one] = find_overlaps([span(1, 10)], [span(2, 10, cases=(5,), is_open=False)])
    assert (one.other_at, one.other_id, one.other_cases) == (time(10), None, ())


@given(st.integers(0, 23), st.integers(1, 300), st.integers(0, 23), st.integers(1, 300))
def test_overlapping_is_mutual(first: int, long: int, second: int, short: int) -> None:
    one, other = span(1, first, long), span(2, second, short)
    assert bool(pairs(one, other)) == bool(pairs(other, one))

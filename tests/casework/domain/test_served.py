"""Who was served: each once, new or returning, private meetings in the total alone."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from casework.domain.served import FEWEST, Presence, Reached, reached

SINCE = date(2026, 10, 1)
PRESENCES = st.lists(st.builds(Presence, st.integers(1, 9), st.booleans()), max_size=30)
FIRST = st.dictionaries(st.integers(1, 9), st.dates(date(2026, 9, 25), date(2026, 10, 5)))


def test_nobody_was_served_by_no_meetings() -> None:
    assert reached([], {}, SINCE) == Reached()


def test_a_first_meeting_on_the_first_day_of_the_period_is_new() -> None:
    first = {1: SINCE, 2: date(2026, 9, 30)}
    assert reached([Presence(1), Presence(2), Presence(1)], first, SINCE) == Reached(1, 1)


def test_few_who_came_in_private_only_stand_among_the_others() -> None:
    few, enough = Reached(1, 2, FEWEST - 1), Reached(1, 2, FEWEST)
    assert (few.others, few.is_private_told) == (2 + FEWEST - 1, False)
    assert (enough.others, enough.is_private_told) == (2, True)


@given(PRESENCES, FIRST)
def test_each_counts_once_and_the_parts_are_the_total(
    presences: list[Presence], first: dict[int, date]
) -> None:
    found = reached(presences, first, SINCE)
    assert found.total == len({each.subject_id for each in presences})


@given(PRESENCES, FIRST, PRESENCES)
def test_new_and_returning_do_not_change_with_who_was_at_private_meetings(
    presences: list[Presence], first: dict[int, date], others: list[Presence]
) -> None:
    private = [Presence(each.subject_id, is_private=True) for each in others]
    before, after = reached(presences, first, SINCE), reached([*presences, *private], first, SINCE)
    assert (before.fresh, before.returning) == (after.fresh, after.returning)

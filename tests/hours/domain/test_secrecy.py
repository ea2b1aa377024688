"""What figures tell of private work, and that they tell nothing else."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from hours.domain.entries import Activity, TimeKind, TimeSource
from hours.domain.figures import HourRow, HoursFigure, HoursQuery
from hours.domain.periods import Period, Quarter
from hours.domain.secrecy import (
    FEWEST,
    PRIVATE,
    UNNAMED,
    PrivatePart,
    PrivateWork,
    private_part,
    with_private,
    with_private_rows,
)

Q4 = Quarter(2026, 4).period
PERIODS = (Q4, Quarter(2026, 3).period, Q4.weeks()[2], Period(date(2026, 7, 1), date(2027, 1, 1)))
PEOPLE = (1, 2, 3)
DAY = date(2026, 11, 18)


def work(person: int, number: int, minutes: int = 50, day: date = DAY) -> PrivateWork:
    return PrivateWork(
        person, Activity.CONSULTING, day, TimeSource("consultation", number), minutes
    )


def works() -> st.SearchStrategy[list[PrivateWork]]:
    """Draw the private meetings of three people in two quarters."""
    return st.lists(
        st.builds(
            PrivateWork,
            person_id=st.sampled_from(PEOPLE),
            activity=st.sampled_from([Activity.CONSULTING, Activity.TRAINING]),
            worked_on=st.integers(0, 180).map(lambda n: date(2026, 7, 1) + timedelta(n)),
            source=st.integers(1, 40).map(lambda n: TimeSource("consultation", n)),
            minutes=st.integers(1, 90),
        ),
        max_size=30,
        unique_by=lambda each: (each.person_id, each.source),
    )


def queries() -> st.SearchStrategy[HoursQuery]:
    return st.builds(
        HoursQuery,
        period=st.sampled_from(PERIODS),
        activity=st.sampled_from([None, Activity.CONSULTING, Activity.TRAINING]),
        person_id=st.sampled_from([None, UNNAMED, *PEOPLE]),
        topic=st.sampled_from([None, PRIVATE, "psychologist"]),
        kind=st.sampled_from([None, TimeKind.CONTACT]),
    )


def answer(query: HoursQuery, ledger: Sequence[PrivateWork]) -> PrivatePart:
    """Ask as the service does: the store keeps to the period and the activity."""
    within = [
        each
        for each in ledger
        if each.worked_on in query.period and query.activity in {None, each.activity}
    ]
    return private_part(query, within)


def cells(ledger: Sequence[PrivateWork]) -> dict[tuple[object, ...], list[PrivateWork]]:
    found: dict[tuple[object, ...], list[PrivateWork]] = {}
    for each in ledger:
        key = (each.person_id, Quarter.of(each.worked_on), each.activity)
        found.setdefault(key, []).append(each)
    return found


def is_small(cell: list[PrivateWork]) -> bool:
    return len({each.source for each in cell}) < FEWEST


def test_a_meeting_of_two_consultants_is_one_date_and_one_sum() -> None:
    part = private_part(HoursQuery(Q4), [work(1, 7, 60), work(2, 7, 30), work(1, 8, 20)])
    assert part.rows == (
        HourRow(DAY, 90, is_redacted=True),
        HourRow(DAY, 20, is_redacted=True),
    )
    assert part.by_person == ((UNNAMED, 110),)
    assert part.undated == 0


def test_a_person_of_few_private_meetings_is_not_told_apart() -> None:
    few = [work(1, number) for number in range(FEWEST - 1)]
    asked = HoursQuery(Q4, person_id=1)
    assert private_part(asked, few) == PrivatePart()
    enough = [*few, work(1, 99), work(2, 100)]
    assert private_part(asked, enough).rows == (HourRow(None, 250, is_redacted=True),)
    assert private_part(HoursQuery(Q4), enough).by_person == ((1, 250), (UNNAMED, 50))
    assert private_part(replace(asked, period=Q4.weeks()[7]), enough) == PrivatePart()


def test_a_topic_or_a_kind_finds_no_private_work() -> None:
    ledger = [work(1, number) for number in range(9)]
    assert private_part(HoursQuery(Q4, topic="psychologist"), ledger) == PrivatePart()
    assert private_part(HoursQuery(Q4, kind=TimeKind.CONTACT), ledger) == PrivatePart()
    assert private_part(HoursQuery(Q4, topic=PRIVATE), ledger).minutes == 450


def test_private_rows_stand_among_the_others_by_their_day() -> None:
    open_rows = [HourRow(DAY + timedelta(1), 5), HourRow(DAY, 6), HourRow(DAY - timedelta(1), 7)]
    mixed = with_private_rows(open_rows, private_part(HoursQuery(Q4), [work(1, 1)]))
    assert [row.minutes for row in mixed] == [5, 6, 50, 7]


@given(ledger=works(), query=queries())
def test_private_parts_add_up_in_every_breakdown(
    ledger: list[PrivateWork], query: HoursQuery
) -> None:
    part = answer(query, ledger)
    figure = with_private(HoursFigure(0, (), (), (), ()), part)
    assert figure.minutes == sum(row.minutes for row in part.rows)
    assert figure.minutes == figure.undated + sum(minutes for _, minutes in figure.by_day)
    for parts in (figure.by_person, figure.by_topic, figure.by_kind):
        assert figure.minutes == sum(minutes for _, minutes in parts)
    if query.kind is None and query.person_id is None and query.topic != "psychologist":
        for person, minutes in figure.by_person:
            assert minutes == answer(replace(query, person_id=person), ledger).minutes


@given(ledger=works(), query=queries(), swapped=st.permutations(PEOPLE))
def test_no_answer_depends_on_whose_a_small_cell_is(
    ledger: list[PrivateWork], query: HoursQuery, swapped: list[int]
) -> None:
    other = dict(zip(PEOPLE, swapped, strict=True))
    small = [each for cell in cells(ledger).values() if is_small(cell) for each in cell]
    moved = [
        replace(each, person_id=other[each.person_id]) if each in small else each for each in ledger
    ]
    assume(len({(each.person_id, each.source) for each in moved}) == len(moved))
    sizes = cells(moved)
    assume(all(is_small(sizes[other[key[0]], *key[1:]]) for key, cell in cells(ledger).items()
               if is_small(cell) for key in [key]))  # fmt: skip
    assert answer(query, ledger) == answer(query, moved)


@given(ledger=works(), query=queries(), data=st.data())
def test_no_answer_depends_on_which_day_a_person_met(
    ledger: list[PrivateWork], query: HoursQuery, data: st.DataObject
) -> None:
    """Two meetings of equal length, quarter and activity may change hands unseen."""
    pairs = [
        (one, two)
        for one in range(len(ledger))
        for two in range(one)
        if cells([ledger[one], replace(ledger[two], person_id=ledger[one].person_id)]).keys()
        == cells([ledger[one]]).keys()
    ]
    assume(pairs)
    one, two = data.draw(st.sampled_from(pairs))
    equal = list(ledger)
    equal[two] = replace(equal[two], minutes=equal[one].minutes)
    changed = list(equal)
    changed[one] = replace(equal[one], person_id=equal[two].person_id)
    changed[two] = replace(equal[two], person_id=equal[one].person_id)
    counts = Counter((each.person_id, each.source) for each in changed)
    assume(max(counts.values()) == 1)
    assert answer(query, equal) == answer(query, changed)

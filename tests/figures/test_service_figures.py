"""Every part of a figure is its rows and the second calculation, on both databases."""

from collections import Counter
from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa

import hours.store.events as event_sums
from casework.domain.served import Reached
from core.database import Database
from dashboards.service import HoursFilter, export_served, view_quarter, view_rows, view_served
from hours.domain.periods import Quarter
from hours.service import (
    UNNAMED,
    WITHOUT,
    EntryStatus,
    MonthEntry,
    TimeKind,
    TimeSource,
    approve_month,
    view_person_month,
)
from tests.figures.planted import Planted, counted_again
from tests.figures.test_every_figure import include_drafts, include_the_day_after

Q3, Q4 = Quarter(2026, 3), Quarter(2026, 4)


def parts(here: Planted, quarter: Quarter) -> Iterator[tuple[int, dict[str, str], HoursFilter]]:
    """Give every part of the figures of a quarter: its minutes and the filter of its rows."""
    for each in view_quarter(here.manager, HoursFilter(quarter)).activities:
        told = {"quarter": quarter.code, "activity": each.activity.value}
        figure = each.figure
        yield figure.minutes, told, HoursFilter(quarter, each.activity)
        for topic, minutes in figure.by_topic:
            asked = HoursFilter(quarter, each.activity, topic=topic or WITHOUT)
            yield minutes, told | {"topic": topic or WITHOUT}, asked
        for kind, minutes in figure.by_kind:
            if kind is not None:
                asked = HoursFilter(quarter, each.activity, kind=kind)
                yield minutes, told | {"kind": kind.value}, asked
        for person, minutes in figure.by_person:
            if person != UNNAMED:
                asked = HoursFilter(quarter, each.activity, person_id=person)
                yield minutes, told | {"person": str(person)}, asked
        for week, minutes in figure.by_week(quarter.period):
            asked = HoursFilter(quarter, each.activity, week=week.starts_on)
            yield minutes, told | {"week": week.starts_on.isoformat()}, asked


def faults(here: Planted) -> list[str]:
    exported = here.exported()
    wrong = []
    for quarter in (Q3, Q4):
        for minutes, told, asked in parts(here, quarter):
            rows = view_rows(here.manager, asked).rows
            found = (minutes, sum(row.minutes for row in rows), len(rows))
            by_hand = counted_again(exported, told, reader=0)
            if found != (by_hand[0], *by_hand):
                wrong.append(f"{told}: {found}, by hand {by_hand}")
    return wrong


def test_every_part_of_a_quarter_is_its_rows_and_the_second_calculation(planted: Planted) -> None:
    assert faults(planted) == []


@pytest.mark.parametrize("spoil", [include_drafts, include_the_day_after])
def test_one_wrong_sum_is_found(
    planted: Planted, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[pytest.MonkeyPatch], None]
) -> None:
    spoil(monkeypatch)
    assert faults(planted) != []


def test_a_sum_of_a_day_that_is_not_its_entries_is_found(
    planted: Planted, database: Database
) -> None:
    with database.writing() as db:
        db.execute(sa.text("UPDATE day_sum SET minutes = minutes + 1 WHERE topic = 'legal'"))
    assert faults(planted) != []


def test_an_initiative_counts_once_however_often_it_met(planted: Planted) -> None:
    view = view_served(planted.manager, agreement_id=planted.agreement)
    # the third one met on the last day of the quarter before; so it came back
    assert view.help.initiatives == Reached(fresh=2, returning=1)
    assert [(each.name, each.meetings) for each in view.help.listed] == [
        ("Planted", 2), ("Сад", 2), ("Хор", 3),
    ]  # fmt: skip


def test_the_meetings_of_an_agreement_are_its_figure_and_the_private_one_is_one_sum(
    planted: Planted,
) -> None:
    view = view_served(planted.manager, agreement_id=planted.agreement)
    assert sum(row.minutes for row in view.rows) == view.events.event_minutes
    assert sum(row.person_minutes for row in view.rows) == view.events.person_minutes
    assert sum(row.meetings for row in view.rows) == view.events.events == 6
    (private,) = (row for row in view.rows if row.source is None)
    assert (private.held_on, private.minutes, private.meetings) == (None, 40, 1)


def counted_events(here: Planted) -> dict[EntryStatus, int]:
    """Add up the meetings of the quarter by hand: as long as their longest talk, as far as the
    least agreed of their time."""
    talks: dict[TimeSource, list[MonthEntry]] = {}
    for _person, entry in here.exported():
        if entry.source and entry.source.type == "consultation" and entry.worked_on in Q4.period:
            talks.setdefault(entry.source, []).append(entry)
    order, found = list(EntryStatus), Counter[EntryStatus]()
    for entries in talks.values():
        state = min((each.status for each in entries), key=order.index)
        found[state] += max(each.minutes for each in entries if each.kind is TimeKind.CONTACT)
    return {status: found[status] for status in order if found[status]}


def told_events(here: Planted) -> dict[EntryStatus, int]:
    found = view_served(here.manager, agreement_id=here.agreement).events
    return {status: once for status, once, _each in found.by_status}


def test_meetings_have_the_state_of_their_time_and_a_returned_one_does_not_count(
    planted: Planted,
) -> None:
    by_hand = counted_events(planted)
    assert by_hand.pop(EntryStatus.DRAFT) == 45
    assert told_events(planted) == by_hand == {EntryStatus.SUBMITTED: 302}
    seen = view_person_month(planted.manager, planted.ids[0], "2026-11").seen
    approve_month(planted.manager, person_id=planted.ids[0], month="2026-11", seen=seen)
    assert told_events(planted) == {EntryStatus.SUBMITTED: 201, EntryStatus.APPROVED: 101}


def test_a_draft_counted_among_the_meetings_is_found(
    planted: Planted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_sums, "COUNTED_STATUSES", frozenset(EntryStatus))
    by_hand = counted_events(planted)
    del by_hand[EntryStatus.DRAFT]
    assert told_events(planted) != by_hand


def test_a_persons_month_lists_its_meetings_and_tells_no_guest_of_a_private_one(
    planted: Planted,
) -> None:
    events = view_person_month(planted.manager, planted.ids[0], "2026-11").events
    assert [(each.held_on.day, each.minutes, each.attended) for each in events] == [
        (18, 40, None), (12, 91, 3), (10, 61, 1),
    ]  # fmt: skip
    assert events[0].source is events[0].activity is None


def test_taking_it_away_leaves_counts_in_the_trail(database: Database, planted: Planted) -> None:
    from core.audit import find_lines

    export_served(planted.manager, agreement_id=planted.agreement)
    with database.reading() as db:
        (line,) = find_lines(db, text="served.exported")
    assert dict(line.details) == {
        "initiatives": 3, "people": 0, "since": "2026-10-01", "until": "2027-01-01",
    }  # fmt: skip

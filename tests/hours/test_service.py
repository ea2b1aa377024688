"""Recording time and answering questions about it, on both databases."""

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from core.audit import find_lines
from core.cache import SWITCH
from core.database import Database, tallied
from core.errors import ForbiddenError
from core.permissions import Role
from core.workspace import Workspace
from hours import tables
from hours.domain.counting import RULES
from hours.domain.entries import (
    Activity,
    EntryStatus,
    LockedTimeError,
    LongDayError,
    TimeKind,
    TimeLine,
    TimeSource,
)
from hours.domain.figures import WITHOUT, HourRow, HoursFigure, HoursQuery
from hours.domain.periods import Quarter
from hours.domain.secrecy import FEWEST, PRIVATE, UNNAMED
from hours.service import (
    figure,
    figure_in,
    minutes_of,
    remove_time,
    replace_time,
    rows_behind,
)
from tests.conftest import SettableClock
from tests.factories import make_person
from tests.hours.centre import Q4, TODAY, TOPICS, line, queries, record, sources

Workspaces = Callable[..., Workspace]
ALL_OF_Q4 = HoursQuery(Q4)


@pytest.fixture
def manager(workspaces: Workspaces) -> Workspace:
    return workspaces(Role.MANAGER)


@pytest.fixture
def people(database: Database) -> list[int]:
    with database.writing() as db:
        return [make_person(db, name=f"Consultant {n}", roles=[Role.CONSULTANT]) for n in range(3)]


def test_two_consultants_make_two_hours_forty_five(manager: Workspace, people: list[int]) -> None:
    first, second, _ = people
    record(
        manager, 1,
        line(first, 60), line(first, 15, kind=TimeKind.PREPARATION),
        line(second, 60), line(second, 30, kind=TimeKind.TRAVEL),
    )  # fmt: skip
    found = figure(manager, HoursQuery(Q4, Activity.CONSULTING))
    assert found.minutes == 165
    assert dict(found.by_person) == {first: 75, second: 90}
    assert dict(found.by_kind) == {
        TimeKind.CONTACT: 120, TimeKind.TRAVEL: 30, TimeKind.PREPARATION: 15
    }  # fmt: skip
    assert found.by_topic == (("budget", 165),)
    assert found.by_day == ((TODAY, 165),)


def test_minutes_come_back_as_they_were_recorded(manager: Workspace, people: list[int]) -> None:
    lines = (
        line(people[0], 60, topics=("budget", "legal")),
        line(people[1], 30, topics=(), is_private=True, worked_on=date(2026, 11, 20)),
    )
    record(manager, 1, *lines)
    with manager.reading() as tx:
        assert minutes_of(tx, ("consultation", 1)) == lines
        assert minutes_of(tx, ("consultation", 2)) == ()


def test_time_of_an_entry_is_shared_among_its_topics_exactly(
    manager: Workspace, people: list[int]
) -> None:
    record(manager, 1, line(people[0], 100, topics=("pr_gr", "budget", "legal")))
    found = figure(manager, ALL_OF_Q4)
    assert found.by_topic == (("budget", 34), ("legal", 33), ("pr_gr", 33))
    assert figure(manager, replace(ALL_OF_Q4, topic="legal")).minutes == 33


def test_edited_moved_and_deleted_time_leaves_the_sums_right(
    manager: Workspace, people: list[int]
) -> None:
    record(manager, 1, line(people[0], 60), line(people[1], 30))
    record(manager, 2, line(people[0], 45))
    assert figure(manager, ALL_OF_Q4).minutes == 135
    record(manager, 1, line(people[0], 90))
    assert figure(manager, ALL_OF_Q4).minutes == 135
    record(manager, 1, line(people[0], 90, worked_on=date(2026, 9, 30)))
    assert figure(manager, ALL_OF_Q4).minutes == 45
    assert figure(manager, HoursQuery(Quarter(2026, 3).period)).minutes == 90
    with manager.transaction() as tx:
        remove_time(tx, ("consultation", 2))
    assert figure(manager, ALL_OF_Q4).minutes == 0


def test_consulting_and_training_never_count_together(
    manager: Workspace, people: list[int]
) -> None:
    record(manager, 1, line(people[0], 60))
    record(manager, 2, line(people[0], 90, activity=Activity.TRAINING))
    record(manager, 3, line(people[0], 10, activity=Activity.OTHER))
    minutes = [figure(manager, HoursQuery(Q4, activity)).minutes for activity in Activity]
    assert minutes == [60, 90, 10]
    assert figure(manager, ALL_OF_Q4).minutes == 160


def test_work_without_a_topic_is_asked_for_of_everybody_and_of_one_person(
    manager: Workspace, people: list[int]
) -> None:
    record(manager, 1, line(people[0], 60), line(people[0], 25, kind=TimeKind.TRAVEL, topics=()))
    record(manager, 2, line(people[1], 7, topics=()))
    for person, minutes in ((None, 32), (people[0], 25)):
        query = replace(ALL_OF_Q4, topic=WITHOUT, person_id=person)
        found = figure(manager, query)
        assert (found.minutes, found.by_topic) == (minutes, ((None, minutes),))
        assert sum(row.minutes for row in rows_behind(manager, query)) == minutes


def test_a_draft_does_not_count(manager: Workspace, people: list[int], database: Database) -> None:
    record(manager, 1, line(people[0], 60))
    with database.writing() as db:
        db.execute(sa.update(tables.TimeEntry).values(status=EntryStatus.DRAFT))
    assert figure(manager, replace(ALL_OF_Q4, person_id=people[0])).minutes == 0


def test_a_quarter_holds_its_first_and_last_day_and_no_other(
    manager: Workspace, people: list[int], clock: SettableClock
) -> None:
    clock.now = datetime(2027, 2, 1, tzinfo=UTC)
    days = [date(2026, 9, 30), date(2026, 10, 1), date(2026, 12, 31), date(2027, 1, 1)]
    for number, day in enumerate(days):
        record(manager, number + 1, line(people[0], 10**number, worked_on=day) if number < 3
               else line(people[0], 500, worked_on=day))  # fmt: skip
    assert figure(manager, ALL_OF_Q4).minutes == 110


def test_new_year_comes_to_perm_before_it_comes_to_greenwich(
    manager: Workspace, people: list[int], clock: SettableClock
) -> None:
    clock.now = datetime(2026, 12, 31, 19, 0, tzinfo=UTC)
    record(manager, 1, line(people[0], 60, worked_on=date(2027, 1, 1)))
    assert figure(manager, HoursQuery(Quarter(2027, 1).period)).minutes == 60


def test_a_refused_line_changes_nothing(manager: Workspace, people: list[int]) -> None:
    record(manager, 1, line(people[0], 900))
    with pytest.raises(LongDayError) as refused:
        record(manager, 2, line(people[1], 5), line(people[0], 61))
    assert refused.value.details == {"person": "Consultant 0", "day": TODAY, "limit": 16}
    assert figure(manager, ALL_OF_Q4).minutes == 900


def test_a_source_may_be_saved_again_on_a_full_day(manager: Workspace, people: list[int]) -> None:
    record(manager, 1, line(people[0], 960))
    record(manager, 1, line(people[0], 959))
    assert figure(manager, ALL_OF_Q4).minutes == 959


def test_locked_time_stays(manager: Workspace, people: list[int], database: Database) -> None:
    record(manager, 1, line(people[0], 60))
    with database.writing() as db:
        db.execute(sa.update(tables.TimeEntry).values(status=EntryStatus.LOCKED))
    with pytest.raises(LockedTimeError):
        record(manager, 1, line(people[0], 61))
    with pytest.raises(LockedTimeError), manager.transaction() as tx:
        remove_time(tx, ("consultation", 1))
    record(manager, 1, line(people[0], 60))  # the same again is no change
    assert figure(manager, ALL_OF_Q4).minutes == 60


@pytest.mark.parametrize("minutes", [0, -1, 1441])
def test_the_database_refuses_impossible_minutes(
    database: Database, people: list[int], minutes: int
) -> None:
    with pytest.raises(sa.exc.IntegrityError), database.writing() as db:
        db.add(
            tables.TimeEntry(
                person_id=people[0], kind=TimeKind.CONTACT, minutes=minutes, worked_on=TODAY,
                activity=Activity.CONSULTING, source_type="consultation", source_id=1,
                status=EntryStatus.SUBMITTED,
            )
        )  # fmt: skip


def test_every_change_is_one_line_of_the_trail_without_names(
    manager: Workspace, people: list[int], database: Database
) -> None:
    record(manager, 1, line(people[0], 60), line(people[1], 30))
    record(manager, 1, line(people[1], 30), line(people[0], 60))  # no change, no line
    with manager.transaction() as tx:
        remove_time(tx, ("consultation", 1))
        remove_time(tx, ("consultation", 7))
    with database.reading() as db:
        lines = find_lines(db, text="hours.")
    assert [(entry.action, entry.subject, dict(entry.details)) for entry in lines] == [
        ("hours.removed", "consultation:1", {"entries": 2}),
        ("hours.recorded", "consultation:1", {"entries": 2, "minutes": 90}),
    ]


def test_who_may_see_which_hours(workspaces: Workspaces, people: list[int]) -> None:
    own = HoursQuery(Q4, person_id=people[0])
    consultant = workspaces(Role.CONSULTANT, person_id=people[0])
    record(consultant, 1, line(people[0], 60), line(people[1], 30))
    assert figure(consultant, own).minutes == 60
    assert figure(workspaces(Role.MANAGER), ALL_OF_Q4).minutes == 90
    assert figure(workspaces(Role.ADMINISTRATOR, Role.MANAGER), ALL_OF_Q4).minutes == 90
    for refused in (ALL_OF_Q4, replace(own, person_id=people[1])):
        for read in (figure, rows_behind):
            with pytest.raises(ForbiddenError):
                read(consultant, refused)
    for role in (Role.EXPERT, Role.ADMINISTRATOR):
        for read in (figure, rows_behind):
            with pytest.raises(ForbiddenError):
                read(workspaces(role), ALL_OF_Q4)
        with pytest.raises(ForbiddenError):
            figure(workspaces(role, person_id=people[0]), own)


def test_a_kept_figure_is_never_given_to_who_may_not_see_it(
    workspaces: Workspaces, people: list[int]
) -> None:
    record(workspaces(Role.MANAGER), 1, line(people[0], 60))
    assert figure(workspaces(Role.MANAGER), ALL_OF_Q4).minutes == 60
    with pytest.raises(ForbiddenError):
        figure(workspaces(Role.CONSULTANT, person_id=people[0]), ALL_OF_Q4)


def test_a_private_consultation_is_a_date_and_minutes_to_everybody_else(
    workspaces: Workspaces, people: list[int]
) -> None:
    record(
        workspaces(Role.MANAGER), 1,
        line(people[0], 60, topics=("psychologist",), is_private=True), line(people[1], 30),
    )  # fmt: skip
    full = HourRow(
        worked_on=TODAY, minutes=60, person_id=people[0], activity=Activity.CONSULTING,
        kind=TimeKind.CONTACT, topics=("psychologist",), source=TimeSource("consultation", 1),
    )  # fmt: skip
    told = HourRow(worked_on=TODAY, minutes=60, is_redacted=True)
    manager = workspaces(Role.MANAGER)
    assert told in rows_behind(manager, ALL_OF_Q4)
    own = HoursQuery(Q4, person_id=people[0])
    assert rows_behind(workspaces(Role.CONSULTANT, person_id=people[0]), own) == (full,)
    assert rows_behind(manager, own) == ()
    assert rows_behind(manager, replace(ALL_OF_Q4, topic="psychologist")) == ()
    contact = rows_behind(manager, replace(ALL_OF_Q4, kind=TimeKind.CONTACT))
    assert [row.minutes for row in contact] == [30]
    found = figure(manager, ALL_OF_Q4)
    assert found.by_topic == (("budget", 30), (PRIVATE, 60))
    assert found.by_person == ((UNNAMED, 60), (people[1], 30))
    assert found.by_kind == ((TimeKind.CONTACT, 30), (None, 60))
    assert figure(workspaces(Role.CONSULTANT, person_id=people[0]), own).by_topic == (
        ("psychologist", 60),
    )


def test_a_manager_who_consults_sees_their_own_private_work_and_no_other(
    workspaces: Workspaces, people: list[int]
) -> None:
    roles = Role.MANAGER, Role.CONSULTANT
    for number, person in enumerate(people[:2]):
        record(
            workspaces(Role.MANAGER), number,
            line(person, 40 + number, topics=("mediator",), is_private=True),
        )  # fmt: skip
    first, second = (workspaces(*roles, person_id=person) for person in people[:2])
    assert figure(first, ALL_OF_Q4).by_topic == (("mediator", 40), (PRIVATE, 41))
    assert figure(second, ALL_OF_Q4).by_topic == (("mediator", 41), (PRIVATE, 40))
    assert figure(workspaces(Role.MANAGER), ALL_OF_Q4).by_topic == ((PRIVATE, 81),)
    opened = {row.minutes for row in rows_behind(first, ALL_OF_Q4) if not row.is_redacted}
    assert opened == {40}


def test_a_figure_is_read_once_until_something_changes(
    manager: Workspace, people: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def statements() -> int:
        """Count the rule and the sums that were asked for, beside BEGIN and the revision."""
        with tallied() as tally:
            figure(manager, ALL_OF_Q4)
        return tally.statements - (2 if manager.database.is_sqlite else 1)

    record(manager, 1, line(people[0], 60))
    assert (statements(), statements()) == (6, 0)  # rules, three sums, the private part, whose
    record(manager, 1, line(people[0], 61))
    assert (statements(), statements()) == (6, 0)
    monkeypatch.setenv(SWITCH, "off")
    assert (statements(), statements()) == (6, 6)


def test_a_writer_reads_its_own_change_and_keeps_it_from_others_until_it_commits(
    manager: Workspace, people: list[int]
) -> None:
    figure(manager, ALL_OF_Q4)
    with suppress(RuntimeError), manager.transaction() as tx:
        replace_time(tx, ("consultation", 1), [line(people[0], 60)])
        assert figure_in(tx, ALL_OF_Q4).minutes == 60
        raise RuntimeError  # rolls the change back
    assert figure(manager, ALL_OF_Q4).minutes == 0


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(drawn=sources(), data=st.data())
def test_every_breakdown_adds_up_and_equals_a_count_of_the_rows(
    manager: Workspace, people: list[int], drawn: list[list[TimeLine]], data: st.DataObject
) -> None:
    with manager.transaction() as tx:
        for number in range(7):
            remove_time(tx, ("consultation", number))
        for number, lines in enumerate(drawn):
            owned = [replace(entry, person_id=people[entry.person_id]) for entry in lines]
            replace_time(tx, ("consultation", number), owned)
    query = data.draw(queries(people))
    assume(sum(lines[0].is_private for lines in drawn) < FEWEST)
    found = figure(manager, query)
    for parts in (found.by_person, found.by_topic, found.by_kind):
        assert found.minutes == sum(minutes for _, minutes in parts)
    assert found.minutes == sum(minutes for _, minutes in found.by_day) + found.undated
    by_week = sum(minutes for _, minutes in found.by_week(query.period))
    assert found.minutes == by_week + found.undated
    rows = rows_behind(manager, query)
    assert found.minutes == sum(row.minutes for row in rows)
    assert dict(found.by_day) == _by_day(rows)
    assert found.minutes == sum(minutes for _, minutes in found.by_status)
    assert replace(found, by_status=()) == _counted_apart(drawn, people, query)


def _by_day(rows: tuple[HourRow, ...]) -> dict[date, int]:
    days: dict[date, int] = {}
    for row in rows:
        if row.worked_on is not None:
            days[row.worked_on] = days.get(row.worked_on, 0) + row.minutes
    return days


def _counted_apart(
    drawn: list[list[TimeLine]], people: list[int], query: HoursQuery
) -> HoursFigure:
    """Count the same figure a second time, in plain Python and without `split`.

    The reader took part in nothing, and nobody has so many private meetings of one activity
    that their sum would be told by name.
    """
    days: dict[date, int] = {}
    persons: dict[int, int] = {}
    topics: dict[str | None, int] = {}
    kinds: dict[TimeKind, int] = {}
    private_days: dict[date, int] = {}
    for entry in (entry for lines in drawn for entry in lines):
        person = people[entry.person_id]
        is_in = query.period.starts_on <= entry.worked_on < query.period.ends_before
        is_in = is_in and entry.kind in RULES[0].kinds[entry.activity]
        if not is_in or query.activity not in {None, entry.activity}:
            continue
        if entry.is_private:
            private_days[entry.worked_on] = private_days.get(entry.worked_on, 0) + entry.minutes
            continue
        names = sorted(set(entry.topics))
        shares: list[tuple[str | None, int]] = [
            (name, entry.minutes // len(names) + (place < entry.minutes % len(names)))
            for place, name in enumerate(names)
        ] or [(None, entry.minutes)]
        for topic, minutes in shares:
            wanted = (
                query.person_id in {None, person}
                and query.kind in {None, entry.kind}
                and query.topic in {None, topic or WITHOUT}
                and minutes
            )
            if wanted:
                days[entry.worked_on] = days.get(entry.worked_on, 0) + minutes
                persons[person] = persons.get(person, 0) + minutes
                topics[topic] = topics.get(topic, 0) + minutes
                kinds[entry.kind] = kinds.get(entry.kind, 0) + minutes

    def ordered(parts: dict) -> tuple:
        return tuple(sorted(parts.items(), key=lambda part: (-part[1], str(part[0]))))

    is_wide = query.topic is None and query.kind is None and query.person_id is None
    hidden = sum(private_days.values()) if is_wide else 0
    if hidden:
        days = {day: days.get(day, 0) + private_days.get(day, 0) for day in {*days, *private_days}}
        persons[UNNAMED] = hidden
    return HoursFigure(
        sum(days.values()),
        tuple(sorted(days.items())),
        ordered(persons),
        (*ordered(topics), *([(PRIVATE, hidden)] if hidden else [])),
        (*ordered(kinds), *([(None, hidden)] if hidden else [])),
    )


def test_many_people_recording_at_once_lose_no_minute(
    workspaces: Workspaces, people: list[int]
) -> None:
    doors = [workspaces(Role.CONSULTANT, person_id=person) for person in people]

    def work(door: Workspace, person: int, first: int) -> None:
        for number in range(first, first + 10):
            record(door, number, line(person, 7, topics=TOPICS))

    threads = [
        threading.Thread(target=work, args=(door, person, 100 * person))
        for door, person in zip(doors, people, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert figure(workspaces(Role.MANAGER), ALL_OF_Q4).minutes == 3 * 10 * 7

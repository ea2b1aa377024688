"""The ledger as a machine: whatever is done to it, its sums and its locks hold, on both databases.

A model in plain Python is kept beside the database. After every act the figures of the centre,
of each person, day, kind, topic, state and case are compared with it.
"""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from core.database import Database
from core.errors import DomainError
from core.permissions import Actor, Role
from core.workspace import Workspace
from hours import store
from hours.domain.counting import COUNTED_STATUSES, RULES
from hours.domain.entries import (
    LONGEST_DAY_HOURS,
    MINUTES_IN_HOUR,
    Activity,
    ApprovedTimeError,
    EntryStatus,
    LockedTimeError,
    LongDayError,
    Subject,
    TimeKind,
    TimeLine,
)
from hours.domain.events import Event, EventQuery
from hours.domain.figures import HoursQuery
from hours.domain.periods import Period
from hours.domain.states import SETTLED, DayOpenError, NothingToApproveError, OpenEntriesError
from hours.service import (
    approve_month,
    events_in,
    figure,
    lock_month,
    minutes_by_subject,
    minutes_of,
    override_day,
    overrides_in,
    remove_time,
    replace_event,
    replace_time,
    return_entry,
    submit_month,
    view_person_month,
)
from tests.conftest import emptied
from tests.factories import make_person

MONTHS = {"2026-10": date(2026, 10, 1), "2026-11": date(2026, 11, 1)}
DAYS = (date(2026, 10, 1), date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 20))
ALL = Period(date(2026, 10, 1), date(2026, 12, 1))
NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
CASES = (7, 8, 9)
kinds = st.sampled_from([TimeKind.CONTACT, TimeKind.TRAVEL, TimeKind.ADMINISTRATION])
activities = st.sampled_from([Activity.CONSULTING, Activity.TRAINING])


@dataclass(frozen=True)
class Known:
    """What the model remembers of one entry."""

    minutes: int
    day: date
    activity: Activity
    status: EntryStatus
    topics: tuple[str, ...]
    cases: tuple[Subject, ...]


class Ledger(RuleBasedStateMachine):
    """Acts of two consultants and a manager, in any order."""

    database: Database
    sources = Bundle("sources")

    @initialize()
    def begin(self) -> None:
        with self.database.writing() as db:
            self.people = [
                make_person(db, name=f"Consultant {n}", roles=[Role.CONSULTANT]) for n in range(2)
            ]
            self.boss = make_person(db, name="Manager", roles=[Role.MANAGER])
        self.manager = self.door(self.boss, Role.MANAGER)
        self.entries: dict[tuple[int, int, TimeKind], Known] = {}
        self.events: dict[int, Event] = {}
        self.locked: set[tuple[int, date]] = set()
        self.overrides = self.number = self.asked = 0

    def door(self, person: int, role: Role) -> Workspace:
        return Workspace.of(self.database, Actor(person, frozenset({role})), lambda: NOW)

    # ---- what is done to the ledger

    @rule(
        target=sources, day=st.sampled_from(DAYS), activity=activities,
        spent=st.dictionaries(st.tuples(st.integers(0, 1), kinds), st.integers(1, 240), min_size=1),
        topics=st.sets(st.sampled_from(["budget", "legal", "roadmap"])),
        cases=st.lists(st.tuples(st.sampled_from(CASES), st.integers(1, 3)), unique_by=lambda c: c[0]),
        status=st.sampled_from([EntryStatus.DRAFT, EntryStatus.SUBMITTED]),
    )  # fmt: skip
    def add(self, day, activity, spent, topics, cases, status):
        self.number += 1
        lines = self.lines(day, activity, spent, topics, cases)
        return self.number if self.write(self.number, lines, status) else multiple()

    @rule(
        source=sources, day=st.sampled_from(DAYS), activity=activities,
        spent=st.dictionaries(st.tuples(st.integers(0, 1), kinds), st.integers(1, 240), min_size=1),
        topics=st.sets(st.sampled_from(["budget", "legal", "roadmap"])),
        cases=st.lists(st.tuples(st.sampled_from(CASES), st.integers(1, 3)), unique_by=lambda c: c[0]),
    )  # fmt: skip
    def edit(self, source, day, activity, spent, topics, cases):
        lines = self.lines(day, activity, spent, topics, cases)
        self.write(source, lines, EntryStatus.SUBMITTED)

    @rule(source=sources, day=st.sampled_from(DAYS))
    def move(self, source, day):
        now = self.of(source)
        lines = [
            TimeLine(key[1], key[2], known.minutes, day, known.activity, known.topics,
                     subjects=known.cases)
            for key, known in now.items()
        ]  # fmt: skip
        self.write(source, lines, EntryStatus.SUBMITTED)

    @rule(source=consumes(sources))
    def delete(self, source):
        now = self.of(source)
        expected = self.refusal(now, {})
        if self.attempt(expected, lambda tx: remove_time(tx, ("consultation", source))):
            for key in now:
                del self.entries[key]

    @rule(
        source=sources, minutes=st.integers(1, 200), attended=st.integers(0, 9),
        day=st.sampled_from(DAYS),
    )  # fmt: skip
    def hold(self, source, minutes, attended, day):
        event, before = Event(day, minutes, attended), self.events.get(source)
        stands = self.state_of_event(source) in SETTLED
        refused = DomainError if before and before != event and stands else None
        act = lambda tx: replace_event(tx, ("consultation", source), event)  # noqa: E731 — one act
        if self.attempt(refused, act):
            self.events[source] = event

    @rule(who=st.integers(0, 1), month=st.sampled_from(sorted(MONTHS)))
    def submit(self, who, month):
        person = self.people[who]
        drafts = [k for k in self.in_month(person, month) if self.is_in(k, EntryStatus.DRAFT)]
        submitted = submit_month(self.door(person, Role.CONSULTANT), month)
        assert submitted == len(drafts)
        self.turn(drafts, EntryStatus.SUBMITTED)

    @rule(who=st.integers(0, 1), month=st.sampled_from(sorted(MONTHS)))
    def approve(self, who, month):
        person = self.people[who]
        keys = [k for k in self.in_month(person, month) if self.is_in(k, EntryStatus.SUBMITTED)]
        seen = view_person_month(self.manager, person, month).seen
        if not keys:
            with pytest.raises(NothingToApproveError):
                approve_month(self.manager, person_id=person, month=month, seen=seen)
            return
        assert approve_month(self.manager, person_id=person, month=month, seen=seen) == len(keys)
        self.turn(keys, EntryStatus.APPROVED)

    @rule(who=st.integers(0, 1), place=st.integers(0, 20))
    def give_back(self, who, place):
        person = self.people[who]
        entries = view_person_month(self.manager, person, "2026-11").entries
        if not entries:
            return
        entry = entries[place % len(entries)]
        act = {"entry_id": entry.id, "version": entry.version, "comment": "why?"}
        if entry.status not in {EntryStatus.SUBMITTED, EntryStatus.APPROVED}:
            with pytest.raises(DomainError):
                return_entry(self.manager, **act)
            return
        return_entry(self.manager, **act)
        assert entry.source
        key = (entry.source.id, person, entry.kind)
        self.turn([key], EntryStatus.DRAFT)

    @rule(who=st.integers(0, 1), month=st.sampled_from(sorted(MONTHS)))
    def lock(self, who, month):
        person = self.people[who]
        keys = self.in_month(person, month)
        if any(self.entries[key].status not in SETTLED for key in keys):
            with pytest.raises(OpenEntriesError):
                lock_month(self.manager, person_ids=[person], month=month)
            return
        lock_month(self.manager, person_ids=[person], month=month)
        self.turn(keys, EntryStatus.LOCKED)
        self.locked |= {(person, day) for day in DAYS if f"{day:%Y-%m}" == month}

    @rule(who=st.integers(0, 1), day=st.sampled_from(DAYS))
    def override(self, who, day):
        person = self.people[who]
        act = {"person_id": person, "day": day, "reason": "a late receipt"}
        if (person, day) not in self.locked:
            with pytest.raises(DayOpenError):
                override_day(self.manager, **act)
            return
        override_day(self.manager, **act)
        self.overrides += 1
        self.locked.discard((person, day))
        keys = [k for k, known in self.entries.items() if (k[1], known.day) == (person, day)]
        self.turn([k for k in keys if self.is_in(k, EntryStatus.LOCKED)], EntryStatus.SUBMITTED)

    @rule(source=sources)
    def hide_and_show_again(self, source):
        """Whether a meeting is private is changed at any time, and changes no minute."""
        for is_private in (True, False):
            with self.door(self.people[0], Role.CONSULTANT).transaction() as tx:
                lines = [replace(each, is_private=is_private)
                         for each in minutes_of(tx, ("consultation", source))]  # fmt: skip
                replace_time(tx, ("consultation", source), lines)
            self.every_sum_of_a_day_is_that_of_its_entries()

    # ---- what holds after every act

    @invariant()
    def every_sum_of_a_day_is_that_of_its_entries(self) -> None:
        with self.database.reading() as db:
            assert store.list_differences(db) == ()

    @invariant()
    def every_sum_is_that_of_the_model(self) -> None:
        if not hasattr(self, "entries"):
            return
        counted = {
            key: known
            for key, known in self.entries.items()
            if known.status in COUNTED_STATUSES and key[2] in RULES[0].kinds[known.activity]
        }
        found = figure(self.manager, HoursQuery(ALL))
        assert found.minutes == sum(known.minutes for known in counted.values())
        for parts, of in (
            (found.by_day, lambda _key, known: known.day),
            (found.by_person, lambda key, _known: key[1]),
            (found.by_kind, lambda key, _known: key[2]),
            (found.by_status, lambda _key, known: known.status),
        ):
            sums: dict[object, int] = defaultdict(int)
            for key, known in counted.items():
                sums[of(key, known)] += known.minutes
            assert dict(parts) == dict(sums)
        assert found.minutes == sum(minutes for _topic, minutes in found.by_topic)
        self.asked += 1  # each activity in its turn: all of them at every step tell no more
        activity = list(Activity)[self.asked % len(Activity)]
        assert figure(self.manager, HoursQuery(ALL, activity)).minutes == sum(
            known.minutes for known in counted.values() if known.activity is activity
        )

    @invariant()
    def shares_of_cases_add_up_to_the_time_spent_on_them(self) -> None:
        if not hasattr(self, "entries"):
            return
        with self.manager.reading() as tx:
            shared = minutes_by_subject(tx, "case", CASES)
        assert sum(shared.values()) == sum(
            known.minutes
            for known in self.entries.values()
            if known.cases and known.status in COUNTED_STATUSES
        )

    @invariant()
    def meetings_are_measured_once_and_by_those_who_attended(self) -> None:
        if not hasattr(self, "events"):
            return
        with self.manager.reading() as tx:
            found = events_in(tx, EventQuery(ALL))
        states = {source: self.state_of_event(source) for source in self.events}
        held = [
            event
            for source, event in self.events.items()
            if states[source] in COUNTED_STATUSES
        ]  # fmt: skip
        for status, once, each in found.by_status:
            those = [event for source, event in self.events.items() if states[source] is status]
            assert once == sum(event.minutes for event in those)
            assert each == sum(event.minutes * event.attended for event in those)
        assert found.event_minutes == sum(once for _status, once, _each in found.by_status)
        assert found.event_minutes == sum(event.minutes for event in held)
        assert found.person_minutes == sum(event.minutes * event.attended for event in held)
        assert found.event_minutes == sum(once for _day, once, _each in found.by_day)
        assert found.person_minutes == sum(each for _day, _once, each in found.by_day)

    @invariant()
    def every_override_is_told(self) -> None:
        if not hasattr(self, "overrides"):
            return
        with self.manager.reading() as tx:
            assert len(overrides_in(tx, ALL)) == self.overrides

    # ---- the model

    def state_of_event(self, source: int) -> EntryStatus:
        """An event is as far as the least agreed time of its source."""
        states = [known.status for known in self.of(source).values()]
        return min(states, key=list(EntryStatus).index, default=EntryStatus.SUBMITTED)

    def lines(self, day, activity, spent, topics, cases) -> list[TimeLine]:
        subjects = tuple(Subject("case", case, weight) for case, weight in cases)
        return [
            TimeLine(self.people[who], kind, minutes, day, activity, tuple(sorted(topics)),
                     subjects=subjects)
            for (who, kind), minutes in spent.items()
        ]  # fmt: skip

    def of(self, source: int) -> dict[tuple[int, int, TimeKind], Known]:
        return {key: known for key, known in self.entries.items() if key[0] == source}

    def in_month(self, person: int, month: str) -> list[tuple[int, int, TimeKind]]:
        return [
            key
            for key, known in self.entries.items()
            if key[1] == person and f"{known.day:%Y-%m}" == month
        ]

    def is_in(self, key: tuple[int, int, TimeKind], status: EntryStatus) -> bool:
        return self.entries[key].status is status

    def turn(self, keys: list[tuple[int, int, TimeKind]], status: EntryStatus) -> None:
        for key in keys:
            self.entries[key] = replace(self.entries[key], status=status)

    def write(self, source: int, lines: list[TimeLine], status: EntryStatus) -> bool:
        before = self.of(source)
        after = {
            (source, line.person_id, line.kind): Known(
                line.minutes, line.worked_on, line.activity, status, line.topics, line.subjects
            )
            for line in lines
        }
        for key, known in before.items():  # what does not differ keeps its state
            if key in after and replace(after[key], status=known.status) == known:
                after[key] = known
        refused = self.refusal(before, after) or self.overload(before, after)
        act = lambda tx: replace_time(tx, ("consultation", source), lines, status=status)  # noqa: E731 — one act
        if not self.attempt(refused, act):
            return False
        for key in before:
            del self.entries[key]
        self.entries |= after
        return True

    def refusal(self, before: dict, after: dict) -> type[DomainError] | None:
        """Say which refusal a change has to meet: none where nothing settled is touched."""
        touched = [known for key, known in before.items() if after.get(key) != known]
        days = {(key[1], known.day) for key, known in before.items() if after.get(key) != known}
        days |= {(key[1], known.day) for key, known in after.items() if before.get(key) != known}
        states = {known.status for known in touched}
        if EntryStatus.LOCKED in states or days & self.locked:
            return DomainError  # locked, or approved where both are touched
        return ApprovedTimeError if EntryStatus.APPROVED in states else None

    def overload(self, before: dict, after: dict) -> type[DomainError] | None:
        """Say whether new or changed time makes a day of its person too long."""
        days: Counter[tuple[int, date]] = Counter()
        for key, known in self.entries.items():
            if key not in before:
                days[key[1], known.day] += known.minutes
        for key, known in after.items():
            days[key[1], known.day] += known.minutes
            is_long = days[key[1], known.day] > LONGEST_DAY_HOURS * MINUTES_IN_HOUR
            if before.get(key) != known and is_long:
                return LongDayError
        return None

    def attempt(self, refused: type[DomainError] | None, act: Callable) -> bool:
        if refused is None:
            with self.door(self.people[0], Role.CONSULTANT).transaction() as tx:
                act(tx)
            return True
        expected = (LockedTimeError, ApprovedTimeError) if refused is DomainError else refused
        with pytest.raises(expected), self.door(self.boss, Role.CONSULTANT).transaction() as tx:
            act(tx)
        return False


def test_the_ledger_keeps_its_sums_and_its_locks_whatever_is_done(
    database: Database, empty_database: Callable[[], None]
) -> None:
    class Here(Ledger):
        def teardown(self) -> None:
            empty_database()

    Here.database = database
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=8,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.fixture
def empty_database(database: Database) -> Callable[[], None]:
    """Empty every table, so that the next run of the machine begins anew."""
    return lambda: emptied(database)

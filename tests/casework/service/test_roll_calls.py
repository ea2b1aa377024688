"""The roll call: who is on it, what an answer changes, and how a leader answers."""

from datetime import date, timedelta

import pytest

from casework.domain.consultation import Draft, Topic, Work
from casework.domain.life import InitiativeState, LifeEventType, LifeSource
from casework.domain.roll_call import RollAnswer, RollOutcome, half_of
from casework.service import (
    answer_by_link,
    answer_roll_call,
    begin_roll_call,
    look_roll_call,
    record_consultation,
    roll_call_link,
    unanswer_roll_call,
    view_initiative,
    view_roll_call,
)
from core import audit
from core.errors import (
    ForbiddenError,
    InvalidError,
    NotFoundError,
    OutOfRangeError,
    RequiredError,
    StaleError,
)
from core.links import LinkEndedError
from core.permissions import Role
from core.workspace import Workspace
from tests import factories

TODAY = date(2026, 11, 23)
SEEN = date(2026, 11, 10)


def person_of(workspace: Workspace) -> int:
    with workspace.reading() as tx:
        return tx.actor.person_id


@pytest.fixture
def helped(workspace, database) -> int:
    with database.writing() as db:
        initiative = factories.make_initiative(db, "Двор без машин")
        factories.make_case(db, person_of(workspace), initiative_id=initiative)
        factories.make_initiative(db, "Никогда не помогали")
        return initiative


@pytest.fixture
def roll(workspace, helped) -> int:
    return begin_roll_call(workspace)


def last_contact(workspace) -> date | None:
    roll = view_roll_call(workspace)
    assert roll is not None
    answer = roll.lines[0].answer
    assert answer is not None
    return answer.last_contact_on


def state(workspace, initiative) -> InitiativeState:
    return view_initiative(workspace, initiative_id=initiative).initiative.life.state


def events(workspace, initiative) -> list[tuple[LifeEventType, date, LifeSource]]:
    found = view_initiative(workspace, initiative_id=initiative).initiative.events
    return [(event.type, event.when.on, event.source) for event in found]


def test_half_years_begin_in_january_and_july() -> None:
    days = [date(2026, 6, 30), date(2026, 7, 1), date(2026, 12, 31)]
    assert [half_of(day) for day in days] == [
        date(2026, 1, 1), date(2026, 7, 1), date(2026, 7, 1),
    ]  # fmt: skip


def test_everybody_ever_helped_is_on_the_list(workspace, helped, roll) -> None:
    assert begin_roll_call(workspace) == roll
    shown = view_roll_call(workspace)
    assert shown is not None
    assert [line.initiative_id for line in shown.lines] == [helped]
    assert (shown.half_on, shown.answered) == (date(2026, 7, 1), 0)
    assert view_roll_call(workspace, half_on=date(2026, 1, 1)) is None


@pytest.mark.parametrize(
    ("outcome", "expected", "event", "on"),
    [
        (RollOutcome.ALIVE, InitiativeState.ALIVE, LifeEventType.SEEN_ACTIVE, SEEN),
        (RollOutcome.PAUSED, InitiativeState.PAUSED, LifeEventType.PAUSED, SEEN),
        (RollOutcome.CEASED, InitiativeState.CEASED, LifeEventType.CEASED, SEEN),
        (RollOutcome.BECAME_NGO, InitiativeState.NGO, LifeEventType.BECAME_NGO, SEEN),
        (RollOutcome.MERGED, InitiativeState.MERGED, LifeEventType.MERGED, SEEN),
    ],
)
def test_an_answer_becomes_an_event_of_the_life(
    workspace, helped, roll, outcome, expected, event, on
) -> None:
    answer = RollAnswer(outcome, LifeSource.MEDIA, SEEN)
    answer_roll_call(workspace, roll_call_id=roll, initiative_id=helped, answer=answer)
    assert state(workspace, helped) is expected
    assert events(workspace, helped) == [(event, on, LifeSource.MEDIA)]
    shown = view_roll_call(workspace)
    assert shown is not None
    assert shown.answered == 1


def test_an_answer_is_changed_and_taken_back_with_its_event(workspace, helped, roll) -> None:
    which = {"roll_call_id": roll, "initiative_id": helped}
    paused = RollAnswer(RollOutcome.PAUSED, last_contact_on=SEEN)
    answer_roll_call(workspace, **which, answer=paused)
    with pytest.raises(StaleError):
        answer_roll_call(workspace, **which, answer=paused)
    alive = RollAnswer(RollOutcome.ALIVE, last_contact_on=SEEN, version=1)
    answer_roll_call(workspace, **which, answer=alive)
    assert [kind for kind, _on, _source in events(workspace, helped)] == [LifeEventType.SEEN_ACTIVE]
    unanswer_roll_call(workspace, **which)
    assert events(workspace, helped) == []
    assert state(workspace, helped) is InitiativeState.UNKNOWN


def test_who_ended_is_not_lost_because_nobody_answers(workspace, helped, roll) -> None:
    which = {"roll_call_id": roll, "initiative_id": helped}
    answer_roll_call(workspace, **which, answer=RollAnswer(RollOutcome.CEASED))
    lost = RollAnswer(RollOutcome.NOT_REACHED, version=1)
    answer_roll_call(workspace, **which, answer=lost)
    assert state(workspace, helped) is InitiativeState.UNKNOWN  # its end was said here, and is not
    unanswer_roll_call(workspace, **which)
    answer_roll_call(workspace, **which, answer=RollAnswer(RollOutcome.CEASED))


def test_not_reached_keeps_an_end_that_was_known_before(
    workspace, helped, roll, clock, database
) -> None:
    which = {"initiative_id": helped}
    ended = RollAnswer(RollOutcome.CEASED, last_contact_on=SEEN)
    answer_roll_call(workspace, roll_call_id=roll, **which, answer=ended)
    clock.now += timedelta(days=60)
    later = begin_roll_call(workspace)
    lost = RollAnswer(RollOutcome.NOT_REACHED)
    answer_roll_call(workspace, roll_call_id=later, **which, answer=lost)
    assert state(workspace, helped) is InitiativeState.CEASED
    halves = view_roll_call(workspace)
    assert halves is not None
    assert halves.halves == (date(2027, 1, 1), date(2026, 7, 1))


@pytest.mark.parametrize("asked_on", [TODAY, None])
def test_whom_nobody_reached_keeps_the_day_of_the_last_contact(
    workspace, helped, roll, clock, asked_on
) -> None:
    heard = RollAnswer(RollOutcome.ALIVE, last_contact_on=SEEN)
    answer_roll_call(workspace, roll_call_id=roll, initiative_id=helped, answer=heard)
    clock.now += timedelta(days=60)
    later = begin_roll_call(workspace)
    day = asked_on and asked_on + timedelta(days=60)
    lost = RollAnswer(RollOutcome.NOT_REACHED, last_contact_on=day)
    answer_roll_call(workspace, roll_call_id=later, initiative_id=helped, answer=lost)
    assert last_contact(workspace) == SEEN
    corrected = RollAnswer(RollOutcome.NOT_REACHED, last_contact_on=TODAY, version=1)
    answer_roll_call(workspace, roll_call_id=later, initiative_id=helped, answer=corrected)
    assert last_contact(workspace) == TODAY  # a day that somebody wrote down on purpose


def test_last_contact_is_told_by_open_meetings_only(workspace, helped, roll, database) -> None:
    me = person_of(workspace)
    with database.writing() as db:
        case = factories.make_case(db, me, initiative_id=helped)
    for day, topic in ((date(2026, 9, 1), Topic.BUDGET), (date(2026, 10, 1), Topic.PSYCHOLOGIST)):
        draft = Draft(day, frozenset({topic}), (Work(me, 60),), cases=frozenset({case}))
        record_consultation(workspace, draft=draft)
    lost = RollAnswer(RollOutcome.NOT_REACHED, last_contact_on=TODAY)
    answer_roll_call(workspace, roll_call_id=roll, initiative_id=helped, answer=lost)
    assert last_contact(workspace) == date(2026, 9, 1)


def test_an_impossible_answer_is_refused(workspace, workspaces, helped, roll, database) -> None:
    which = {"roll_call_id": roll, "initiative_id": helped}
    tomorrow = RollAnswer(RollOutcome.ALIVE, last_contact_on=TODAY + timedelta(days=1))
    with pytest.raises(OutOfRangeError):
        answer_roll_call(workspace, **which, answer=tomorrow)
    with database.writing() as db:
        stranger = factories.make_initiative(db)
    alive = RollAnswer(RollOutcome.ALIVE)
    with pytest.raises(NotFoundError):
        answer_roll_call(workspace, roll_call_id=roll, initiative_id=stranger, answer=alive)
    with pytest.raises(NotFoundError):
        answer_roll_call(workspace, roll_call_id=99, initiative_id=helped, answer=alive)
    with pytest.raises(ForbiddenError):
        answer_roll_call(workspaces(Role.ADMINISTRATOR), **which, answer=alive)


def test_a_leader_answers_once_by_a_link(workspace, helped, roll, database, clock) -> None:
    token = roll_call_link(workspace, roll_call_id=roll, initiative_id=helped)
    asked = look_roll_call(database, token, clock=clock)
    assert (asked.initiative_id, asked.initiative) == (helped, "Двор без машин")
    for said, error in ((None, RequiredError), (RollOutcome.NOT_REACHED, InvalidError)):
        with pytest.raises(error):
            answer_by_link(database, token, said, clock=clock)
    answer_by_link(database, token, RollOutcome.PAUSED, "Зимуем", clock=clock)

    assert events(workspace, helped) == [(LifeEventType.PAUSED, TODAY, LifeSource.LEADER)]
    with pytest.raises(LinkEndedError):
        answer_by_link(database, token, RollOutcome.ALIVE, clock=clock)
    with database.reading() as db:
        lines = [line for line in audit.find_lines(db, limit=10) if "leader" in line.action]
    assert [line.subject for line in lines] == [f"initiative:{helped}"]
    assert "Зимуем" not in str(lines)


def test_a_new_link_ends_the_earlier_one_and_all_end_in_time(
    workspace, helped, roll, database, clock
) -> None:
    which = {"roll_call_id": roll, "initiative_id": helped}
    first = roll_call_link(workspace, **which)
    second = roll_call_link(workspace, **which)
    with pytest.raises(LinkEndedError):
        look_roll_call(database, first, clock=clock)
    clock.now += timedelta(days=30)
    with pytest.raises(LinkEndedError):
        look_roll_call(database, second, clock=clock)


@pytest.mark.parametrize("count", [1, 3])
def test_the_worklist_asks_the_same_few_questions(workspace, database, count) -> None:
    from core.database import tallied

    with database.writing() as db:
        for _ in range(count):
            factories.make_case(db, person_of(workspace))
    begin_roll_call(workspace)
    with tallied() as tally:
        shown = view_roll_call(workspace)
    assert shown is not None
    assert len(shown.lines) == count
    began = 1 if database.is_sqlite else 0
    assert tally.statements - began == 7  # the call, meetings, leaders, lines, people, half-years

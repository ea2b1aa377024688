"""The calendar and its feed, and what they do not tell."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import date, time, timedelta
from threading import Barrier

import pytest

from accounts.service import set_account_active
from casework.domain.agenda import Span
from casework.domain.attendance import Attendance, Attendee
from casework.domain.consultation import Draft, Topic, Work
from casework.service import (
    cancel_consultation,
    has_feed,
    make_feed,
    plan_consultation,
    read_feed,
    record_consultation,
    revoke_feed,
    set_attendance,
    view_agenda,
)
from core.errors import ForbiddenError
from core.links import LinkEndedError
from core.permissions import Role
from tests import factories

TODAY = date(2026, 11, 23)
SECRET = "Лукерья Тайная"


@pytest.fixture
def me(workspace) -> int:
    with workspace.reading() as tx:
        return tx.actor.person_id


@pytest.fixture
def draft(database, me) -> Draft:
    with database.writing() as db:
        initiative = factories.make_initiative(db, "Двор без машин")
        case = factories.make_case(db, me, initiative_id=initiative)
    return Draft(
        TODAY,
        frozenset({Topic.BUDGET}),
        (Work(me, 90),),
        starts_at=time(10),
        cases=frozenset({case}),
        expected_minutes=60,
    )


@pytest.fixture
def private(draft) -> Draft:
    return replace(draft, topics=frozenset({Topic.PSYCHOLOGIST}), starts_at=time(12), note=SECRET)


def test_a_month_shows_what_is_planned_and_held_and_not_what_is_called_off(
    workspace, draft
) -> None:
    held = record_consultation(workspace, draft=draft)
    later = replace(draft, held_on=TODAY + timedelta(days=3))
    planned = plan_consultation(workspace, draft=later)
    cancel_consultation(workspace, consultation_id=plan_consultation(workspace, draft=later))

    agenda = view_agenda(workspace, span=Span.MONTH)

    assert [entry.id for entry in agenda.entries] == [held, planned]
    [first] = agenda.of(TODAY)
    assert (first.initiatives, first.topics) == (("Двор без машин",), (Topic.BUDGET,))


def test_the_view_is_of_one_consultant_when_asked(workspace, workspaces, draft, me) -> None:
    record_consultation(workspace, draft=draft)
    other = workspaces(Role.CONSULTANT)

    assert len(view_agenda(other, span=Span.WEEK, consultant_id=me).entries) == 1
    assert view_agenda(other, span=Span.WEEK, consultant_id=me + 999).entries == ()


@pytest.mark.parametrize("role", [Role.CONSULTANT, Role.MANAGER, Role.ADMINISTRATOR])
def test_a_private_meeting_of_another_is_a_taken_hour(
    workspace, workspaces, private, me, role
) -> None:
    meeting = record_consultation(workspace, draft=private)
    people = [Attendee(Attendance.ATTENDED, name=SECRET)]
    set_attendance(workspace, consultation_id=meeting, version=1, attendees=people)

    for consultant in (None, me):
        [entry] = view_agenda(workspaces(role), span=Span.WEEK, consultant_id=consultant).entries
        assert entry.is_busy
        assert (entry.on, entry.starts_at) == (TODAY, time(12))
        assert (entry.initiatives, entry.topics, entry.consultants) == ((), (), ())
    assert not view_agenda(workspace, span=Span.WEEK).entries[0].is_busy


def test_a_feed_holds_the_persons_own_meetings_and_no_confidential_word(
    workspace, workspaces, database, clock, draft, private, me
) -> None:
    open_one = record_consultation(workspace, draft=draft)
    hidden = plan_consultation(workspace, draft=private)
    other = workspaces(Role.CONSULTANT)
    with other.reading() as tx:
        own = replace(draft, consultants=(Work(tx.actor.person_id),), cases=frozenset())
    plan_consultation(other, draft=own)

    feed = read_feed(database, make_feed(workspace), clock)

    assert [(e.id, e.minutes, e.is_private) for e in feed.events] == [
        (open_one, 90, False),
        (hidden, 60, True),
    ]
    assert [e.initiatives for e in feed.events] == [("Двор без машин",), ()]
    assert SECRET not in repr(feed)
    assert str(feed.zone) == "Asia/Yekaterinburg"


def test_a_new_link_stops_the_old_one_and_switching_off_stops_both(
    workspace, database, clock
) -> None:
    assert not has_feed(workspace)
    old = make_feed(workspace)
    new = make_feed(workspace)
    assert has_feed(workspace)
    with pytest.raises(LinkEndedError):
        read_feed(database, old, clock)
    assert read_feed(database, new, clock).events == ()

    revoke_feed(workspace)

    assert not has_feed(workspace)
    with pytest.raises(LinkEndedError):
        read_feed(database, new, clock)


def test_of_links_made_at_once_one_is_left(database, clock, workspaces, me) -> None:
    """A second press, a second tab: what was handed out and forgotten must not stay open."""
    start = Barrier(4)

    def make(_number: int) -> str:
        own = workspaces(Role.CONSULTANT, person_id=me)
        start.wait()
        return make_feed(own)

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(make, range(4)))
    opened = []
    for token in made:
        with suppress(LinkEndedError):
            opened.append(read_feed(database, token, clock))
    assert len(opened) == 1


def test_the_link_of_one_who_left_opens_nothing(workspace, workspaces, database, clock, me) -> None:
    token = make_feed(workspace)
    set_account_active(workspaces(Role.ADMINISTRATOR), me, active=False)

    with pytest.raises(LinkEndedError):
        read_feed(database, token, clock)


def test_an_expert_has_no_calendar(workspaces) -> None:
    expert = workspaces(Role.EXPERT)
    for act in (
        lambda: view_agenda(expert, span=Span.WEEK),
        lambda: make_feed(expert),
        lambda: has_feed(expert),
        lambda: revoke_feed(expert),
    ):
        with pytest.raises(ForbiddenError):
            act()

"""Who was at a meeting: noted, counted, hidden with a private talk."""

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from casework import store
from casework.domain.attendance import Attendance, Attendee, SamePersonTwiceError
from casework.domain.consultation import Draft, Search, Topic, Work
from casework.domain.initiative import NewParticipant
from casework.service import (
    add_person,
    attended_counts,
    edit_consultation,
    export_consultations,
    list_consultations,
    put_back_attendance,
    record_consultation,
    set_attendance,
    timeline,
    view_case,
    view_consultation,
)
from core.audit import AuditEntry
from core.errors import ForbiddenError, NotFoundError, StaleError
from core.permissions import Role
from hours.service import EventQuery, Quarter, events_in
from tests import factories

TODAY = date(2026, 11, 23)
NOVEMBER = Search(date(2026, 11, 1), date(2026, 12, 1))
CAME, ABSENT = Attendance.ATTENDED, Attendance.ABSENT
SECRET = "Лукерья Тайная"


@pytest.fixture
def me(workspace) -> int:
    with workspace.reading() as tx:
        return tx.actor.person_id


@pytest.fixture
def case(database, me) -> int:
    with database.writing() as db:
        return factories.make_case(db, me)


@pytest.fixture
def draft(me, case) -> Draft:
    return Draft(TODAY, frozenset({Topic.BUDGET}), (Work(me, 60),), cases=frozenset({case}))


@pytest.fixture
def leader(workspace, case) -> int:
    initiative = view_case(workspace, case_id=case).case.initiative_id
    add_person(workspace, initiative_id=initiative, new=NewParticipant("Вера"), is_sure=True)
    with workspace.reading() as tx:
        return store.list_people_of_cases(tx.db, [case])[0]


def note(workspace, meeting: int, *people: Attendee, version: int = 1):
    return set_attendance(workspace, consultation_id=meeting, version=version, attendees=people)


def test_people_of_the_initiative_and_others_are_noted_and_counted(
    workspace, draft, leader
) -> None:
    meeting = record_consultation(workspace, draft=draft)
    listed = (Attendee(CAME, leader), Attendee(CAME, name="Сосед"), Attendee(ABSENT, name="Ира"))

    note(workspace, meeting, *listed)

    view = view_consultation(workspace, consultation_id=meeting)
    assert (view.attendees, view.expected, view.people[leader]) == (listed, (leader,), "Вера")
    with workspace.reading() as tx:
        assert attended_counts(tx, [meeting]) == {meeting: 2}
    assert [line.attended for line in list_consultations(workspace, NOVEMBER)[0]] == [2]


def test_person_minutes_count_those_who_came(workspace, workspaces, draft, leader) -> None:
    def counted() -> tuple[int, int]:
        with workspaces(Role.MANAGER).reading() as tx:
            figure = events_in(tx, EventQuery(Quarter(2026, 4).period))
        return figure.attended, figure.person_minutes

    meeting = record_consultation(workspace, draft=draft)
    assert counted() == (1, 60)  # nobody is noted: the initiative counts for one
    note(workspace, meeting, Attendee(CAME, leader), Attendee(CAME, name="Сосед"))
    assert counted() == (2, 120)
    edit_consultation(
        workspace, consultation_id=meeting, version=2,
        draft=replace(draft, consultants=(replace(draft.consultants[0], contact=30),)),
    )  # fmt: skip
    assert counted() == (2, 60)


def test_a_change_is_taken_back(workspace, draft, leader) -> None:
    meeting = record_consultation(workspace, draft=draft)
    note(workspace, meeting, Attendee(CAME, leader))
    before = note(workspace, meeting, Attendee(ABSENT, leader), version=2)

    put_back_attendance(workspace, consultation_id=meeting, version=3, before=before)

    view = view_consultation(workspace, consultation_id=meeting)
    assert view.attendees == (Attendee(CAME, leader),)


def test_two_people_do_not_overwrite_each_other(workspace, draft, leader) -> None:
    meeting = record_consultation(workspace, draft=draft)
    note(workspace, meeting, Attendee(CAME, leader))

    with pytest.raises(StaleError):
        note(workspace, meeting, Attendee(ABSENT, leader))


def test_a_person_of_no_initiative_here_is_refused(workspace, database, draft) -> None:
    meeting = record_consultation(workspace, draft=draft)
    with database.writing() as db:
        stranger = factories.make_person(db)

    with pytest.raises(NotFoundError):
        note(workspace, meeting, Attendee(CAME, stranger))


def test_the_refusal_of_one_person_twice_names_them(workspace, draft, leader) -> None:
    meeting = record_consultation(workspace, draft=draft)
    with pytest.raises(SamePersonTwiceError) as refused:
        note(workspace, meeting, Attendee(CAME, leader), Attendee(ABSENT, leader))
    assert refused.value.details["name"] == "Вера"


def test_who_has_nothing_to_do_with_the_case_notes_nobody(workspace, workspaces, draft) -> None:
    meeting = record_consultation(workspace, draft=draft)
    for other in (workspaces(Role.CONSULTANT), workspaces(Role.MANAGER)):
        with pytest.raises(ForbiddenError):
            note(other, meeting, Attendee(CAME, name="Сосед"))


@pytest.mark.parametrize("role", [Role.CONSULTANT, Role.MANAGER, Role.ADMINISTRATOR])
def test_participants_of_a_private_talk_are_found_nowhere(
    workspace, workspaces, database, draft, case, role
) -> None:
    private = replace(draft, topics=frozenset({Topic.PSYCHOLOGIST}))
    meeting = record_consultation(workspace, draft=private)
    note(workspace, meeting, Attendee(CAME, name=SECRET))
    other = workspaces(role)

    shown = [
        view_consultation(other, consultation_id=meeting),
        list_consultations(other, NOVEMBER),
        export_consultations(other, NOVEMBER),
        timeline(other, case_id=case),
        view_case(other, case_id=case),
    ]

    assert SECRET not in repr(shown)
    assert [line.attended for line in shown[1][0]] == [0]
    assert SECRET in repr(view_consultation(workspace, consultation_id=meeting))


def test_the_trail_counts_people_and_names_nobody(workspace, database, draft) -> None:
    meeting = record_consultation(workspace, draft=draft)
    note(workspace, meeting, Attendee(CAME, name=SECRET))

    with database.reading() as db:
        [line] = db.scalars(
            sa.select(AuditEntry).where(AuditEntry.action == "consultation.attendance_set")
        )
    assert line.details == '{"absent":0,"attended":1,"excused":0}'

"""Private notes stay with their author and those named, whatever anybody's roles."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from accounts.service import set_account_active
from casework.domain.consultation import Draft, Line, Search, Topic, Work
from casework.domain.note import SuccessorError, TwoPeopleError
from casework.domain.step import NewStep
from casework.service import (
    approve_unsealing,
    ask_unsealing,
    edit_consultation,
    hand_over_notes,
    list_cases,
    list_consultations,
    list_unsealings,
    my_day,
    open_note,
    record_consultation,
    remove_consultation,
    tick_step,
    timeline,
    view_case,
    view_consultation,
)
from core.audit import AuditEntry
from core.errors import ForbiddenError, NotFoundError
from core.permissions import Role, Secrecy
from tests import factories

SECRET = "Секрет о разводе 7f3a"
STEP = "Записаться к психологу 9c1d"
TODAY = date(2026, 11, 23)
NOVEMBER = Search(date(2026, 11, 1), date(2026, 12, 1))


@pytest.fixture
def me(workspace) -> int:
    with workspace.reading() as tx:
        return tx.actor.person_id


@pytest.fixture
def case(database, me) -> int:
    with database.writing() as db:
        initiative = factories.make_initiative(db, "Тайная инициатива 5b2e")
        return factories.make_case(
            db, factories.make_person(db), members=[me], initiative_id=initiative
        )


@pytest.fixture
def draft(me, case) -> Draft:
    return Draft(
        held_on=TODAY,
        topics=frozenset({Topic.PSYCHOLOGIST}),
        consultants=(Work(me, 50),),
        cases=frozenset({case}),
        note=SECRET,
        steps=(NewStep(STEP, date(2026, 12, 1)),),
    )


@pytest.fixture
def talk(workspace, draft) -> int:
    return record_consultation(workspace, draft=draft)


def openings(database) -> int:
    with database.reading() as db:
        query = sa.select(sa.func.count()).where(AuditEntry.action == "note.opened")
        return db.scalar(query) or 0


def outsiders(workspaces, database, case):
    """The lead of the very case, another consultant, a manager, an administrator, a director."""
    with database.reading() as db:
        from casework import store

        lead = store.load_guard(db, case).lead
    return [
        workspaces(Role.CONSULTANT, person_id=lead),
        workspaces(Role.CONSULTANT),
        workspaces(Role.MANAGER),
        workspaces(Role.ADMINISTRATOR),
        workspaces(Role.ADMINISTRATOR, Role.MANAGER, Role.CONSULTANT),
    ]


def test_a_talk_with_the_psychologist_starts_as_private(workspace, talk) -> None:
    view = view_consultation(workspace, consultation_id=talk)

    assert view.consultation is not None
    assert view.consultation.secrecy is Secrecy.PRIVATE


def test_outsiders_see_date_and_minutes_and_nothing_else(workspaces, database, case, talk) -> None:
    for outsider in outsiders(workspaces, database, case):
        lines, cases, people = list_consultations(outsider, NOVEMBER)
        view = view_consultation(outsider, consultation_id=talk)

        assert lines == (Line(talk, TODAY, 50, is_redacted=True),)
        assert (cases, people) == ({}, {})
        assert (view.line, view.consultation, view.note) == (lines[0], None, None)
        assert (view.works, view.steps, view.cases, view.people) == ((), (), {}, {})
        assert not view.may_open
        with pytest.raises(ForbiddenError):
            open_note(outsider, consultation_id=talk)


def test_what_is_planted_never_reaches_an_outsider(workspaces, database, case, talk, me) -> None:
    for outsider in outsiders(workspaces, database, case):
        told = repr(
            [
                list_consultations(outsider, NOVEMBER),
                list_consultations(outsider, replace(NOVEMBER, case_id=case)),
                list_consultations(outsider, replace(NOVEMBER, topic=Topic.PSYCHOLOGIST)),
                list_consultations(outsider, replace(NOVEMBER, consultant_id=me)),
                view_consultation(outsider, consultation_id=talk),
                timeline(outsider, case_id=case),
                view_case(outsider, case_id=case).steps,
                view_case(outsider, case_id=case).next_on,
                [line.last_on for line in list_cases(outsider)],
            ]
        )

        assert SECRET not in told
        assert STEP not in told
        assert "psychologist" not in told
        assert list_consultations(outsider, replace(NOVEMBER, case_id=case))[0] == ()
        assert list_consultations(outsider, replace(NOVEMBER, topic=Topic.PSYCHOLOGIST))[0] == ()
        assert list_consultations(outsider, replace(NOVEMBER, consultant_id=me))[0] == ()
        assert view_case(outsider, case_id=case).next_on is None


def test_outsiders_change_nothing_of_a_private_talk(
    workspaces, database, case, talk, draft, workspace
) -> None:
    with workspace.reading() as tx:
        step = view_case_steps(tx, case)
    for outsider in outsiders(workspaces, database, case):
        with pytest.raises(ForbiddenError):
            edit_consultation(outsider, consultation_id=talk, version=1, draft=draft)
        with pytest.raises(ForbiddenError):
            remove_consultation(outsider, consultation_id=talk)
        with pytest.raises(NotFoundError):
            tick_step(outsider, step_id=step)


def view_case_steps(tx, case) -> int:
    from casework import store
    from core.permissions import note_reach

    return store.list_case_steps(tx.db, case, note_reach(tx.actor))[0].id


def test_the_author_opens_the_note_with_one_audit_line_in_a_quarter_of_an_hour(
    workspace, talk, database, clock
) -> None:
    assert view_consultation(workspace, consultation_id=talk).note is None

    assert open_note(workspace, consultation_id=talk) == SECRET
    assert open_note(workspace, consultation_id=talk) == SECRET
    assert view_consultation(workspace, consultation_id=talk).note == SECRET
    assert openings(database) == 1

    clock.now += timedelta(minutes=15)
    assert view_consultation(workspace, consultation_id=talk).note is None
    open_note(workspace, consultation_id=talk)
    assert openings(database) == 2


def test_those_named_read_and_edit_but_do_not_name_others(
    workspace, workspaces, draft, talk
) -> None:
    other = workspaces(Role.CONSULTANT)
    with other.reading() as tx:
        person = tx.actor.person_id
    named = replace(draft, named=frozenset({person}), steps=(), note=None)
    edit_consultation(workspace, consultation_id=talk, version=1, draft=named)

    assert open_note(other, consultation_id=talk) == SECRET
    edit_consultation(other, consultation_id=talk, version=2, draft=replace(named, note="Новое"))
    for wider in (
        replace(named, secrecy=Secrecy.TEAM),
        replace(named, named=frozenset({person, 1})),
    ):
        with pytest.raises(ForbiddenError):
            edit_consultation(other, consultation_id=talk, version=3, draft=wider)


def test_a_team_note_is_read_by_the_team_and_not_by_administrators(
    workspace, workspaces, draft
) -> None:
    talk = record_consultation(workspace, draft=replace(draft, secrecy=Secrecy.TEAM))

    notes = [
        view_consultation(workspaces(role), consultation_id=talk).note
        for role in (Role.CONSULTANT, Role.MANAGER, Role.ADMINISTRATOR)
    ]

    assert notes == [SECRET, SECRET, None]


def test_a_case_note_is_read_by_its_case_and_managers(
    workspace, workspaces, database, case, draft
) -> None:
    talk = record_consultation(workspace, draft=replace(draft, secrecy=Secrecy.CASE))
    lead, stranger, manager, administrator, director = outsiders(workspaces, database, case)

    notes = [
        view_consultation(who, consultation_id=talk).note
        for who in (lead, stranger, manager, administrator, director)
    ]

    assert notes == [SECRET, None, SECRET, None, SECRET]


def test_a_manager_and_an_administrator_open_a_note_together(
    workspace, workspaces, talk, database, clock
) -> None:
    manager, administrator = workspaces(Role.MANAGER), workspaces(Role.ADMINISTRATOR)
    with pytest.raises(ForbiddenError):
        ask_unsealing(workspaces(Role.CONSULTANT), consultation_id=talk, reason="Любопытно")
    asked = ask_unsealing(manager, consultation_id=talk, reason="Угроза жизни")
    with pytest.raises(TwoPeopleError):
        approve_unsealing(manager, unsealing_id=asked)
    with pytest.raises(ForbiddenError):
        open_note(manager, consultation_id=talk)
    assert [u.id for u, _name in list_unsealings(administrator)] == [asked]

    approve_unsealing(administrator, unsealing_id=asked)

    assert open_note(manager, consultation_id=talk) == SECRET
    assert view_consultation(manager, consultation_id=talk).note == SECRET
    with pytest.raises(ForbiddenError):
        open_note(administrator, consultation_id=talk)
    told = my_day(workspace).unsealed
    assert [(u.reason, u.approved_by is not None) for u in told] == [("Угроза жизни", True)]
    assert openings(database) == 1
    clock.now += timedelta(hours=24)
    with pytest.raises(ForbiddenError):
        open_note(manager, consultation_id=talk)


def test_a_leavers_notes_pass_to_a_named_successor(workspace, workspaces, talk, me) -> None:
    administrator = workspaces(Role.ADMINISTRATOR)
    manager, successor = workspaces(Role.MANAGER, Role.CONSULTANT), workspaces(Role.CONSULTANT)
    ids = {}
    for name, who in (("manager", manager), ("successor", successor)):
        with who.reading() as tx:
            ids[name] = tx.actor.person_id
    with pytest.raises(SuccessorError):
        hand_over_notes(manager, leaver_id=me, successor_id=ids["successor"])
    set_account_active(administrator, me, active=False)
    with pytest.raises(ForbiddenError):
        open_note(successor, consultation_id=talk)
    for wrong in (ids["manager"], me):
        with pytest.raises(SuccessorError):
            hand_over_notes(manager, leaver_id=me, successor_id=wrong)
    with pytest.raises(ForbiddenError):
        hand_over_notes(administrator, leaver_id=me, successor_id=ids["successor"])

    assert hand_over_notes(manager, leaver_id=me, successor_id=ids["successor"]) == 1

    assert open_note(successor, consultation_id=talk) == SECRET


def test_the_trail_holds_no_word_of_it(workspace, workspaces, talk, database) -> None:
    open_note(workspace, consultation_id=talk)
    ask_unsealing(workspaces(Role.MANAGER), consultation_id=talk, reason=SECRET)
    with database.reading() as db:
        trail = repr([(e.action, e.object, e.details) for e in db.scalars(sa.select(AuditEntry))])

    assert SECRET not in trail
    assert "psychologist" not in trail
    assert '"case' not in trail.replace("case:", "")

"""The leader's link: what it shows, what it does, what it never tells."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from accounts.domain.contact import ConsentScope, NewConsent
from casework import store
from casework.domain.consultation import Draft, Topic, Work
from casework.domain.initiative import NewParticipant
from casework.domain.leader import Appointment, TooManyQuestionsError
from casework.domain.step import NewStep
from casework.service import (
    add_person,
    agree_step,
    ask_question,
    make_leader_link,
    my_day,
    plan_consultation,
    record_consultation,
    remove_person,
    revoke_leader_link,
    take_consent_back,
    tick_step,
    view_case,
    view_for_leader,
    view_leader_links,
)
from core.errors import ForbiddenError, NotFoundError, RequiredError
from core.links import LinkEndedError
from core.permissions import Role
from tests import factories

TODAY = date(2026, 11, 23)
TOMORROW = TODAY + timedelta(days=1)
SECRET = "Секрет 7f3a"


@pytest.fixture
def me(workspace) -> int:
    with workspace.reading() as tx:
        return tx.actor.person_id


@pytest.fixture
def case(database, me) -> int:
    with database.writing() as db:
        initiative = factories.make_initiative(db, "Двор без машин")
        return factories.make_case(db, me, initiative_id=initiative)


@pytest.fixture
def initiative(workspace, case) -> int:
    return view_case(workspace, case_id=case).case.initiative_id


@pytest.fixture
def bond(workspace, initiative) -> int:
    consent = NewConsent(ConsentScope.CONTACT, TODAY, "устно")
    new = NewParticipant("Вера", consent=consent)
    made = add_person(workspace, initiative_id=initiative, new=new, is_sure=True)
    assert made.bond_id is not None
    return made.bond_id


@pytest.fixture
def vera(workspace, case, bond) -> int:
    with workspace.reading() as tx:
        return store.list_people_of_cases(tx.db, [case])[0]


@pytest.fixture
def token(workspace, case, vera) -> str:
    return make_leader_link(workspace, case_id=case, person_id=vera)


@pytest.fixture
def draft(me, case) -> Draft:
    return Draft(
        TODAY,
        frozenset({Topic.BUDGET}),
        (Work(me, 60),),
        cases=frozenset({case}),
        note=SECRET,
        steps=(NewStep("Найти бухгалтера", TOMORROW),),
    )


def test_the_leader_sees_what_was_agreed_and_when_to_meet(
    workspace, database, clock, case, token, draft
) -> None:
    record_consultation(workspace, draft=draft)
    done = agree_step(workspace, case_id=case, text="Позвонить в ТСЖ")
    tick_step(workspace, step_id=done)
    later = replace(draft, held_on=TOMORROW, starts_at=time(18), steps=())
    plan_consultation(workspace, draft=later)

    view = view_for_leader(database, token, clock)

    assert (view.initiative, view.name) == ("Двор без машин", "Вера")
    assert [(step.text, step.due_on) for step in view.waiting] == [("Найти бухгалтера", TOMORROW)]
    assert [step.text for step in view.done] == ["Позвонить в ТСЖ"]
    assert view.meetings == (Appointment(TOMORROW, time(18), draft.form),)
    assert SECRET not in repr(view)


def test_nothing_of_a_private_talk_stands_on_the_page(
    workspace, database, clock, token, draft
) -> None:
    private = replace(
        draft, topics=frozenset({Topic.PSYCHOLOGIST}), steps=(NewStep(SECRET, TOMORROW),)
    )
    record_consultation(workspace, draft=private)
    plan_consultation(workspace, draft=replace(private, held_on=TOMORROW, steps=()))

    view = view_for_leader(database, token, clock)

    assert (view.waiting, view.meetings) == ((), ())
    assert SECRET not in repr(view)


def test_a_question_lands_on_the_case_and_the_desk_of_its_lead_once(
    workspace, database, clock, case, token
) -> None:
    for _time in range(2):
        ask_question(database, token, " Можно ли перенести? ", clock)

    [step] = view_case(workspace, case_id=case).steps
    assert (step.text, step.is_question, step.due_on) == ("Можно ли перенести?", True, TODAY)
    assert [due.text for due in my_day(workspace).steps] == ["Можно ли перенести?"]
    view = view_for_leader(database, token, clock)
    assert ([q.text for q in view.questions], view.waiting) == (["Можно ли перенести?"], ())

    tick_step(workspace, step_id=step.id)
    assert view_for_leader(database, token, clock).questions[0].done_on == TODAY


def test_an_empty_question_and_an_eleventh_are_refused(database, clock, token) -> None:
    with pytest.raises(RequiredError):
        ask_question(database, token, "  ", clock)
    for number in range(10):
        ask_question(database, token, f"Вопрос {number}", clock)
    with pytest.raises(TooManyQuestionsError):
        ask_question(database, token, "Ещё один", clock)


def test_a_consent_is_taken_back_once_and_only_ones_own(
    workspace, database, clock, initiative, token
) -> None:
    [consent] = view_for_leader(database, token, clock).consents
    for _time in range(2):
        take_consent_back(database, token, consent.id, clock)

    [after] = view_for_leader(database, token, clock).consents
    assert after.withdrawn_on == TODAY
    other = NewParticipant("Олег", consent=NewConsent(ConsentScope.SHARING, TODAY))
    add_person(workspace, initiative_id=initiative, new=other, is_sure=True)
    with pytest.raises(NotFoundError):
        take_consent_back(database, token, consent.id + 1, clock)


def test_a_new_link_stops_the_old_one_and_each_ends_when_taken_back(
    workspace, database, clock, case, vera, token
) -> None:
    new = make_leader_link(workspace, case_id=case, person_id=vera)
    with pytest.raises(LinkEndedError):
        view_for_leader(database, token, clock)
    assert view_leader_links(workspace, case_id=case).live == {vera}

    revoke_leader_link(workspace, case_id=case, person_id=vera)

    assert view_leader_links(workspace, case_id=case).live == frozenset()
    for act in (
        lambda: view_for_leader(database, new, clock),
        lambda: ask_question(database, new, "Вопрос", clock),
        lambda: take_consent_back(database, new, 1, clock),
    ):
        with pytest.raises(LinkEndedError):
            act()


def test_who_left_the_initiative_opens_nothing(
    workspace, database, clock, initiative, bond, token
) -> None:
    remove_person(workspace, initiative_id=initiative, bond_id=bond)
    with pytest.raises(LinkEndedError):
        view_for_leader(database, token, clock)


def test_links_are_for_people_of_the_initiative_by_those_who_work_on_the_case(
    workspace, workspaces, database, case, vera
) -> None:
    with database.writing() as db:
        stranger = factories.make_person(db)
    with pytest.raises(NotFoundError):
        make_leader_link(workspace, case_id=case, person_id=stranger)
    for role in (Role.CONSULTANT, Role.ADMINISTRATOR):
        other = workspaces(role)
        for act in (
            lambda here: make_leader_link(here, case_id=case, person_id=vera),
            lambda here: revoke_leader_link(here, case_id=case, person_id=vera),
            lambda here: view_leader_links(here, case_id=case),
        ):
            with pytest.raises(ForbiddenError):
                act(other)

"""Absences and leaving: who acts in whose cases, and what stays closed to them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from casework.domain.consultation import Draft, Topic, Work
from casework.domain.note import SuccessorError
from casework.domain.substitution import (
    CasesChangedError,
    HandedOver,
    NotAConsultantError,
    Received,
    SelfSubstitutionError,
    Substitution,
    SubstitutionOverlapError,
)
from casework.service import (
    agree_step,
    arrange_substitution,
    end_substitution,
    form_choices,
    hand_over_cases,
    list_leading,
    list_substitutions,
    my_day,
    open_note,
    plan_consultation,
    preview_hand_over,
    recognise,
    record_consultation,
    restore_substitution,
    set_members,
    timeline,
    view_case,
    view_consultation,
    whats_due,
)
from casework.service.substitutions import with_absent
from core.errors import ForbiddenError, OutOfRangeError, RequiredError
from core.permissions import Actor, Role, Secrecy
from core.workspace import Workspace
from tests import factories

TODAY = date(2026, 11, 23)
SECRET = "Выгорание"


@pytest.fixture
def someone(database, clock):
    """Make a person of whom each transaction asks for whom they stand in."""

    def make(*roles: Role, name: str = "") -> Workspace:
        with database.writing() as db:
            person = factories.make_person(db, name=name, roles=roles or (Role.CONSULTANT,))
        actor = Actor(person, frozenset(roles or (Role.CONSULTANT,)), name)
        return Workspace(database, lambda db, now: with_absent(db, actor, now), clock)

    return make


def person_of(workspace: Workspace) -> int:
    with workspace.reading() as tx:
        return tx.actor.person_id


@pytest.fixture
def lead(someone) -> Workspace:
    return someone(name="Анна")


@pytest.fixture
def other(someone) -> Workspace:
    return someone(name="Борис")


@pytest.fixture
def case(lead, database) -> int:
    with database.writing() as db:
        return factories.make_case(db, person_of(lead))


def draft(who: Workspace, case: int, secrecy: Secrecy = Secrecy.CASE, **changes) -> Draft:
    return Draft(
        changes.pop("held_on", TODAY),
        frozenset({Topic.LEGAL}),
        (Work(person_of(who), 30),),
        cases=frozenset({case}),
        note=SECRET,
        secrecy=secrecy,
        **changes,
    )


def week(lead: Workspace, other: Workspace, first: date = TODAY) -> Substitution:
    return Substitution(person_of(lead), person_of(other), first, first + timedelta(days=6))


def test_a_substitute_acts_as_the_lead_while_it_lasts(lead, other, case, clock) -> None:
    with pytest.raises(ForbiddenError):
        agree_step(other, case_id=case, text="Позвонить")
    arrange_substitution(lead, wanted=week(lead, other))

    agree_step(other, case_id=case, text="Позвонить", due_on=TODAY)
    view = view_case(other, case_id=case)
    assert (view.may_edit, view.may_record) == (True, True)
    assert view.substitution is not None
    assert view.substitution.substitute_id == person_of(other)
    assert case in form_choices(other).own_cases
    assert [step.text for step in my_day(other).steps] == ["Позвонить"]
    assert [line.substitute for line in whats_due(lead).substitutions] == ["Борис"]
    assert [line.person for line in whats_due(other).substitutions] == ["Анна"]

    clock.now += timedelta(days=7)
    with pytest.raises(ForbiddenError):
        agree_step(other, case_id=case, text="Ещё раз")
    assert case not in form_choices(other).own_cases


def test_a_person_who_signs_in_is_recognised_with_whom_they_stand_in_for(
    database, lead, other, clock
) -> None:
    arrange_substitution(lead, wanted=week(lead, other))
    with database.writing() as db:
        token = factories.make_sign_in(db, person_of(other), now=clock.now)
        known = recognise(token)(db, clock.now)
    assert known.stands_in_for == {person_of(lead)}


def test_days_of_a_substitution_are_those_of_the_centre(lead, other, case, clock) -> None:
    arrange_substitution(lead, wanted=week(lead, other, TODAY + timedelta(days=1)))
    clock.now = datetime(2026, 11, 23, 18, 59, tzinfo=UTC)  # one minute before midnight in Perm
    with pytest.raises(ForbiddenError):
        agree_step(other, case_id=case, text="Рано")
    clock.now = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)
    agree_step(other, case_id=case, text="Пора")


def test_a_substitute_reads_notes_of_the_case_but_no_private_one(lead, other, case) -> None:
    of_case = record_consultation(lead, draft=draft(lead, case))
    private = record_consultation(lead, draft=draft(lead, case, Secrecy.PRIVATE))
    with pytest.raises(ForbiddenError):
        open_note(other, consultation_id=of_case)
    arrange_substitution(lead, wanted=week(lead, other))

    assert open_note(other, consultation_id=of_case) == SECRET
    with pytest.raises(ForbiddenError):
        open_note(other, consultation_id=private)
    assert view_consultation(other, consultation_id=private).line.is_redacted
    sources = {entry.source for entry in timeline(other, case_id=case)}
    assert ("consultation", private) not in sources


def test_a_new_member_reads_no_earlier_private_note(lead, other, case) -> None:
    of_case = record_consultation(lead, draft=draft(lead, case))
    private = record_consultation(lead, draft=draft(lead, case, Secrecy.PRIVATE))
    set_members(lead, case_id=case, members=frozenset({person_of(other)}))

    assert open_note(other, consultation_id=of_case) == SECRET
    with pytest.raises(ForbiddenError):
        open_note(other, consultation_id=private)
    assert ("consultation", private) not in {e.source for e in timeline(other, case_id=case)}


def test_a_consultant_arranges_only_their_own_absence(lead, other, someone) -> None:
    with pytest.raises(ForbiddenError):
        arrange_substitution(other, wanted=week(lead, other))
    arrange_substitution(someone(Role.MANAGER), wanted=week(lead, other))


def test_an_impossible_substitution_is_refused(lead, other, someone) -> None:
    expert = person_of(someone(Role.EXPERT))
    me, days = person_of(lead), (TODAY, TODAY + timedelta(days=6))
    arrange_substitution(lead, wanted=week(lead, other))
    for wanted, error in (
        (Substitution(me, me, *days), SelfSubstitutionError),
        (Substitution(me, person_of(other), *days), SubstitutionOverlapError),
        (
            Substitution(me, expert, TODAY + timedelta(30), TODAY + timedelta(31)),
            NotAConsultantError,
        ),
        (Substitution(me, expert, TODAY, TODAY - timedelta(days=1)), OutOfRangeError),
        (Substitution(me, expert, TODAY, TODAY + timedelta(days=400)), OutOfRangeError),
    ):
        with pytest.raises(error):
            arrange_substitution(lead, wanted=wanted)


def test_a_substitution_ends_early_and_the_ending_is_taken_back(lead, other, case, clock) -> None:
    made = arrange_substitution(lead, wanted=week(lead, other))
    clock.now += timedelta(days=2)
    until = end_substitution(lead, substitution_id=made)
    with pytest.raises(ForbiddenError):
        agree_step(other, case_id=case, text="Поздно")
    assert list_substitutions(lead) == ()
    restore_substitution(lead, substitution_id=made, until=until)
    agree_step(other, case_id=case, text="Снова можно")


def test_all_cases_of_a_leaver_pass_at_once(lead, other, someone, case, database) -> None:
    manager, third = someone(Role.MANAGER), someone(name="Вера")
    with database.writing() as db:
        second = factories.make_case(db, person_of(lead), members={person_of(third)})
    step = agree_step(lead, case_id=case, text="Отчёт", responsible_id=person_of(lead))
    meeting = plan_consultation(lead, draft=draft(lead, case, held_on=TODAY + timedelta(days=1)))
    leaver = person_of(lead)
    assert set(list_leading(manager)) == {leaver}
    preview = preview_hand_over(manager, leaver_id=leaver)
    assert [c.case_id for c in preview.cases] == [case, second]
    assert (preview.steps, preview.meetings, preview.notes) == (1, 1, 0)

    to = {case: person_of(other), second: person_of(third)}
    assert hand_over_cases(manager, leaver_id=leaver, to=to) == HandedOver(
        (Received("Борис", 1, 1), Received("Вера", 1, 0)), freed=0
    )

    passed = view_case(other, case_id=case)
    assert (passed.case.lead_id, passed.may_edit) == (person_of(other), True)
    assert [(s.id, s.responsible_id) for s in passed.steps] == [(step, person_of(other))]
    consultation = view_consultation(other, consultation_id=meeting).consultation
    assert consultation is not None
    assert consultation.consultants == (person_of(other),)
    assert "Анна → Борис" in [e.text for e in timeline(other, case_id=case)]
    with pytest.raises(ForbiddenError):
        agree_step(lead, case_id=case, text="Поздно")
    members = view_case(third, case_id=second).case.members
    assert [member.until for member in members] == [TODAY]


def test_a_hand_over_that_does_not_fit_changes_nothing(lead, other, someone, case) -> None:
    manager, leaver = someone(Role.MANAGER), person_of(lead)
    expert = person_of(someone(Role.EXPERT))
    for to, error in (
        ({}, CasesChangedError),
        ({case: 0}, RequiredError),
        ({case: leaver}, RequiredError),
        ({case: expert}, NotAConsultantError),
    ):
        with pytest.raises(error):
            hand_over_cases(manager, leaver_id=leaver, to=to)
    with pytest.raises(SuccessorError):  # the leaver is still here, so their notes stay theirs
        hand_over_cases(
            manager, leaver_id=leaver, to={case: person_of(other)}, notes_to=person_of(other)
        )
    assert view_case(lead, case_id=case).case.lead_id == leaver
    with pytest.raises(ForbiddenError):
        hand_over_cases(other, leaver_id=leaver, to={case: person_of(other)})


def test_private_notes_stay_sealed_or_pass_to_a_named_successor(
    lead, other, someone, case, database
) -> None:
    private = record_consultation(lead, draft=draft(lead, case, Secrecy.PRIVATE))
    manager, leaver = someone(Role.MANAGER), person_of(lead)
    _leave(database, leaver)
    assert preview_hand_over(manager, leaver_id=leaver).notes == 1
    third = someone()
    hand_over_cases(
        manager, leaver_id=leaver, to={case: person_of(third)}, notes_to=person_of(other)
    )
    with pytest.raises(ForbiddenError):
        open_note(third, consultation_id=private)
    assert open_note(other, consultation_id=private) == SECRET


def _leave(database, person: int) -> None:
    from accounts import service as accounts

    door = Workspace.of(database, Actor(0, frozenset({Role.ADMINISTRATOR})), lambda: factories.NOW)
    accounts.set_account_active(door, person, active=False)

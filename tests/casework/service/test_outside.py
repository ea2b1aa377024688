"""What goes beyond the centre: referrals, authorities, harm; and the plan of help."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from casework.domain.authority import (
    Answer,
    AuthorityForm,
    AuthorityKind,
    AuthorityResult,
    proposed_due,
)
from casework.domain.harm import HarmFigures, HarmForm, HarmKind
from casework.domain.need import NeedKind
from casework.domain.referral import (
    Ground,
    NewReferral,
    ReferralMove,
    ReferralMoveError,
    ReferralState,
    ReferralTarget,
)
from casework.domain.step import NewStep, StepKind
from casework.service import (
    CaseEdit,
    answer_authority,
    ask_referral,
    edit_authority,
    edit_case,
    handle_harm,
    list_harms,
    move_referral,
    my_day,
    note_need,
    plan_step,
    record_authority,
    remove_authority,
    remove_harm,
    remove_referral,
    report_harm,
    set_goal,
    set_members,
    timeline,
    undo_answer,
    undo_referral_move,
    unhandle_harm,
    view_case,
    view_outside,
    whats_due,
)
from core.errors import (
    ForbiddenError,
    NotFoundError,
    OutOfRangeError,
    RequiredError,
    StaleError,
)
from core.permissions import Role
from core.workspace import Workspace
from tests import factories

TODAY = date(2026, 11, 23)
REFERRAL = NewReferral(
    ReferralTarget.SPECIALIST, "Психолог Иванова", "Выгорание лидера", Ground.CONSENT,
    consent_on=TODAY, due_on=TODAY + timedelta(days=2),
)  # fmt: skip
APPEAL = AuthorityForm(
    AuthorityKind.APPEAL, "Администрация Перми", "Стоянка", date(2026, 10, 20), date(2026, 11, 19)
)
HARM = HarmForm(HarmKind.HARM, date(2026, 5, 1), "Партнёр", "Разгласил адрес")
ACCEPTED = ReferralMove(ReferralState.ACCEPTED, TODAY)


def person_of(workspace: Workspace) -> int:
    with workspace.reading() as tx:
        return tx.actor.person_id


@pytest.fixture
def case(workspace, database) -> int:
    with database.writing() as db:
        return factories.make_case(db, person_of(workspace))


def test_a_referral_goes_its_way_and_the_timeline_tells(workspace, case) -> None:
    made = ask_referral(workspace, case_id=case, new=REFERRAL)
    move_referral(workspace, referral_id=made, version=1, move=ACCEPTED)
    done = ReferralMove(ReferralState.DONE, TODAY, "Три встречи")
    move_referral(workspace, referral_id=made, version=2, move=done)

    [referral] = view_outside(workspace, case_id=case).referrals
    states = [move.state for move in referral.moves]
    assert states == [ReferralState.ASKED, ReferralState.ACCEPTED, ReferralState.DONE]
    told = [(e.facts, e.text) for e in timeline(workspace, case_id=case)]
    assert ((ReferralState.DONE,), "Психолог Иванова: Три встречи") in told
    with pytest.raises(ReferralMoveError):
        move_referral(workspace, referral_id=made, version=3, move=ACCEPTED)

    undo_referral_move(workspace, referral_id=made, version=3)
    assert view_outside(workspace, case_id=case).referrals[0].state is ReferralState.ACCEPTED


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"ground": None}, RequiredError),
        ({"consent_on": None}, RequiredError),
        ({"consent_on": TODAY + timedelta(days=1)}, OutOfRangeError),
        ({"to_whom": " "}, RequiredError),
        ({"what_for": ""}, RequiredError),
    ],
)
def test_nobody_is_referred_without_a_ground(workspace, case, change, error) -> None:
    with pytest.raises(error):
        ask_referral(workspace, case_id=case, new=replace(REFERRAL, **change))


def test_a_ground_of_the_law_needs_no_day_of_consent(workspace, case) -> None:
    ask_referral(workspace, case_id=case, new=replace(REFERRAL, ground=Ground.LIFE_AND_HEALTH))
    [referral] = view_outside(workspace, case_id=case).referrals
    assert (referral.said.ground, referral.said.consent_on) == (Ground.LIFE_AND_HEALTH, None)


def test_a_referral_remembers_who_led_the_case_then(workspace, workspaces, case) -> None:
    ask_referral(workspace, case_id=case, new=replace(REFERRAL, token="t"))
    ask_referral(workspace, case_id=case, new=replace(REFERRAL, token="t"))
    other = person_of(workspaces(Role.CONSULTANT))
    before = view_case(workspace, case_id=case).case
    seen = CaseEdit(before.title, before.request, before.lead_id)
    edit_case(workspace, case_id=case, version=1, seen=seen, wanted=replace(seen, lead_id=other))
    [referral] = view_outside(workspaces(Role.MANAGER), case_id=case).referrals
    assert referral.lead_id == person_of(workspace)


def test_a_refusal_of_a_referral_says_why(workspace, case) -> None:
    made = ask_referral(workspace, case_id=case, new=REFERRAL)
    with pytest.raises(RequiredError):
        move = ReferralMove(ReferralState.DECLINED, TODAY)
        move_referral(workspace, referral_id=made, version=1, move=move)
    with pytest.raises(StaleError):
        move_referral(workspace, referral_id=made, version=9, move=ACCEPTED)
    with pytest.raises(ReferralMoveError):
        undo_referral_move(workspace, referral_id=made, version=1)
    remove_referral(workspace, referral_id=made)
    assert view_outside(workspace, case_id=case).referrals == ()


def test_a_stranger_changes_nothing_beyond_the_centre(workspace, workspaces, case) -> None:
    stranger = workspaces(Role.CONSULTANT)
    made = ask_referral(workspace, case_id=case, new=REFERRAL)
    for act in (
        lambda: ask_referral(stranger, case_id=case, new=REFERRAL),
        lambda: move_referral(stranger, referral_id=made, version=1, move=ACCEPTED),
        lambda: record_authority(stranger, case_id=case, form=APPEAL),
        lambda: report_harm(stranger, case_id=case, form=HARM),
        lambda: plan_step(stranger, case_id=case, step=NewStep("x")),
    ):
        with pytest.raises(ForbiddenError):
            act()


def test_an_answer_is_due_thirty_days_after_an_appeal() -> None:
    assert proposed_due(AuthorityKind.APPEAL, date(2026, 1, 31)) == date(2026, 3, 2)
    assert proposed_due(AuthorityKind.HEARING, date(2026, 1, 31)) is None


def test_what_is_awaited_lies_on_the_desk_of_the_lead(workspace, workspaces, case) -> None:
    ask_referral(workspace, case_id=case, new=REFERRAL)
    made = record_authority(workspace, case_id=case, form=APPEAL)
    lines = [(line.whom, line.kind) for line in whats_due(workspace).awaited]
    assert lines == [("Администрация Перми", AuthorityKind.APPEAL), ("Психолог Иванова", None)]
    assert whats_due(workspaces(Role.CONSULTANT)).awaited == ()

    later = replace(APPEAL, due_on=TODAY + timedelta(days=10))
    edit_authority(workspace, contact_id=made, version=1, form=later)
    assert [line.kind for line in whats_due(workspace).awaited] == [None]


def test_an_authority_answers_and_the_answer_is_taken_back(workspace, case) -> None:
    made = record_authority(workspace, case_id=case, form=APPEAL)
    for answer, error in (
        (Answer(None, TODAY), RequiredError),
        (Answer(AuthorityResult.REFUSED), RequiredError),
        (Answer(AuthorityResult.REFUSED, date(2026, 10, 1)), OutOfRangeError),
        (Answer(AuthorityResult.REFUSED, TODAY, document_id=999), NotFoundError),
    ):
        with pytest.raises(error):
            answer_authority(workspace, contact_id=made, version=1, answer=answer)
    partly = Answer(AuthorityResult.PARTLY, date(2026, 11, 20), "Поставят знак")
    answer_authority(workspace, contact_id=made, version=1, answer=partly)

    assert view_outside(workspace, case_id=case).contacts[0].answer == partly
    told = [(e.happened_on, e.facts) for e in timeline(workspace, case_id=case)]
    assert (date(2026, 10, 20), (AuthorityKind.APPEAL,)) in told
    assert (date(2026, 11, 20), (AuthorityResult.PARTLY,)) in told
    with pytest.raises(StaleError):
        undo_answer(workspace, contact_id=made, version=1)
    undo_answer(workspace, contact_id=made, version=2)
    assert view_outside(workspace, case_id=case).contacts[0].answer is None
    remove_authority(workspace, contact_id=made)
    assert view_outside(workspace, case_id=case).contacts == ()


def test_an_impossible_contact_is_refused(workspace, case) -> None:
    for change, error in (
        ({"registered_on": None}, RequiredError),
        ({"registered_on": TODAY + timedelta(days=1)}, OutOfRangeError),
        ({"due_on": date(2026, 10, 19)}, OutOfRangeError),
        ({"addressee": ""}, RequiredError),
        ({"subject": ""}, RequiredError),
    ):
        with pytest.raises(error):
            record_authority(workspace, case_id=case, form=replace(APPEAL, **change))


def test_harm_is_seen_by_managers_the_lead_and_who_wrote_it(workspace, workspaces, case) -> None:
    member, other = workspaces(Role.CONSULTANT), workspaces(Role.CONSULTANT)
    manager, administrator = workspaces(Role.MANAGER), workspaces(Role.ADMINISTRATOR)
    people = frozenset({person_of(member), person_of(other)})
    set_members(workspace, case_id=case, members=people)
    made = report_harm(member, case_id=case, form=HARM)

    def sees(who: Workspace) -> bool:
        return bool(view_outside(who, case_id=case).harms)

    assert [sees(who) for who in (workspace, member, manager)] == [True, True, True]
    assert [sees(who) for who in (other, administrator)] == [False, False]
    assert not [e for e in timeline(other, case_id=case) if "адрес" in e.text]
    with pytest.raises(ForbiddenError):
        handle_harm(member, harm_id=made, version=1, handling="Сам разобрался")
    with pytest.raises(ForbiddenError):
        remove_harm(workspace, harm_id=made)


def test_harm_waits_until_it_is_handled(workspace, workspaces, case) -> None:
    manager = workspaces(Role.MANAGER)
    made = report_harm(workspace, case_id=case, form=HARM)
    assert (whats_due(manager).harms, whats_due(workspace).harms) == (1, 0)
    with pytest.raises(RequiredError):
        handle_harm(manager, harm_id=made, version=1, handling=" ")
    handle_harm(manager, harm_id=made, version=1, handling="Извинились, сменили партнёра")
    assert whats_due(manager).harms == 0
    with pytest.raises(StaleError):
        unhandle_harm(manager, harm_id=made, version=1)
    unhandle_harm(workspace, harm_id=made, version=2)
    assert whats_due(manager).harms == 1


def test_initiatives_harmed_are_counted_once_each(workspace, workspaces, case, database) -> None:
    manager = workspaces(Role.MANAGER)
    with database.writing() as db:
        second = factories.make_case(db, person_of(workspace))
    complaint = replace(HARM, kind=HarmKind.COMPLAINT)
    for of, form in ((case, HARM), (case, HARM), (second, HARM), (second, complaint)):
        report_harm(workspace, case_id=of, form=form)
    removed = report_harm(workspace, case_id=second, form=complaint)
    remove_harm(manager, harm_id=removed)

    def year(number: int) -> HarmFigures | None:
        return list_harms(manager, since=date(number, 1, 1), until=date(number + 1, 1, 1))[1]

    assert year(2026) == HarmFigures(harmed=2, complained=1, open=4)
    assert year(2025) == HarmFigures(harmed=0, complained=0, open=4)
    own, figures = list_harms(workspace, since=date(2026, 1, 1), until=date(2027, 1, 1))
    assert (len(own), figures) == (4, None)


def test_the_plan_of_help_holds_goals_and_the_steps_for_each_need(
    workspace, case, database
) -> None:
    need = note_need(workspace, case_id=case, kind=NeedKind.STATED, title="Юрист")
    assert set_goal(workspace, need_id=need, goal=" Договор подписан ") == ""
    step = NewStep("Найти юриста", TODAY, person_of(workspace), need_id=need)
    made = plan_step(workspace, case_id=case, step=step)

    assert plan_step(workspace, case_id=case, step=step) == made
    view = view_case(workspace, case_id=case)
    assert [(n.id, n.goal) for n in view.needs] == [(need, "Договор подписан")]
    assert [(s.id, s.need_id) for s in view.steps] == [(made, need)]
    with database.writing() as db:
        other = factories.make_case(db, person_of(workspace))
    with pytest.raises(NotFoundError):
        plan_step(workspace, case_id=other, step=step)


def test_a_day_to_ask_again_lies_on_the_desk_when_it_comes(workspace, case, clock) -> None:
    ask = NewStep("Спросить, как дела", kind=StepKind.FOLLOW_UP)
    with pytest.raises(RequiredError):
        plan_step(workspace, case_id=case, step=ask)
    plan_step(workspace, case_id=case, step=replace(ask, due_on=date(2026, 12, 1)))
    assert my_day(workspace).steps == ()
    clock.now += timedelta(days=8)
    assert [step.kind for step in my_day(workspace).steps] == [StepKind.FOLLOW_UP]

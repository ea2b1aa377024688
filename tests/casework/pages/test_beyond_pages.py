"""The pages beyond the centre: referrals, authorities, harm, papers, the plan of help."""

from datetime import date

import pytest

from casework.domain.authority import AuthorityForm, AuthorityKind, AuthorityResult
from casework.domain.harm import HarmForm, HarmKind
from casework.domain.need import NeedKind
from casework.domain.referral import Ground, NewReferral, ReferralState, ReferralTarget
from casework.domain.step import StepKind
from casework.service import (
    add_case_document,
    ask_referral,
    note_need,
    record_authority,
    report_harm,
    view_case,
    view_documents,
    view_outside,
)
from core.permissions import Role
from tests import factories

TODAY = date(2026, 11, 23)
MANAGER = (Role.MANAGER, Role.CONSULTANT)


@pytest.fixture
def me(workspace) -> int:
    with workspace.reading() as tx:
        return tx.actor.person_id


@pytest.fixture
def case(database, me) -> int:
    with database.writing() as db:
        return factories.make_case(
            db, me, initiative_id=factories.make_initiative(db, "Двор *без* машин")
        )


def no_failure(page) -> None:
    assert not page.exception, page.exception
    assert not page.error, [error.value for error in page.error]


def test_a_referral_is_written_down_and_moved(open_page, workspace, me, case) -> None:
    page = open_page("case_outside", person_id=me, case=case)
    page.text_input(key="referral_whom").set_value("Психолог")
    page.text_area(key="referral_what_for").set_value("Выгорание")
    page.button(key="referral_save").click().run()
    assert "основание" in page.error[0].value.lower()
    assert page.text_input(key="referral_whom").value == "Психолог"
    page.selectbox(key="referral_ground").set_value(Ground.CONTRACT)
    page.button(key="referral_save").click().run()
    no_failure(page)
    [referral] = view_outside(workspace, case_id=case).referrals

    page.selectbox(key=f"referral_{referral.id}_state_1").set_value(ReferralState.ACCEPTED)
    page.button(key=f"referral_{referral.id}_save").click().run()
    no_failure(page)
    assert view_outside(workspace, case_id=case).referrals[0].state is ReferralState.ACCEPTED
    told = open_page("case", person_id=me, case=case)  # two lines of one referral
    no_failure(told)
    assert sum("Направление" in mark.value for mark in told.markdown) == 2
    page.button(key="saved_undo").click().run()
    assert view_outside(workspace, case_id=case).referrals[0].state is ReferralState.ASKED


def test_a_form_proposes_when_an_authority_has_to_answer(open_page, workspace, me, case) -> None:
    page = open_page("case_outside", person_id=me, case=case)
    assert page.date_input(key="authority_due_on").value == date(2026, 12, 23)
    page.text_input(key="authority_addressee").set_value("Администрация")
    page.text_area(key="authority_subject").set_value("Стоянка")
    page.button(key="authority_save").click().run()
    no_failure(page)
    [contact] = view_outside(workspace, case_id=case).contacts
    assert contact.form.due_on == date(2026, 12, 23)

    page.selectbox(key=f"authority_{contact.id}_result").set_value(AuthorityResult.PARTLY)
    page.text_area(key=f"authority_{contact.id}_text").set_value("Поставят знак")
    page.button(key=f"authority_{contact.id}_save").click().run()
    no_failure(page)
    answer = view_outside(workspace, case_id=case).contacts[0].answer
    assert answer is not None
    assert (answer.result, answer.answered_on) == (AuthorityResult.PARTLY, TODAY)


def test_harm_is_reported_handled_and_counted(open_page, workspace, me, case) -> None:
    page = open_page("case_outside", person_id=me, case=case)
    page.text_input(key="harm_by_whom").set_value("Партнёр")
    page.text_area(key="harm_what").set_value("Разгласил адрес")
    page.button(key="harm_save").click().run()
    no_failure(page)
    [harm] = view_outside(workspace, case_id=case).harms

    listed = open_page("harms", role=MANAGER)
    figures = [(metric.label, metric.value) for metric in listed.metric]
    assert figures == [
        ("Инициатив пострадало", "1"), ("Инициатив жаловалось", "0"), ("Ждут разбора", "1"),
    ]  # fmt: skip
    assert not open_page("harms").metric

    page.text_area(key=f"harm_{harm.id}_handling").set_value("Извинились")
    page.button(key=f"harm_{harm.id}_save").click().run()
    no_failure(page)
    assert not view_outside(workspace, case_id=case).harms[0].is_open


def test_a_stranger_finds_no_form_and_no_harm(open_page, workspace, case) -> None:
    report_harm(workspace, case_id=case, form=HarmForm(HarmKind.HARM, TODAY, "Партнёр", "Адрес"))
    page = open_page("case_outside", case=case)
    no_failure(page)
    keys = {button.key for button in page.button}
    assert not keys & {"referral_save", "authority_save", "harm_save"}
    assert "Адрес" not in [text.value for text in page.text]


def test_a_document_is_added_removed_and_put_back(open_page, workspace, me, case) -> None:
    page = open_page("case_documents", person_id=me, case=case)
    page.button(key="document_save").click().run()
    assert page.error
    page.file_uploader[0].upload("ответ.pdf", b"%PDF-1.7 x", "application/pdf")
    page.button(key="document_save").click().run()
    no_failure(page)
    [document] = view_documents(workspace, case_id=case).documents
    assert document.name == "ответ.pdf"

    page.button(key=f"document_remove_{document.id}").click().run()
    no_failure(page)
    assert view_documents(workspace, case_id=case).documents == ()
    page.button(key="saved_undo").click().run()
    assert len(view_documents(workspace, case_id=case).documents) == 1


def test_a_stranger_is_told_for_whom_documents_are(open_page, workspace, case) -> None:
    add_case_document(workspace, case_id=case, name="ответ.pdf", content=b"%PDF-1.7")
    page = open_page("case_documents", case=case)
    no_failure(page)
    told = " ".join(element.value for element in [*page.caption, *page.markdown])
    assert "ответ.pdf" not in told
    assert "Документы открыты ведущему" in told


def test_a_step_answers_a_need_and_asks_again_some_day(open_page, workspace, me, case) -> None:
    need = note_need(workspace, case_id=case, kind=NeedKind.STATED, title="Юрист")
    page = open_page("case", person_id=me, case=case)
    page.text_input(key="step_text").set_value("Спросить, подписан ли договор")
    page.segmented_control(key="step_kind").set_value(StepKind.FOLLOW_UP)
    page.selectbox(key="step_need").set_value(need)
    page.button(key="step_add").click().run()
    assert page.error  # a day to ask again has a day
    page.date_input(key="step_due").set_value(date(2026, 12, 1))
    page.button(key="step_add").click().run()
    no_failure(page)
    [step] = view_case(workspace, case_id=case).steps
    assert (step.kind, step.need_id) == (StepKind.FOLLOW_UP, need)

    page.text_input(key=f"goal_{need}_0").set_value("Договор подписан")
    page.button(key=f"goal_save_{need}").click().run()
    no_failure(page)
    assert view_case(workspace, case_id=case).needs[0].goal == "Договор подписан"
    page.button(key="saved_undo").click().run()
    assert view_case(workspace, case_id=case).needs[0].goal == ""


def test_what_is_awaited_lies_on_the_desk_with_its_way(open_page, workspace, me, case) -> None:
    appeal = AuthorityForm(
        AuthorityKind.APPEAL, "Дума", "Стоянка", date(2026, 10, 20), date(2026, 11, 19)
    )
    record_authority(workspace, case_id=case, form=appeal)
    new = NewReferral(ReferralTarget.SPECIALIST, "Психолог", "Силы", Ground.CONTRACT, due_on=TODAY)
    ask_referral(workspace, case_id=case, new=new)
    page = open_page("desk", person_id=me)
    labels = [link.label for link in page.get("page_link") if "ответ от" in link.label]
    assert labels == [
        "Двор \\*без\\* машин: ответ от «Дума» · срок был 19 ноября",
        "Двор \\*без\\* машин: ответ от «Психолог» · срок 23 ноября",
    ]

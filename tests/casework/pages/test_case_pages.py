"""The pages of cases do what their buttons say."""

import pytest

from casework.domain.case import CaseStatus, CloseReason
from casework.domain.views import CaseSearch
from casework.service import NeedKind, NeedState, agree_step, list_cases, note_need, view_case
from core.permissions import Role
from tests import factories


@pytest.fixture
def me(workspace) -> int:
    with workspace.reading() as tx:
        return tx.actor.person_id


@pytest.fixture
def case(database, me) -> int:
    with database.writing() as db:
        initiative = factories.make_initiative(db, "Двор *без* машин")
        return factories.make_case(db, me, initiative_id=initiative)


def texts(page) -> str:
    shown = [*page.title, *page.markdown, *page.caption, *page.text, *page.error]
    return "\n".join(element.value for element in shown)


def no_failure(page) -> None:
    assert not page.exception, page.exception


def test_a_case_is_opened_from_its_form(open_page, workspace, me, database) -> None:
    with database.writing() as db:
        initiative = factories.make_initiative(db, "Школа соседей")
    page = open_page("case_new", person_id=me, initiative=initiative)
    no_failure(page)
    page.text_area(key="case_request").set_value("Помогите начать")
    page.button(key="case_save").click().run()
    no_failure(page)

    [line] = list_cases(workspace)
    assert (line.initiative, line.lead_id) == ("Школа соседей", me)
    assert "Школа соседей" in texts(page)


def test_a_case_without_a_request_is_refused_and_keeps_what_was_typed(
    open_page, workspace, me, database
) -> None:
    with database.writing() as db:
        initiative = factories.make_initiative(db)
    page = open_page("case_new", person_id=me, initiative=initiative)
    page.text_input(key="case_title").set_value("Двор")
    page.button(key="case_save").click().run()

    assert page.error
    assert page.text_input(key="case_title").value == "Двор"
    assert list_cases(workspace) == ()


def test_the_list_narrows_by_the_address(open_page, case, me) -> None:
    assert len(open_page("cases", person_id=me).dataframe) == 1
    assert len(open_page("cases", person_id=me, cases_find="ДВОР").dataframe) == 1
    assert len(open_page("cases", person_id=me, cases_find="лес").dataframe) == 0
    assert len(open_page("cases", person_id=me, status="closed").dataframe) == 0


def test_what_people_wrote_is_shown_as_it_stands(open_page, case, me) -> None:
    page = open_page("case", case=case, person_id=me)
    no_failure(page)

    assert page.title[0].value == "Двор \\*без\\* машин"


def test_a_step_is_agreed_ticked_and_taken_back(open_page, workspace, case, me) -> None:
    page = open_page("case", case=case, person_id=me)
    page.text_input(key="step_text").set_value("Позвонить <b>юристу</b>")
    page.button(key="step_add").click().run()
    no_failure(page)
    [step] = view_case(workspace, case_id=case).steps
    assert page.text_input(key="step_text").value == ""

    page.checkbox(key=f"step_{step.id}").check().run()
    no_failure(page)
    assert view_case(workspace, case_id=case).steps[0].done_on is not None
    page.button(key="saved_undo").click().run()
    no_failure(page)

    assert view_case(workspace, case_id=case).steps[0].done_on is None


def test_a_need_is_noted_and_its_state_changed(open_page, workspace, case, me) -> None:
    page = open_page("case", case=case, person_id=me)
    page.text_input(key="need_title").set_value("Юрист")
    page.button(key="need_add").click().run()
    no_failure(page)
    [need] = view_case(workspace, case_id=case).needs

    page.selectbox(key=f"need_state_{need.id}_open").select(NeedState.MET).run()
    no_failure(page)

    assert view_case(workspace, case_id=case).needs[0].state == "met"


def test_a_case_is_put_on_hold_and_back(open_page, workspace, case, me) -> None:
    page = open_page("case", case=case, person_id=me)
    page.button(key="case_to_on_hold").click().run()
    no_failure(page)
    assert view_case(workspace, case_id=case).case.status is CaseStatus.ON_HOLD

    page.button(key="saved_undo").click().run()

    assert view_case(workspace, case_id=case).case.status is CaseStatus.OPEN


def test_a_case_is_closed_with_a_reason_when_a_manager_agrees(
    open_page, workspace, case, me
) -> None:
    page = open_page("case", case=case, person_id=me)
    page.button(key="case_close_save").click().run()
    assert page.error
    page.selectbox(key="case_close_reason").select(CloseReason.NO_CONTACT)
    page.text_area(key="case_close_outcome").set_value("Не отвечают")
    page.button(key="case_close_save").click().run()
    no_failure(page)
    assert view_case(workspace, case_id=case).case.status is CaseStatus.OPEN
    assert "case_closing_approve" not in {button.key for button in page.button}

    other = open_page("case", case=case, role=Role.MANAGER)
    other.button(key="case_closing_approve").click().run()
    no_failure(other)

    assert [line.id for line in list_cases(workspace, CaseSearch(status=CaseStatus.CLOSED))] == [
        case
    ]


def test_the_second_of_two_who_save_is_told_what_the_first_saved(
    open_page, workspace, workspaces, case, me
) -> None:
    page = open_page("case", case=case, person_id=me)
    other = open_page("case", case=case, role=Role.MANAGER)
    prefix = f"case_{case}_0"
    other.text_input(key=f"{prefix}_title").set_value("От руководителя")
    other.button(key="case_save").click().run()
    no_failure(other)

    page.text_input(key=f"{prefix}_title").set_value("От консультанта")
    page.button(key="case_save").click().run()
    no_failure(page)

    assert page.error
    assert view_case(workspace, case_id=case).case.title == "От руководителя"
    assert page.text_input(key=f"{prefix}_title").value == "От консультанта"


def test_a_saved_case_is_put_back(open_page, workspace, case, me) -> None:
    page = open_page("case", case=case, person_id=me)
    page.text_input(key=f"case_{case}_0_title").set_value("Новое")
    page.button(key="case_save").click().run()
    page.button(key="saved_undo").click().run()
    no_failure(page)

    assert view_case(workspace, case_id=case).case.title == ""
    assert page.text_input(key=f"case_{case}_1_title").value == ""


def test_a_stranger_sees_a_case_without_its_buttons(open_page, workspace, case) -> None:
    note_need(workspace, case_id=case, kind=NeedKind.STATED, title="Юрист")
    agree_step(workspace, case_id=case, text="Позвонить")
    page = open_page("case", case=case)
    no_failure(page)

    keys = {button.key for button in page.button}
    assert not {key for key in keys if key and key.startswith(("case_", "step_", "need_"))}


@pytest.mark.parametrize("asked", ["999", "слово", "-1", "1e3", ""])
def test_a_wrong_id_gets_one_sentence(open_page, asked) -> None:
    page = open_page("case", case=asked)
    no_failure(page)
    assert len(page.error) == 1


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("url", ["cases", "case", "case_new"])
def test_every_page_opens_for_everybody(open_page, case, url, role, language) -> None:
    no_failure(open_page(url, role=role, language=language, case=case))

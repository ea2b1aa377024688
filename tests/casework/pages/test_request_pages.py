"""The pages of requests do what their buttons say."""

from datetime import date

import pytest

from casework.domain.request import RequestForm, RequestSource, RequestState
from casework.service import list_cases, list_requests, take_request, view_request
from core.permissions import Role
from tests import factories

FORM = RequestForm("Нас *не* слышат", RequestSource.PHONE, date(2026, 11, 1), name="Двор")
MANAGER = (Role.MANAGER, Role.CONSULTANT)


@pytest.fixture
def asked(workspace) -> int:
    return take_request(workspace, form=FORM)


def no_failure(page) -> None:
    assert not page.exception, page.exception
    assert not page.error, [error.value for error in page.error]


def test_a_request_is_written_down_and_taken_back(open_page, workspace) -> None:
    page = open_page("request_new")
    page.text_area(key="request_text").set_value("Помогите договориться")
    page.text_input(key="request_name").set_value("Сад")
    page.button(key="request_save").click().run()
    no_failure(page)
    [line] = list_requests(workspace)
    assert (line.text, line.name) == ("Помогите договориться", "Сад")

    page.button(key="saved_undo").click().run()
    assert list_requests(workspace) == ()


def test_a_contact_without_consent_is_refused_and_keeps_what_was_typed(open_page) -> None:
    page = open_page("request_new")
    page.text_area(key="request_text").set_value("Помогите")
    page.text_input(key="request_name").set_value("Сад")
    page.text_input(key="request_contact").set_value("+7 902")
    page.button(key="request_save").click().run()
    assert "согласия" in page.error[0].value
    assert page.text_input(key="request_contact").value == "+7 902"


def test_the_list_shows_who_waits_and_narrows_by_the_address(open_page, asked) -> None:
    page = open_page("requests")
    assert list(page.dataframe[0].value["days"]) == [22]
    assert not open_page("requests", status="refused").dataframe
    assert not open_page("requests", source="letter").dataframe


def test_a_manager_accepts_and_takes_it_back(open_page, workspace, asked) -> None:
    page = open_page("request", role=MANAGER, request=asked)
    page.button(key="request_accept").click().run()
    no_failure(page)
    assert view_request(workspace, request_id=asked).request.state is RequestState.ACCEPTED
    page.button(key="saved_undo").click().run()
    assert view_request(workspace, request_id=asked).request.state is RequestState.NEW


def test_a_manager_refuses_with_a_reason(open_page, workspace, asked) -> None:
    page = open_page("request", role=MANAGER, request=asked)
    page.button(key="request_refusal_save").click().run()
    assert page.error
    page.selectbox(key="request_refusal_reason").select_index(1)
    page.button(key="request_refusal_save").click().run()
    no_failure(page)
    assert view_request(workspace, request_id=asked).request.state is RequestState.REFUSED


def test_a_manager_opens_a_case_for_it(open_page, workspace, asked, database) -> None:
    with workspace.reading() as tx:
        me = tx.actor.person_id
    with database.writing() as db:
        initiative = factories.make_initiative(db, "Двор без машин")
    page = open_page("request", role=MANAGER, request=asked)
    page.selectbox(key="request_assign_initiative").set_value(initiative)
    page.selectbox(key="request_assign_lead").set_value(me)
    page.button(key="request_assign_save").click().run()
    no_failure(page)
    [line] = list_cases(workspace)
    assert (line.lead_id, line.initiative_id) == (me, initiative)


def test_a_consultant_corrects_but_does_not_decide(open_page, workspace, asked) -> None:
    page = open_page("request", request=asked)
    keys = {button.key for button in page.button}
    assert not keys & {"request_accept", "request_refusal_save", "request_assign_save"}
    prefix = f"request_{asked}_0"
    page.text_input(key=f"{prefix}_name").set_value("Двор у школы")
    page.button(key="request_edit_save").click().run()
    no_failure(page)
    assert view_request(workspace, request_id=asked).request.form.name == "Двор у школы"

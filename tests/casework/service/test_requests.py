"""Requests: written down, decided on, answered by a case."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from casework.domain.request import (
    ContactWithoutConsentError,
    Decision,
    RefusalReason,
    RequestForm,
    RequestMoveError,
    RequestSearch,
    RequestSource,
    RequestState,
)
from casework.service import (
    Assignment,
    assign_request,
    decide_request,
    edit_request,
    list_cases,
    list_requests,
    reconsider_request,
    remove_case,
    remove_request,
    take_request,
    view_case,
    view_request,
)
from core import audit
from core.errors import ForbiddenError, NotFoundError, OutOfRangeError, RequiredError, StaleError
from core.permissions import Role
from core.workspace import Workspace
from tests import factories

FORM = RequestForm(
    "Нас не слышат в администрации",
    RequestSource.PHONE,
    date(2026, 11, 20),
    name="Двор без машин",
    asker="Анна",
    contact="+7 902 000-00-00",
    has_consent=True,
)
ACCEPTED = Decision(RequestState.ACCEPTED)


@pytest.fixture
def manager(workspaces) -> Workspace:
    return workspaces(Role.MANAGER, Role.CONSULTANT)


@pytest.fixture
def initiative(database) -> int:
    with database.writing() as db:
        return factories.make_initiative(db, "Двор без машин")


def person_of(workspace: Workspace) -> int:
    with workspace.reading() as tx:
        return tx.actor.person_id


def test_a_request_waits_before_there_is_an_initiative(workspace) -> None:
    request_id = take_request(workspace, form=FORM)

    view = view_request(workspace, request_id=request_id)
    assert (view.request.form, view.initiative, view.days) == (FORM, "Двор без машин", 3)
    assert (view.request.state, view.may_decide) == (RequestState.NEW, False)


def test_a_form_sent_twice_is_one_request(workspace) -> None:
    first = take_request(workspace, form=FORM, token="t")
    assert take_request(workspace, form=FORM, token="t") == first
    assert len(list_requests(workspace)) == 1


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"text": " "}, RequiredError),
        ({"name": " "}, RequiredError),
        ({"has_consent": False}, ContactWithoutConsentError),
        ({"asked_on": date(2026, 11, 24)}, OutOfRangeError),
        ({"initiative_id": 999}, NotFoundError),
    ],
)
def test_an_impossible_request_is_not_kept(workspace, change, error) -> None:
    with pytest.raises(error):
        take_request(workspace, form=replace(FORM, **change))
    assert list_requests(workspace) == ()


def test_a_request_becomes_a_case_with_a_lead(workspace, manager, initiative) -> None:
    request_id = take_request(workspace, form=FORM)
    decide_request(manager, request_id=request_id, version=1, decision=ACCEPTED)
    to = Assignment(initiative, person_of(workspace), "Стоянка")
    case_id = assign_request(workspace, request_id=request_id, version=2, to=to)

    case = view_case(workspace, case_id=case_id).case
    assert (case.request, case.asked_on, case.title) == (FORM.text, FORM.asked_on, "Стоянка")
    answered = view_request(workspace, request_id=request_id).request
    assert (answered.state, answered.case_id) == (RequestState.ASSIGNED, case_id)
    assert list_requests(workspace, RequestSearch(is_waiting=True)) == ()
    assert assign_request(workspace, request_id=request_id, version=2, to=to) == case_id


def test_a_case_taken_back_lets_its_request_wait_again(workspace, manager, initiative) -> None:
    request_id = take_request(workspace, form=FORM)
    to = Assignment(initiative, person_of(workspace))
    case_id = assign_request(manager, request_id=request_id, version=1, to=to)
    remove_case(manager, case_id=case_id)

    assert view_request(manager, request_id=request_id).request.state is RequestState.ACCEPTED
    again = assign_request(workspace, request_id=request_id, version=2, to=to)
    assert [line.id for line in list_cases(workspace)] == [again]


def test_only_who_triages_decides(workspace, manager, initiative) -> None:
    request_id = take_request(workspace, form=FORM)
    with pytest.raises(ForbiddenError):
        decide_request(workspace, request_id=request_id, version=1, decision=ACCEPTED)
    with pytest.raises(ForbiddenError):
        assign_request(workspace, request_id=request_id, version=1, to=Assignment(initiative, 1))


def test_a_refusal_has_a_reason_and_a_referral_an_address(workspace, manager) -> None:
    request_id = take_request(workspace, form=FORM)
    for decision in (Decision(RequestState.REFUSED), Decision(RequestState.REFERRED)):
        with pytest.raises(RequiredError):
            decide_request(manager, request_id=request_id, version=1, decision=decision)
    refusal = Decision(RequestState.REFUSED, RefusalReason.NO_ROOM, comment="В январе")
    decide_request(manager, request_id=request_id, version=1, decision=refusal)
    assert view_request(manager, request_id=request_id).request.decision == refusal
    with pytest.raises(RequestMoveError):
        decide_request(manager, request_id=request_id, version=2, decision=ACCEPTED)

    reconsider_request(manager, request_id=request_id, version=2)
    elsewhere = Decision(RequestState.REFERRED, referred_to="Центр занятости")
    decide_request(manager, request_id=request_id, version=3, decision=elsewhere)
    assert view_request(manager, request_id=request_id).request.decision == elsewhere


def test_a_decision_on_an_old_page_is_refused(workspace, manager) -> None:
    request_id = take_request(workspace, form=FORM)
    edit_request(
        workspace, request_id=request_id, version=1, seen=FORM, wanted=replace(FORM, name="Двор")
    )
    with pytest.raises(StaleError):
        decide_request(manager, request_id=request_id, version=1, decision=ACCEPTED)
    with pytest.raises(StaleError) as refused:
        edit_request(
            manager, request_id=request_id, version=1, seen=FORM, wanted=replace(FORM, name="Сад")
        )
    shown = [refused.value.details[n]["field.initiative_name"] for n in ("current", "yours")]
    assert shown == ["Двор", "Сад"]


def test_of_two_who_open_a_case_at_once_both_get_the_same(
    database, workspace, manager, initiative
) -> None:
    request_id = take_request(workspace, form=FORM)
    to = Assignment(initiative, person_of(workspace))
    with manager.reading() as tx:
        actor = tx.actor

    def send(_number: int) -> int:
        own = Workspace.of(database, actor, manager.clock)
        return assign_request(own, request_id=request_id, version=1, to=to)

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(send, range(4)))) == 1
    assert len(list_cases(workspace)) == 1


def test_who_has_waited_longest_stands_on_top(workspace, manager) -> None:
    def take(day: int) -> int:
        return take_request(workspace, form=replace(FORM, asked_on=date(2026, 11, day)))

    late, refused, early = take(20), take(1), take(10)
    refusal = Decision(RequestState.REFUSED, RefusalReason.NO_ROOM)
    decide_request(manager, request_id=refused, version=1, decision=refusal)

    lines = list_requests(workspace)
    assert [(line.id, line.days) for line in lines] == [(early, 13), (late, 3), (refused, None)]
    by_state = list_requests(workspace, RequestSearch(RequestState.REFUSED))
    assert [line.id for line in by_state] == [refused]


def test_what_was_opened_with_its_case_is_no_request_of_the_list(workspace, database) -> None:
    with database.writing() as db:
        factories.make_case(db, person_of(workspace))
    assert list_requests(workspace) == ()


def test_a_request_by_mistake_is_taken_away_but_not_an_answered_one(
    workspace, manager, initiative
) -> None:
    request_id = take_request(workspace, form=FORM)
    answered = take_request(workspace, form=FORM)
    to = Assignment(initiative, person_of(workspace))
    assign_request(manager, request_id=answered, version=1, to=to)
    remove_request(workspace, request_id=request_id)
    with pytest.raises(NotFoundError):
        view_request(workspace, request_id=request_id)
    with pytest.raises(RequestMoveError):
        remove_request(workspace, request_id=answered)


def test_the_trail_tells_of_a_request_without_its_words(workspace, manager, database) -> None:
    request_id = take_request(workspace, form=FORM)
    refusal = Decision(RequestState.REFUSED, RefusalReason.OTHER, comment="Секрет")
    decide_request(manager, request_id=request_id, version=1, decision=refusal)
    with database.reading() as db:
        lines = audit.find_lines(db, limit=10)
    told = [(line.action, line.details) for line in lines if line.action.startswith("request.")]
    assert sorted(action for action, _details in told) == ["request.decided", "request.taken"]
    assert not any(word in str(told) for word in ("Секрет", "Анна", "902", "слышат"))

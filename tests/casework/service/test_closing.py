"""A case is closed when its lead asks and another manager agrees."""

from datetime import date

import pytest

from casework.domain.case import CaseStatus, CloseReason, StatusChange, StatusMoveError
from casework.domain.closing import (
    ClosingAskedError,
    ClosingDecidedError,
    ClosingState,
    OwnClosingError,
)
from casework.service import (
    approve_closing,
    ask_closing,
    change_status,
    return_closing,
    timeline,
    undo_closing,
    undo_status,
    view_case,
    whats_due,
    withdraw_closing,
)
from core import audit
from core.errors import ForbiddenError, RequiredError, StaleError
from core.permissions import Role
from core.workspace import Workspace
from tests import factories

GOAL = CloseReason.GOAL_REACHED


def person_of(workspace: Workspace) -> int:
    with workspace.reading() as tx:
        return tx.actor.person_id


@pytest.fixture
def manager(workspaces) -> Workspace:
    return workspaces(Role.MANAGER)


@pytest.fixture
def case(workspace, database) -> int:
    with database.writing() as db:
        return factories.make_case(db, person_of(workspace))


@pytest.fixture
def asked(workspace, case) -> int:
    return ask_closing(workspace, case_id=case, reason=GOAL, outcome="Шлагбаум стоит")


def status(workspace, case) -> CaseStatus:
    return view_case(workspace, case_id=case).case.status


def test_a_lead_asks_and_a_manager_closes(workspace, manager, case, asked) -> None:
    assert status(workspace, case) is CaseStatus.OPEN
    assert [line.case_id for line in whats_due(manager).closings] == [case]
    approve_closing(manager, closing_id=asked, version=1)

    closed = view_case(workspace, case_id=case)
    assert (closed.case.status, closed.case.close_reason) == (CaseStatus.CLOSED, GOAL)
    assert (closed.case.closed_on, closed.closing) == (date(2026, 11, 23), None)
    assert whats_due(manager).closings == ()
    told = [(e.facts, e.text) for e in timeline(workspace, case_id=case)]
    assert ((CaseStatus.CLOSED, GOAL), "Шлагбаум стоит") in told


@pytest.mark.parametrize("said", [(None, "Готово"), (GOAL, "  ")])
def test_an_asking_says_why_and_what_came_of_it(workspace, case, said) -> None:
    with pytest.raises(RequiredError):
        ask_closing(workspace, case_id=case, reason=said[0], outcome=said[1])


def test_nobody_closes_without_being_asked(workspace, manager, case, asked) -> None:
    change = StatusChange(CaseStatus.CLOSED, GOAL)
    for who in (workspace, manager):
        with pytest.raises(StatusMoveError):
            change_status(who, case_id=case, version=1, change=change)
    with pytest.raises(ForbiddenError):
        approve_closing(workspace, closing_id=asked, version=1)


def test_one_asking_waits_at_a_time(workspace, case, asked) -> None:
    with pytest.raises(ClosingAskedError):
        ask_closing(workspace, case_id=case, reason=GOAL, outcome="Ещё раз")
    withdraw_closing(workspace, closing_id=asked)
    again = ask_closing(workspace, case_id=case, reason=GOAL, outcome="Ещё раз")
    assert again != asked
    with pytest.raises(ClosingDecidedError):
        withdraw_closing(workspace, closing_id=asked)


def test_an_asking_comes_back_with_a_comment(workspace, manager, case, asked) -> None:
    with pytest.raises(RequiredError):
        return_closing(manager, closing_id=asked, version=1, comment="")
    return_closing(manager, closing_id=asked, version=1, comment="Нет отзыва")

    shown = view_case(workspace, case_id=case).closing
    assert shown is not None
    assert (shown.state, shown.comment) == (ClosingState.RETURNED, "Нет отзыва")
    assert status(workspace, case) is CaseStatus.OPEN
    ask_closing(workspace, case_id=case, reason=GOAL, outcome="Отзыв есть")


def test_of_two_decisions_the_second_is_refused(manager, workspaces, asked) -> None:
    approve_closing(manager, closing_id=asked, version=1)
    with pytest.raises((ClosingDecidedError, StaleError)):
        return_closing(workspaces(Role.MANAGER), closing_id=asked, version=1, comment="Нет")


def test_a_decision_is_taken_back(workspace, manager, case, asked) -> None:
    change_status(workspace, case_id=case, version=1, change=StatusChange(CaseStatus.ACTIVE))
    approve_closing(manager, closing_id=asked, version=1)
    undo_closing(manager, closing_id=asked, version=2)

    again = view_case(workspace, case_id=case)
    assert (again.case.status, again.case.closed_on) == (CaseStatus.ACTIVE, None)
    assert again.closing is not None
    assert again.closing.state is ClosingState.ASKED
    with pytest.raises(StaleError):
        undo_closing(manager, closing_id=asked, version=2)


def test_a_consultant_does_not_take_a_closing_back(workspace, manager, case, asked) -> None:
    approve_closing(manager, closing_id=asked, version=1)
    with pytest.raises(ForbiddenError):
        undo_status(workspace, case_id=case, version=2)


def test_a_closed_case_is_opened_again_with_a_reason_that_is_logged(
    workspace, manager, case, asked, database
) -> None:
    approve_closing(manager, closing_id=asked, version=1)
    with pytest.raises(RequiredError):
        change_status(workspace, case_id=case, version=2, change=StatusChange(CaseStatus.ACTIVE))
    again = StatusChange(CaseStatus.ACTIVE, comment="Позвали снова")
    change_status(workspace, case_id=case, version=2, change=again)

    assert view_case(workspace, case_id=case).case.closed_on is None
    assert "Позвали снова" in [e.text for e in timeline(workspace, case_id=case)]
    with database.reading() as db:
        actions = [line.action for line in audit.find_lines(db, limit=10)]
    assert "case.reopened" in actions


def test_a_manager_who_leads_needs_another_manager(workspaces, database) -> None:
    leading = workspaces(Role.MANAGER, Role.CONSULTANT)
    with database.writing() as db:
        case = factories.make_case(db, person_of(leading))
    asked = ask_closing(leading, case_id=case, reason=GOAL, outcome="Готово")
    other = workspaces(Role.MANAGER)
    with pytest.raises(OwnClosingError):
        approve_closing(leading, closing_id=asked, version=1)
    assert not view_case(leading, case_id=case).may_close
    approve_closing(other, closing_id=asked, version=1)


def test_the_only_manager_of_a_centre_decides_and_the_trail_says_so(workspaces, database) -> None:
    only = workspaces(Role.MANAGER, Role.CONSULTANT)
    with database.writing() as db:
        case = factories.make_case(db, person_of(only))
    asked = ask_closing(only, case_id=case, reason=GOAL, outcome="Готово")
    approve_closing(only, closing_id=asked, version=1)
    with database.reading() as db:
        [line] = [line for line in audit.find_lines(db, limit=10) if line.action == "case.closed"]
    assert '"own":true' in str(line.details).replace(" ", "").replace("'", '"').lower()

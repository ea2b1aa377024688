"""The roll call on one screen: a press for each row, and the next one stands there."""

import pytest

from casework.domain.life import InitiativeState
from casework.domain.roll_call import RollOutcome
from casework.service import begin_roll_call, view_initiative, view_roll_call
from core.permissions import Role
from tests import factories


@pytest.fixture
def helped(workspace, database) -> list[int]:
    with workspace.reading() as tx:
        me = tx.actor.person_id
    with database.writing() as db:
        found = [factories.make_initiative(db, name) for name in ("Атлас", "Двор", "Яблоня")]
        for initiative in found:
            factories.make_case(db, me, initiative_id=initiative)
    return found


def no_failure(page) -> None:
    assert not page.exception, page.exception
    assert not page.error, [error.value for error in page.error]


def on_top(page) -> str:
    return next(mark.value for mark in page.markdown if mark.value.startswith("## "))


def test_a_roll_call_is_begun_and_done_row_by_row(open_page, workspace, helped) -> None:
    page = open_page("roll_call")
    page.button(key="roll_begin").click().run()
    no_failure(page)
    assert on_top(page) == "## Атлас"
    page.button(key=f"roll_{RollOutcome.ALIVE}").click().run()
    no_failure(page)
    assert on_top(page) == "## Двор"
    page.button(key=f"roll_{RollOutcome.CEASED}").click().run()
    no_failure(page)

    roll = view_roll_call(workspace)
    assert roll is not None
    assert roll.answered == 2
    states = [view_initiative(workspace, initiative_id=one).initiative.life.state for one in helped]
    assert states == [InitiativeState.ALIVE, InitiativeState.CEASED, InitiativeState.UNKNOWN]

    page.button(key="saved_undo").click().run()
    assert on_top(page) == "## Двор"


def test_a_row_may_be_chosen_and_answered_anew(open_page, workspace, helped) -> None:
    begin_roll_call(workspace)
    page = open_page("roll_call", initiative=helped[2])
    assert on_top(page) == "## Яблоня"
    page.button(key=f"roll_{RollOutcome.PAUSED}").click().run()
    assert on_top(page) == "## Атлас"
    again = open_page("roll_call", initiative=helped[2])
    again.button(key=f"roll_{RollOutcome.ALIVE}").click().run()
    no_failure(again)
    state = view_initiative(workspace, initiative_id=helped[2]).initiative.life.state
    assert state is InitiativeState.ALIVE


def test_a_link_for_the_leader_is_shown_once(open_page, workspace, helped) -> None:
    begin_roll_call(workspace)
    page = open_page("roll_call")
    page.button(key="roll_link_make").click().run()
    no_failure(page)
    assert "/roll-call/" in page.code[0].value


def test_an_administrator_looks_and_asks_nobody(open_page, workspace, helped) -> None:
    begin_roll_call(workspace)
    page = open_page("roll_call", role=Role.ADMINISTRATOR)
    no_failure(page)
    assert not {button.key for button in page.button} & {"roll_link_make", "roll_begin"}

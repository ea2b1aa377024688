"""The month of those who approve hours: everybody, one person, and what is done to it."""

from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from core.permissions import Role
from core.workspace import Workspace
from hours.domain.entries import EntryStatus
from hours.service import Event, replace_event, view_person_month
from tests.hours.centre import line, record
from tests.hours.pages.test_my_hours import said

Open = Callable[..., AppTest]
MONTH = "2026-11"


@pytest.fixture
def ivan(workspaces: Callable[..., Workspace]) -> int:
    here = workspaces(Role.CONSULTANT, name="Ivan *Bold*")
    with here.reading() as tx:
        person_id = tx.actor.person_id
    record(here, 1, line(person_id, 60, worked_on=date(2026, 11, 20)))
    record(here, 2, line(person_id, 30, topics=("psychologist",), is_private=True))
    return person_id


@pytest.fixture
def manager(workspaces: Callable[..., Workspace]) -> Workspace:
    return workspaces(Role.MANAGER)


def id_of(workspace: Workspace) -> int:
    with workspace.reading() as tx:
        return tx.actor.person_id


def states(manager: Workspace, person_id: int) -> dict[EntryStatus, int]:
    found = view_person_month(manager, person_id, MONTH).month.by_status
    return {status: minutes for status, minutes in found if minutes}


def test_everybody_is_listed_with_their_minutes_by_state(
    open_page: Open, ivan: int, manager: Workspace
) -> None:
    page = open_page("hours_month", Role.MANAGER, "en", person_id=id_of(manager))
    row = page.dataframe[0].value.iloc[0]
    assert row["person"] == "Ivan *Bold*"
    assert row["submitted"].split() == ["1", "ч", "30", "мин"]


def test_a_persons_month_shows_its_meetings_and_their_states(
    open_page: Open, ivan: int, manager: Workspace, workspaces: Callable[..., Workspace]
) -> None:
    with workspaces(Role.CONSULTANT, person_id=ivan).transaction() as tx:
        replace_event(tx, ("consultation", 1), Event(date(2026, 11, 20), 60, 4))
        replace_event(tx, ("consultation", 2), Event(date(2026, 11, 23), 30, 2))
    boss = id_of(manager)
    page = open_page("hours_month", Role.MANAGER, "en", person_id=boss, person=ivan, month=MONTH)
    meetings = page.dataframe[1].value
    assert list(meetings["attended"].fillna(0)) == [0, 4]  # of the private one nobody is counted
    assert said(page).count("подано **1 ч 30 мин**") == 2  # time, and the length of meetings


def test_a_month_is_approved_and_locked_and_a_day_opened_with_a_reason(
    open_page: Open, ivan: int, manager: Workspace
) -> None:
    boss = id_of(manager)
    page = open_page("hours_month", Role.MANAGER, "en", person_id=boss, person=ivan, month=MONTH)
    assert "О закрытых встречах коллег видны только дата и время." in said(page)
    page = page.button("month_approve").click().run()
    assert states(manager, ivan) == {EntryStatus.APPROVED: 90}
    page = page.button("month_lock_sure").click().run()
    assert states(manager, ivan) == {EntryStatus.LOCKED: 90}
    page.selectbox("override_day").set_value(date(2026, 11, 20))
    page = page.button("override_save").click().run()
    assert len(page.error) == 1  # no reason was given
    page.text_area("override_reason").set_value("A receipt came late")
    page = page.button("override_save").click().run()
    assert not page.exception
    assert states(manager, ivan) == {EntryStatus.LOCKED: 30, EntryStatus.SUBMITTED: 60}
    assert "A receipt came late" in [text.value for text in page.text]


def test_an_entry_is_returned_with_a_comment_and_a_refused_one_keeps_what_was_typed(
    open_page: Open, ivan: int, manager: Workspace
) -> None:
    entry = view_person_month(manager, ivan, MONTH).entries[-1]
    boss = id_of(manager)
    query = {"person": ivan, "month": MONTH, "entry": entry.id}
    page = open_page("hours_month", Role.MANAGER, "en", person_id=boss, **query)
    page = page.button("return_save").click().run()
    assert len(page.error) == 1
    page.text_area(f"return_comment_{entry.id}").set_value("Which *tram*?")
    page = page.button("return_save").click().run()
    assert states(manager, ivan) == {EntryStatus.SUBMITTED: 30, EntryStatus.DRAFT: 60}
    own = open_page("my_hours", Role.CONSULTANT, "ru", person_id=ivan)
    assert "Which *tram*?" in [text.value for text in own.text]
    own = own.button("own_submit").click().run()
    assert states(manager, ivan) == {EntryStatus.SUBMITTED: 90}


def test_ones_own_month_is_left_to_another(open_page: Open, ivan: int) -> None:
    roles = (Role.MANAGER, Role.CONSULTANT)
    page = open_page("hours_month", roles, "en", person_id=ivan, person=ivan, month=MONTH)
    # the page reads the roles of the account: a consultant alone has no such page
    assert len(page.error) == 1


def test_own_work_is_recorded_changed_and_taken_away(open_page: Open, ivan: int) -> None:
    page = open_page("my_hours", Role.CONSULTANT, "en", person_id=ivan)
    page.number_input("work_minutes").set_value(0)
    page.text_input("work_note").set_value("report *for the fund*")
    page = page.button("work_save").click().run()
    assert len(page.error) == 1
    assert page.text_input("work_note").value == "report *for the fund*"
    page.number_input("work_minutes").set_value(45)
    page = page.button("work_save").click().run()
    assert not page.exception
    assert "## 1 ч 30 мин" in said(page)  # a draft does not count
    assert len(page.dataframe[0].value) == 3
    page = open_page("my_hours", Role.CONSULTANT, "en", person_id=ivan, work=1)
    page.number_input("work_1_minutes").set_value(50)
    page = page.button("work_1_save").click().run()
    page = open_page("my_hours", Role.CONSULTANT, "en", person_id=ivan, work=1)
    assert page.number_input("work_1_minutes").value == 50
    page = page.button("work_1_remove").click().run()
    assert len(page.dataframe[0].value) == 2
    page = page.button("saved_undo").click().run()
    assert len(page.dataframe[0].value) == 3


@pytest.mark.parametrize("role", [Role.CONSULTANT, Role.EXPERT, Role.ADMINISTRATOR])
def test_who_approves_nothing_has_no_such_page(open_page: Open, role: Role) -> None:
    assert len(open_page("hours_month", role, "en").error) == 1


@pytest.mark.parametrize("month", ["soon", "2026-13", "2026-Q4"])
def test_a_word_for_a_month_gets_one_sentence(open_page: Open, month: str) -> None:
    page = open_page("hours_month", Role.MANAGER, "en", month=month)
    assert len(page.error) == 1
    assert not page.exception

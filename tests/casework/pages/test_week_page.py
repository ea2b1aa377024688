"""The grid of a week keeps what is typed and saves it once."""

from datetime import date

import pytest

from casework.domain.consultation import Draft, Search, Topic, Work
from casework.service import list_consultations, plan_consultation
from core.drafts import find_draft
from tests import factories

TODAY = date(2026, 11, 23)
SEARCH = Search(date(2026, 11, 1), date(2026, 12, 31))
KEY = "consultation_week:2026-11-23"


@pytest.fixture
def me(workspace) -> int:
    with workspace.reading() as tx:
        return tx.actor.person_id


@pytest.fixture
def case(database, me) -> int:
    with database.writing() as db:
        initiative = factories.make_initiative(db, "Двор без машин")
        return factories.make_case(db, me, initiative_id=initiative)


def lines(workspace):
    return list_consultations(workspace, SEARCH)[0]


def paste(page, text: str):
    page.text_area(key="week_paste").set_value(text)
    return page.button(key="week_paste_add").click().run()


@pytest.mark.parametrize(
    ("language", "row"),
    [
        ("ru", "23.11\t10:00\tДвор без машин\tбюджет\tсостоялась\t60\t15\t\tпо телефону\tСмета"),
        ("en", "Mon\t\tДвор без машин\tbudget\t\t1:15"),
    ],
)
def test_pasted_rows_are_saved(open_page, workspace, case, me, language, row) -> None:
    page = open_page("consultation_week", person_id=me, language=language)
    paste(page, row)
    assert not page.exception
    assert find_draft(workspace, KEY) is not None
    page.button(key="week_save").click().run()
    assert not page.exception
    assert not page.error

    [line] = lines(workspace)
    assert (line.held_on, line.minutes, line.topics) == (TODAY, 75, (Topic.BUDGET,))
    assert find_draft(workspace, KEY).is_cleared

    page.button(key="saved_undo").click().run()
    assert lines(workspace) == ()


def test_a_refused_week_names_the_row_and_keeps_everything(open_page, workspace, case, me) -> None:
    page = open_page("consultation_week", person_id=me)
    paste(page, "23.11\t\tДвор без машин\tбюджет\t\t60\n24.11\t\tДвор без окон\tбюджет\t\t60")
    page.button(key="week_save").click().run()

    [error] = page.error
    assert "Строка 2" in error.value
    assert "Двор без окон" in error.value
    assert "Двор без окон" in find_draft(workspace, KEY).text
    assert lines(workspace) == ()


def test_what_was_typed_survives_a_reload(open_page, workspace, case, me) -> None:
    paste(open_page("consultation_week", person_id=me), "23.11\t\tДвор без машин\tбюджет\t\t45")

    page = open_page("consultation_week", person_id=me)
    page.button(key="week_save").click().run()

    assert [line.minutes for line in lines(workspace)] == [45]


def test_an_untouched_week_keeps_no_draft_and_saves_nothing(open_page, workspace, case, me) -> None:
    draft = Draft(TODAY, frozenset({Topic.LEGAL}), (Work(me),), cases=frozenset({case}))
    plan_consultation(workspace, draft=draft)
    page = open_page("consultation_week", person_id=me)
    assert not page.exception
    assert find_draft(workspace, KEY) is None

    page.button(key="week_save").click().run()

    assert not page.exception
    assert [line.minutes for line in lines(workspace)] == [0]

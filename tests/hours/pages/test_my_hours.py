"""My own hours."""

from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from core.permissions import Role
from core.workspace import Workspace
from hours.domain.entries import TimeKind, TimeLine
from hours.service import replace_time

Open = Callable[..., AppTest]


def said(page: AppTest) -> str:
    assert not page.exception
    parts = [*page.title, *page.markdown, *page.caption, *page.error]
    return "\n".join(str(part.value) for part in parts).replace("\\", "").replace("\xa0", " ")


@pytest.fixture
def person(workspaces: Callable[..., Workspace]) -> int:
    workspace = workspaces(Role.CONSULTANT)
    with workspace.reading() as tx:
        person_id = tx.actor.person_id
    with workspace.transaction() as tx:
        for number, (day, minutes) in enumerate(
            [(date(2026, 11, 20), 60), (date(2026, 10, 2), 30), (date(2026, 9, 30), 7)]
        ):
            lines = [TimeLine(person_id, TimeKind.CONTACT, minutes, day, is_private=True)]
            replace_time(tx, ("consultation", number + 1), lines)
    return person_id


@pytest.mark.parametrize(
    ("period", "figure", "rows"),
    [
        ("", "1 ч", 1),
        ("2026-11", "1 ч", 1),
        ("2026-10", "30 мин", 1),
        ("2026-Q4", "1 ч 30 мин", 2),
        ("2026-Q3", "7 мин", 1),
    ],
)
def test_my_hours_of_a_month_or_a_quarter(
    open_page: Open, person: int, period: str, figure: str, rows: int
) -> None:
    query = {"period": period} if period else {}
    page = open_page("my_hours", person_id=person, **query)
    assert f"## {figure}" in said(page)
    assert len(page.dataframe[0].value) == rows


def test_a_period_is_chosen_and_stays_in_the_address(open_page: Open, person: int) -> None:
    page = open_page("my_hours", person_id=person)
    page.selectbox("filter_period").set_value("2026-Q4").run()
    assert "## 1 ч 30 мин" in said(page)
    assert page.query_params["period"] == "2026-Q4"


@pytest.mark.parametrize(
    ("language", "words"),
    [("ru", "За этот период часов нет"), ("en", "No hours in this period")],
)
def test_a_month_without_time_says_so(open_page: Open, language: str, words: str) -> None:
    assert words in said(open_page("my_hours", Role.CONSULTANT, language))


@pytest.mark.parametrize("period", ["soon", "2026-13", "0000-01", "2026-Q9"])
def test_a_word_for_a_period_gets_one_sentence(open_page: Open, period: str) -> None:
    page = open_page("my_hours", Role.CONSULTANT, "en", period=period)
    assert len(page.error) == 1
    assert not page.exception


@pytest.mark.parametrize("role", [Role.EXPERT, Role.ADMINISTRATOR])
def test_who_works_no_hours_has_no_such_page(open_page: Open, role: Role) -> None:
    assert len(open_page("my_hours", role, "en").error) == 1

"""The journal's page: whose, of when, and what is taken away."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from core.permissions import Role
from core.workspace import Workspace
from tests.dashboards.reading import refused, said

Open = Callable[..., AppTest]
PAPERS = ["journal_pdf", "journal_xlsx", "annex_pdf"]


def test_journal_shows_lines_the_sum_and_three_papers(
    open_page: Open, quarter: Workspace, people: tuple[int, int]
) -> None:
    page = open_page("journal", Role.MANAGER, "en", person=people[0])
    assert "## 2 h 45 min" in said(page)
    lines, trainings, annex = (frame.value for frame in page.dataframe)
    assert (len(lines), len(trainings), len(annex)) == (1, 1, 3)
    assert [each.value for each in page.subheader][:2] == [
        "Consulting · 1 h 15 min", "Training · 1 h 30 min",
    ]  # fmt: skip
    assert [button.key for button in page.get("download_button")] == PAPERS


def test_private_meetings_are_a_sum(
    open_page: Open, quarter: Workspace, private_meeting: None, people: tuple[int, int]
) -> None:
    page = open_page("journal", Role.CONSULTANT, "ru", person_id=people[0])
    assert len(page.dataframe[0].value) == 1
    assert "закрытые встречи 40 мин" in said(page)
    assert "## 3 ч 25 мин" in said(page)
    assert "психолог" not in said(page)


def test_empty_month_says_what_makes_lines(open_page: Open, quarter: Workspace) -> None:
    page = open_page("journal", Role.CONSULTANT, "ru", period="2026-01")
    assert "В этом периоде консультаций нет" in said(page)


@pytest.mark.parametrize("query", [{"period": "2026-13"}, {"person": "word"}])
def test_wrong_address_is_told(open_page: Open, quarter: Workspace, query: dict) -> None:
    assert refused(open_page("journal", Role.MANAGER, "ru", **query))

"""My desk, as each role finds it."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from core.database import Database
from core.drafts import Piece, keep_draft
from core.permissions import Role
from core.workspace import Workspace
from tests.dashboards.reading import links, said
from tests.factories import make_person

Open = Callable[..., AppTest]


@pytest.mark.parametrize(
    ("language", "title", "clear"),
    [("ru", "Мой стол", "На столе чисто"), ("en", "My desk", "The desk is clear")],
)
@pytest.mark.parametrize("role", [Role.CONSULTANT, Role.MANAGER, Role.EXPERT])
def test_an_empty_desk_says_what_will_lie_on_it(
    open_page: Open, role: Role, language: str, title: str, clear: str
) -> None:
    text = said(open_page("desk", role, language))
    assert title in text
    assert clear in text


def test_a_manager_finds_the_pace_of_the_quarter(open_page: Open, quarter: Workspace) -> None:
    page = open_page("desk", Role.MANAGER, "en")
    assert "### 2 h 45 min" in said(page)
    assert "To keep the promise the centre needs 44 h 10 min a week until 31 December." in said(
        page
    )
    assert ("The whole quarter", {}) in links(page)


def test_a_consultant_finds_no_pace(open_page: Open, quarter: Workspace) -> None:
    assert "promise" not in said(open_page("desk", Role.CONSULTANT, "en"))


def test_an_administrator_finds_backups_and_open_invitations(
    open_page: Open, database: Database
) -> None:
    with database.writing() as db:
        invited = make_person(db, name="Мария *Соколова*", roles=[Role.EXPERT])
    page = open_page("desk", Role.ADMINISTRATOR, "en")
    text = said(page)
    assert "backup" in text
    assert ("Мария *Соколова*", {"person": str(invited)}) in links(page)


def test_a_draft_waits_for_its_author_alone(
    open_page: Open, workspaces: Callable[..., Workspace], people: tuple[int, int]
) -> None:
    author = workspaces(Role.CONSULTANT, person_id=people[0])
    keep_draft(author, Piece(key="consultation:new", text="Договорились о сквере", writer="w",
                             heir_of="", sequence=1, base=0, basis="", other=None),
               person_id=people[0])  # fmt: skip
    page = open_page("desk", Role.CONSULTANT, "ru", person_id=people[0])
    assert "Договорились о сквере" in said(page)
    assert ("Дописать", {}) in links(page)
    assert "сквере" not in said(open_page("desk", Role.CONSULTANT, "ru", person_id=people[1]))

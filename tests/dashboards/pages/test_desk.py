"""My desk, as each role finds it."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from casework.domain.consultation import Draft, Topic, Work
from casework.service import agree_step, plan_consultation, record_consultation
from core.database import Database
from core.drafts import Piece, keep_draft
from core.permissions import Role
from core.workspace import Workspace
from tests.dashboards.reading import links, said
from tests.factories import make_case, make_initiative, make_person

Open = Callable[..., AppTest]
TODAY = date(2026, 11, 23)


@pytest.fixture
def case(database: Database, people: tuple[int, int]) -> int:
    """Anna's case of the Old Square."""
    with database.writing() as db:
        return make_case(db, people[0], initiative_id=make_initiative(db, "Старый *сквер*"))


def meeting(case: int, on: date, *works: Work) -> Draft:
    return Draft(
        on, frozenset({Topic.BUDGET}), works, starts_at=time(15, 30), cases=frozenset({case})
    )


@pytest.mark.parametrize(
    ("language", "title", "clear"),
    [("ru", "Мой стол", "На столе чисто"), ("en", "My desk", "The desk is clear")],
)
@pytest.mark.parametrize("role", [Role.CONSULTANT, Role.EXPERT])
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


def test_a_manager_of_a_quiet_day_is_told_so(open_page: Open) -> None:
    text = said(open_page("desk", Role.MANAGER, "en"))
    assert "No meetings today or tomorrow, no steps due, no drafts." in text
    assert "Nothing is promised for this quarter." in text


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


def test_a_consultant_finds_the_meetings_of_today_tomorrow_and_the_unwritten(
    open_page: Open, workspaces: Callable[..., Workspace], people: tuple[int, int], case: int
) -> None:
    anna = workspaces(Role.CONSULTANT, person_id=people[0])
    days = [TODAY, TODAY + timedelta(days=1), TODAY - timedelta(days=3), TODAY + timedelta(days=2)]
    ids = [plan_consultation(anna, draft=meeting(case, day, Work(people[0]))) for day in days]
    page = open_page("desk", person_id=people[0])
    text = said(page)
    for words in ("Сегодня", "Завтра", "Ещё не записано", "Старый *сквер*", "15:30"):
        assert words in text
    shown = [query["consultation"] for _, query in links(page) if "consultation" in query]
    assert shown == [str(number) for number in ids[:3]]
    assert "сквер" not in said(open_page("desk", person_id=people[1]))


def test_a_step_is_ticked_off_on_the_desk_and_taken_back(
    open_page: Open, workspaces: Callable[..., Workspace], people: tuple[int, int], case: int
) -> None:
    anna = workspaces(Role.CONSULTANT, person_id=people[0])
    step = agree_step(
        anna, case_id=case, text="Написать в *ТОС*", due_on=TODAY - timedelta(days=1),
        responsible_id=people[0],
    )  # fmt: skip
    page = open_page("desk", person_id=people[0])
    assert "Написать в *ТОС*" in said(page)
    assert "срок был" in said(page)
    page.button(f"tick_{step}").click().run()
    assert "Следующий шаг сделан" in said(page)
    assert "ТОС" not in said(page)
    page.button("saved_undo").click().run()
    assert "Написать в *ТОС*" in said(page)


@pytest.mark.parametrize(("language", "total"), [("ru", "2 ч 45 мин"), ("en", "2 h 45 min")])
def test_written_up_meetings_reach_the_quarter_page(
    open_page: Open,
    workspaces: Callable[..., Workspace],
    people: tuple[int, int],
    case: int,
    language: str,
    total: str,
) -> None:
    anna = workspaces(Role.CONSULTANT, person_id=people[0])
    works = (
        Work(people[0], contact=60, preparation=15),
        Work(people[1], contact=60, travel=30),
    )
    record_consultation(anna, draft=meeting(case, TODAY, *works))
    page = open_page("hours", Role.MANAGER, language)
    assert f"### {total}" in said(page)

"""A cycle, an unknown predecessor and a negative duration, on the page of a roadmap."""

from typing import Any, Final

import pytest

from core.errors import DomainError
from core.i18n import translator
from core.permissions import Role
from roadmaps import service
from roadmaps.domain.plan import Dependency, Plan
from tests import factories
from tests.bad_input.conftest import LANGUAGES
from tests.full_centre import TODAY
from tests.roadmaps.plans import plan_of

CYCLE: Final = {"ru": "Эти задачи ждут друг друга", "en": "These tasks wait for each other"}
DURATION: Final = {"ru": "Длительность", "en": "Duration"}


@pytest.fixture
def plan(database, workspaces):
    """A roadmap of two tasks in somebody's language, and its page's person."""

    def make(language: str) -> tuple[Any, int, int]:
        with database.writing() as db:
            person = factories.make_person(db, roles=[Role.CONSULTANT], language=language)
            case = factories.make_case(db, person)
        here = workspaces(Role.CONSULTANT, person_id=person)
        value = plan_of(1, 1, links="A-B", start=TODAY)
        roadmap = service.create_roadmap(here, new=service.NewPlan(case, "Путь", value))
        return here, person, roadmap

    return make


def _table(open_page: Any, person: int, language: str, roadmap: int) -> Any:
    return open_page("roadmap", person_id=person, language=language, roadmap=roadmap, view="table")


def _edit(page: Any, here: Any, roadmap: int, cells: dict[str, object]) -> None:
    version = service.view_plan(here, roadmap_id=roadmap).roadmap.version
    page.session_state[f"plan_editor_{roadmap}_{version}"] = {
        "edited_rows": {0: cells}, "added_rows": [], "deleted_rows": [],
    }  # fmt: skip
    page.button(key="plan_table_save").click().run()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_cycle_is_named_by_its_tasks(open_page, plan, told, rows, language) -> None:
    here, person, roadmap = plan(language)
    page = _table(open_page, person, language, roadmap)
    before = rows()
    _edit(page, here, roadmap, {"waits": "2"})
    said = told(page, CYCLE[language])
    assert "A" in said
    assert "B" in said
    assert before == rows()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_predecessor_is_named_with_its_row(
    open_page, plan, told, rows, language
) -> None:
    here, person, roadmap = plan(language)
    page = open_page("roadmap", person_id=person, language=language, roadmap=roadmap)
    page.text_input(key="task_title").set_value("Смета")
    page.text_input(key="task_waits").set_value("77")
    before = rows()
    page.button(key="task_add").click().run()
    assert "77" in told(page, "77")
    assert page.text_input(key="task_waits").value == "77"
    assert before == rows()
    assert here


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_negative_duration_is_refused_wherever_it_comes_from(
    open_page, plan, told, rows, language
) -> None:
    here, person, roadmap = plan(language)
    page = _table(open_page, person, language, roadmap)
    before = rows()
    _edit(page, here, roadmap, {"duration": -3})
    told(page, DURATION[language])
    file = service.File("a.csv", "Задача;Длительность\nСмета;-3\n".encode())
    case = service.view_plan(here, roadmap_id=roadmap).roadmap.case_id
    version = service.view_plan(here, roadmap_id=roadmap).roadmap.version
    for make in (
        lambda: service.import_roadmap(
            here, new=service.NewPlan(case, "x", Plan(TODAY)), file=file
        ),
        lambda: service.add_task(
            here, roadmap_id=roadmap, version=version, draft=service.TaskDraft("x", -3)
        ),
    ):
        with pytest.raises(DomainError) as refused:
            make()
        assert DURATION[language] in translator(language).error(refused.value)
    assert before == rows()


def test_a_link_to_no_task_changes_nothing(plan, rows) -> None:
    here, _person, roadmap = plan("ru")
    before = rows()
    first = service.view_plan(here, roadmap_id=roadmap).plan.tasks[0].id
    with pytest.raises(DomainError):
        service.link_tasks(here, roadmap_id=roadmap, link=Dependency(9_999, first))
    assert before == rows()

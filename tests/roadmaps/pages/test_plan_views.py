"""People's load and the history on the page of one roadmap."""

from dataclasses import replace
from datetime import date

import pytest

from core.i18n import translator
from roadmaps import service
from roadmaps.charts import load_heat, load_words
from roadmaps.domain.edits_task import SetDuration
from roadmaps.domain.plan import Plan, Task
from roadmaps.service import NewPlan
from tests import factories

START = date(2026, 11, 23)


@pytest.fixture
def me(workspace) -> int:
    with workspace.reading() as tx:
        return tx.actor.person_id


@pytest.fixture
def roadmap_id(database, workspace, me) -> int:
    with database.writing() as db:
        case_id = factories.make_case(db, me)
    tasks = (
        Task(1, "Опрос", 5, position=1, responsible_id=me),
        Task(2, "Смета", 2, position=2, responsible_id=me),
        Task(3, "Афиша", 1, position=3, responsible="Анна <i>"),
        Task(4, "Праздник", 1, position=4),
    )
    return service.create_roadmap(workspace, new=NewPlan(case_id, "Путь", Plan(START, tasks)))


def test_the_load_names_people_and_opens_the_tasks_behind_a_cell(
    open_page, workspace, roadmap_id, me
) -> None:
    cell = f"{me}~2026-11-23"
    page = open_page("roadmap", person_id=me, roadmap=roadmap_id, view="load", cell=cell)
    assert not page.exception
    assert page.selectbox(key="filter_cell").value == cell
    shown = page.dataframe[-1].value
    assert list(shown["title"]) == ["1. Опрос", "2. Смета"]
    assert any("1 задача без ответственного" in x.value for x in page.caption)
    view = service.view_load(workspace, roadmap_id=roadmap_id)
    _ = translator("en")
    figure = load_heat(view.people, view.weeks, _, with_others=True)
    texts = [x.text for x in figure.layout.annotations]
    assert "▲ 56" in texts
    assert "<b>Анна &lt;i&gt;</b>" in texts
    assert load_words(view.people, view.weeks, _).endswith(": 23 Nov.")


def test_a_load_without_people_says_what_to_do(open_page, database, workspace, me) -> None:
    with database.writing() as db:
        case_id = factories.make_case(db, me)
    plan = Plan(START, (Task(1, "A", 1, position=1),))
    empty = service.create_roadmap(workspace, new=NewPlan(case_id, "Без людей", plan))
    page = open_page("roadmap", person_id=me, roadmap=empty, view="load")
    assert not page.exception
    assert "ответственных" in page.info[0].value


def test_a_change_is_taken_back_from_the_history_after_a_question(
    open_page, workspace, roadmap_id, me
) -> None:
    view = service.view_plan(workspace, roadmap_id=roadmap_id)
    task = view.plan.tasks[0]
    edit = SetDuration(task.id, 9)
    service.edit_plan(workspace, roadmap_id=roadmap_id, edit=edit, version=view.roadmap.version)
    page = open_page("roadmap", person_id=me, roadmap=roadmap_id, view="history", about=task.id)
    assert not page.exception
    assert any("план кончается на 6 дней позже" in x.value for x in page.markdown)
    page.button(key=f"past_sure_{view.roadmap.version}").click().run()
    assert not page.exception
    plan = service.view_plan(workspace, roadmap_id=roadmap_id).plan
    assert replace(plan.tasks[0], uid="") == replace(task, uid="")
    page.button(key="saved_undo").click().run()
    assert service.view_plan(workspace, roadmap_id=roadmap_id).plan.tasks[0].duration == 9

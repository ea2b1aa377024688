"""The box for rows of a spreadsheet, and the durations of the table."""

from datetime import date

import pytest

from roadmaps import service
from roadmaps.service import NewPlan
from tests.roadmaps.plans import plan_of

START = date(2026, 11, 23)


@pytest.fixture
def roadmap_id(workspace, case_id) -> int:
    plan = plan_of(2, 5, links="A-B", start=START)
    return service.create_roadmap(workspace, new=NewPlan(case_id, "Путь", plan))


def _tasks(workspace, roadmap_id: int) -> list[tuple[str, int]]:
    plan = service.view_plan(workspace, roadmap_id=roadmap_id).plan
    return [(task.title, task.duration) for task in plan.tasks]


def test_pasted_rows_are_shown_then_added_in_one_step_and_taken_back(
    open_page, workspace, roadmap_id, me
) -> None:
    page = open_page("roadmap", person_id=me, roadmap=roadmap_id, view="table")
    page.text_area(key="paste_text").input("Смета\t3\nЁлка\t2,5\t1").run()
    assert "Строка 2, столбец «Длительность»: «2,5»" in page.error[0].value
    assert "paste_add" not in {button.key for button in page.button}
    page.text_area(key="paste_text").input("Смета\t3\nЁлка\t2\t1").run()
    assert not page.exception
    assert _tasks(workspace, roadmap_id) == [("A", 2), ("B", 5)]
    page.text_area(key="paste_text").input("Задача\tДней\tЦвет *\nСмета\t3\tx\nЁлка\t2\tx").run()
    assert page.warning[0].value == "Столбцы, которые здесь ничего не значат, пропущены: Цвет \\*."
    page.button(key="paste_add").click().run()
    assert not page.exception
    assert _tasks(workspace, roadmap_id) == [("A", 2), ("B", 5), ("Смета", 3), ("Ёлка", 2)]
    assert page.text_area(key="paste_text").value == ""
    page.button(key="saved_undo").click().run()
    assert _tasks(workspace, roadmap_id) == [("A", 2), ("B", 5)]


def test_pasted_numbers_of_the_plan_are_chosen_in_the_address(open_page, roadmap_id, me) -> None:
    page = open_page("roadmap", person_id=me, roadmap=roadmap_id, view="table", numbers="plan")
    page.text_area(key="paste_text").input("Смета\t3\t2").run()
    assert not page.exception
    assert "paste_add" in {button.key for button in page.button}


def test_half_a_day_in_the_table_is_refused_and_not_read_as_twenty_five(
    open_page, workspace, roadmap_id, me
) -> None:
    page = open_page("roadmap", person_id=me, roadmap=roadmap_id, view="table")
    version = service.view_plan(workspace, roadmap_id=roadmap_id).roadmap.version
    page.session_state[f"plan_editor_{roadmap_id}_{version}"] = {
        "edited_rows": {0: {"duration": "2,5"}},
        "added_rows": [],
        "deleted_rows": [],
    }
    page.button(key="plan_table_save").click().run()
    assert "Строка 1, столбец «Длительность»: «2,5»" in page.error[0].value
    assert _tasks(workspace, roadmap_id) == [("A", 2), ("B", 5)]

from datetime import date

import pytest

from core.permissions import Role
from roadmaps import service
from roadmaps.domain.plan import Plan, Task
from roadmaps.service import NewPlan
from tests import factories
from tests.roadmaps.plans import plan_of

START = date(2026, 11, 23)


@pytest.fixture
def me(workspace) -> int:
    with workspace.reading() as tx:
        return tx.actor.person_id


@pytest.fixture
def case_id(database, me) -> int:
    with database.writing() as db:
        return factories.make_case(
            db, me, initiative_id=factories.make_initiative(db, "Двор на Речной")
        )


@pytest.fixture
def roadmap_id(workspace, case_id) -> int:
    plan = plan_of(2, 5, 3, 1, links="A-B A-C B-D C-D", start=START)
    return service.create_roadmap(workspace, new=NewPlan(case_id, "Путь *к* цели", plan))


def _said(page) -> str:
    return "\n".join(element.value for element in [*page.markdown, *page.caption, *page.title])


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("view", ["gantt", "network", "table"])
def test_every_view_of_a_roadmap_opens(open_page, roadmap_id, me, view, language) -> None:
    page = open_page("roadmap", person_id=me, language=language, roadmap=roadmap_id, view=view)
    assert not page.exception
    assert not page.error
    assert "A → B → D" in _said(page)


@pytest.mark.parametrize("view", ["gantt", "network", "table"])
def test_an_address_with_absurd_numbers_opens_the_plan(open_page, roadmap_id, me, view) -> None:
    endless = "9" * 5_000
    query = {"task": endless, "folded": f"{endless},x,-1", "zoom": "hours"}
    page = open_page("roadmap", person_id=me, roadmap=roadmap_id, view=view, **query)
    assert not page.exception
    assert "A → B → D" in _said(page)


def test_the_page_names_the_end_the_length_and_the_critical_tasks(
    open_page, roadmap_id, me
) -> None:
    page = open_page("roadmap", person_id=me, roadmap=roadmap_id)
    shown = [" ".join(metric.value.split()) for metric in page.metric]
    assert shown == ["2 дек. 2026 г.", "8 рабочих дней", "0 из 4", "0"]
    assert page.title[0].value == "Путь \\*к\\* цели"


def test_a_task_is_added_and_taken_back(open_page, workspace, roadmap_id, me) -> None:
    page = open_page("roadmap", person_id=me, roadmap=roadmap_id)
    page.text_input(key="task_title").set_value("Отчёт")
    page.number_input(key="task_duration").set_value(3)
    page.text_input(key="task_waits").set_value("4ОН+1")
    page.button(key="task_add").click().run()
    assert not page.exception
    assert "Отчёт" in _said(page)
    assert page.text_input(key="task_title").value == ""
    assert service.view_plan(workspace, roadmap_id=roadmap_id).schedule.length == 12
    page.button(key="saved_undo").click().run()
    assert service.view_plan(workspace, roadmap_id=roadmap_id).schedule.length == 8


def test_a_refused_task_keeps_every_character(open_page, workspace, roadmap_id, me) -> None:
    page = open_page("roadmap", person_id=me, roadmap=roadmap_id)
    page.text_input(key="task_title").set_value("Отчёт")
    page.text_input(key="task_waits").set_value("сначала всё")
    page.button(key="task_add").click().run()
    assert "сначала всё" in page.error[0].value
    assert page.text_input(key="task_title").value == "Отчёт"
    assert page.text_input(key="task_waits").value == "сначала всё"
    assert len(service.view_plan(workspace, roadmap_id=roadmap_id).plan.tasks) == 4


def test_the_table_is_edited_and_a_cycle_in_it_is_named(
    open_page, workspace, roadmap_id, me
) -> None:
    page = open_page("roadmap", person_id=me, roadmap=roadmap_id, view="table")
    version = service.view_plan(workspace, roadmap_id=roadmap_id).roadmap.version
    editor = f"plan_editor_{roadmap_id}_{version}"

    def edit(rows: dict[int, dict[str, object]]) -> None:
        page.session_state[editor] = {"edited_rows": rows, "added_rows": [], "deleted_rows": []}
        page.button(key="plan_table_save").click().run()

    edit({0: {"waits": "4"}})
    assert "A → " in page.error[0].value
    edit({0: {"duration": 4, "title": "Начало"}})
    assert not page.error
    assert service.view_plan(workspace, roadmap_id=roadmap_id).schedule.length == 10
    assert "Начало → B → D" in _said(page)


def test_a_stage_shows_no_duration_in_the_table_and_keeps_the_one_it_has(
    open_page, workspace, case_id, me
) -> None:
    tasks = (Task(1, "Стадия", 4, position=1), Task(2, "Часть", 3, position=2, parent_id=1))
    made = service.create_roadmap(workspace, new=NewPlan(case_id, "Путь", Plan(START, tasks)))
    page = open_page("roadmap", person_id=me, roadmap=made, view="table")
    editor = f"plan_editor_{made}_{service.view_plan(workspace, roadmap_id=made).roadmap.version}"

    def edit(rows: dict[int, dict[str, object]]) -> list[tuple[str, int]]:
        page.session_state[editor] = {"edited_rows": rows, "added_rows": [], "deleted_rows": []}
        page.button(key="plan_table_save").click().run()
        plan = service.view_plan(workspace, roadmap_id=made).plan
        return [(task.title, task.duration) for task in plan.tasks]

    assert edit({0: {"duration": "5"}}) == [("Стадия", 4), ("Часть", 3)]
    assert "«Стадия» — этап" in page.error[0].value
    assert edit({0: {"title": "Этап"}, 1: {"duration": "2"}}) == [("Этап", 4), ("Часть", 2)]


def test_the_history_tells_and_undoes_the_last_change(open_page, workspace, roadmap_id, me) -> None:
    draft = service.TaskDraft("Отчёт", 2)
    service.add_task(workspace, roadmap_id=roadmap_id, version=2, draft=draft)
    page = open_page("roadmap", person_id=me, roadmap=roadmap_id, view="table")
    assert "добавлена задача «Отчёт»" in _said(page)
    page.button(key="plan_undo").click().run()
    assert not page.error
    assert len(service.view_plan(workspace, roadmap_id=roadmap_id).plan.tasks) == 4


def test_what_was_undone_is_done_again_after_the_page_was_opened_anew(
    open_page, workspace, roadmap_id, me
) -> None:
    draft = service.TaskDraft("Отчёт", 2)
    service.add_task(workspace, roadmap_id=roadmap_id, version=2, draft=draft)
    page = open_page("roadmap", person_id=me, roadmap=roadmap_id, view="table")
    assert page.button(key="plan_redo").disabled
    page.button(key="plan_undo").click().run()
    again = open_page("roadmap", person_id=me, roadmap=roadmap_id, view="table")
    again.button(key="plan_redo").click().run()
    assert not again.error
    assert len(service.view_plan(workspace, roadmap_id=roadmap_id).plan.tasks) == 5
    assert "добавлена задача «Отчёт»" in _said(again)
    page.button(key="saved_close").click().run()
    again.button(key="saved_undo").click().run()
    assert len(service.view_plan(workspace, roadmap_id=roadmap_id).plan.tasks) == 4


def test_the_chosen_row_is_moved_and_put_back(open_page, workspace, roadmap_id, me) -> None:
    def titles() -> list[str]:
        plan = service.view_plan(workspace, roadmap_id=roadmap_id).plan
        return [task.title for task in plan.tasks]

    page = open_page("roadmap", person_id=me, roadmap=roadmap_id, view="table")
    assert page.button(key="plan_move_down").disabled
    view = service.view_plan(workspace, roadmap_id=roadmap_id)
    field = f"plan_row_{roadmap_id}_{view.roadmap.version}"
    page.selectbox(key=field).set_value(view.plan.tasks[0].id).run()
    assert page.button(key="plan_move_up").disabled
    page.button(key="plan_move_down").click().run()
    assert not page.error
    assert titles() == ["B", "A", "C", "D"]
    page.button(key="plan_move_up").click().run()
    assert titles() == ["A", "B", "C", "D"]
    page.button(key="saved_undo").click().run()
    assert titles() == ["B", "A", "C", "D"]


def test_who_may_not_edit_sees_no_form(open_page, roadmap_id) -> None:
    page = open_page("roadmap", roadmap=roadmap_id, view="table")
    assert not page.exception
    assert [
        button.key for button in page.button if button.key in {"task_add", "plan_table_save"}
    ] == []


@pytest.mark.parametrize("asked", ["404", "слово", "-1", ""])
def test_a_wrong_id_is_told_in_words(open_page, asked) -> None:
    page = open_page("roadmap", roadmap=asked)
    assert not page.exception
    assert len(page.error) == 1


def test_an_empty_plan_invites_its_first_task(open_page, workspace, case_id, me) -> None:
    roadmap_id = service.create_roadmap(workspace, new=NewPlan(case_id, "Пустая", Plan(START)))
    page = open_page("roadmap", person_id=me, roadmap=roadmap_id)
    assert not page.exception
    assert page.text_input(key="task_title").value == ""
    assert not page.metric


def test_the_title_and_the_start_are_changed(open_page, workspace, roadmap_id, me) -> None:
    page = open_page("roadmap", person_id=me, roadmap=roadmap_id)
    page.text_input(key=f"plan_head_{roadmap_id}_title").set_value("Новый путь")
    page.date_input(key=f"plan_head_{roadmap_id}_start").set_value(date(2026, 12, 1))
    page.button(key="plan_head_save").click().run()
    view = service.view_plan(workspace, roadmap_id=roadmap_id)
    assert (view.roadmap.title, view.plan.starts_on) == ("Новый путь", date(2026, 12, 1))
    page.button(key="saved_undo").click().run()
    view = service.view_plan(workspace, roadmap_id=roadmap_id)
    assert (view.roadmap.title, view.plan.starts_on) == ("Путь *к* цели", START)
    assert page.text_input(key=f"plan_head_{roadmap_id}_title").value == "Путь *к* цели"


def test_a_removed_roadmap_leads_back_to_the_list_and_can_be_restored(
    open_page, workspace, roadmap_id, me
) -> None:
    page = open_page("roadmap", person_id=me, roadmap=roadmap_id)
    page.button(key="plan_remove").click().run()
    assert service.list_roadmaps(workspace) == ()
    page.button(key="saved_undo").click().run()
    assert len(service.list_roadmaps(workspace)) == 1


def test_dates_in_a_year_without_a_decree_are_said_to_be_preliminary(
    open_page, workspace, case_id, me
) -> None:
    plan = plan_of(330, start=START)
    roadmap_id = service.create_roadmap(workspace, new=NewPlan(case_id, "Долгая", plan))
    page = open_page("roadmap", person_id=me, roadmap=roadmap_id)
    assert "2028" in page.warning[0].value


def test_the_list_shows_the_next_step(open_page, roadmap_id, me) -> None:
    page = open_page("roadmaps", person_id=me)
    assert not page.exception
    shown = page.dataframe[0].value
    assert list(shown["title"]) == ["Путь *к* цели"]
    assert list(shown["next"]) == ["A"]


def test_an_empty_list_offers_to_begin(open_page) -> None:
    page = open_page("roadmaps", role=Role.MANAGER)
    assert not page.exception
    assert page.button(key="empty_roadmap_new")


def test_a_roadmap_is_made_from_a_case(open_page, workspace, case_id, me) -> None:
    page = open_page("roadmap_new", person_id=me, case=case_id)
    page.text_input(key="roadmap_title").set_value("Площадка")
    page.date_input(key="roadmap_starts_on").set_value(START)
    page.button(key="roadmap_add").click().run()
    assert not page.exception
    assert not page.error
    assert [line.title for line in service.list_roadmaps(workspace)] == ["Площадка"]


def test_a_file_is_looked_at_before_it_is_imported(open_page, workspace, case_id, me) -> None:
    page = open_page("roadmap_new", person_id=me, case=case_id, **{"from": "file"})
    table = "Задача;Длительность;Предшественники\nСмета;3;\nСтройка;5;1\n".encode("cp1251")
    page.file_uploader(key="import_file").upload("plan.csv", table, "text/csv")
    page.date_input(key="import_start").set_value(START)
    page.run()
    assert "Смета → Стройка" in _said(page)
    assert service.list_roadmaps(workspace) == ()
    page.button(key="import_add").click().run()
    assert not page.error
    (line,) = service.list_roadmaps(workspace)
    assert (line.title, line.tasks) == ("plan", 2)


def test_a_file_with_wrong_columns_says_which_are_missing(open_page, case_id, me) -> None:
    page = open_page("roadmap_new", person_id=me, case=case_id, **{"from": "file"})
    page.file_uploader(key="import_file").upload("plan.csv", b"a;b\n1;2\n", "text/csv")
    page.run()
    assert not page.exception
    assert "a, b" in page.error[0].value


@pytest.mark.parametrize(("view", "count"), [("gantt", 10), ("network", 10)])
def test_the_page_says_beside_each_file_what_it_leaves_behind(
    open_page, roadmap_id, me, view, count
) -> None:
    page = open_page("roadmap", person_id=me, roadmap=roadmap_id, view=view)
    assert not page.exception
    assert len(page.get("download_button")) == count
    told = [caption.value.partition("Не перенесено: ")[2] for caption in page.caption]
    assert [text for text in told if text] == ["единица плана: теперь минуты.", "связи (4)."]

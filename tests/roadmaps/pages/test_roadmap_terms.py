"""The page of a roadmap: one task in detail, what the last change did, baselines."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zlib import crc32

import pytest

from core.permissions import Role
from roadmaps import service
from roadmaps.domain.edits_task import SetDeadline, SetDuration
from roadmaps.domain.plan import PlanUnit
from roadmaps.domain.terms import Constraint, ConstraintKind, Estimate, Progress
from roadmaps.pages.parts.task_fields import moment_of
from roadmaps.service import NewPlan
from tests import factories
from tests.roadmaps.plans import plan_of

START = date(2026, 11, 23)
LATER = datetime(2026, 12, 7)


@pytest.fixture
def me(workspace) -> int:
    with workspace.reading() as tx:
        return tx.actor.person_id


@pytest.fixture
def case_id(database, me) -> int:
    with database.writing() as db:
        return factories.make_case(db, me)


@pytest.fixture
def roadmap_id(workspace, case_id) -> int:
    plan = plan_of(2, 5, 3, 1, links="A-B A-C B-D C-D A-D", start=START)
    return service.create_roadmap(workspace, new=NewPlan(case_id, "Путь", plan))


@pytest.fixture
def change(workspace, roadmap_id):
    def make(*edits) -> None:
        service.change_plan(
            workspace, roadmap_id=roadmap_id, edits=edits, version=_view(workspace, roadmap_id).roadmap.version
        )  # fmt: skip

    return make


def _view(workspace, roadmap_id):
    return service.view_plan(workspace, roadmap_id=roadmap_id)


def _said(page) -> str:
    elements = [*page.markdown, *page.caption, *page.error, *page.info]
    return " ".join(" ".join(element.value.replace("\\", "").split()) for element in elements)


def test_a_day_that_is_left_in_its_field_keeps_the_time_it_had() -> None:
    """A milestone ends its day by that time: a form that says nothing of it must not move it."""
    evening = datetime(2026, 12, 7, 23, 59)
    assert moment_of(evening.date(), evening) == evening
    assert moment_of(date(2026, 12, 8), evening) == datetime(2026, 12, 8)
    assert moment_of(None, evening) is None


def test_one_task_is_told_and_changed_in_all_its_fields(
    open_page, workspace, roadmap_id, me
) -> None:
    b = _view(workspace, roadmap_id).plan.tasks[1].id
    page = open_page("roadmap", person_id=me, roadmap=roadmap_id, task=b, view="table")
    assert "ждёт окончания «A»" in _said(page)
    assert "4. D — ждёт окончания «B»; стоит вплотную за этой" in _said(page)
    form = f"task_{roadmap_id}_{b}"
    page.text_input(key=f"{form}_title").set_value(" Смета ")
    page.number_input(key=f"{form}_duration").set_value(6)
    page.selectbox(key=f"{form}_kind").select(ConstraintKind.SNET)
    page.date_input(key=f"{form}_at").set_value(LATER.date())
    page.date_input(key=f"{form}_deadline").set_value(LATER.date())
    page.number_input(key=f"{form}_optimistic").set_value(2)
    page.number_input(key=f"{form}_likely").set_value(6)
    page.number_input(key=f"{form}_pessimistic").set_value(9)
    page.selectbox(key=f"{form}_calendar").select("every_day")
    page.button(key="task_save").click().run()
    assert not page.exception
    task = _view(workspace, roadmap_id).plan.task(b)
    assert (task.title, task.duration, task.deadline) == ("Смета", 6, LATER)
    assert task.constraint == Constraint(ConstraintKind.SNET, LATER)
    assert (task.estimate, task.calendar) == (Estimate(2, 6, 9), "every_day")
    assert "Сдвинулась ещё 1 задача; план закончится на 12 дней позже: 14 дек. 2026 г." in _said(
        page
    )
    assert "Крайний срок 7 дек. 2026 г. срывается: задача закончится на 5 дней позже." in _said(
        page
    )
    page.button(key="saved_undo").click().run()
    assert _view(workspace, roadmap_id).plan.task(b).title == "B"


def test_a_refused_task_says_what_to_do_and_keeps_every_character(
    open_page, workspace, roadmap_id, me
) -> None:
    a = _view(workspace, roadmap_id).plan.tasks[0].id
    page = open_page("roadmap", person_id=me, roadmap=roadmap_id, task=a)
    form = f"task_{roadmap_id}_{a}"
    page.text_input(key=f"{form}_title").set_value("Ещё")
    page.date_input(key=f"{form}_started").set_value(START + timedelta(days=400))
    page.button(key="task_save").click().run()
    assert "ещё не наступило" in page.error[0].value
    assert page.text_input(key=f"{form}_title").value == "Ещё"
    assert _view(workspace, roadmap_id).plan.task(a).title == "A"
    page.date_input(key=f"{form}_started").set_value(START)
    page.number_input(key=f"{form}_remaining").set_value(3)
    page.button(key="task_save").click().run()
    assert not page.error
    assert _view(workspace, roadmap_id).plan.task(a).progress == Progress(
        datetime(2026, 11, 23), None, 3
    )


def test_a_stage_has_the_fields_that_are_its_own(open_page, workspace, case_id, me) -> None:
    plan = plan_of(2, 5, start=START)
    stage, part = plan.tasks
    staged = _with_parent(plan, part, stage.id, PlanUnit.HOUR)
    made = service.create_roadmap(workspace, new=NewPlan(case_id, "Этапы", staged))
    first = _view(workspace, made).plan.tasks[0].id
    page = open_page("roadmap", person_id=me, roadmap=made, task=first)
    assert not page.exception
    assert "этап" in _said(page)
    form = f"task_{made}_{first}"
    assert f"{form}_duration" not in {field.key for field in page.number_input}
    page.text_input(key=f"{form}_title").set_value("Первый этап")
    page.button(key="task_save").click().run()
    assert _view(workspace, made).plan.task(first).title == "Первый этап"
    word = "Задача сохранена: Первый этап"
    assert _said(page).count(word) == 2  # in the bar, and in the panel that it was saved from
    page.button(key="task_side_close").click().run()
    page.query_params["task"] = str(first)
    assert _said(page.run()).count(word) == 1


def _with_parent(plan, part, stage_id, unit):
    tasks = tuple(replace(t, parent_id=stage_id) if t is part else t for t in plan.tasks)
    return replace(plan, tasks=tasks, unit=unit)


def test_who_may_only_look_sees_the_facts_and_no_form(
    open_page, workspace, workspaces, roadmap_id, change
) -> None:
    b = _view(workspace, roadmap_id).plan.tasks[1].id
    change(SetDuration(b, 9), SetDeadline(b, datetime(2026, 11, 30)))
    other = workspaces(Role.CONSULTANT)
    with other.reading() as tx:
        person = tx.actor.person_id
    page = open_page("roadmap", person_id=person, roadmap=roadmap_id, task=b, view="baselines")
    assert not page.exception
    assert "срок не выдерживается — крайний срок 30 нояб. 2026 г." in _said(page)
    assert "Последнее изменение:" in _said(page)
    assert not [button for button in page.button if button.key in {"task_save", "baseline_take"}]


def test_a_baseline_is_taken_compared_and_removed(
    open_page, workspace, roadmap_id, me, change
) -> None:
    page = open_page("roadmap", person_id=me, roadmap=roadmap_id, view="baselines")
    page.text_input(key=f"baseline_{roadmap_id}_title").set_value("Как решили")
    page.button(key="baseline_take").click().run()
    assert not page.error
    b = _view(workspace, roadmap_id).plan.tasks[1].id
    change(SetDuration(b, 7))
    page.run()
    page.date_input(key=f"status_{roadmap_id}_at").set_value(date(2026, 11, 25))
    page.button(key="status_save").click().run()
    assert not page.exception
    shown = {metric.label: " ".join(metric.value.split()) for metric in page.metric}
    assert (shown["Должно было закончиться"], shown["Изменение"]) == (
        "2 дек. 2026 г.",
        "на 7 дней позже",
    )
    assert shown["Темп, SPI(t)"] == "0"
    page.button(key="baseline_remove").click().run()
    assert _view(workspace, roadmap_id).plan.baselines == ()


def test_links_that_repeat_others_are_listed_and_taken_out(
    open_page, workspace, roadmap_id, me
) -> None:
    page = open_page("roadmap", person_id=me, roadmap=roadmap_id, view="network")
    assert "- 1. A → 4. D" in _said(page)
    page.button(key="links_remove").click().run()
    assert not page.error
    assert len(_view(workspace, roadmap_id).plan.dependencies) == 4


def test_rows_of_a_table_are_searched_and_saved_with_the_others(
    open_page, workspace, case_id, me
) -> None:
    plan = plan_of(*[1] * 12, start=START)
    made = service.create_roadmap(workspace, new=NewPlan(case_id, "Длинный", plan))
    version = _view(workspace, made).roadmap.version
    page = open_page("roadmap", person_id=me, roadmap=made, view="table")
    page.text_input(key="filter_rows").set_value("c").run()
    editor = f"plan_editor_{made}_{version}_{crc32(b'c')}"
    page.session_state[editor] = {
        "edited_rows": {0: {"title": "Третья"}},
        "added_rows": [],
        "deleted_rows": [],
    }
    page.button(key="plan_table_save").click().run()
    assert not page.exception
    titles = [task.title for task in _view(workspace, made).plan.tasks]
    assert titles == ["A", "B", "Третья", *"DEFGHIJKL"]


def test_several_tasks_are_changed_at_once_and_taken_back_at_once(
    open_page, workspace, roadmap_id, me
) -> None:
    a, b, *_rest = (task.id for task in _view(workspace, roadmap_id).plan.tasks)
    page = open_page("roadmap", person_id=me, roadmap=roadmap_id, view="table")
    page.multiselect(key="many_tasks").select(a).select(b)
    page.number_input(key="many_done").set_value(50)
    page.date_input(key="many_deadline").set_value(LATER.date())
    page.button(key="many_save").click().run()
    assert not page.exception
    changed = _view(workspace, roadmap_id).plan.tasks
    assert [task.done_percent for task in changed] == [50, 50, 0, 0]
    assert [task.deadline for task in changed] == [LATER, LATER, None, None]
    assert page.multiselect(key="many_tasks").value == []
    page.button(key="saved_undo").click().run()
    assert [t.deadline for t in _view(workspace, roadmap_id).plan.tasks] == [None] * 4

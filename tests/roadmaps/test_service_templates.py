"""Roadmaps that begin with a template, with another roadmap, with what was agreed."""

from datetime import date

import pytest
import sqlalchemy as sa

from casework.domain.consultation import Draft, Topic, Work
from casework.domain.need import NeedKind, NeedState
from casework.domain.step import NewStep
from casework.service import note_need, plan_step, record_consultation, view_case
from core.audit import AuditEntry
from core.database import tallied
from core.errors import (
    ForbiddenError,
    InvalidError,
    NotFoundError,
    OutOfRangeError,
    RequiredError,
    StaleError,
)
from core.permissions import Role, Secrecy
from roadmaps import service
from roadmaps.domain.origins import origin_of
from roadmaps.domain.own_template import TemplateForm
from roadmaps.domain.plan import Plan, PlanUnit, Task
from roadmaps.domain.template import TemplateTheme
from roadmaps.domain.template_views import TemplateSearch
from roadmaps.service import NewPlan, Source, Way
from tests import factories
from tests.roadmaps.plans import plan_of

START = date(2026, 11, 30)
FORM = TemplateForm("Наш двор", TemplateTheme.CITY, "Как мы делали двор")


@pytest.fixture
def other_case(database, me) -> int:
    with database.writing() as db:
        return factories.make_case(db, me)


def plan_with_a_stage(who: int) -> Plan:
    tasks = (
        Task(1, "Стадия", 0, position=1),
        Task(2, "Раз", 2, "event.aim~00000001", 2, 1, who, done_percent=100),
        Task(3, "Два", 3, "x", 3, 1, responsible="Вера"),
        Task(4, "Три", 1, "y", 4),
    )
    links = plan_of(1, 1, 1, 1, links="B-C C-D").dependencies
    return Plan(START, tasks, links)


@pytest.fixture
def roadmap_id(workspace, case_id, me) -> int:
    new = NewPlan(case_id, "Путь", plan_with_a_stage(me))
    return service.create_roadmap(workspace, new=new)


def plan(workspace, roadmap_id: int) -> Plan:
    return service.view_plan(workspace, roadmap_id=roadmap_id).plan


def actions(database) -> list[str]:
    with database.reading() as db:
        return list(db.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id)))


def test_templates_are_found_by_theme_and_by_a_part_of_a_word(workspace) -> None:
    assert len(service.list_templates(workspace)) == 12
    money = service.list_templates(workspace, TemplateSearch(theme=TemplateTheme.MONEY))
    assert [line.ref for line in money] == ["crowdfunding", "grant", "social"]
    [found] = service.list_templates(workspace, TemplateSearch("КОЛЛЕКТИВН"))
    assert (found.ref, found.steps, found.ways) == ("appeal", 11, 1)
    [found] = service.list_templates(workspace, TemplateSearch("rallies"), language="en")
    assert (found.ref, found.ways, found.title) == ("event", 2, "The first city event")


def test_a_template_becomes_a_roadmap_of_the_chosen_way(workspace, case_id, database) -> None:
    way = Way("event", "notice")
    new = NewPlan(case_id, "Митинг у реки", Plan(START), token="t" * 32)
    made = service.start_from_template(workspace, way=way, new=new)
    assert service.start_from_template(workspace, way=way, new=new) == made
    shown = service.view_template(workspace, way=way, starts_on=START)
    kept = plan(workspace, made)
    assert [task.title for task in kept.tasks] == [task.title for task in shown.plan.tasks]
    names = [origin_of(task.uid) for task in kept.tasks]
    assert {name.template for name in names if name} == {"event"}
    assert None not in names
    assert len(kept.dependencies) == len(shown.plan.dependencies)
    assert actions(database).count("template.used") == 2


def test_two_roadmaps_of_one_template_share_no_name(workspace, case_id) -> None:
    made = [
        service.start_from_template(
            workspace, way=Way("appeal"), new=NewPlan(case_id, "А", Plan(START))
        )
        for _ in range(2)
    ]
    first, second = ({task.uid for task in plan(workspace, one).tasks} for one in made)
    assert first & second == set()


@pytest.mark.parametrize(
    ("way", "error"),
    [
        (Way("nothing"), NotFoundError),
        (Way("own-404"), NotFoundError),
        (Way("own-99999999999"), NotFoundError),
        (Way("event", "march"), InvalidError),
        (Way("appeal", "notice"), InvalidError),
    ],
)
def test_a_template_or_way_that_is_not_there_is_refused(workspace, way, error) -> None:
    with pytest.raises(error):
        service.view_template(workspace, way=way)


@pytest.mark.parametrize("day", [date.min, date.max])
def test_a_day_without_a_calendar_is_refused_before_it_is_counted(
    workspace, case_id, roadmap_id, day
) -> None:
    """Whatever stands in an address: no plan may begin then."""
    with pytest.raises(OutOfRangeError):
        service.view_template(workspace, way=Way("appeal"), starts_on=day)
    with pytest.raises(OutOfRangeError):
        service.preview_copy(workspace, source=Source(roadmap_id), case_id=case_id, starts_on=day)


@pytest.mark.parametrize(("unit", "length"), [(PlanUnit.HOUR, 36), (PlanUnit.MINUTE, 36 * 60)])
def test_a_template_counted_in_hours_lasts_its_working_days_in_the_list(
    workspace, case_id, unit, length
) -> None:
    week = Plan(START, (Task(1, "A", length),), unit=unit, starts_minute=9 * 60)
    made = service.create_roadmap(workspace, new=NewPlan(case_id, "Часы", week))
    service.save_as_template(workspace, roadmap_id=made, form=FORM)
    assert service.list_templates(workspace)[0].length == 5  # four days of eight hours and a half


def test_nobody_begins_a_roadmap_in_anothers_case(workspaces, case_id) -> None:
    stranger = workspaces(Role.CONSULTANT)
    with pytest.raises(ForbiddenError):
        service.start_from_template(
            stranger, way=Way("appeal"), new=NewPlan(case_id, "x", Plan(START))
        )


def test_a_roadmap_is_kept_as_a_template_without_people_progress_and_dates(
    workspace, roadmap_id, other_case, me
) -> None:
    made = service.save_as_template(workspace, roadmap_id=roadmap_id, form=FORM, token="k" * 32)
    assert made == service.save_as_template(
        workspace, roadmap_id=roadmap_id, form=FORM, token="k" * 32
    )
    ref = f"own-{made}"
    view = service.view_template(workspace, way=Way(ref), starts_on=START)
    assert [(t.title, t.duration) for t in view.plan.tasks if t.id not in view.plan.stages] == [
        ("Раз", 2),
        ("Два", 3),
        ("Три", 1),
    ]
    assert {(t.responsible, t.responsible_id, t.done_percent) for t in view.plan.tasks} == {
        ("", None, 0)
    }
    assert (view.own.created_by, view.may_edit, view.laid.result.length) == (me, True, 6)
    assert service.list_templates(workspace)[0].ref == ref

    begun = service.start_from_template(
        workspace, way=Way(ref), new=NewPlan(other_case, "Ещё двор", Plan(START))
    )
    assert origin_of(plan(workspace, begun).tasks[1].uid) == ("event", "aim")


def test_a_template_of_the_centre_is_renamed_withdrawn_and_brought_back(
    workspace, workspaces, roadmap_id
) -> None:
    made = service.save_as_template(workspace, roadmap_id=roadmap_id, form=FORM)
    wanted = TemplateForm("  Двор с детьми ", TemplateTheme.PEOPLE)
    seen = service.edit_template(workspace, template_id=made, version=1, form=wanted)
    assert seen == FORM
    with pytest.raises(StaleError):
        service.edit_template(workspace, template_id=made, version=1, form=FORM)
    with pytest.raises(ForbiddenError):
        service.edit_template(workspaces(Role.CONSULTANT), template_id=made, version=2, form=FORM)
    service.withdraw_template(workspaces(Role.MANAGER), template_id=made)
    with pytest.raises(NotFoundError):
        service.view_template(workspace, way=Way(f"own-{made}"))
    service.restore_template(workspace, template_id=made)
    assert service.list_templates(workspace)[0].title == "Двор с детьми"
    with pytest.raises(RequiredError):
        service.edit_template(
            workspace, template_id=made, version=2, form=TemplateForm(" ", TemplateTheme.CITY)
        )


def test_a_copy_for_another_initiative_leaves_people_and_progress_behind(
    workspace, roadmap_id, other_case
) -> None:
    new = NewPlan(other_case, "Копия", Plan(date(2027, 1, 11)), token="c" * 32)
    made = service.copy_roadmap(workspace, source=Source(roadmap_id), new=new)
    assert made == service.copy_roadmap(workspace, source=Source(roadmap_id), new=new)
    copied = plan(workspace, made)
    assert copied.starts_on == date(2027, 1, 11)
    assert [task.title for task in copied.tasks] == ["Стадия", "Раз", "Два", "Три"]
    assert {(t.responsible, t.responsible_id, t.done_percent) for t in copied.tasks} == {
        ("", None, 0)
    }
    assert len(copied.dependencies) == 2


def test_a_copy_within_an_initiative_keeps_who_is_responsible(
    workspace, roadmap_id, case_id, me
) -> None:
    made = service.copy_roadmap(
        workspace, source=Source(roadmap_id), new=NewPlan(case_id, "Снова", Plan(START))
    )
    people = [(t.responsible, t.responsible_id) for t in plan(workspace, made).tasks]
    assert people == [("", None), ("", me), ("Вера", None), ("", None)]


def test_a_stage_is_copied_with_its_parts_and_the_links_among_them(
    workspace, roadmap_id, other_case
) -> None:
    stage = plan(workspace, roadmap_id).tasks[0].id
    source = Source(roadmap_id, stage)
    shown = service.preview_copy(workspace, source=source, case_id=other_case, starts_on=START)
    new = NewPlan(other_case, "Часть", Plan(START))
    copied = plan(workspace, service.copy_roadmap(workspace, source=source, new=new))
    assert [task.title for task in copied.tasks] == ["Стадия", "Раз", "Два"]
    assert [task.title for task in shown.plan.tasks] == ["Стадия", "Раз", "Два"]
    assert (len(copied.dependencies), shown.result.length) == (1, 5)
    with pytest.raises(InvalidError):
        last = Source(roadmap_id, plan(workspace, roadmap_id).tasks[3].id)
        service.copy_roadmap(workspace, source=last, new=new)


def test_agreed_steps_are_taken_into_a_roadmap_once(workspace, case_id, roadmap_id) -> None:
    first = plan_step(workspace, case_id=case_id, step=NewStep("Позвонить", date(2026, 12, 1)))
    plan_step(workspace, case_id=case_id, step=NewStep("Написать"))
    seen = service.view_additions(workspace, case_id=case_id)
    assert [step.text for step in seen.steps] == ["Позвонить", "Написать"]
    assert seen.roadmaps == {roadmap_id: "Путь"}

    every = [step.id for step in seen.steps]
    done = service.take_steps(workspace, roadmap_id=roadmap_id, step_ids=every)

    assert [t.title for t in plan(workspace, roadmap_id).tasks[4:]] == ["Позвонить", "Написать"]
    assert service.view_additions(workspace, case_id=case_id).taken[roadmap_id] == set(every)
    with pytest.raises(RequiredError):
        service.take_steps(workspace, roadmap_id=roadmap_id, step_ids=[first])
    service.take_back_steps(workspace, roadmap_id=roadmap_id, seq=done.seq)
    assert len(plan(workspace, roadmap_id).tasks) == 4


def test_what_can_be_taken_is_shown_without_reading_the_plans(workspace, case_id) -> None:
    def statements() -> int:
        with tallied() as tally:
            service.view_additions(workspace, case_id=case_id)
        return tally.statements

    new = NewPlan(case_id, "Ещё", Plan(START, (Task(1, "A", 1),)))
    service.create_roadmap(workspace, new=new)
    one = statements()
    service.create_roadmap(workspace, new=new)
    service.create_roadmap(workspace, new=new)
    assert statements() == one


def test_a_need_comes_with_its_steps_under_its_name_and_becomes_planned(
    workspace, case_id, roadmap_id
) -> None:
    need = note_need(workspace, case_id=case_id, kind=NeedKind.STATED, title="Нет помещения")
    step = plan_step(workspace, case_id=case_id, step=NewStep("Спросить школу", need_id=need))
    plan_step(workspace, case_id=case_id, step=NewStep("Другое"))
    seen = service.view_additions(workspace, case_id=case_id, need_id=need)
    assert [one.id for one in seen.steps] == [step]

    done = service.take_steps(workspace, roadmap_id=roadmap_id, step_ids=[step], need_id=need)

    stage, part = plan(workspace, roadmap_id).tasks[4:]
    assert (stage.title, part.title, part.parent_id) == (
        "Нет помещения",
        "Спросить школу",
        stage.id,
    )
    [known] = view_case(workspace, case_id=case_id).needs
    assert known.state is NeedState.PLANNED
    service.take_back_steps(workspace, roadmap_id=roadmap_id, seq=done.seq, need_id=done.need_id)
    [known] = view_case(workspace, case_id=case_id).needs
    assert known.state is NeedState.OPEN


def test_a_need_without_steps_becomes_one_task(workspace, case_id, roadmap_id) -> None:
    need = note_need(workspace, case_id=case_id, kind=NeedKind.STATED, title="Нужен юрист")
    service.take_steps(workspace, roadmap_id=roadmap_id, step_ids=[], need_id=need)
    assert [(t.title, t.duration) for t in plan(workspace, roadmap_id).tasks[4:]] == [
        ("Нужен юрист", 1)
    ]


def test_a_step_of_a_private_talk_is_neither_shown_nor_taken(
    workspace, me, case_id, roadmap_id
) -> None:
    talk = Draft(
        date(2026, 11, 20),
        frozenset({Topic.PSYCHOLOGIST}),
        (Work(me, 60),),
        cases=frozenset({case_id}),
        secrecy=Secrecy.PRIVATE,
        note="Тайна",
        steps=(NewStep("Тайный шаг"),),
    )
    record_consultation(workspace, draft=talk)
    [hidden] = [s for s in view_case(workspace, case_id=case_id).steps if s.text == "Тайный шаг"]
    assert service.view_additions(workspace, case_id=case_id).steps == ()
    with pytest.raises(NotFoundError):
        service.take_steps(workspace, roadmap_id=roadmap_id, step_ids=[hidden.id])

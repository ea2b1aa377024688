import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import icalendar
import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from core.calendar import russian_calendar
from core.i18n import translator
from roadmaps.domain.checks import check_plan
from roadmaps.domain.errors import TooManyTasksError
from roadmaps.domain.laid import lay
from roadmaps.domain.plan import TASK_LIMIT, Dependency, LinkKind, Plan, PlanUnit, Task
from roadmaps.domain.terms import Counting
from roadmaps.formats.exchange import Lost, PlanFile
from roadmaps.formats.files import PlanForm, lost_in, read_plan, write_plan
from tests.roadmaps.plans import START, plan_of, plans
from tests.roadmaps.rich import rich_plans

SCHEMA = Draft202012Validator(
    json.loads(
        (Path(__file__).parents[3] / "docs" / "formats" / "plan.schema.json").read_text("utf-8")
    )
)
TODAY = date(2026, 2, 2)
_SLOW = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])


def _again(form: PlanForm, plan: Plan, title: str = "План") -> PlanFile:
    laid = lay(plan, russian_calendar())
    data = write_plan(form, PlanFile(title, plan), laid, translator("en"))
    return read_plan(data, f"plan.{form.value}", TODAY)


@_SLOW
@given(rich_plans())
def test_a_plan_written_as_json_is_read_as_the_same_plan_and_keeps_the_schema(plan: Plan) -> None:
    check_plan(plan)
    file = PlanFile("План", plan)
    text = write_plan(PlanForm.JSON, file, lay(plan), translator("en"))
    assert read_plan(text, "plan.json", TODAY) == file
    SCHEMA.validate(json.loads(text))
    assert lost_in(PlanForm.JSON, plan) == {}


@_SLOW
@given(rich_plans((Counting.WORKING, Counting.ELAPSED)))
def test_a_plan_in_minutes_written_for_microsoft_project_is_read_as_the_same_plan(plan) -> None:
    found = _again(PlanForm.MSPDI, plan)
    named = {x.task_id for x in plan.assignments}
    tasks = [replace(t, responsible="Tom") if t.id in named else t for t in plan.tasks]
    # a stage is as long as its parts, whatever was written in it
    lengths = {x: found.plan.task(x).duration for x in plan.stages}
    tasks = [replace(t, duration=lengths.get(t.id, t.duration)) for t in tasks]
    assert found.plan == replace(plan, tasks=tuple(tasks))
    assert found.title == "План"
    assert lost_in(PlanForm.MSPDI, plan) == {}


@_SLOW
@given(plans())
def test_a_plan_written_as_a_calendar_is_read_as_the_same_plan(plan: Plan) -> None:
    if plan.tasks:
        assert _again(PlanForm.ICS, plan) == PlanFile("План", plan)


@settings(max_examples=15)
@given(plans())
def test_a_plan_written_as_a_table_keeps_its_tasks_and_links(plan: Plan) -> None:
    if not plan.tasks:
        return
    rows = {task.id: task.position for task in plan.tasks}
    links = {(rows[x.predecessor], rows[x.successor], x.kind, x.lag) for x in plan.dependencies}
    for form in (PlanForm.CSV, PlanForm.XLSX):
        found = _again(form, plan).plan
        assert [(t.title, t.duration, t.uid) for t in found.tasks] == [
            (t.title, t.duration, t.uid) for t in plan.tasks
        ]
        assert {(x.predecessor, x.successor, x.kind, x.lag) for x in found.dependencies} == links


def test_a_plan_in_days_goes_to_microsoft_project_with_its_hours_and_days_off() -> None:
    plan = replace(plan_of(3, 2, links="A-B:fs+1"), starts_on=date(2026, 6, 10))
    found = _again(PlanForm.MSPDI, plan)
    assert [t.duration for t in found.plan.tasks] == [3 * 480, 2 * 480]
    assert found.plan.dependencies == (Dependency(1, 2, LinkKind.FS, 480),)
    laid = lay(found.plan)
    assert laid.span(1).start == datetime(2026, 6, 10, 9)
    # 12 June is Russia's day off: A takes Wednesday, Thursday and Monday
    assert laid.span(1).finish == datetime(2026, 6, 15, 18)
    assert laid.span(2).start == datetime(2026, 6, 17, 9)
    assert lost_in(PlanForm.MSPDI, plan) == {Lost.DAY_PARTS: 1}


def test_links_of_a_calendar_are_those_of_the_standard() -> None:
    plan = replace(plan_of(3, 2, links="A-B:ss+2"), unit=PlanUnit.DAY)
    data = write_plan(PlanForm.ICS, PlanFile("x", plan), lay(plan), translator("en"))
    first = icalendar.Calendar.from_ical(data).walk("VTODO")[0]
    assert str(first["related-to"]) == "u2@casework"
    assert dict(first["related-to"].params) == {"RELTYPE": "STARTTOSTART", "GAP": "P2D"}
    assert (first["dtstart"].dt, first["due"].dt) == (date(2026, 2, 2), date(2026, 2, 5))


def test_another_programs_calendar_keeps_its_days() -> None:
    data = (
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//\r\n"
        b"BEGIN:VTODO\r\nUID:a\r\nSUMMARY:Ask\r\nDTSTART;VALUE=DATE:20260603\r\n"
        b"DUE;VALUE=DATE:20260609\r\nRELATED-TO;RELTYPE=FINISHTOSTART;GAP=P1D:b\r\nEND:VTODO\r\n"
        b"BEGIN:VTODO\r\nUID:b\r\nSUMMARY:Go\r\nDTSTART;VALUE=DATE:20260610\r\nEND:VTODO\r\n"
        b"END:VCALENDAR\r\n"
    )
    laid = lay(read_plan(data, "x.ics", TODAY).plan, russian_calendar())
    spans = [(laid.span(n).start.day, laid.span(n).finish.day) for n in (1, 2)]
    assert spans == [(3, 8), (10, 10)]
    assert laid.plan.dependencies == (Dependency(1, 2, LinkKind.FS, 1),)


def test_a_chart_of_mermaid_carries_absolute_dates() -> None:
    tasks = (
        Task(1, "Stage: one", position=1),
        Task(2, "Ask", 2, position=2, parent_id=1, done_percent=100),
        Task(3, "Go; now", 1, position=3, parent_id=1),
        Task(4, "Open", 0, position=4),
    )
    plan = Plan(START, tasks, (Dependency(2, 3), Dependency(3, 4)))
    text = write_plan(PlanForm.MERMAID, PlanFile("My plan", plan), lay(plan), translator("en"))
    assert text.decode().splitlines() == [
        "gantt",
        "    title My plan",
        "    dateFormat YYYY-MM-DD",
        "    section Stage one",
        "    Ask :done, crit, t2, 2026-02-02, 2026-02-04",
        "    Go now :crit, t3, 2026-02-04, 2026-02-05",
        "    section -",
        "    Open :crit, milestone, t4, 2026-02-04, 2026-02-04",
    ]
    assert lost_in(PlanForm.MERMAID, plan) == {Lost.LINKS: 2}


@pytest.mark.parametrize("form", [PlanForm.CSV, PlanForm.ICS, PlanForm.MERMAID])
def test_what_a_form_leaves_behind_is_counted(form: PlanForm) -> None:
    task = Task(1, "A", 1, position=1, deadline=datetime(2026, 3, 1), counting=Counting.CALENDAR)
    assert lost_in(form, Plan(START, (task,))) == {Lost.DEADLINES: 1, Lost.TERMS: 1}


@pytest.mark.parametrize("form", [PlanForm.CSV, PlanForm.XLSX])
def test_a_table_tells_that_it_does_not_know_the_unit(form: PlanForm) -> None:
    plan = Plan(START, (Task(1, "A", 480, position=1),), unit=PlanUnit.MINUTE)
    assert lost_in(form, plan) == {Lost.UNIT: 1}


@pytest.mark.parametrize(
    ("around", "row"),
    [
        (
            '<Project xmlns="http://schemas.microsoft.com/project"><Tasks>{}</Tasks></Project>',
            "<Task><UID>{}</UID></Task>",
        ),
        (
            "<APIBusinessObjects><Project>{}</Project></APIBusinessObjects>",
            "<Activity><ObjectId>{}</ObjectId></Activity>",
        ),
    ],
)
def test_more_tasks_than_a_plan_may_hold_are_refused_before_they_are_read(
    around: str, row: str
) -> None:
    rows = "".join(row.format(number) for number in range(1, TASK_LIMIT + 2))
    with pytest.raises(TooManyTasksError) as refused:
        read_plan(around.format(rows).encode(), "plan.xml", TODAY)
    assert refused.value.details == {"count": TASK_LIMIT + 1, "limit": TASK_LIMIT}

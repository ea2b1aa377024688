"""Files written by Microsoft Project 2002-2019 and Primavera themselves, where they lie beside us.

Their own numbers of tasks, links, calendars, resources, assignments and baselines, and their own
dates, are what must be read; what is written is read again as the same plan.
"""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from defusedxml import ElementTree

from roadmaps.domain.checks import check_plan
from roadmaps.domain.laid import Laid, lay
from roadmaps.domain.plan import Plan
from roadmaps.formats.mspdi import NAMESPACE
from roadmaps.formats.mspdi_write import write_mspdi
from roadmaps.formats.plan_xml import read_xml
from roadmaps.formats.pmxml import bare

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "mspdi"
FILES = sorted(FOLDER.glob("*.xml"))
NS = f"{{{NAMESPACE}}}"
pytestmark = pytest.mark.skipif(not FILES, reason=f"no files beside the project: {FOLDER}")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_project_is_read_whole_with_its_own_dates_and_again_from_what_is_written(
    path: Path,
) -> None:
    root = ElementTree.parse(path).getroot()
    counts, dates = (_of_project if root.tag == f"{NS}Project" else _of_primavera)(root)
    file = read_xml(path.read_bytes())
    plan, laid = file.plan, lay(file.plan)
    assert counts == {
        "tasks": len(plan.tasks),
        "links": len(plan.dependencies),
        "calendars": len(plan.calendars),
        "resources": len(plan.resources),
        "assignments": len(plan.assignments),
        "baselines": sum(x.start is not None for b in plan.baselines for x in b.dates),
    }
    check_plan(plan)
    spans = {task_id: laid.span(task_id) for task_id in dates}
    assert {task_id: (span.start, span.finish) for task_id, span in spans.items()} == dates
    again = read_xml(write_mspdi(file, laid))
    assert (again.title, again.plan) == (file.title, _as_in_project(plan, laid))


def _as_in_project(plan: Plan, laid: Laid) -> Plan:
    """Give stages the length they have and tasks the numbers by which Project knows them."""
    tasks = [replace(task, uid=str(task.id)) for task in plan.tasks]
    for place, task in enumerate(tasks):
        slot = laid.result[task.id]
        if task.id in plan.stages:
            tasks[place] = replace(task, duration=slot.early_finish - slot.early_start)
    return replace(plan, tasks=tuple(tasks))


Counts = dict[str, int]
Dates = dict[int, tuple[datetime, ...]]


def _of_project(root: Element) -> tuple[Counts, Dates]:
    rows = {int(row.findtext(f"{NS}UID")): row for row in root.iter(f"{NS}Task")}
    rows.pop(0, None)
    baselines = [x for row in rows.values() for x in row.findall(f"{NS}Baseline")]
    counts = {
        "tasks": len(rows),
        "links": len(list(root.iter(f"{NS}PredecessorLink"))),
        "calendars": len(root.findall(f"{NS}Calendars/{NS}Calendar")),
        "resources": len(root.findall(f"{NS}Resources/{NS}Resource")),
        "assignments": len(root.findall(f"{NS}Assignments/{NS}Assignment")),
        "baselines": sum(x.find(f"{NS}Start") is not None for x in baselines),
    }
    return counts, {uid: _dates(row, f"{NS}Start", f"{NS}Finish") for uid, row in rows.items()}


def _of_primavera(root: Element) -> tuple[Counts, Dates]:
    """Its breakdown has no dates of its own; where it has no other baseline, the plan is one."""
    project = bare(root).find("Project")
    stages, works = project.findall("WBS"), project.findall("Activity")
    counts = {
        "tasks": len(stages) + len(works),
        "links": len(project.findall("Relationship")),
        "calendars": len(root.findall("Calendar")),
        "resources": len(root.findall("Resource")) + len(root.findall("Role")),
        "assignments": len(project.findall("ResourceAssignment")),
        "baselines": len(stages) + len(works),
    }
    ids = [int(row.findtext("ObjectId")) for row in works]
    return counts, dict(
        zip(ids, (_dates(row, "StartDate", "FinishDate") for row in works), strict=True)
    )


def _dates(row: Element, *names: str) -> tuple[datetime, ...]:
    return tuple(datetime.fromisoformat(row.findtext(name)) for name in names)


def test_all_eleven_baselines_are_kept() -> None:
    path = FOLDER / "task-baselines-project2007-mspdi.xml"
    plan = read_xml(path.read_bytes()).plan
    assert [baseline.number for baseline in plan.baselines] == list(range(11))
    assert sum(x.start is not None for b in plan.baselines for x in b.dates) == 11


def test_recurring_days_off_are_those_that_project_wrote_out() -> None:
    path = FOLDER / "calendar-recurring-exceptions-project2013-mspdi.xml"
    calendar = read_xml(path.read_bytes()).plan.calendars[0].time
    root = ElementTree.parse(path).getroot()
    days = [x for x in root.iter(f"{NS}WeekDay") if x.findtext(f"{NS}DayType") == "0"]
    first = datetime.fromisoformat(days[0].findtext(f"{NS}TimePeriod/{NS}FromDate")).date()
    assert not calendar.is_working(first)
    assert len(calendar.special) >= 138

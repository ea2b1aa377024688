"""Files written by Microsoft Project 2002-2019 itself, where they lie beside the project.

Their own numbers of tasks, links, calendars, resources, assignments and baselines, and their own
dates, are what must be read; what is written is read again as the same plan.
"""

from datetime import datetime
from pathlib import Path

import pytest
from defusedxml import ElementTree

from core.i18n import translator
from roadmaps.domain.checks import check_plan
from roadmaps.domain.errors import PlanFileError
from roadmaps.domain.laid import lay
from roadmaps.formats.mspdi import NAMESPACE
from roadmaps.formats.mspdi_read import read_mspdi
from roadmaps.formats.mspdi_write import write_mspdi

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "mspdi"
FILES = sorted(FOLDER.glob("*.xml"))
NS = f"{{{NAMESPACE}}}"
PRIMAVERA = {"PredecessorCalendar", "SuccessorCalendar", "resource-rates-test"}
OURS = [path for path in FILES if path.stem not in PRIMAVERA]
pytestmark = pytest.mark.skipif(not FILES, reason=f"no files beside the project: {FOLDER}")


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_a_project_is_read_whole_and_with_its_own_dates(path: Path) -> None:
    root = ElementTree.parse(path).getroot()
    plan = read_mspdi(path.read_bytes()).plan
    rows = {int(row.findtext(f"{NS}UID")): row for row in root.iter(f"{NS}Task")}
    rows.pop(0, None)
    counts = {
        "tasks": len(rows),
        "links": len(list(root.iter(f"{NS}PredecessorLink"))),
        "calendars": len(root.findall(f"{NS}Calendars/{NS}Calendar")),
        "resources": len(root.findall(f"{NS}Resources/{NS}Resource")),
        "assignments": len(root.findall(f"{NS}Assignments/{NS}Assignment")),
    }
    assert counts == {
        "tasks": len(plan.tasks),
        "links": len(plan.dependencies),
        "calendars": len(plan.calendars),
        "resources": len(plan.resources),
        "assignments": len(plan.assignments),
    }
    check_plan(plan)
    laid = lay(plan)
    for uid, row in rows.items():
        span = laid.span(uid)
        written = (row.findtext(f"{NS}Start"), row.findtext(f"{NS}Finish"))
        assert (span.start, span.finish) == tuple(map(datetime.fromisoformat, written)), uid


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_what_is_written_is_read_again_as_the_same_plan(path: Path) -> None:
    file = read_mspdi(path.read_bytes())
    again = read_mspdi(write_mspdi(file, lay(file.plan)))
    assert (again.title, again.plan) == (file.title, file.plan)


def test_all_eleven_baselines_are_kept() -> None:
    path = FOLDER / "task-baselines-project2007-mspdi.xml"
    plan = read_mspdi(path.read_bytes()).plan
    assert [baseline.number for baseline in plan.baselines] == list(range(11))
    assert sum(x.start is not None for b in plan.baselines for x in b.dates) == 11


def test_recurring_days_off_are_those_that_project_wrote_out() -> None:
    path = FOLDER / "calendar-recurring-exceptions-project2013-mspdi.xml"
    calendar = read_mspdi(path.read_bytes()).plan.calendars[0].time
    root = ElementTree.parse(path).getroot()
    days = [x for x in root.iter(f"{NS}WeekDay") if x.findtext(f"{NS}DayType") == "0"]
    first = datetime.fromisoformat(days[0].findtext(f"{NS}TimePeriod/{NS}FromDate")).date()
    assert not calendar.is_working(first)
    assert len(calendar.special) >= 138


@pytest.mark.parametrize("name", sorted(PRIMAVERA))
def test_projects_of_primavera_are_refused_in_words(name: str) -> None:
    with pytest.raises(PlanFileError) as caught:
        read_mspdi((FOLDER / f"{name}.xml").read_bytes())
    assert "Microsoft Project" in translator("ru").error(caught.value)

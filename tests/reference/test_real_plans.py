"""Real plans of others, read from files that lie beside the project, if they do.

Source: DSLIB, Batselier and Vanhoucke (2015), "Construction and evaluation framework for a
real-life project database".
"""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from defusedxml import ElementTree

from core.calendar import russian_calendar
from core.i18n import translator
from roadmaps.domain.laid import lay
from roadmaps.domain.layout import gantt_layout
from roadmaps.domain.plan import Plan
from roadmaps.domain.schedule import schedule
from roadmaps.domain.spans import spans
from roadmaps.domain.worktime import work_time
from roadmaps.formats.caption import Caption
from roadmaps.formats.gantt_svg import gantt_svg
from roadmaps.formats.project_json import read_project
from tests.roadmaps.plans import broken_links, second_schedule

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "real_projects"
FAMILY_DAY = FOLDER / "C2011-03_Family_Day.json"
pytestmark = pytest.mark.skipif(
    not FAMILY_DAY.exists(), reason=f"the real plans are not beside the project: {FOLDER}"
)


def _read(path: Path) -> Plan:
    return read_project(path.read_bytes())[1]


def _longest_paths(plan: Plan) -> dict[int, int]:
    """Every early start by walking all paths back from each task: no order, no passes."""
    days = {task.id: task.duration for task in plan.tasks}

    def early(task_id: int) -> int:
        bounds = [0]
        for link in plan.dependencies:
            if link.successor == task_id:
                held = early(link.predecessor) + link.lag
                held += days[link.predecessor] if link.kind in {"fs", "ff"} else 0
                bounds.append(held - (days[task_id] if link.kind in {"ff", "sf"} else 0))
        return max(bounds)

    return {task_id: early(task_id) for task_id in days}


def _hour_by_hour(start: datetime, hours: int) -> datetime:
    """Count working hours one by one from Monday to Friday, 8–12 and 13–17."""
    at = start
    while True:
        is_worked = at.weekday() < 5 and at.hour in {8, 9, 10, 11, 13, 14, 15, 16}
        if is_worked and hours == 0:
            return at
        hours -= is_worked
        at += timedelta(hours=1)


def test_the_family_day_is_as_long_as_a_second_calculation_says() -> None:
    plan = _read(FAMILY_DAY)
    result = schedule(plan)
    early = _longest_paths(plan)
    assert len(plan.tasks) == 22
    assert {x: slot.early_start for x, slot in result.slots.items()} == early
    assert result.length == max(early[t.id] + t.duration for t in plan.tasks)
    assert broken_links(plan, early) == 0


def test_the_hours_of_the_family_day_are_those_of_its_calendar() -> None:
    plan = _read(FAMILY_DAY)
    result = schedule(plan)
    dates = spans(plan, result, work_time(plan, russian_calendar()))
    start = datetime(2012, 6, 1, 8)
    for task in plan.tasks:
        slot = result[task.id]
        assert dates[task.id].start == _hour_by_hour(start, slot.early_start)
        last = _hour_by_hour(start, slot.early_finish - 1) + timedelta(hours=1)
        assert dates[task.id].finish == last


def test_the_chart_of_the_family_day_is_sound_xml() -> None:
    plan = _read(FAMILY_DAY)
    laid = lay(plan, russian_calendar())
    layout = gantt_layout(laid, laid.start.date())
    caption = Caption("Family Day", "", "", laid.start.date())
    root = ElementTree.fromstring(gantt_svg(layout, caption, translator("ru")).svg)
    assert len([n for n in root.iter() if n.tag.endswith("polyline")]) == len(plan.dependencies)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_every_real_plan_equals_a_second_calculation_and_keeps_its_links(path: Path) -> None:
    plan = _read(path)
    result = schedule(plan)
    length, early, late = second_schedule(plan)
    assert result.length == length
    assert {x: slot.early_start for x, slot in result.slots.items()} == early
    assert {x: slot.late_start for x, slot in result.slots.items()} == late
    assert broken_links(plan, early) == 0

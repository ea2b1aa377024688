"""Files read by us and by MPXJ, and what we write read by MPXJ."""

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from roadmaps.domain.calendar import OwnCalendar
from roadmaps.domain.laid import lay
from roadmaps.domain.plan import Plan
from roadmaps.domain.timeline import tick_at
from roadmaps.domain.worktime import work_time
from roadmaps.formats.exchange import PlanFile
from roadmaps.formats.mspdi_write import write_mspdi
from roadmaps.formats.plan_xml import read_xml
from tests.referee.java import java, moment, read, when
from tests.referee.schedules import START, Drawing, drawn, in_java
from tests.words import ROOT

FOLDER = ROOT.parent / "shared" / "data" / "mspdi"
RELATIONS = {"FS": "fs", "SS": "ss", "FF": "ff", "SF": "sf"}


def counts_and_dates(_folder: Path) -> tuple[str, int, int]:
    """Everything that both read of files of others."""
    compared = differ = 0
    for path, file in _files():
        ours, theirs = _ours(file.plan), _theirs(read(path), file.plan)
        compared += len(ours)
        differ += sum(ours[key] != theirs.get(key) for key in ours)
    name = f"{len(_files())} files of Microsoft Project and Primavera: what we read and what MPXJ reads"
    return name, compared, differ


def written_and_read(folder: Path) -> tuple[str, int, int]:
    """The same files, written by us and read by MPXJ."""
    compared = differ = 0
    for path, file in _files():
        target = folder / path.name
        target.write_bytes(write_mspdi(file, lay(file.plan)))
        ours, theirs = _ours(file.plan), _theirs(read(target), file.plan)
        compared += len(ours)
        differ += sum(ours[key] != theirs.get(key) for key in ours)
    return "the same files, written by us and read by MPXJ", compared, differ


def random_plans_written(folder: Path) -> tuple[str, int, int]:
    """Random plans, written by us and read by MPXJ."""
    compared = differ = 0
    for seed in range(300, 330):
        plan = drawn(seed, Drawing(holidays=10))
        target = folder / f"{seed}.xml"
        target.write_bytes(write_mspdi(PlanFile("x", plan), lay(plan)))
        again = read_xml(target.read_bytes()).plan
        ours, theirs = _ours(again), _theirs(read(target), again)
        compared += len(ours)
        differ += sum(ours[key] != theirs.get(key) for key in ours)
    return "30 random plans, written by us and read by MPXJ", compared, differ


@cache
def _files() -> list[tuple[Path, PlanFile]]:
    return [(path, read_xml(path.read_bytes())) for path in sorted(FOLDER.glob("*.xml"))]


def written_as_primavera(folder: Path) -> tuple[str, int, int]:
    """The same files, turned into Primavera's by MPXJ; their dates are not Primavera's, so without."""
    compared = differ = 0
    for path, _file in _files():
        target = folder / path.name
        java("org.mpxj.primavera.PrimaveraPMFileWriter")().write(read(path), str(target))
        plan = read_xml(target.read_bytes()).plan
        ours, theirs = _ours(plan), _theirs(read(target), plan)
        keys = [key for key in ours if not (isinstance(key, tuple) and key[0] == "dates")]
        compared += len(keys)
        differ += sum(ours[key] != theirs.get(key) for key in keys)
    return (
        "the same files, written by MPXJ for Primavera and read by us and by MPXJ",
        compared,
        differ,
    )


def random_plans_of_primavera(folder: Path) -> tuple[str, int, int]:
    """Random plans, scheduled and written for Primavera by MPXJ, read and scheduled by us."""
    compared = differ = 0
    for seed in range(400, 430):
        project, _known = in_java(drawn(seed, Drawing()))
        java("org.mpxj.cpm.PrimaveraScheduler")().schedule(project, when(START))
        target = folder / f"{seed}.xml"
        java("org.mpxj.primavera.PrimaveraPMFileWriter")().write(project, str(target))
        plan = read_xml(target.read_bytes()).plan
        ours, theirs = _ours(plan), _theirs(read(target), plan)
        ours, theirs = (_in_units(found, plan) for found in (ours, theirs))
        compared += len(ours)
        differ += sum(ours[key] != theirs.get(key) for key in ours)
    return (
        "30 random plans, scheduled and written for Primavera by MPXJ, read by us",
        compared,
        differ,
    )


def _in_units(found: dict[object, Any], plan: Plan) -> dict[object, Any]:
    """Give dates as working time since the start: 17:00 and 8:00 of the next day are one."""
    count = work_time(plan).units
    return {
        key: [count(tick_at(at, plan.unit)) for at in value if at is not None]
        if isinstance(key, tuple) and key[0] == "dates"
        else value
        for key, value in found.items()
    }


def _days(plan: Plan) -> list[date]:
    return [plan.starts_on + timedelta(days=n) for n in range(-30, 1500)]


def _ours(plan: Plan) -> dict[object, Any]:
    laid = lay(plan)
    found: dict[object, object] = {
        "tasks": len(plan.tasks),
        "calendars": len(plan.calendars),
        "resources": len(plan.resources),
        "assignments": len(plan.assignments),
        "links": sorted(
            (x.predecessor, x.successor, x.kind.value, x.lag) for x in plan.dependencies
        ),
        "baselines": sorted(
            (b.number, x.task_id) for b in plan.baselines for x in b.dates if x.start is not None
        ),
    }
    for task in plan.tasks:
        span = laid.span(task.id)
        found["dates", task.id] = (span.start, span.finish)
        found["parent", task.id] = task.parent_id or 0
    for named in plan.calendars:
        found["worked", named.id] = _worked(named.time, plan)
    return found


def _worked(time: OwnCalendar, plan: Plan) -> list[int]:
    return [sum(b - a for a, b in time.shifts(day)) for day in _days(plan)]


def _theirs(project: Any, like: Plan) -> dict[object, Any]:
    tasks = [
        task for task in project.getTasks() if task.getUniqueID() != 0
    ]  # not the whole project
    units = java("org.mpxj.TimeUnit")
    links = []
    for task in tasks:
        for relation in task.getPredecessors():
            lag = relation.getLag()
            minutes = lag.convertUnits(units.MINUTES, project.getProjectProperties())
            before = int(relation.getPredecessorTask().getUniqueID())
            ends = (before, int(task.getUniqueID()))
            links.append((*ends, RELATIONS[str(relation.getType())], round(minutes.getDuration())))
    found: dict[object, object] = {
        "tasks": len(tasks),
        "calendars": len(list(project.getCalendars())),
        "resources": len(list(project.getResources())),
        "assignments": len(list(project.getResourceAssignments())),
        "links": sorted(links),
        "baselines": sorted(
            (number, int(task.getUniqueID()))
            for task in tasks
            for number in range(11)
            if (task.getBaselineStart(number) if number else task.getBaselineStart()) is not None
        ),
    }
    for task in tasks:
        uid, above = int(task.getUniqueID()), task.getParentTask()
        found["dates", uid] = (moment(task.getStart()), moment(task.getFinish()))
        found["parent", uid] = 0 if above is None else int(above.getUniqueID())
    day_of = java("java.time.LocalDate").of
    for calendar in project.getCalendars():
        found["worked", str(calendar.getUniqueID())] = [
            round(
                float(
                    calendar.getWork(
                        day_of(day.year, day.month, day.day), units.MINUTES
                    ).getDuration()
                )
            )
            for day in _days(like)
        ]
    return found

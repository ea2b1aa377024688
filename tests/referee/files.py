"""Files read by us and by MPXJ, and what we write read by MPXJ."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from roadmaps.domain.calendar import OwnCalendar
from roadmaps.domain.errors import PlanFileError
from roadmaps.domain.laid import lay
from roadmaps.domain.plan import Plan
from roadmaps.formats.exchange import PlanFile
from roadmaps.formats.mspdi_read import read_mspdi
from roadmaps.formats.mspdi_write import write_mspdi
from tests.referee.java import java, moment, read
from tests.referee.schedules import Drawing, drawn
from tests.words import ROOT

FOLDER = ROOT.parent / "shared" / "data" / "mspdi"
RELATIONS = {"FS": "fs", "SS": "ss", "FF": "ff", "SF": "sf"}


def counts_and_dates(_folder: Path) -> tuple[str, int, int]:
    """Everything that both read of files of others."""
    compared = differ = files = 0
    for path, file in _readable():
        files += 1
        one, other = _ours(file.plan, file.plan), _theirs(read(path), file.plan)
        compared += len(one)
        differ += sum(one[key] != other.get(key) for key in one)
    name = f"{files} files of Microsoft Project: what we read and what MPXJ reads"
    return name, compared, differ


def written_and_read(folder: Path) -> tuple[str, int, int]:
    """The same files, written by us and read by MPXJ."""
    compared = differ = 0
    for path, file in _readable():
        target = folder / path.name
        target.write_bytes(write_mspdi(file, lay(file.plan)))
        one, other = _ours(file.plan, file.plan), _theirs(read(target), file.plan)
        compared += len(one)
        differ += sum(one[key] != other.get(key) for key in one)
    return "the same files, written by us and read by MPXJ", compared, differ


def random_plans_written(folder: Path) -> tuple[str, int, int]:
    """Random plans, written by us and read by MPXJ."""
    compared = differ = 0
    for seed in range(300, 330):
        plan = drawn(seed, Drawing(holidays=10))
        target = folder / f"{seed}.xml"
        target.write_bytes(write_mspdi(PlanFile("x", plan), lay(plan)))
        again = read_mspdi(target.read_bytes()).plan
        one, other = _ours(again, again), _theirs(read(target), again)
        compared += len(one)
        differ += sum(one[key] != other.get(key) for key in one)
    return "30 random plans, written by us and read by MPXJ", compared, differ


def _readable() -> list[tuple[Path, PlanFile]]:
    found = []
    for path in sorted(FOLDER.glob("*.xml")):
        try:
            found.append((path, read_mspdi(path.read_bytes())))
        except PlanFileError:
            continue  # projects of Primavera lie in the same folder
    return found


def _days(plan: Plan) -> list[date]:
    return [plan.starts_on + timedelta(days=n) for n in range(-30, 1500)]


def _ours(plan: Plan, _like: Plan) -> dict[object, object]:
    laid = lay(plan)
    found: dict[object, object] = {
        "tasks": len(plan.tasks) + 1,  # MPXJ counts the summary of the project
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


def _theirs(project: Any, like: Plan) -> dict[object, object]:
    tasks = list(project.getTasks())
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

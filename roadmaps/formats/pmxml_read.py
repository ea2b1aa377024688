"""Primavera P6's XML (PMXML) as a plan in minutes: the first project of the file.

Elements of its breakdown become stages, roles people. What cannot be carried is counted.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from itertools import count
from typing import Final
from xml.etree.ElementTree import Element

from core.i18n import Term
from roadmaps.domain.calendar import MINUTES_OF_HOUR, NamedCalendar
from roadmaps.domain.edits_task import done_by
from roadmaps.domain.errors import PlanFileError
from roadmaps.domain.plan import (
    OWN_CALENDAR,
    PERSON_LIMIT,
    TITLE_LIMIT,
    Dependency,
    Plan,
    PlanUnit,
    Task,
    clean,
)
from roadmaps.domain.terms import (
    Assignment,
    Constraint,
    ConstraintKind,
    Counting,
    Progress,
    Resource,
)
from roadmaps.formats.exchange import Lost, PlanFile
from roadmaps.formats.pmxml import (
    ALL_HOURS,
    CONSTRAINTS,
    LINKS,
    MILESTONES,
    OF_PROJECT,
    OF_SUCCESSOR,
    ON_RESOURCE,
    SPANNING,
    bare,
    minutes,
    moment,
    number,
    text,
)
from roadmaps.formats.pmxml_baselines import Baselines
from roadmaps.formats.pmxml_calendars import Calendars
from roadmaps.formats.pmxml_tree import Row, rows_of

_USUAL_PRIORITY: Final = {"", "Normal"}


def read_pmxml(root: Element) -> PlanFile:
    """Read a project; ValueError if a value is of another kind than it should be.

    Raises
    ------
    PlanFileError
        If there is no project in it, it has no start, or a link names an unknown activity.
    DuplicateTaskError
        If two activities have one number.
    TooManyTasksError
        If there are more rows than a plan may hold tasks.
    """
    return _Reader(bare(root)).file()


class _Reader:
    def __init__(self, root: Element) -> None:
        projects = root.findall("Project")
        if not projects:
            raise PlanFileError(reason=Term("plan_file.missing"), place="Project")
        self._root, self._project = root, projects[0]
        self._lost: Counter[Lost] = Counter({Lost.OTHER_PROJECTS: len(projects) - 1})
        self._calendars = Calendars([*root.findall("Calendar"), *self._project.findall("Calendar")])
        own = text(self._project, "ActivityDefaultCalendarObjectId")
        self._own = own if own in self._calendars.found else self._calendars.default()
        self._rows = rows_of(self._project)
        self._ids = {text(row.element, "ObjectId"): row.id for row in self._rows if row.is_work}
        self._people = dict[tuple[str, str], int]()
        self._names = dict[int, dict[str, None]]()  # in their order, each once

    def file(self) -> PlanFile:
        """Read everything."""
        resources = tuple(self._resources())
        assignments = tuple(self._assignments({x.id: x for x in resources}))
        calendars = {x.id: x.calendar for x in resources}
        busy = {x.task_id: calendars[x.resource_id] for x in reversed(assignments)}
        tasks = tuple(self._task(row, busy.get(row.id, "")) for row in self._rows)
        start = self._start(tasks)
        baselines = Baselines(self._root, self._project, self._rows)
        self._lost[Lost.BASELINES] += baselines.left
        self._count_lost()
        plan = Plan(
            starts_on=start.date(),
            starts_minute=start.hour * MINUTES_OF_HOUR + start.minute,
            tasks=tasks,
            dependencies=tuple(self._links({task.id: task.calendar for task in tasks})),
            unit=PlanUnit.MINUTE,
            calendar_id=OWN_CALENDAR,
            own_calendar=self._calendars.found.get(self._own),
            calendars=tuple(
                NamedCalendar(key, clean(self._calendars.title(key)), time)
                for key, time in self._calendars.found.items()
            ),
            status_at=moment(self._project, "DataDate"),
            baselines=baselines.found,
            resources=resources,
            assignments=assignments,
        )
        title = clean(text(self._project, "Name") or text(self._project, "Id"))
        return PlanFile(title, plan, {what: n for what, n in self._lost.items() if n})

    def _start(self, tasks: tuple[Task, ...]) -> datetime:
        """Give the planned start, or the first date that a task keeps or began before it."""
        planned = moment(self._project, "PlannedStartDate")
        moments = [task.constraint.at for task in tasks if task.constraint is not None]
        moments += [task.progress.started_at for task in tasks if task.progress is not None]
        found = [at for at in (planned, *moments) if at is not None]
        if not found:
            raise PlanFileError(reason=Term("plan_file.missing"), place="PlannedStartDate")
        return min(found)

    # ---- tasks

    def _task(self, row: Row, of_resource: str) -> Task:
        element = row.element
        title = clean(text(element, "Name"))[:TITLE_LIMIT] or f"№ {row.id}"
        if not row.is_work:
            return Task(row.id, title, 0, row.uid, row.position, row.parent_id)
        kind, progress = text(element, "Type"), self._progress(element)
        lengths = ("RemainingDuration",) if progress is None else ("AtCompletionDuration",)
        length = minutes(element, *lengths, "AtCompletionDuration", "PlannedDuration") or 0
        own = text(element, "CalendarObjectId")
        calendar = of_resource if kind == ON_RESOURCE and of_resource else own
        self._lost[Lost.SPANNING] += kind in SPANNING
        percent = min(max(round(number(element, "PercentComplete", 0) * 100), 0), 100)
        is_over = progress is not None and progress.finished_at is not None
        task = Task(
            id=row.id,
            title=title,
            duration=0 if kind in MILESTONES else length,
            uid=row.uid,
            position=row.position,
            parent_id=row.parent_id,
            responsible=", ".join(self._names.get(row.id, ()))[:PERSON_LIMIT],
            calendar=calendar
            if calendar in self._calendars.found and calendar != self._own
            else "",
            constraint=self._constraint(element),
            deadline=self._deadline(element),
            off_path=kind in SPANNING,
            progress=progress,
        )
        return done_by(task, 100 if is_over else percent)

    def _constraint(self, element: Element) -> Constraint | None:
        written = text(element, "PrimaryConstraintType")
        kind, at = CONSTRAINTS.get(written), moment(element, "PrimaryConstraintDate")
        if kind is None or (kind.is_dated and at is None):
            self._lost[Lost.CONSTRAINTS] += bool(written)
            return None
        return Constraint(kind, at if kind.is_dated else None)

    def _deadline(self, element: Element) -> datetime | None:
        """Give the second constraint, where it presses a finish as a deadline does."""
        written = text(element, "SecondaryConstraintType")
        at = moment(element, "SecondaryConstraintDate")
        if CONSTRAINTS.get(written) is ConstraintKind.FNLT and at is not None:
            return at
        self._lost[Lost.CONSTRAINTS] += bool(written)
        return None

    def _progress(self, element: Element) -> Progress | None:
        started = moment(element, "ActualStartDate")
        if started is None:
            return None
        finished = moment(element, "ActualFinishDate")
        left = None if finished is not None else minutes(element, "RemainingDuration")
        return Progress(started, finished, left)

    # ---- links and people

    def _links(self, calendars: dict[int, str]) -> Iterator[Dependency]:
        project, lag_calendar = text(self._project, "ObjectId"), self._lag_calendar()
        is_elapsed = lag_calendar == ALL_HOURS
        for link in (*self._project.findall("Relationship"), *self._root.findall("Relationship")):
            ends = [text(link, f"{end}ActivityObjectId") for end in ("Predecessor", "Successor")]
            owners = {text(link, f"{end}ProjectObjectId") for end in ("Predecessor", "Successor")}
            if owners - {project, ""}:
                self._lost[Lost.EXTERNAL] += 1
                continue
            for end in ends:
                if end not in self._ids:
                    place = f"ActivityObjectId {end}"[:80]
                    raise PlanFileError(reason=Term("plan_file.unknown_activity"), place=place)
            before, after = (self._ids[end] for end in ends)
            lag = minutes(link, "Lag") or 0
            if lag and not is_elapsed and lag_calendar != OF_SUCCESSOR:
                runs_by = "" if lag_calendar == OF_PROJECT else calendars[before]
                self._lost[Lost.LAG_CALENDARS] += runs_by != calendars[after]
            counting = Counting.ELAPSED if is_elapsed and lag else Counting.WORKING
            yield Dependency(before, after, LINKS[text(link, "Type")], lag, counting)

    def _lag_calendar(self) -> str:
        inside = self._project.find("ScheduleOptions")
        written = "" if inside is None else text(inside, "RelationshipLagCalendar")
        return written or text(self._project, "RelationshipLagCalendar")

    def _resources(self) -> Iterator[Resource]:
        rates = {
            (kind, text(rate, f"{kind}ObjectId")): number(rate, "MaxUnitsPerTime", 1)
            for kind in ("Role", "Resource")
            for rate in self._root.findall(f"{kind}Rate")
        }
        rows = [(x.tag, x) for tag in ("Resource", "Role") for x in self._root.findall(tag)]
        fresh = count(1 + max((int(text(row, "ObjectId")) for _tag, row in rows), default=0))
        used = set[int]()
        for tag, row in rows:
            key = int(text(row, "ObjectId"))
            own = next(fresh) if key in used else key
            used.add(own)
            self._people[tag, text(row, "ObjectId")] = own
            calendar = text(row, "CalendarObjectId")
            known = calendar if calendar in self._calendars.found else ""
            share = rates.get((tag, text(row, "ObjectId")), 1.0)
            yield Resource(own, clean(text(row, "Name")), known, share)

    def _assignments(self, resources: dict[int, Resource]) -> Iterator[Assignment]:
        for row in self._project.findall("ResourceAssignment"):
            task = self._ids.get(text(row, "ActivityObjectId"))
            person = self._people.get(("Resource", text(row, "ResourceObjectId")))
            if person is None:
                person = self._people.get(("Role", text(row, "RoleObjectId")))
            if task is None or person is None:
                self._lost[Lost.RESOURCES] += 1
                continue
            if resources[person].title:
                self._names.setdefault(task, {})[resources[person].title] = None
            self._lost[Lost.TIMEPHASED] += bool(text(row, "PlannedCurve"))
            yield Assignment(task, person, number(row, "PlannedUnitsPerTime", 1))

    def _count_lost(self) -> None:
        lost, root, project = self._lost, self._root, self._project
        works = [row.element for row in self._rows if row.is_work]
        lost[Lost.COSTS] += len(root.findall("ResourceRate")) + len(root.findall("RoleRate"))
        lost[Lost.COSTS] += len(project.findall("ActivityExpense"))
        lost[Lost.CUSTOM_FIELDS] += len(list(project.iter("UDF")))
        lost[Lost.CUSTOM_FIELDS] += sum(len(row.findall("Code")) for row in works)
        lost[Lost.NOTES] += len(project.findall("ActivityNote")) + len(
            project.findall("ProjectNote")
        )
        lost[Lost.NOTES] += sum(bool(text(row, "NotesToResources")) for row in works)
        lost[Lost.PRIORITIES] += sum(
            text(row, "LevelingPriority") not in _USUAL_PRIORITY for row in works
        )
        lost[Lost.SPLITS] += sum(bool(text(row, "SuspendDate")) for row in works)
        lost[Lost.CONSTRAINTS] += bool(text(project, "MustFinishByDate"))
        lost[Lost.CONSTRAINTS] += sum(bool(text(row, "ExpectedFinishDate")) for row in works)

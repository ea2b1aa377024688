"""A plan as Microsoft Project's XML (MSPDI)."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from roadmaps.domain.calendar import OwnCalendar, Shifts, WorkingDays
from roadmaps.domain.laid import Laid
from roadmaps.domain.plan import Plan, PlanUnit, Task
from roadmaps.domain.terms import Baseline, Constraint, ConstraintKind, Counting
from roadmaps.formats.exchange import Lost, PlanFile
from roadmaps.formats.mspdi import (
    ALIASES,
    CONSTRAINT_CODES,
    ELAPSED_DAYS,
    LIKELY,
    LINK_CODES,
    NAMESPACE,
    NO_CALENDAR,
    OFF_PATH,
    OPTIMISTIC,
    PESSIMISTIC,
    TENTHS,
    UNASSIGNED,
    WORKING_DAYS,
    duration_of,
)
from roadmaps.formats.mspdi_calendars import write_calendar

_DAY: Final = timedelta(days=1)
_OFFICE_WEEK: Final = OwnCalendar()
_YEARS_AROUND: Final = 1
_MOST_BASELINES: Final = 11  # of Project: from number 0 to number 10


def write_mspdi(file: PlanFile, laid: Laid) -> bytes:
    """Write a plan with the dates of its schedule; `lost_in_mspdi` says what stays behind."""
    return _Writer(file, laid).data()


def lost_in_mspdi(plan: Plan) -> dict[Lost, int]:
    """Count what Project's form cannot carry: terms that roll, parts of a day, old baselines."""
    terms = sum(task.counting is Counting.CALENDAR for task in plan.tasks)
    terms += sum(link.counting is Counting.CALENDAR for link in plan.dependencies)
    lost = {
        Lost.TERMS: terms,
        Lost.DAY_PARTS: int(plan.unit is not PlanUnit.MINUTE),
        Lost.BASELINES: len(plan.baselines) - len(_baselines(plan)),
    }
    return {what: n for what, n in lost.items() if n}


class _Writer:
    def __init__(self, file: PlanFile, laid: Laid) -> None:
        self._file, self._plan, self._laid = file, laid.plan, laid
        own = self._plan.own_calendar
        self._time = own or _with_days_off(laid)
        opened = _fullest(self._time)
        self._opens, self._closes = opened[0][0], opened[-1][1]
        self._day_minutes = _length(opened)
        self._uids = {named.id: str(n) for n, named in enumerate(self._plan.calendars, start=2)}
        if all(named.id.isdigit() for named in self._plan.calendars):
            self._uids = {named.id: named.id for named in self._plan.calendars}
        same = [x.id for x in self._plan.calendars if x.time == self._time]
        free = str(max((int(uid) for uid in self._uids.values()), default=0) + 1)
        self._own_uid = self._uids[same[0]] if same else free
        self._has_own = not same

    def data(self) -> bytes:
        root = Element("Project", xmlns=NAMESPACE)
        plan = self._plan
        for name, text in (
            ("SaveVersion", "14"),
            ("Name", self._file.title),
            ("Title", self._file.title),
            ("ScheduleFromStart", "1"),
            ("StartDate", _iso(self._moment(_begins(plan)))),
            ("FinishDate", _iso(self._last())),
            ("CalendarUID", self._own_uid),
            ("MinutesPerDay", str(self._day_minutes)),
            ("StatusDate", "" if plan.status_at is None else _iso(plan.status_at)),
        ):
            if text:
                SubElement(root, name).text = text
        self._write_fields(root)
        calendars = SubElement(root, "Calendars")
        if self._has_own:
            write_calendar(calendars, self._own_uid, "Casework", self._time)
        for named in plan.calendars:
            write_calendar(calendars, self._uids[named.id], named.title, named.time)
        tasks = SubElement(root, "Tasks")
        self._write_project(tasks)
        for number, (task, outline) in enumerate(_outlined(plan), start=1):
            self._write_task(tasks, task, number, outline)
        self._write_people(root)
        body: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
        return body

    def _write_fields(self, root: Element) -> None:
        fields = SubElement(root, "ExtendedAttributes")
        for field, (name, alias) in ALIASES.items():
            attribute = SubElement(fields, "ExtendedAttribute")
            SubElement(attribute, "FieldID").text = field
            SubElement(attribute, "FieldName").text = name
            SubElement(attribute, "Alias").text = alias

    def _write_project(self, tasks: Element) -> None:
        element = SubElement(tasks, "Task")
        for name, text in (
            ("UID", "0"),
            ("ID", "0"),
            ("Name", self._file.title),
            ("OutlineNumber", "0"),
            ("OutlineLevel", "0"),
            ("Summary", "1"),
        ):
            SubElement(element, name).text = text

    def _write_task(self, tasks: Element, task: Task, number: int, outline: str) -> None:
        element = SubElement(tasks, "Task")
        slot = self._laid.result[task.id]
        is_stage = task.id in self._plan.stages
        is_manual = task.placed_at is not None
        length = self._minutes(task.duration, task.counting)
        if is_stage:
            length = self._minutes(slot.early_finish - slot.early_start, Counting.WORKING)
        start, finish = self._dates(task)
        elapsed = task.counting is not Counting.WORKING
        values = (
            ("UID", str(task.id)),
            ("ID", str(number)),
            ("Name", task.title),
            ("Active", "1"),
            ("Manual", "1" if is_manual else "0"),
            ("Type", "1" if is_stage else "0"),
            ("IsNull", "0"),
            ("WBS", outline),
            ("OutlineNumber", outline),
            ("OutlineLevel", str(outline.count(".") + 1)),
            ("Start", _iso(start)),
            ("Finish", _iso(finish)),
            ("Duration", duration_of(length)),
            ("ManualStart", _iso(self._placed(task, task.placed_at)) if task.placed_at else ""),
            ("ManualDuration", duration_of(length) if is_manual else ""),
            ("DurationFormat", ELAPSED_DAYS if elapsed else WORKING_DAYS),
            ("Milestone", "1" if task.is_milestone and not is_stage else "0"),
            ("Summary", "1" if is_stage else "0"),
            ("Critical", "1" if slot.is_critical else "0"),
            ("FreeSlack", str(self._minutes(slot.free_float, task.counting) * TENTHS)),
            ("TotalSlack", str(self._minutes(slot.total_float, task.counting) * TENTHS)),
            ("PercentComplete", str(task.done_percent)),
            *self._progress(task),
            *self._constraint(task),
        )
        for name, text in values:
            if text:
                SubElement(element, name).text = text
        self._write_links(element, task)
        self._write_attributes(element, task)
        self._write_baselines(element, task)

    def _dates(self, task: Task) -> tuple[datetime, datetime]:
        if task.id in self._laid.bare_stages:
            points = self._laid.bare_stages[task.id]
            inner = [self._dates(self._plan.by_id[point]) for point in points]
            return min(start for start, _ in inner), max(finish for _, finish in inner)
        span, result = self._laid.span(task.id), self._laid.result
        start, finish = self._moment(span.start), self._end(span.finish)
        if not result.is_point(task.id):
            return start, finish
        at = start if task.id in result.mornings else finish
        return at, at

    def _placed(self, task: Task, at: datetime) -> datetime:
        return self._end(at) if task.ends_day else self._moment(at)

    def _last(self) -> datetime:
        finishes = (self._dates(task)[1] for task in self._plan.tasks)
        return max(finishes, default=self._end(self._laid.finish))

    def _progress(self, task: Task) -> Iterator[tuple[str, str]]:
        progress = task.progress
        if progress is None:
            return
        if progress.started_at is not None:
            yield "ActualStart", _iso(self._moment(progress.started_at))
        if progress.finished_at is not None:
            yield "ActualFinish", _iso(self._end(progress.finished_at))
        elif progress.remaining is not None:
            left = self._minutes(progress.remaining, task.counting)
            yield "RemainingDuration", duration_of(left)

    def _constraint(self, task: Task) -> Iterator[tuple[str, str]]:
        constraint = task.constraint or Constraint(ConstraintKind.ASAP)
        yield "ConstraintType", CONSTRAINT_CODES[constraint.kind]
        yield "CalendarUID", self._uids.get(task.calendar, NO_CALENDAR)
        if constraint.at is not None:
            is_end = constraint.kind.binds_finish
            at = self._end(constraint.at) if is_end else self._moment(constraint.at)
            yield "ConstraintDate", _iso(at)
        if task.deadline is not None:
            yield "Deadline", _iso(self._end(task.deadline))

    def _write_links(self, element: Element, task: Task) -> None:
        for link in self._plan.waits_for(task.id):
            entry = SubElement(element, "PredecessorLink")
            elapsed = link.counting is not Counting.WORKING
            for name, text in (
                ("PredecessorUID", str(link.predecessor)),
                ("Type", LINK_CODES[link.kind]),
                ("CrossProject", "0"),
                ("LinkLag", str(self._minutes(link.lag, link.counting) * TENTHS)),
                ("LagFormat", ELAPSED_DAYS if elapsed else WORKING_DAYS),
            ):
                SubElement(entry, name).text = text

    def _write_attributes(self, element: Element, task: Task) -> None:
        points = task.estimate
        values = {OFF_PATH: "1"} if task.off_path else {}
        if points is not None:
            numbers = (points.optimistic, points.likely, points.pessimistic)
            fields = (OPTIMISTIC, LIKELY, PESSIMISTIC)
            for field, number in zip(fields, numbers, strict=True):
                values[field] = duration_of(self._minutes(number, task.counting))
        for field, text in values.items():
            attribute = SubElement(element, "ExtendedAttribute")
            SubElement(attribute, "FieldID").text = field
            SubElement(attribute, "Value").text = text
            if field != OFF_PATH:
                SubElement(attribute, "DurationFormat").text = WORKING_DAYS

    def _write_baselines(self, element: Element, task: Task) -> None:
        for number, baseline in _baselines(self._plan):
            for dates in baseline.dates:
                if dates.task_id == task.id:
                    entry = SubElement(element, "Baseline")
                    SubElement(entry, "Number").text = str(number)
                    if dates.start is not None:
                        SubElement(entry, "Start").text = _iso(self._moment(dates.start))
                    if dates.finish is not None:
                        SubElement(entry, "Finish").text = _iso(self._end(dates.finish))
                    if dates.duration is not None:
                        length = self._minutes(dates.duration, Counting.WORKING)
                        SubElement(entry, "Duration").text = duration_of(length)

    def _write_people(self, root: Element) -> None:
        resources = SubElement(root, "Resources")
        titles = {x.id: x.title for x in self._plan.resources}
        for number, resource in enumerate(self._plan.resources):
            element = SubElement(resources, "Resource")
            for name, text in (
                ("UID", str(resource.id)),
                ("ID", str(number)),
                ("Name", resource.title),
                ("Type", "1"),
                ("MaxUnits", str(resource.share)),
                ("CalendarUID", self._uids.get(resource.calendar, NO_CALENDAR)),
            ):
                if text:
                    SubElement(element, name).text = text
        assignments = SubElement(root, "Assignments")
        for number, x in enumerate(self._plan.assignments, start=1):
            element = SubElement(assignments, "Assignment")
            nobody = x.resource_id == 0 and not titles[0]
            SubElement(element, "UID").text = str(number)
            SubElement(element, "TaskUID").text = str(x.task_id)
            SubElement(element, "ResourceUID").text = str(UNASSIGNED if nobody else x.resource_id)
            SubElement(element, "Units").text = str(x.share)

    # ---- from the plan's unit to minutes

    def _minutes(self, units: int, counting: Counting) -> int:
        unit = self._plan.unit
        if unit is PlanUnit.DAY and counting is Counting.WORKING:
            return units * self._day_minutes
        return units * unit.minutes

    def _moment(self, at: datetime) -> datetime:
        """Give a moment of beginning; of a plan in days, when that day opens."""
        if self._plan.unit is not PlanUnit.DAY:
            return at
        return datetime.combine(at.date(), time()) + timedelta(minutes=self._opens)

    def _end(self, at: datetime) -> datetime:
        if self._plan.unit is not PlanUnit.DAY:
            return at
        return datetime.combine(at.date(), time()) + timedelta(minutes=self._closes)


def _baselines(plan: Plan) -> list[tuple[int, Baseline]]:
    """Give the baselines with numbers that Project knows: the latest eleven, where more are."""
    kept = sorted(plan.baselines, key=lambda x: x.number)[-_MOST_BASELINES:]
    if all(x.number < _MOST_BASELINES for x in kept):
        return [(x.number, x) for x in kept]
    return list(enumerate(kept))


def _outlined(plan: Plan) -> Iterator[tuple[Task, str]]:
    """Give every task with its number in the outline, stages before their parts."""

    def under(ids: list[int], prefix: str) -> Iterator[tuple[Task, str]]:
        for number, task_id in enumerate(ids, start=1):
            yield plan.by_id[task_id], f"{prefix}{number}"
            yield from under(list(plan.parts.get(task_id, ())), f"{prefix}{number}.")

    yield from under([task.id for task in plan.tasks if task.parent_id is None], "")


def _with_days_off(laid: Laid) -> OwnCalendar:
    """Give a calendar of office hours with the days that the plan's calendar works otherwise."""
    days: WorkingDays = laid.when.days
    first = date(laid.start.year, 1, 1)
    last = date(laid.finish.year + _YEARS_AROUND, 12, 31)
    special = []
    for number in range((last - first).days + 1):
        day = first + _DAY * number
        if days.is_working(day) != _OFFICE_WEEK.is_working(day):
            special.append((day, _OFFICE_WEEK.usual(0) if days.is_working(day) else ()))
    week = tuple(_OFFICE_WEEK.usual(day) for day in range(7))
    return OwnCalendar(week=week, special=tuple(special))


def _fullest(time: OwnCalendar) -> Shifts:
    """Give the hours of the day with most of them: of the week, or else of single days."""
    week = max((time.usual(day) for day in range(7)), key=_length)
    return week or max((shifts for _day, shifts in time.special), key=_length)


def _length(shifts: tuple[tuple[int, int], ...]) -> int:
    return sum(closes - opens for opens, closes in shifts)


def _begins(plan: Plan) -> datetime:
    return datetime.combine(plan.starts_on, time()) + timedelta(minutes=plan.starts_minute)


def _iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S")

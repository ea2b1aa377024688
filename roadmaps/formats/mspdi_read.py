"""Microsoft Project's XML (MSPDI) as a plan in minutes.

The summary task of the whole project gives the title. What cannot be carried is counted.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from math import isfinite
from typing import Final
from xml.etree.ElementTree import Element

from core.i18n import Term
from roadmaps.domain.calendar import MINUTES_OF_HOUR, NamedCalendar
from roadmaps.domain.errors import DuplicateTaskError, PlanFileError, TooManyTasksError
from roadmaps.domain.plan import (
    OWN_CALENDAR,
    PERSON_LIMIT,
    TASK_LIMIT,
    TITLE_LIMIT,
    Dependency,
    LinkKind,
    Plan,
    PlanUnit,
    Task,
    clean,
)
from roadmaps.domain.terms import (
    Assignment,
    Baseline,
    BaselineDates,
    Constraint,
    ConstraintKind,
    Counting,
    Estimate,
    Progress,
    Resource,
)
from roadmaps.formats.exchange import Lost, PlanFile
from roadmaps.formats.mspdi import (
    ALIASES,
    CONSTRAINT_CODES,
    ELAPSED_FORMATS,
    LIKELY,
    LINK_CODES,
    NAMESPACE,
    NO_CALENDAR,
    OFF_PATH,
    OPTIMISTIC,
    PERCENT_FORMATS,
    PESSIMISTIC,
    TENTHS,
    UNASSIGNED,
    seconds_of,
)
from roadmaps.formats.mspdi_calendars import Calendars

_NS: Final = f"{{{NAMESPACE}}}"
_KINDS: Final = {code: kind for kind, code in LINK_CODES.items()}
_CONSTRAINTS: Final = {code: kind for kind, code in CONSTRAINT_CODES.items()}
_ON_STAGES: Final = {ConstraintKind.SNET, ConstraintKind.FNLT}
_ALIASES: Final = {alias for _name, alias in ALIASES.values()}
_OURS: Final = {OPTIMISTIC, LIKELY, PESSIMISTIC, OFF_PATH}
_USUAL_PRIORITY: Final = {"", "500"}
_NOTHING: Final = {"", "0", "0.0", "0.00"}


def read_mspdi(root: Element) -> PlanFile:
    """Read a project; ValueError if a value is of another kind than it should be.

    Raises
    ------
    PlanFileError
        If it has no start, or a link names an unknown task.
    DuplicateTaskError
        If two tasks have one UID.
    TooManyTasksError
        If there are more rows than a plan may hold tasks.
    """
    return _Reader(root).file()


class _Reader:
    def __init__(self, root: Element) -> None:
        self._root = root
        self._lost: Counter[Lost] = Counter()
        self._rows = [
            row
            for row in root.findall(f"{_NS}Tasks/{_NS}Task")
            if _text(row, "IsNull") != "1" and _text(row, "UID") not in {"", "0"}
        ]
        if len(self._rows) > TASK_LIMIT:
            raise TooManyTasksError(count=len(self._rows), limit=TASK_LIMIT)
        self._above = self._outline()
        self._stages = set(self._above.values())
        fields = root.findall(f"{_NS}ExtendedAttributes/{_NS}ExtendedAttribute")
        self._own_fields = {_text(x, "FieldID") for x in fields if _text(x, "Alias") in _ALIASES}
        self._calendars = Calendars(root.findall(f"{_NS}Calendars/{_NS}Calendar"))
        self._names = dict[int, dict[str, None]]()  # in their order, each once

    def file(self) -> PlanFile:
        """Read everything."""
        resources = tuple(self._resources())
        assignments = tuple(self._assignments({x.id: x.title for x in resources}))
        tasks = tuple(self._task(row, place) for place, row in enumerate(self._rows, start=1))
        known = set[int]()
        for task in tasks:
            if task.id in known:
                raise DuplicateTaskError(task=task.title)
            known.add(task.id)
        start = self._start(tasks)
        if self._calendars.recurring:
            self._lost[Lost.RECURRING] += self._calendars.recurring
        plan = Plan(
            starts_on=start.date(),
            starts_minute=start.hour * MINUTES_OF_HOUR + start.minute,
            tasks=tasks,
            dependencies=tuple(self._links(known)),
            unit=PlanUnit.MINUTE,
            calendar_id=OWN_CALENDAR,
            own_calendar=self._calendars.found.get(_text(self._root, "CalendarUID")),
            calendars=tuple(
                NamedCalendar(uid, self._calendars.title(uid), time)
                for uid, time in self._calendars.found.items()
            ),
            status_at=_moment(self._root, "StatusDate"),
            baselines=tuple(self._baselines()),
            resources=resources,
            assignments=tuple(x for x in assignments if x.task_id in known),
        )
        return PlanFile(self._title(), plan, {x: n for x, n in self._lost.items() if n})

    def _title(self) -> str:
        for row in self._root.findall(f"{_NS}Tasks/{_NS}Task"):
            if _text(row, "UID") == "0" and _text(row, "Name"):
                return clean(_text(row, "Name"))
        return clean(_text(self._root, "Title") or _text(self._root, "Name"))

    def _start(self, tasks: tuple[Task, ...]) -> datetime:
        """Give the start of the project, or the first date that a task must keep before it."""
        written = _moment(self._root, "StartDate")
        moments = [task.placed_at for task in tasks]
        moments += [task.constraint.at for task in tasks if task.constraint is not None]
        found = [moment for moment in (written, *moments) if moment is not None]
        if not found:
            raise PlanFileError(reason=Term("plan_file.missing"), place="StartDate")
        return min(found)

    def _outline(self) -> dict[str, str | None]:
        """Give the UID of the stage above each task, by outline levels."""
        above: dict[str, str | None] = {}
        open_: list[tuple[int, str]] = []
        for row in self._rows:
            level = int(_text(row, "OutlineLevel") or 1)
            while open_ and open_[-1][0] >= level:
                open_.pop()
            above[_text(row, "UID")] = open_[-1][1] if open_ else None
            open_.append((level, _text(row, "UID")))
        return above

    # ---- tasks

    def _task(self, row: Element, place: int) -> Task:
        uid = _text(row, "UID")
        above = self._above[uid]
        is_stage = uid in self._stages
        is_manual = _text(row, "Manual") == "1" and not is_stage
        duration = self._minutes(row, "ManualDuration" if is_manual else "Duration")
        if is_manual and not _text(row, "ManualDuration"):
            duration = self._minutes(row, "Duration")
        self._count_lost(row)
        attributes = self._attributes(row)
        calendar = _text(row, "CalendarUID")
        names = self._names.get(int(uid), ())
        is_elapsed = _text(row, "DurationFormat") in ELAPSED_FORMATS
        return Task(
            id=int(uid),
            title=clean(_text(row, "Name"))[:TITLE_LIMIT] or f"№ {uid}",
            duration=duration,
            uid=uid,
            position=place,
            parent_id=None if above is None else int(above),
            responsible=", ".join(names)[:PERSON_LIMIT],
            done_percent=min(int(float(_text(row, "PercentComplete") or 0)), 100),
            counting=Counting.ELAPSED if is_elapsed and not is_stage else Counting.WORKING,
            calendar="" if calendar in {"", NO_CALENDAR} or is_stage else calendar,
            constraint=None if is_manual else self._constraint(row, is_stage=is_stage),
            deadline=_moment(row, "Deadline"),
            placed_at=(_moment(row, "ManualStart") or _moment(row, "Start")) if is_manual else None,
            off_path=attributes.get(OFF_PATH) == "1",
            estimate=self._estimate(attributes),
            progress=None if is_stage else self._progress(row),
        )

    def _constraint(self, row: Element, *, is_stage: bool) -> Constraint | None:
        kind = _CONSTRAINTS.get(_text(row, "ConstraintType") or "0")
        at = _moment(row, "ConstraintDate")
        if kind is None or kind is ConstraintKind.ASAP or (kind.is_dated and at is None):
            return None
        if is_stage and kind not in _ON_STAGES:
            self._lost[Lost.STAGE_CONSTRAINTS] += 1
            return None
        return Constraint(kind, at if kind.is_dated else None)

    def _progress(self, row: Element) -> Progress | None:
        started = _moment(row, "ActualStart")
        if started is None:
            return None
        finished = _moment(row, "ActualFinish")
        left = self._minutes(row, "RemainingDuration") if _text(row, "RemainingDuration") else None
        return Progress(started, finished, None if finished is not None else left)

    def _attributes(self, row: Element) -> dict[str, str]:
        found = {}
        for attribute in row.findall(f"{_NS}ExtendedAttribute"):
            field, value = _text(attribute, "FieldID"), _text(attribute, "Value")
            if field in _OURS and field in self._own_fields:
                found[field] = value
            elif value:
                self._lost[Lost.CUSTOM_FIELDS] += 1
        return found

    def _estimate(self, attributes: dict[str, str]) -> Estimate | None:
        points = [attributes.get(field) for field in (OPTIMISTIC, LIKELY, PESSIMISTIC)]
        if not all(points):
            return None
        low, likely, high = (seconds_of(point or "") // 60 for point in points)
        return Estimate(low, likely, high)

    def _count_lost(self, row: Element) -> None:
        lost = self._lost
        lost[Lost.COSTS] += _text(row, "FixedCost") not in _NOTHING
        lost[Lost.NOTES] += bool(_text(row, "Notes"))
        lost[Lost.PRIORITIES] += _text(row, "Priority") not in _USUAL_PRIORITY
        lost[Lost.LEVELLING] += _text(row, "LevelingDelay") not in _NOTHING
        lost[Lost.INACTIVE] += _text(row, "Active") == "0"
        lost[Lost.RECURRING] += _text(row, "Recurring") == "1"
        lost[Lost.EXTERNAL] += _text(row, "ExternalTask") == "1"
        lost[Lost.TIMEPHASED] += bool(row.findall(f"{_NS}TimephasedData"))

    def _minutes(self, row: Element, name: str) -> int:
        text = _text(row, name)
        if not text:
            return 0
        seconds = seconds_of(text)
        self._lost[Lost.SECONDS] += bool(seconds % 60)
        return round(seconds / 60)

    # ---- links, people, baselines

    def _links(self, known: set[int]) -> Iterator[Dependency]:
        durations = {int(_text(x, "UID")): self._minutes(x, "Duration") for x in self._rows}
        for row in self._rows:
            for link in row.findall(f"{_NS}PredecessorLink"):
                before = int(_text(link, "PredecessorUID"))
                if _text(link, "CrossProject") == "1":
                    self._lost[Lost.EXTERNAL] += 1
                    continue
                if before not in known:
                    place = f"PredecessorUID {before}"
                    raise PlanFileError(reason=Term("plan_file.unknown_activity"), place=place)
                yield self._link(link, (before, int(_text(row, "UID"))), durations[before])

    def _link(self, link: Element, ends: tuple[int, int], duration: int) -> Dependency:
        kind = _KINDS.get(_text(link, "Type") or "1", LinkKind.FS)
        tenths, form = int(_text(link, "LinkLag") or 0), _text(link, "LagFormat")
        if form in PERCENT_FORMATS:
            self._lost[Lost.PERCENT_LAGS] += 1
            return Dependency(*ends, kind, duration * tenths // 100)
        self._lost[Lost.SECONDS] += bool(tenths % TENTHS)
        counting = Counting.ELAPSED if form in ELAPSED_FORMATS else Counting.WORKING
        return Dependency(*ends, kind, round(tenths / TENTHS), counting)

    def _resources(self) -> Iterator[Resource]:
        for row in self._root.findall(f"{_NS}Resources/{_NS}Resource"):
            calendar = _text(row, "CalendarUID")
            yield Resource(
                int(_text(row, "UID")),
                clean(_text(row, "Name")),
                calendar if calendar in self._calendars.found else "",
                _share(row, "MaxUnits"),
            )
            self._lost[Lost.COSTS] += _text(row, "StandardRate") not in _NOTHING
            self._lost[Lost.CUSTOM_FIELDS] += len(row.findall(f"{_NS}ExtendedAttribute"))

    def _assignments(self, titles: dict[int, str]) -> Iterator[Assignment]:
        for row in self._root.findall(f"{_NS}Assignments/{_NS}Assignment"):
            task, resource = int(_text(row, "TaskUID")), int(_text(row, "ResourceUID"))
            if resource == UNASSIGNED:
                resource = 0
            if resource not in titles:
                continue
            if titles[resource]:
                self._names.setdefault(task, {})[titles[resource]] = None
            yield Assignment(task, resource, _share(row, "Units"))
            self._lost[Lost.CUSTOM_FIELDS] += len(row.findall(f"{_NS}ExtendedAttribute"))

    def _baselines(self) -> Iterator[Baseline]:
        found = dict[int, list[BaselineDates]]()
        for row in self._rows:
            for baseline in row.findall(f"{_NS}Baseline"):
                start, finish = _moment(baseline, "Start"), _moment(baseline, "Finish")
                has_length = bool(_text(baseline, "Duration"))
                if start is None and finish is None and not has_length:
                    self._lost[Lost.COSTS] += 1
                    continue
                length = self._minutes(baseline, "Duration") if has_length else None
                dates = BaselineDates(int(_text(row, "UID")), start, finish, length)
                found.setdefault(int(_text(baseline, "Number") or 0), []).append(dates)
        for number in sorted(found):
            yield Baseline(number, tuple(found[number]))


def _share(element: Element, name: str) -> float:
    """Read a share of a person, or the whole; ValueError if it is none."""
    found = float(_text(element, name) or 1)
    if not isfinite(found):
        raise ValueError(_text(element, name)[:40])
    return found


def _text(element: Element, name: str) -> str:
    return (element.findtext(_NS + name) or "").strip()


def _moment(element: Element, name: str) -> datetime | None:
    text = _text(element, name)
    if not text or text == "NA":
        return None
    return datetime.fromisoformat(text).replace(tzinfo=None, second=0, microsecond=0)

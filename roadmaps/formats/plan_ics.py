"""A plan as tasks of a calendar (iCalendar), linked as RFC 9253 says.

The component that comes first names the one that waits: `RELATED-TO;RELTYPE=FINISHTOSTART;
GAP=P2D`. Our own properties keep durations in the unit of the plan, so that what we write is
read again as the same plan; of another program's file each task keeps its days.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import icalendar

from core.errors import DomainError
from core.i18n import Term
from roadmaps.domain.calendar import OwnCalendar
from roadmaps.domain.errors import DuplicateTaskError, PlanFileError
from roadmaps.domain.laid import Laid
from roadmaps.domain.plan import Dependency, LinkKind, Plan, PlanUnit, Task, clean
from roadmaps.domain.terms import Constraint, ConstraintKind, Counting
from roadmaps.formats.exchange import PlanFile

LIMIT_BYTES: Final = 10 * 2**20
_TYPES: Final = {
    LinkKind.FS: "FINISHTOSTART",
    LinkKind.SS: "STARTTOSTART",
    LinkKind.FF: "FINISHTOFINISH",
    LinkKind.SF: "STARTTOFINISH",
}
_KINDS: Final = {name: kind for kind, name in _TYPES.items()}
_GAPS: Final = {PlanUnit.DAY: "P{n}D", PlanUnit.HOUR: "PT{n}H", PlanUnit.MINUTE: "PT{n}M"}
_GAP: Final = re.compile(
    r"([+-]?)P(?:(\d{1,5})W)?(?:(\d{1,7})D)?(?:T(?:(\d{1,7})H)?(?:(\d{1,8})M)?)?"
)
_DAY: Final = timedelta(days=1)
_INSTANT: Final = timedelta(microseconds=1)
_WEEKDAYS: Final = OwnCalendar()
_MOST_DAYS: Final = 10_000
_STAMP: Final = datetime(2000, 1, 1, tzinfo=UTC)


def write_ics(file: PlanFile, laid: Laid, critical: str = "critical path") -> bytes:
    """Write one VTODO for every task, in row order; `critical` is the category of those."""
    plan = laid.plan
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Casework//Roadmap//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", file.title)
    calendar.add("x-casework-unit", plan.unit.value)
    calendar.add("x-casework-start", f"{plan.starts_on.isoformat()}/{plan.starts_minute}")
    calendar.add("x-casework-calendar", plan.calendar_id)
    for task in plan.tasks:
        todo = icalendar.Todo()
        todo.add("uid", _uid(task))
        todo.add("dtstamp", _STAMP)
        todo.add("summary", task.title)
        todo.add("x-casework-id", str(task.id))
        todo.add("x-casework-duration", str(task.duration))
        todo.add("percent-complete", task.done_percent)
        if laid.result[task.id].is_critical:
            todo.add("categories", [critical])
        if task.responsible:
            todo.add("contact", task.responsible)
        _add_dates(todo, laid, task)
        if task.parent_id is not None:
            parent = _uid(plan.task(task.parent_id))
            todo.add("related-to", parent, parameters={"RELTYPE": "PARENT"})
        for link in plan.dependencies:
            if link.predecessor == task.id:
                parameters = {"RELTYPE": _TYPES[link.kind]}
                if link.lag:
                    gap = _GAPS[plan.unit].format(n=abs(link.lag))
                    parameters["GAP"] = f"-{gap}" if link.lag < 0 else gap
                todo.add("related-to", _uid(plan.task(link.successor)), parameters=parameters)
        calendar.add_component(todo)
    written: bytes = calendar.to_ical()
    return written


def read_ics(data: bytes) -> PlanFile:
    """Read the tasks and events of a calendar.

    Raises
    ------
    PlanFileError
        With `reason`: too big, no calendar, no task in it, a link to what is not there.
    DuplicateTaskError
        If two tasks have one UID.
    """
    if len(data) > LIMIT_BYTES:
        raise PlanFileError(reason=Term("plan_file.too_big"), place="")
    try:
        calendar = icalendar.Calendar.from_ical(data)
        return _Reader(calendar).file()
    except DomainError:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError) as error:
        raise PlanFileError(reason=Term("plan_file.not_ics"), place=str(error)[:60]) from None


class _Reader:
    def __init__(self, calendar: Any) -> None:  # noqa: ANN401 — icalendar's component
        self._calendar = calendar
        self._items = [*calendar.walk("VTODO"), *calendar.walk("VEVENT")]
        self._unit = PlanUnit(str(calendar.get("x-casework-unit", PlanUnit.DAY)))
        self._is_ours = "x-casework-start" in calendar
        self._ids = dict[str, int]()
        for row, item in enumerate(self._items, start=1):
            uid = str(item["uid"])
            if uid in self._ids:
                raise DuplicateTaskError(task=str(item.get("summary", uid)))
            self._ids[uid] = int(item.get("x-casework-id", row))

    def file(self) -> PlanFile:
        if not self._items:
            raise PlanFileError(reason=Term("plan_file.missing"), place="VTODO")
        start, minute = self._start()
        links = [link for item in self._items for link in self._links(item)]
        plan = Plan(
            starts_on=start,
            starts_minute=minute,
            tasks=tuple(self._task(item, row) for row, item in enumerate(self._items, start=1)),
            dependencies=tuple(links),
            unit=self._unit,
            calendar_id=str(self._calendar.get("x-casework-calendar", "ru")),
        )
        return PlanFile(str(self._calendar.get("x-wr-calname", "")), plan)

    def _start(self) -> tuple[date, int]:
        if self._is_ours:
            day, minute = str(self._calendar["x-casework-start"]).split("/")
            return date.fromisoformat(day), int(minute)
        days = [stretch[0] for stretch in map(_stretch, self._items) if stretch is not None]
        if not days:
            raise PlanFileError(reason=Term("plan_file.missing"), place="DTSTART")
        return min(days), 0

    def _task(self, item: Any, row: int) -> Task:  # noqa: ANN401 — icalendar's component
        uid = str(item["uid"])
        parents = [x for kind, x, _gap in _related(item) if kind == "PARENT"]
        constraint, counting = None, Counting.WORKING
        stretch = _stretch(item)
        if not self._is_ours and stretch is not None:
            at = datetime.combine(stretch[0], datetime.min.time())
            constraint = Constraint(ConstraintKind.SNET, at)
        if "x-casework-duration" in item:
            duration = int(item["x-casework-duration"])
        else:
            duration, counting = _length(item, stretch)
        return Task(
            id=self._ids[uid],
            title=clean(str(item.get("summary", ""))) or f"№ {row}",
            duration=duration,
            uid=uid.removesuffix("@casework")[:64],
            position=row,
            parent_id=self._ids[parents[0]] if parents else None,
            responsible=clean(str(item.get("contact", ""))),
            done_percent=int(item.get("percent-complete", 0)),
            constraint=constraint,
            counting=counting,
        )

    def _links(self, item: Any) -> Iterable[Dependency]:  # noqa: ANN401 — icalendar's component
        for kind, uid, gap in _related(item):
            if kind not in _KINDS:
                continue
            if uid not in self._ids:
                raise PlanFileError(reason=Term("plan_file.unknown_activity"), place=uid[:40])
            before = self._ids[str(item["uid"])]
            yield Dependency(before, self._ids[uid], _KINDS[kind], self._lag(gap))

    def _lag(self, gap: str) -> int:
        if not gap:
            return 0
        match = _GAP.fullmatch(gap)
        if match is None:
            raise ValueError(gap)
        sign, *numbers = match.groups()
        weeks, days, hours, minutes = (int(number or 0) for number in numbers)
        unit = self._unit.minutes
        total = ((weeks * 7 + days) * 24 + hours) * 60 + minutes
        return -(total // unit) if sign == "-" else total // unit


def _uid(task: Task) -> str:
    return f"{task.uid or task.id}@casework"


def _add_dates(todo: Any, laid: Laid, task: Task) -> None:  # noqa: ANN401 — icalendar's component
    span = laid.span(task.id)
    if laid.plan.unit is PlanUnit.DAY:
        todo.add("dtstart", span.start.date())
        todo.add("due", span.finish.date() + _DAY)
    else:
        todo.add("dtstart", span.start)
        todo.add("due", max(span.finish, span.start + timedelta(minutes=1)))


def _related(item: Any) -> list[tuple[str, str, str]]:  # noqa: ANN401 — icalendar's component
    found = item.get("related-to", [])
    values = found if isinstance(found, list) else [found]
    return [
        (str(x.params.get("RELTYPE", "PARENT")).upper(), str(x), str(x.params.get("GAP", "")))
        for x in values
    ]


def _day(value: Any) -> date:  # noqa: ANN401 — icalendar's value
    return _day_of(value.dt)


def _day_of(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _stretch(item: Any) -> tuple[date, date] | None:  # noqa: ANN401 — icalendar's component
    """Give the first and the last day of a task, as another program has them; None: undated."""
    begin, end = item.get("dtstart"), item.get("due") or item.get("dtend")
    if begin is None and end is None:
        return None
    first = _day(begin or end)
    if begin is None:
        return first, first
    moment = end.dt if end is not None else begin.dt
    if end is None and "duration" in item:
        moment = begin.dt + item["duration"].dt
    # the day or the midnight at which something ends is not one of its days
    last = _day_of(moment - _INSTANT if isinstance(moment, datetime) else moment - _DAY)
    return first, max(first, last)


def _length(
    item: Any,  # noqa: ANN401 — icalendar's component
    stretch: tuple[date, date] | None,
) -> tuple[int, Counting]:
    """Count the weekdays of another program's task; what touches a weekend keeps all its days."""
    if stretch is None:
        return 1, Counting.WORKING
    is_open = not any(name in item for name in ("due", "dtend", "duration"))
    if is_open and isinstance(item["dtstart"].dt, datetime):
        return 0, Counting.WORKING
    first, last = stretch
    count = (last - first).days + 1
    if count > _MOST_DAYS:
        raise ValueError(last)
    days = [first + _DAY * number for number in range(count)]
    if _WEEKDAYS.is_working(first) and _WEEKDAYS.is_working(last):
        return sum(map(_WEEKDAYS.is_working, days)), Counting.WORKING
    return count, Counting.ELAPSED

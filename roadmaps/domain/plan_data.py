"""Tasks, links and calendars as plain data: what history and files keep of a plan.

What has its default is left out, so that old histories and short files stay readable.
"""

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields
from datetime import date, datetime
from typing import Any, Final, TypeAlias

from roadmaps.domain.calendar import NamedCalendar, OwnCalendar, Shifts
from roadmaps.domain.plan import Dependency, LinkKind, Task
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

Data: TypeAlias = dict[str, Any]
_PLAIN: Final = (
    "id", "title", "duration", "uid", "position", "parent_id", "responsible_id", "responsible",
    "done_percent",
)  # fmt: skip
_DEFAULTS: Final = {x.name: x.default for x in fields(Task) if x.default is not MISSING}


def task_to_data(task: Task) -> Data:
    """Turn a task into what JSON can hold."""
    data: Data = {name: getattr(task, name) for name in _PLAIN}
    for name in ("counting", "calendar", "off_path"):
        value = getattr(task, name)
        if value != _DEFAULTS[name]:
            data[name] = value
    for name in ("deadline", "placed_at"):
        moment = getattr(task, name)
        if moment is not None:
            data[name] = moment.isoformat()
    if task.constraint is not None:
        data["constraint"] = {"kind": task.constraint.kind.value, "at": _iso(task.constraint.at)}
    if task.estimate is not None:
        points = task.estimate
        data["estimate"] = [points.optimistic, points.likely, points.pessimistic]
    if task.progress is not None:
        progress = task.progress
        data["progress"] = {
            "started_at": _iso(progress.started_at),
            "finished_at": _iso(progress.finished_at),
            "remaining": progress.remaining,
        }
    return data


def task_from_data(data: Mapping[str, Any]) -> Task:
    """Make the task again that `task_to_data` took apart."""
    constraint, estimate, progress = (data.get(x) for x in ("constraint", "estimate", "progress"))
    return Task(
        **{name: data[name] for name in _PLAIN if name in data},
        counting=Counting(data.get("counting", Counting.WORKING)),
        calendar=data.get("calendar", ""),
        off_path=data.get("off_path", False),
        deadline=moment_from(data.get("deadline")),
        placed_at=moment_from(data.get("placed_at")),
        constraint=constraint
        and Constraint(ConstraintKind(constraint["kind"]), moment_from(constraint.get("at"))),
        estimate=estimate and Estimate(*estimate),
        progress=progress
        and Progress(
            moment_from(progress.get("started_at")),
            moment_from(progress.get("finished_at")),
            progress.get("remaining"),
        ),
    )


def link_to_data(link: Dependency) -> Data:
    """Turn a dependency into what JSON can hold."""
    data: Data = {
        "predecessor": link.predecessor,
        "successor": link.successor,
        "kind": link.kind.value,
        "lag": link.lag,
    }
    if link.counting is not Counting.WORKING:
        data["counting"] = link.counting.value
    return data


def link_from_data(data: Mapping[str, Any]) -> Dependency:
    """Make the dependency again that `link_to_data` took apart."""
    return Dependency(
        data["predecessor"],
        data["successor"],
        LinkKind(data.get("kind", LinkKind.FS)),
        data.get("lag", 0),
        Counting(data.get("counting", Counting.WORKING)),
    )


def calendar_to_data(own: OwnCalendar | None) -> Data | None:
    """Turn a plan's own calendar into what JSON can hold."""
    if own is None:
        return None
    data: Data = {
        "hours": list(own.hours),
        "weekdays": list(own.weekdays),
        "holidays": sorted(day.isoformat() for day in own.holidays),
    }
    if own.week:
        data["week"] = [_pairs(shifts) for shifts in own.week]
    if own.special:
        data["special"] = {day.isoformat(): _pairs(shifts) for day, shifts in own.special}
    return data


def calendar_from_data(data: Mapping[str, Any] | None) -> OwnCalendar | None:
    """Make the calendar again that `calendar_to_data` took apart."""
    if data is None:
        return None
    special = sorted(data.get("special", {}).items())
    return OwnCalendar(
        tuple(data["hours"]),
        tuple(data["weekdays"]),
        frozenset(date.fromisoformat(day) for day in data["holidays"]),
        tuple(_shifts(pairs) for pairs in data.get("week", ())),
        tuple((date.fromisoformat(day), _shifts(pairs)) for day, pairs in special),
    )


def named_to_data(calendars: Iterable[NamedCalendar]) -> list[Data]:
    """Turn the calendars of tasks into what JSON can hold."""
    return [
        {"id": named.id, "title": named.title, **(calendar_to_data(named.time) or {})}
        for named in calendars
    ]


def named_from_data(data: Iterable[Mapping[str, Any]]) -> tuple[NamedCalendar, ...]:
    """Make the calendars again that `named_to_data` took apart."""
    return tuple(
        NamedCalendar(x["id"], x["title"], calendar_from_data(x) or OwnCalendar()) for x in data
    )


def resources_to_data(resources: Iterable[Resource]) -> list[list[Any]]:
    """Turn those who do the work into what JSON can hold."""
    return [[x.id, x.title, x.calendar, x.share] for x in resources]


def resources_from_data(data: Iterable[list[Any]]) -> tuple[Resource, ...]:
    """Make the resources again that `resources_to_data` took apart."""
    return tuple(Resource(*fields) for fields in data)


def assignments_to_data(assignments: Iterable[Assignment]) -> list[list[Any]]:
    """Turn who does what into what JSON can hold."""
    return [[x.task_id, x.resource_id, x.share] for x in assignments]


def assignments_from_data(data: Iterable[list[Any]]) -> tuple[Assignment, ...]:
    """Make the assignments again that `assignments_to_data` took apart."""
    return tuple(Assignment(*fields) for fields in data)


def baseline_to_data(baseline: Baseline) -> Data:
    """Turn a baseline into what JSON can hold."""
    return {
        "number": baseline.number,
        "title": baseline.title,
        "dates": [[x.task_id, _iso(x.start), _iso(x.finish), x.duration] for x in baseline.dates],
        "taken_at": _iso(baseline.taken_at),
        "taken_by": baseline.taken_by,
    }


def baseline_from_data(data: Mapping[str, Any]) -> Baseline:
    """Make the baseline again that `baseline_to_data` took apart."""
    taken_at = data["taken_at"]
    return Baseline(
        data["number"],
        tuple(
            BaselineDates(task_id, moment_from(start), moment_from(finish), duration)
            for task_id, start, finish, duration in data["dates"]
        ),
        data["title"],
        None if taken_at is None else datetime.fromisoformat(taken_at),
        data["taken_by"],
    )


def moment_from(text: str | None) -> datetime | None:
    """Read a moment in wall time; a zone, if one is written, is left out."""
    return None if text is None else datetime.fromisoformat(text).replace(tzinfo=None)


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _pairs(shifts: Shifts) -> list[list[int]]:
    return [[opens, closes] for opens, closes in shifts]


def _shifts(pairs: list[list[int]]) -> Shifts:
    return tuple((opens, closes) for opens, closes in pairs)

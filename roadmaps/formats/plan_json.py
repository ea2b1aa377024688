"""Our own form of a plan as JSON: everything, there and back.

Its schema is published in docs/formats/plan.schema.json.
"""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Final, NoReturn

from core.errors import DomainError
from core.i18n import Term
from roadmaps.domain.calendar import NamedCalendar, OwnCalendar
from roadmaps.domain.errors import DuplicateTaskError, PlanFileError
from roadmaps.domain.laid import Laid
from roadmaps.domain.plan import Plan, PlanUnit
from roadmaps.domain.plan_data import (
    calendar_from_data,
    calendar_to_data,
    link_from_data,
    link_to_data,
    moment_from,
    task_from_data,
    task_to_data,
)
from roadmaps.domain.terms import Assignment, Baseline, BaselineDates, Resource
from roadmaps.formats.exchange import PlanFile

FORMAT: Final = "casework-plan"
VERSION: Final = 1
LIMIT_BYTES: Final = 50 * 2**20


def write_plan_json(file: PlanFile, laid: Laid | None = None) -> str:
    """Write a plan on one line; with its schedule, for programs that do not schedule."""
    plan = file.plan
    data: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "title": file.title,
        "unit": plan.unit.value,
        "starts_on": plan.starts_on.isoformat(),
        "starts_minute": plan.starts_minute,
        "calendar": plan.calendar_id,
        "own_calendar": calendar_to_data(plan.own_calendar),
        "calendars": [
            {"id": named.id, "title": named.title, **(calendar_to_data(named.time) or {})}
            for named in plan.calendars
        ],
        "status_at": None if plan.status_at is None else plan.status_at.isoformat(),
        "tasks": [task_to_data(task) for task in plan.tasks],
        "dependencies": [link_to_data(link) for link in plan.dependencies],
        "baselines": [_baseline(baseline) for baseline in plan.baselines],
        "resources": [
            {"id": x.id, "title": x.title, "calendar": x.calendar, "share": x.share}
            for x in plan.resources
        ],
        "assignments": [
            {"task": x.task_id, "resource": x.resource_id, "share": x.share}
            for x in plan.assignments
        ],
    }
    if laid is not None:
        data["schedule"] = [_scheduled(laid, task.id) for task in plan.tasks]
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _scheduled(laid: Laid, task_id: int) -> dict[str, Any]:
    slot, span = laid.result[task_id], laid.span(task_id)
    return {
        "task": task_id,
        "start": span.start.isoformat(),
        "finish": span.finish.isoformat(),
        "total_float": slot.total_float,
        "critical": slot.is_critical,
    }


def read_plan_json(data: bytes) -> PlanFile:
    """Read a plan.

    Raises
    ------
    PlanFileError
        With `reason`: too big, no JSON, a part missing or of another kind (`place` names it).
    DuplicateTaskError
        If two tasks have one id.
    """
    try:
        return _read(parsed_json(data))
    except DomainError:
        raise
    except KeyError as error:
        raise PlanFileError(
            reason=Term("plan_file.missing"), place=str(error.args[0])[:40]
        ) from None
    except (TypeError, ValueError, AttributeError, OverflowError) as error:
        raise PlanFileError(reason=Term("plan_file.wrong"), place=str(error)[:80]) from None


def parsed_json(data: bytes) -> dict[str, Any]:
    """Parse a file that must be an object of JSON; NaN and infinities are not JSON."""
    if len(data) > LIMIT_BYTES:
        raise PlanFileError(reason=Term("plan_file.too_big"), place="")
    try:
        parsed = json.loads(data, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise PlanFileError(reason=Term("plan_file.not_json"), place="") from None
    if not isinstance(parsed, dict):
        raise PlanFileError(reason=Term("plan_file.missing"), place="tasks")
    return parsed


def _refuse(name: str) -> NoReturn:
    raise PlanFileError(reason=Term("plan_file.wrong"), place=name)


def _read(data: Mapping[str, Any]) -> PlanFile:
    if data["version"] != VERSION:
        raise ValueError(data["version"])
    for entry in (*data["tasks"], *data.get("dependencies", ())):
        _check_whole(entry)
    tasks = tuple(task_from_data(item) for item in data["tasks"])
    seen = set[int]()
    for task in tasks:
        if task.id in seen:
            raise DuplicateTaskError(task=task.title)
        seen.add(task.id)
    plan = Plan(
        starts_on=date.fromisoformat(data["starts_on"]),
        tasks=tasks,
        dependencies=tuple(link_from_data(item) for item in data.get("dependencies", ())),
        unit=PlanUnit(data.get("unit", PlanUnit.DAY)),
        starts_minute=data.get("starts_minute", 0),
        calendar_id=data.get("calendar", "ru"),
        own_calendar=calendar_from_data(data.get("own_calendar")),
        calendars=tuple(_named(item) for item in data.get("calendars", ())),
        status_at=moment_from(data.get("status_at")),
        baselines=tuple(_baseline_from(item) for item in data.get("baselines", ())),
        resources=tuple(
            Resource(x["id"], x["title"], x.get("calendar", ""), x.get("share", 1.0))
            for x in data.get("resources", ())
        ),
        assignments=tuple(
            Assignment(x["task"], x["resource"], x.get("share", 1.0))
            for x in data.get("assignments", ())
        ),
    )
    return PlanFile(str(data.get("title", "")), plan)


_WHOLE: Final = ("id", "duration", "position", "done_percent", "lag", "predecessor", "successor")


def _check_whole(entry: Mapping[str, Any]) -> None:
    """Numbers that must be whole are whole; a task has an id, a title and a duration."""
    for name in _WHOLE:
        value = entry.get(name, 0)
        if isinstance(value, bool) or not isinstance(value, int):
            raise ValueError(f"{name}: {value!r}")  # noqa: TRY004 — told as one kind of fault
    if "predecessor" not in entry and not isinstance(entry["title"], str):
        raise ValueError(f"title: {entry['title']!r}")


def _named(data: Mapping[str, Any]) -> NamedCalendar:
    time = calendar_from_data(data)
    return NamedCalendar(data["id"], data["title"], time or OwnCalendar())


def _baseline(baseline: Baseline) -> dict[str, Any]:
    return {
        "number": baseline.number,
        "title": baseline.title,
        "dates": [
            {
                "task": x.task_id,
                "start": x.start and x.start.isoformat(),
                "finish": x.finish and x.finish.isoformat(),
                "duration": x.duration,
            }
            for x in baseline.dates
        ],
    }


def _baseline_from(data: Mapping[str, Any]) -> Baseline:
    dates = tuple(
        BaselineDates(
            x["task"], moment_from(x.get("start")), moment_from(x.get("finish")), x.get("duration")
        )
        for x in data["dates"]
    )
    return Baseline(data["number"], dates, data.get("title", ""))

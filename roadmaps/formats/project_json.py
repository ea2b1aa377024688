"""Plans in the JSON form of published project databases: activities in hours, own calendar.

`{"name", "calendar": {"nonworking_hours", "nonworking_weekdays", "holidays"},
"activities": [{"id", "name", "hours", "baseline_start"}],
"relations": [{"predecessor", "successor", "type", "lag_hours"}]}`; weekday 0 is Monday.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from core.i18n import Term
from roadmaps.domain.calendar import HOURS_OF_DAY, MINUTES_OF_HOUR, OwnCalendar
from roadmaps.domain.errors import DuplicateTaskError, PlanFileError
from roadmaps.domain.plan import (
    OWN_CALENDAR,
    Dependency,
    LinkKind,
    Plan,
    PlanUnit,
    Task,
    clean,
)
from roadmaps.domain.terms import Baseline, BaselineDates
from roadmaps.formats.plan_json import parsed_json

LIMIT_BYTES: Final = 5 * 2**20
_WEEK: Final = range(7)


def read_project(data: bytes, starts_on: date | None = None) -> tuple[str, Plan]:
    """Read the name and the plan of a project file.

    The plan starts with the first activity's stored start, or at the beginning of the given
    day; where a file knows neither, `PlanFileError` says so. Whole numbers stay ids, others
    become row numbers; an activity without a name is called by its id.

    Raises
    ------
    PlanFileError
        With `reason`: too big, no JSON, a part missing or of another kind (`place` names it).
    DuplicateTaskError
        If two activities have one id.
    """
    if len(data) > LIMIT_BYTES:
        raise PlanFileError(reason=Term("plan_file.too_big"), place="")
    source = parsed_json(data)
    try:
        return _read(source, starts_on)
    except KeyError as error:
        raise _missing(str(error.args[0])) from None
    except (TypeError, ValueError, AttributeError, OverflowError) as error:
        raise PlanFileError(reason=Term("plan_file.wrong"), place=str(error)[:80]) from None


def _read(source: Mapping[str, Any], starts_on: date | None) -> tuple[str, Plan]:
    activities = source["activities"]
    start = _start(activities, starts_on)
    ids = _ids(activities)
    tasks = tuple(
        Task(
            id=ids[item["id"]],
            title=clean(str(item["name"])) or f"№ {item['id']}",
            duration=_whole(item["hours"]),
            position=row,
        )
        for row, item in enumerate(activities, start=1)
    )
    plan = Plan(
        starts_on=start.date(),
        starts_minute=start.hour * MINUTES_OF_HOUR + start.minute,
        tasks=tasks,
        dependencies=tuple(_link(item, ids) for item in source["relations"]),
        unit=PlanUnit.HOUR,
        calendar_id=OWN_CALENDAR,
        own_calendar=_calendar(source["calendar"]),
        baselines=_stored(activities, tasks),
    )
    return clean(str(source.get("name", ""))), plan


def _stored(activities: Sequence[Mapping[str, Any]], tasks: Sequence[Task]) -> tuple[Baseline, ...]:
    """Keep the starts that people chose as the first baseline."""
    dates = tuple(
        BaselineDates(
            task.id,
            datetime.fromisoformat(item["baseline_start"]).replace(tzinfo=None),
            None,
            task.duration,
        )
        for item, task in zip(activities, tasks, strict=True)
        if item.get("baseline_start")
    )
    return (Baseline(0, dates),) if dates else ()


def _ids(activities: Sequence[Mapping[str, Any]]) -> dict[object, int]:
    found: dict[object, int] = {}
    names = [item["id"] for item in activities]
    are_numbers = all(isinstance(x, int) and not isinstance(x, bool) and x > 0 for x in names)
    for row, name in enumerate(names, start=1):
        if name in found:
            raise DuplicateTaskError(task=str(name)[:40])
        found[name] = name if are_numbers else row
    return found


def _start(activities: Sequence[Mapping[str, Any]], starts_on: date | None) -> datetime:
    if starts_on is not None:
        return datetime.fromisoformat(starts_on.isoformat())
    stored = [item["baseline_start"] for item in activities if item.get("baseline_start")]
    if not stored:
        raise _missing("baseline_start")
    return min(datetime.fromisoformat(text).replace(tzinfo=None) for text in stored)


def _calendar(source: Mapping[str, Any]) -> OwnCalendar:
    off_hours, off_days = set(source["nonworking_hours"]), set(source["nonworking_weekdays"])
    return OwnCalendar(
        hours=tuple(hour for hour in range(HOURS_OF_DAY) if hour not in off_hours),
        weekdays=tuple(day for day in _WEEK if day not in off_days),
        holidays=frozenset(date.fromisoformat(text) for text in source["holidays"]),
    )


def _link(item: Mapping[str, Any], ids: Mapping[object, int]) -> Dependency:
    ends = [item["predecessor"], item["successor"]]
    for end in ends:
        if end not in ids:
            raise PlanFileError(reason=Term("plan_file.unknown_activity"), place=str(end)[:40])
    kind = LinkKind(str(item["type"]).lower())
    return Dependency(ids[ends[0]], ids[ends[1]], kind, _whole(item["lag_hours"]))


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float) or value != int(value):
        raise ValueError(value)
    return int(value)


def _missing(name: str) -> PlanFileError:
    return PlanFileError(reason=Term("plan_file.missing"), place=name[:40])

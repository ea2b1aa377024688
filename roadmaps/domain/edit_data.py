"""Edits as plain data, the form in which the history of a plan keeps them."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, Final, TypeAlias

from roadmaps.domain.edits import (
    AddLink,
    AddTask,
    Batch,
    ChangeLink,
    ChangePlan,
    ChangeTask,
    Edit,
    MoveTask,
    RemoveLink,
    RemoveTask,
)
from roadmaps.domain.plan import Dependency, LinkKey, LinkKind, OwnCalendar, PlanUnit, Task

Data: TypeAlias = dict[str, Any]


def edit_to_data(edit: Edit) -> Data:
    """Turn an edit into what JSON can hold."""
    match edit:
        case Batch(edits):
            fields: Data = {"edits": [edit_to_data(part) for part in edits]}
        case AddTask(task, links):
            fields = {"task": asdict(task), "links": [asdict(link) for link in links]}
        case ChangeTask(task):
            fields = {"task": asdict(task)}
        case AddLink(link) | ChangeLink(link):
            fields = {"link": asdict(link)}
        case RemoveLink(key):
            fields = {"key": list(key)}
        case ChangePlan():
            fields = _plan_fields(edit)
        case RemoveTask(task_id):
            fields = {"task_id": task_id}
        case MoveTask(task_id, position):
            fields = {"task_id": task_id, "position": position}
        case _:
            raise TypeError(type(edit).__name__)
    return {"edit": type(edit).__name__, **fields}


def edit_from_data(data: Mapping[str, Any]) -> Edit:
    """Make the edit again that `edit_to_data` took apart."""
    return _MAKERS[data["edit"]](data)


def calendar_to_data(own: OwnCalendar | None) -> Data | None:
    """Turn a plan's own calendar into what JSON can hold."""
    if own is None:
        return None
    return {
        "hours": list(own.hours),
        "weekdays": list(own.weekdays),
        "holidays": sorted(day.isoformat() for day in own.holidays),
    }


def calendar_from_data(data: Mapping[str, Any] | None) -> OwnCalendar | None:
    """Make the calendar again that `calendar_to_data` took apart."""
    if data is None:
        return None
    return OwnCalendar(
        tuple(data["hours"]),
        tuple(data["weekdays"]),
        frozenset(date.fromisoformat(day) for day in data["holidays"]),
    )


def _plan_fields(edit: ChangePlan) -> Data:
    return {
        "starts_on": edit.starts_on.isoformat(),
        "starts_minute": edit.starts_minute,
        "unit": edit.unit.value,
        "calendar_id": edit.calendar_id,
        "own_calendar": calendar_to_data(edit.own_calendar),
    }


def _change_plan(data: Mapping[str, Any]) -> ChangePlan:
    return ChangePlan(
        date.fromisoformat(data["starts_on"]),
        data["starts_minute"],
        PlanUnit(data["unit"]),
        data["calendar_id"],
        calendar_from_data(data["own_calendar"]),
    )


def _add_task(data: Mapping[str, Any]) -> AddTask:
    return AddTask(Task(**data["task"]), tuple(_dependency(link) for link in data["links"]))


def _remove_link(data: Mapping[str, Any]) -> RemoveLink:
    before, after, kind = data["key"]
    return RemoveLink(LinkKey(before, after, LinkKind(kind)))


def _dependency(data: Mapping[str, Any]) -> Dependency:
    return Dependency(data["predecessor"], data["successor"], LinkKind(data["kind"]), data["lag"])


_MAKERS: Final[Mapping[str, Callable[[Mapping[str, Any]], Edit]]] = {
    "Batch": lambda data: Batch(tuple(edit_from_data(part) for part in data["edits"])),
    "AddTask": _add_task,
    "ChangeTask": lambda data: ChangeTask(Task(**data["task"])),
    "RemoveTask": lambda data: RemoveTask(data["task_id"]),
    "MoveTask": lambda data: MoveTask(data["task_id"], data["position"]),
    "AddLink": lambda data: AddLink(_dependency(data["link"])),
    "ChangeLink": lambda data: ChangeLink(_dependency(data["link"])),
    "RemoveLink": _remove_link,
    "ChangePlan": _change_plan,
}

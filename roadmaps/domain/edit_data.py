"""Edits as plain data, the form in which the history of a plan keeps them."""

from collections.abc import Callable, Mapping
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
from roadmaps.domain.plan import LinkKey, LinkKind, PlanUnit
from roadmaps.domain.plan_data import (
    calendar_from_data,
    calendar_to_data,
    link_from_data,
    link_to_data,
    task_from_data,
    task_to_data,
)

Data: TypeAlias = dict[str, Any]


def edit_to_data(edit: Edit) -> Data:
    """Turn an edit into what JSON can hold."""
    match edit:
        case Batch(edits):
            fields: Data = {"edits": [edit_to_data(part) for part in edits]}
        case AddTask(task, links):
            fields = {"task": task_to_data(task), "links": [link_to_data(link) for link in links]}
        case ChangeTask(task):
            fields = {"task": task_to_data(task)}
        case AddLink(link) | ChangeLink(link):
            fields = {"link": link_to_data(link)}
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
    return AddTask(
        task_from_data(data["task"]), tuple(link_from_data(link) for link in data["links"])
    )


def _remove_link(data: Mapping[str, Any]) -> RemoveLink:
    before, after, kind = data["key"]
    return RemoveLink(LinkKey(before, after, LinkKind(kind)))


_MAKERS: Final[Mapping[str, Callable[[Mapping[str, Any]], Edit]]] = {
    "Batch": lambda data: Batch(tuple(edit_from_data(part) for part in data["edits"])),
    "AddTask": _add_task,
    "ChangeTask": lambda data: ChangeTask(task_from_data(data["task"])),
    "RemoveTask": lambda data: RemoveTask(data["task_id"]),
    "MoveTask": lambda data: MoveTask(data["task_id"], data["position"]),
    "AddLink": lambda data: AddLink(link_from_data(data["link"])),
    "ChangeLink": lambda data: ChangeLink(link_from_data(data["link"])),
    "RemoveLink": _remove_link,
    "ChangePlan": _change_plan,
}

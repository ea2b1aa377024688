"""Edits as plain data, the form in which the history of a plan keeps them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
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
from roadmaps.domain.edits_plan import (
    RemoveBaseline,
    RenameBaseline,
    SetCalendars,
    SetStatus,
    TakeBaseline,
)
from roadmaps.domain.edits_task import FIELD_EDITS, TaskEdit
from roadmaps.domain.plan import LinkKey, LinkKind, PlanUnit, Task
from roadmaps.domain.plan_data import (
    assignments_from_data,
    assignments_to_data,
    baseline_from_data,
    baseline_to_data,
    calendar_from_data,
    calendar_to_data,
    link_from_data,
    link_to_data,
    moment_from,
    named_from_data,
    named_to_data,
    task_from_data,
    task_to_data,
)

Data: TypeAlias = dict[str, Any]


def edit_to_data(edit: Edit) -> Data:
    """Turn an edit into what JSON can hold."""
    match edit:
        case Batch(edits):
            fields: Data = {"edits": [edit_to_data(part) for part in edits]}
        case AddTask():
            fields = _adding(edit)
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
        case TaskEdit():
            fields = {"task_id": edit.task_id, "set": _set_fields(edit)}
        case _:
            fields = _of_plan(edit)
    return {"edit": type(edit).__name__, **fields}


def edit_from_data(data: Mapping[str, Any]) -> Edit:
    """Make the edit again that `edit_to_data` took apart."""
    return _MAKERS[data["edit"]](data)


def _of_plan(edit: Edit) -> Data:
    match edit:
        case SetStatus(status_at):
            return {"status_at": None if status_at is None else status_at.isoformat()}
        case SetCalendars(calendars):
            return {"calendars": named_to_data(calendars)}
        case TakeBaseline(baseline):
            return {"baseline": baseline_to_data(baseline)}
        case RemoveBaseline(number):
            return {"number": number}
        case RenameBaseline(number, title):
            return {"number": number, "title": title}
    raise TypeError(type(edit).__name__)


def _adding(edit: AddTask) -> Data:
    data: Data = {
        "task": task_to_data(edit.task),
        "links": [link_to_data(link) for link in edit.links],
    }
    if edit.assignments:
        data["assignments"] = assignments_to_data(edit.assignments)
    return data


def _set_fields(edit: TaskEdit) -> Data:
    """Give the fields that an edit sets, in the form that a task's have; defaults left out."""
    values = {name: getattr(edit, name) for name in edit.names()}
    data = task_to_data(replace(_BLANK, **values))
    return {name: data[name] for name in values if name in data}


def _field_edit(kind: type[TaskEdit], data: Mapping[str, Any]) -> TaskEdit:
    return kind.of(task_from_data({"id": data["task_id"], "title": "", **data["set"]}))


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
        task_from_data(data["task"]),
        tuple(link_from_data(link) for link in data["links"]),
        assignments_from_data(data.get("assignments", ())),
    )


def _remove_link(data: Mapping[str, Any]) -> RemoveLink:
    before, after, kind = data["key"]
    return RemoveLink(LinkKey(before, after, LinkKind(kind)))


_BLANK: Final = Task(0, "")
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
    "SetStatus": lambda data: SetStatus(moment_from(data["status_at"])),
    "SetCalendars": lambda data: SetCalendars(named_from_data(data["calendars"])),
    "TakeBaseline": lambda data: TakeBaseline(baseline_from_data(data["baseline"])),
    "RemoveBaseline": lambda data: RemoveBaseline(data["number"]),
    "RenameBaseline": lambda data: RenameBaseline(data["number"], data["title"]),
    **{kind.__name__: partial(_field_edit, kind) for kind in FIELD_EDITS},
}

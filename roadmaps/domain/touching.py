"""What a change of a plan touches: whether two changes can stand side by side.

The grain is coarse where people would talk about it: a task with all its fields, its row, one
link, one thing of the whole plan.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from roadmaps.domain.edits import (
    AddLink,
    AddTask,
    ChangeLink,
    ChangePlan,
    ChangeTask,
    Edit,
    MoveTask,
    RemoveLink,
    RemoveTask,
    flat,
)
from roadmaps.domain.edits_plan import (
    RemoveBaseline,
    RenameBaseline,
    SetCalendars,
    SetStatus,
    TakeBaseline,
)
from roadmaps.domain.edits_task import (
    PlaceTask,
    SetCalendar,
    SetConstraint,
    SetDuration,
    SetEstimate,
    SetProgress,
    TaskEdit,
)
from roadmaps.domain.plan import Dependency, LinkKey, Task

Key: TypeAlias = tuple[str | int, ...]
_UNIT: Final[Key] = ("plan", "unit")
_CALENDARS: Final[Key] = ("plan", "calendars")
_BY_UNIT: Final = (SetDuration, SetEstimate, SetProgress, PlaceTask, SetConstraint)


@dataclass(frozen=True, slots=True)
class Touch:
    """What a change writes, and what it takes for granted.

    `writes` are things given another value; `needs` those that must be there and stay what
    they are; `joins` are stages that get or lose a part, which others may do as well.
    """

    writes: frozenset[Key] = frozenset()
    needs: frozenset[Key] = frozenset()
    joins: frozenset[Key] = frozenset()

    def __or__(self, other: "Touch") -> "Touch":
        return Touch(self.writes | other.writes, self.needs | other.needs, self.joins | other.joins)

    def meets(self, other: "Touch") -> bool:
        """Tell whether one of two changes writes what the other writes or takes for granted."""
        return not (
            self.writes.isdisjoint(other.writes | other.needs)
            and self.needs.isdisjoint(other.writes | other.joins)
            and self.joins.isdisjoint(other.needs)
        )


def touched(*edits: Edit) -> Touch:
    """Give what some edits touch; of one change both its edit and the way back, to know all.

    A removed task's links and parts stand in the way back alone.
    """
    writes, needs, joins = set[Key](), set[Key](), set[Key]()
    for edit in flat(*edits):
        for kind, key in _keys(edit):
            {"w": writes, "n": needs, "j": joins}[kind].add(key)
    if len({edit.unit for edit in flat(*edits) if isinstance(edit, ChangePlan)}) > 1:
        writes.add(_UNIT)
    return Touch(frozenset(writes), frozenset(needs), frozenset(joins))


def _keys(edit: Edit) -> Iterator[tuple[str, Key]]:
    match edit:
        case AddTask(task, links):
            yield "w", ("life", task.id)
            yield from _whole(task)
            for link in links:
                yield from _link(link)
        case RemoveTask(task_id):
            yield from (("w", (thing, task_id)) for thing in ("life", "task", "row"))
        case ChangeTask() | MoveTask() | TaskEdit():
            yield from _of_task(edit)
        case AddLink(link) | ChangeLink(link):
            yield from _link(link)
        case RemoveLink(key):
            yield from _link(key)
        case _:
            yield "w", ("plan", *_of_plan(edit))


def _of_task(edit: ChangeTask | MoveTask | TaskEdit) -> Iterator[tuple[str, Key]]:
    match edit:
        case ChangeTask(task):
            yield "n", ("life", task.id)
            yield from _whole(task)
            return
        case MoveTask(task_id):
            yield "w", ("row", task_id)
        case TaskEdit(task_id):
            yield "w", ("task", task_id)
            if edit.of_parts:
                yield "n", ("parts", task_id)
            if isinstance(edit, _BY_UNIT):
                yield "n", _UNIT
            if isinstance(edit, SetCalendar):
                yield "n", _CALENDARS
    yield "n", ("life", task_id)


def _whole(task: Task) -> Iterator[tuple[str, Key]]:
    """Give what a whole task touches: all its fields, and the stage it is put into."""
    yield "w", ("task", task.id)
    yield "w", ("row", task.id)
    yield "n", _UNIT
    if task.calendar:
        yield "n", _CALENDARS
    if task.parent_id is not None:
        yield "n", ("life", task.parent_id)
        yield "j", ("parts", task.parent_id)


def _link(link: Dependency | LinkKey) -> Iterator[tuple[str, Key]]:
    yield "w", ("link", link.predecessor, link.successor)
    yield "n", ("life", link.predecessor)
    yield "n", ("life", link.successor)
    yield "n", _UNIT


def _of_plan(edit: Edit) -> Key:
    match edit:
        case ChangePlan():
            return ("start",)
        case SetStatus():
            return ("status",)
        case SetCalendars():
            return ("calendars",)
        case TakeBaseline(baseline):
            return "baseline", baseline.number
        case RemoveBaseline(number) | RenameBaseline(number):
            return "baseline", number
    raise TypeError(type(edit).__name__)

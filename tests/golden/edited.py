"""A plan of 300 rows, twelve edits of it, and what they make of it; `python -m tests.golden.edited`
writes the outcome anew: from the edits of the domain, never from the editor.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from core.calendar import russian_calendar
from roadmaps.domain.edits import (
    AddLink,
    AddTask,
    Batch,
    ChangeLink,
    Edit,
    RemoveLink,
    RemoveTask,
    apply,
)
from roadmaps.domain.edits_task import PlaceTask, Rename, SetDuration, SetProgress
from roadmaps.domain.laid import Laid, lay
from roadmaps.domain.plan import Dependency, LinkKey, LinkKind, Plan, Task
from roadmaps.domain.rows import Move, moving

FILE: Final = Path(__file__).with_name("plan_edited.json")
START: Final = date(2027, 3, 15)
_STAGES: Final = 25
_PARTS: Final = 10
_ROWS: Final = 12


def plan_of_300() -> Plan:
    """Twenty-five stages of ten steps, each step after the one before it, and a task after each."""
    tasks, links = list[Task](), list[Dependency]()
    for stage in range(1, _STAGES + 1):
        first = (stage - 1) * _ROWS + 1
        tasks.append(_task(first, f"Этап {stage}", 1))
        for step in range(1, _PARTS + 1):
            length = 1 + (stage + step * 2) % 4
            tasks.append(_task(first + step, f"Шаг {stage}.{step}", length, first))
            if step > 1:
                links.append(Dependency(first + step - 1, first + step))
        tasks.append(_task(first + _PARTS + 1, f"Отдельно {stage}", 3))
    return Plan(START, tuple(tasks), tuple(links))


def _task(number: int, title: str, length: int, parent: int | None = None) -> Task:
    return Task(number, title, length, uid=f"u{number}", position=number, parent_id=parent)


def id_of(plan: Plan, title: str) -> int:
    return next(task.id for task in plan.tasks if task.title == title)


def laid(plan: Plan) -> Laid:
    return lay(plan, russian_calendar())


def days_later(plan: Plan, title: str, by: int) -> datetime:
    """Where a task would begin so many working days later."""
    at = laid(plan)
    tick = at.result[id_of(plan, title)].early_start
    return at.when.begin(tick + by)


def twelve(plan: Plan) -> Mapping[str, Edit]:
    """The edits by their names, each made of the plan as it is at the start."""

    def number(title: str) -> int:
        return id_of(plan, title)

    place = plan.task(number("Шаг 1.9")).position + 1
    stage = plan.task(number("Шаг 1.9")).parent_id
    added = Task(0, "Позвать прессу", 2, position=place, parent_id=stage)
    lagged = Dependency(number("Шаг 2.4"), number("Шаг 2.5"), lag=2)
    return {
        "rename": Rename(number("Шаг 1.1"), "Опросить жителей двора"),
        "move later": PlaceTask(number("Шаг 1.4"), days_later(plan, "Шаг 1.4", 3)),
        "make longer": SetDuration(number("Шаг 1.2"), plan.task(number("Шаг 1.2")).duration + 2),
        "set progress": SetProgress(number("Шаг 1.3"), 40),
        "link end to beginning": AddLink(Dependency(number("Шаг 1.5"), number("Шаг 2.2"))),
        "link beginnings": AddLink(Dependency(number("Шаг 1.6"), number("Шаг 2.1"), LinkKind.SS)),
        "change a lag": ChangeLink(lagged),
        "remove a link": RemoveLink(LinkKey(number("Шаг 2.6"), number("Шаг 2.7"), LinkKind.FS)),
        "take a row up": moving(plan, number("Шаг 2.10"), Move.UP),
        "put into a stage": moving(plan, number("Отдельно 1"), Move.INTO),
        "add a task": AddTask(added),
        "remove a task": RemoveTask(number("Шаг 2.9")),
    }


def edited() -> Plan:
    """Make the twelve edits, one after another; each is looked up by the titles of the start."""
    plan = start = plan_of_300()
    for name, edit in twelve(start).items():
        plan = apply(plan, _fresh(plan, name, edit))
    return plan


def _fresh(plan: Plan, name: str, edit: Edit) -> Edit:
    """Rows are counted anew where an edit before has moved them; a new task has a new id."""
    if name == "take a row up":
        return moving(plan, id_of(plan, "Шаг 2.10"), Move.UP)
    if name == "put into a stage":
        return moving(plan, id_of(plan, "Отдельно 1"), Move.INTO)
    if isinstance(edit, AddTask):
        return AddTask(Task(**{**_fields(edit.task), "id": len(plan.tasks) + 1, "uid": "new"}))
    return Batch((edit,))


def _fields(task: Task) -> dict[str, Any]:
    return {name: getattr(task, name) for name in Task.__dataclass_fields__}


def told(plan: Plan) -> dict[str, Any]:
    """Tell all of a plan without the numbers that a database gives."""
    rows = {task.id: task.position for task in plan.tasks}
    dates = laid(plan)
    return {
        "tasks": [
            {
                "title": task.title,
                "duration": task.duration,
                "part_of": None if task.parent_id is None else rows[task.parent_id],
                "done": task.done_percent,
                "placed": None if task.placed_at is None else task.placed_at.isoformat(),
                "from": dates.span(task.id).start.date().isoformat(),
                "to": dates.span(task.id).finish.date().isoformat(),
            }
            for task in plan.tasks
        ],
        "links": [
            [rows[x.predecessor], rows[x.successor], x.kind.value, x.lag]
            for x in sorted(
                plan.dependencies, key=lambda x: (rows[x.predecessor], rows[x.successor])
            )
        ],
    }


@cache
def kept() -> dict[str, Any]:
    """Read the outcome as it lies in the repository."""
    found: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return found


if __name__ == "__main__":
    lines = json.dumps(told(edited()), ensure_ascii=False, indent=0)
    FILE.write_text(lines + "\n", "utf-8")

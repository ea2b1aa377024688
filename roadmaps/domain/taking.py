"""Agreed steps and needs of a case as tasks of a roadmap."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from typing import Final

from casework.domain.need import Need
from casework.domain.step import Step
from roadmaps.domain.edits import AddTask, Batch
from roadmaps.domain.plan import TITLE_LIMIT, Plan, Task, clean

_STEP: Final = "case-step-"
_NEED: Final = "case-need-"


def is_of_case(uid: str) -> bool:
    """Tell whether a task of this name passes for a step or a need of the case."""
    return uid.startswith((_STEP, _NEED))


def taken_in(uids: Iterable[str]) -> frozenset[int]:
    """Tell which steps of its case a plan whose tasks have these names holds already."""
    numbers = (uid.removeprefix(_STEP) for uid in uids if uid.startswith(_STEP))
    return frozenset(int(number) for number in numbers if number.isdecimal())


def uid_of_step(step_id: int) -> str:
    """Give the name by which a task that stands for a step is known."""
    return f"{_STEP}{step_id}"


def need_task(plan: Plan, need: Need) -> Task | None:
    """Find the task that stands for a need."""
    return next((task for task in plan.tasks if task.uid == f"{_NEED}{need.id}"), None)


def taking(plan: Plan, steps: Sequence[Step], need: Need | None, ids: Sequence[int]) -> Batch:
    """Put steps at the end of a plan; those of a need under a stage that is called like it.

    A need without steps becomes one task. `ids` are new: one for each step, and one more if
    the plan has no task for the need yet.
    """
    edits: list[AddTask] = []
    fresh = iter(ids)
    stage = None if need is None else need_task(plan, need)
    if need is not None and stage is None:
        is_alone = not steps
        stage = Task(next(fresh), _title(need.title), int(is_alone), f"{_NEED}{need.id}")
        edits.append(AddTask(stage))
    edits += [AddTask(_task(step, next(fresh), stage)) for step in steps]
    return Batch(tuple(edits))


def _task(step: Step, task_id: int, stage: Task | None) -> Task:
    due = None if step.due_on is None else datetime.combine(step.due_on, time())
    return Task(
        id=task_id,
        title=_title(step.text),
        uid=uid_of_step(step.id),
        parent_id=None if stage is None else stage.id,
        responsible_id=step.responsible_id,
        deadline=due,
    )


def _title(text: str) -> str:
    cleaned = clean(text)
    return cleaned if len(cleaned) <= TITLE_LIMIT else cleaned[: TITLE_LIMIT - 1] + "…"

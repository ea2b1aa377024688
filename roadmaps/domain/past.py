"""The history of a plan, change by change: what each concerned, whether it stands, how the end moved."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from roadmaps.domain.edits import (
    AddLink,
    AddTask,
    Batch,
    ChangeLink,
    ChangeTask,
    Edit,
    MoveTask,
    RemoveLink,
    RemoveTask,
)
from roadmaps.domain.edits_task import TaskEdit
from roadmaps.domain.plan import Plan
from roadmaps.domain.roadmap import PlanEdit


class PastState(StrEnum):
    """What has become of a change: it stands, was taken back, took another back or did it again."""

    STANDS = "stands"
    TAKEN_BACK = "taken_back"
    TAKING_BACK = "taking_back"
    AGAIN = "again"


@dataclass(frozen=True, slots=True)
class PastSearch:
    """Which changes are asked for, and which page of them from 1; None and "" ask for all."""

    person_id: int | None = None
    task_id: int | None = None
    text: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class PastChange:
    """One change as it is told; `end_by` is by how much the plan ended later, None if unknown."""

    seq: int
    made_at: datetime
    name: str
    told: str
    state: PastState
    stands: bool
    end_by: timedelta | None = None


def states_of(edits: Iterable[PlanEdit]) -> tuple[dict[int, PastState], frozenset[int]]:
    """Say what each change did or became, and which of them stand; oldest first.

    To do a change again is to take its taking back back: then the newest of them stands.
    """
    found = dict[int, PastState]()
    standing = set[int]()
    for edit in edits:
        if edit.undoes is None:
            found[edit.seq] = PastState.STANDS
            standing.add(edit.seq)
        elif found.get(edit.undoes) in {PastState.TAKING_BACK, None}:
            found[edit.seq] = PastState.AGAIN
            standing.add(edit.seq)
        else:
            found[edit.seq] = PastState.TAKING_BACK
            found[edit.undoes] = PastState.TAKEN_BACK
            standing.discard(edit.undoes)
    return found, frozenset(standing)


def concerned(edit: PlanEdit) -> frozenset[int]:
    """Give the tasks that a change is about, by id."""
    return frozenset(_tasks_of(edit.forward)) | frozenset(_tasks_of(edit.backward))


def titles_of(edits: Iterable[PlanEdit]) -> dict[int, str]:
    """Give the titles under which the history knows tasks, the latest ones; gone tasks too."""
    found: dict[int, str] = {}
    for edit in edits:
        for part in (*_flat(edit.backward), *_flat(edit.forward)):
            if isinstance(part, AddTask | ChangeTask):
                found[part.task.id] = part.task.title
    return found


def end_moves(
    plan: Plan,
    edits: Sequence[PlanEdit],
    wanted: Collection[int],
    finish: Callable[[Plan], datetime | None],
) -> dict[int, timedelta | None]:
    """Say by how much each wanted change moved the end, by going back from the plan of now.

    `finish` schedules a plan and gives its end: asked once for each state between changes.
    """
    found: dict[int, timedelta | None] = {}
    known: tuple[Plan, datetime | None] | None = None
    least = min(wanted, default=0)
    for edit in reversed(edits):
        if edit.seq < least:
            break
        before = edit.backward.step(plan)
        if edit.seq in wanted:
            after = known[1] if known and known[0] is plan else finish(plan)
            earlier = finish(before)
            known = (before, earlier)
            if after is None or earlier is None or not (plan.tasks and before.tasks):
                found[edit.seq] = None
            else:
                found[edit.seq] = after - earlier
        plan = before
    return found


def _tasks_of(edit: Edit) -> Iterable[int]:
    for part in _flat(edit):
        match part:
            case AddTask(task) | ChangeTask(task):
                yield task.id
            case RemoveTask(task_id) | MoveTask(task_id, _):
                yield task_id
            case TaskEdit():
                yield part.task_id
            case AddLink(link) | ChangeLink(link):
                yield from (link.predecessor, link.successor)
            case RemoveLink(key):
                yield from (key.predecessor, key.successor)


def _flat(edit: Edit) -> Iterable[Edit]:
    if isinstance(edit, Batch):
        for part in edit.edits:
            yield from _flat(part)
    else:
        yield edit


def named(plan: Plan, gone: Mapping[int, str]) -> dict[int, str]:
    """Give the titles of all tasks: those of the plan as they are, then those that are gone."""
    here = {task.id: f"{task.position}. {task.title}" for task in plan.tasks}
    return here | {key: title for key, title in gone.items() if key not in here}

"""Changes of single fields of a task: what one person sets, another's field keeps."""

from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import ClassVar, Self

from core.i18n import Term
from roadmaps.domain.errors import StageFieldError
from roadmaps.domain.plan import Plan, Task
from roadmaps.domain.terms import Constraint, Counting, Estimate, Progress

_OWN = "task_id"
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class TaskEdit:
    """Give the fields of a task that are named as those of the edit its values.

    What a stage takes from its parts (`of_parts` names the field) is refused on a stage.
    """

    of_parts: ClassVar[str] = ""
    task_id: int

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """List the fields of a task that the edit sets."""
        return tuple(x.name for x in fields(cls) if x.name != _OWN)

    @classmethod
    def of(cls, task: Task) -> Self:
        """Give the edit that sets the fields to what they are."""
        return cls(task.id, *(getattr(task, name) for name in cls.names()))

    def step(self, plan: Plan) -> Plan:
        """Set the fields of the task of this id."""
        task = plan.task(self.task_id)
        if self.of_parts and task.id in plan.stages:
            raise StageFieldError(task=task.title, field=Term(self.of_parts))
        changed = replace(task, **{name: getattr(self, name) for name in self.names()})
        tasks = (changed if other is task else other for other in plan.tasks)
        return replace(plan, tasks=tuple(tasks))

    def back(self, plan: Plan) -> Self:
        """Set the fields to what they were."""
        return self.of(plan.task(self.task_id))


@dataclass(frozen=True, slots=True)
class Rename(TaskEdit):
    """Call a task otherwise."""

    title: str


@dataclass(frozen=True, slots=True)
class SetDuration(TaskEdit):
    """Let a task last longer or shorter [units of the plan]."""

    of_parts: ClassVar[str] = "field.duration"
    duration: int


@dataclass(frozen=True, slots=True)
class SetCounting(TaskEdit):
    """Let the duration run in working, calendar or elapsed time."""

    of_parts: ClassVar[str] = "field.counting"
    counting: Counting


@dataclass(frozen=True, slots=True)
class SetCalendar(TaskEdit):
    """Do a task by one of the plan's calendars; none: by the plan's own."""

    of_parts: ClassVar[str] = "field.calendar"
    calendar: str = ""


@dataclass(frozen=True, slots=True)
class SetConstraint(TaskEdit):
    """Bind a task to a date, or free it."""

    constraint: Constraint | None = None


@dataclass(frozen=True, slots=True)
class SetDeadline(TaskEdit):
    """Give a task a date that it should keep; missing it is shown and moves nothing."""

    deadline: datetime | None = None


@dataclass(frozen=True, slots=True)
class SetEstimate(TaskEdit):
    """Give a task three points of its duration."""

    of_parts: ClassVar[str] = "field.estimate"
    estimate: Estimate | None = None


@dataclass(frozen=True, slots=True)
class PlaceTask(TaskEdit):
    """Put a task where a hand wants it, or let its links place it again."""

    of_parts: ClassVar[str] = "field.placed_at"
    placed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LeaveOut(TaskEdit):
    """Leave a task out of the critical path, or count it in."""

    off_path: bool = True


@dataclass(frozen=True, slots=True)
class SetResponsible(TaskEdit):
    """Say who answers for a task: a person of the centre, or a name."""

    responsible_id: int | None = None
    responsible: str = ""


@dataclass(frozen=True, slots=True)
class SetProgress(TaskEdit):
    """Say what has happened to a task."""

    of_parts: ClassVar[str] = "field.done_percent"
    done_percent: int
    progress: Progress | None = None


FIELD_EDITS: tuple[type[TaskEdit], ...] = (
    Rename,
    SetDuration,
    SetCounting,
    SetCalendar,
    SetConstraint,
    SetDeadline,
    SetEstimate,
    PlaceTask,
    LeaveOut,
    SetResponsible,
    SetProgress,
)


def done_by(task: Task, percent: int) -> Task:
    """Let a task be done so far; what then cannot have happened to it is left out.

    Done in full, nothing remains; done in part, it has not finished.
    """
    known = task.progress
    if known is not None:
        is_whole = percent == _WHOLE
        known = replace(known, remaining=None) if is_whole else replace(known, finished_at=None)
    return replace(task, done_percent=percent, progress=None if known == Progress() else known)


def happened(
    task_id: int,
    done_percent: int,
    started_at: datetime | None = None,
    finished_at: datetime | None = None,
    remaining: int | None = None,
) -> SetProgress:
    """Give the edit for what a person says of a task; a finished one is done in full."""
    if finished_at is not None:
        return SetProgress(task_id, _WHOLE, Progress(started_at, finished_at))
    if done_percent == _WHOLE:
        remaining = None
    if started_at is None and remaining is None:
        return SetProgress(task_id, done_percent)
    return SetProgress(task_id, done_percent, Progress(started_at, None, remaining))


def differing(before: Task, after: Task) -> tuple[TaskEdit, ...]:
    """List the edits that lead from one state of a task to another; rows and stages aside."""
    return tuple(
        kind.of(after)
        for kind in FIELD_EDITS
        if any(getattr(before, name) != getattr(after, name) for name in kind.names())
    )

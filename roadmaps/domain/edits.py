"""Every change of a plan as a value: one `apply`, and the edit that takes it back."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from core.errors import NotFoundError
from core.i18n import Term
from roadmaps.domain.calendar import OwnCalendar
from roadmaps.domain.checks import check_plan
from roadmaps.domain.errors import DuplicateLinkError
from roadmaps.domain.graph import check_acyclic
from roadmaps.domain.plan import Dependency, LinkKey, Plan, PlanUnit, Task
from roadmaps.domain.terms import Assignment


class Edit(Protocol):
    """One change. `step` makes it without judging the outcome; `back` undoes it."""

    def step(self, plan: Plan) -> Plan:
        """Give the changed plan, sound or not."""
        ...

    def back(self, plan: Plan) -> "Edit":
        """Give the edit that leads back to this plan."""
        ...


def apply(plan: Plan, edit: Edit) -> Plan:
    """Make one change and give the new plan.

    Raises
    ------
    DomainError
        If the edit names what is not there or the new plan would not be sound: see
        `check_plan` and `check_acyclic`. A batch is judged by its end alone.
    """
    changed = edit.step(plan)
    check_plan(changed)
    check_acyclic(changed)
    return changed


def inverse(plan: Plan, edit: Edit) -> Edit:
    """Give the edit that takes `edit` back, once it has been applied to this plan.

    `apply(apply(plan, edit), inverse(plan, edit)) == plan` for every sound edit.
    """
    return edit.back(plan)


@dataclass(frozen=True, slots=True)
class AddTask:
    """Put a task in at its position (0: last), with the links and the helpers it has."""

    task: Task
    links: tuple[Dependency, ...] = ()
    assignments: tuple[Assignment, ...] = ()

    def step(self, plan: Plan) -> Plan:
        """Move the tasks below one row down."""
        return replace(
            plan,
            tasks=_inserted(plan.tasks, self.task),
            dependencies=(*plan.dependencies, *self.links),
            assignments=(*plan.assignments, *self.assignments),
        )

    def back(self, plan: Plan) -> Edit:
        """Take the task out again."""
        del plan
        return RemoveTask(self.task.id)


@dataclass(frozen=True, slots=True)
class RemoveTask:
    """Take a task out with its links and helpers; the parts of a stage move one level up.

    Baselines remember it.
    """

    task_id: int

    def step(self, plan: Plan) -> Plan:
        """Close the gap in the rows."""
        gone = plan.task(self.task_id)
        tasks = tuple(
            replace(task, parent_id=gone.parent_id) if task.parent_id == gone.id else task
            for task in plan.tasks
            if task is not gone
        )
        links = (x for x in plan.dependencies if gone.id not in (x.predecessor, x.successor))
        kept = tuple(x for x in plan.assignments if x.task_id != gone.id)
        return replace(plan, tasks=tasks, dependencies=tuple(links), assignments=kept)

    def back(self, plan: Plan) -> Edit:
        """Put the task, its links and its parts back."""
        gone = plan.task(self.task_id)
        links = (x for x in plan.dependencies if gone.id in (x.predecessor, x.successor))
        helpers = tuple(x for x in plan.assignments if x.task_id == gone.id)
        restored = AddTask(gone, tuple(links), helpers)
        parts = tuple(ChangeTask(task) for task in plan.tasks if task.parent_id == gone.id)
        return Batch((restored, *parts)) if parts else restored


@dataclass(frozen=True, slots=True)
class ChangeTask:
    """Give a task new fields; its position stays."""

    task: Task

    def step(self, plan: Plan) -> Plan:
        """Replace the task of the same id."""
        changed = replace(self.task, position=plan.task(self.task.id).position)
        tasks = (changed if task.id == changed.id else task for task in plan.tasks)
        return replace(plan, tasks=tuple(tasks))

    def back(self, plan: Plan) -> Edit:
        """Give the task its old fields."""
        return ChangeTask(plan.task(self.task.id))


@dataclass(frozen=True, slots=True)
class MoveTask:
    """Put a task into another row."""

    task_id: int
    position: int

    def step(self, plan: Plan) -> Plan:
        """Move the tasks between the two rows by one."""
        moved = replace(plan.task(self.task_id), position=self.position)
        others = tuple(task for task in plan.tasks if task.id != self.task_id)
        return replace(plan, tasks=_inserted(others, moved))

    def back(self, plan: Plan) -> Edit:
        """Put the task into its old row."""
        return MoveTask(self.task_id, plan.task(self.task_id).position)


@dataclass(frozen=True, slots=True)
class AddLink:
    """Make one task wait for another."""

    link: Dependency

    def step(self, plan: Plan) -> Plan:
        """Add the dependency. A second of its key is refused here: undoing would mix them up."""
        link = self.link
        if any(x.predecessor == link.predecessor and x.key == link.key for x in plan.dependencies):
            before, after = plan.task(link.predecessor), plan.task(link.successor)
            raise DuplicateLinkError(
                predecessor=before.title, successor=after.title, kind=link.kind
            )
        return replace(plan, dependencies=(*plan.dependencies, self.link))

    def back(self, plan: Plan) -> Edit:
        """Remove the dependency."""
        del plan
        return RemoveLink(self.link.key)


@dataclass(frozen=True, slots=True)
class RemoveLink:
    """Let a task wait no longer."""

    key: LinkKey

    def step(self, plan: Plan) -> Plan:
        """Remove the dependency."""
        gone = _link(plan, self.key)
        return replace(plan, dependencies=tuple(x for x in plan.dependencies if x is not gone))

    def back(self, plan: Plan) -> Edit:
        """Add the dependency with the lag it had."""
        return AddLink(_link(plan, self.key))


@dataclass(frozen=True, slots=True)
class ChangeLink:
    """Give a dependency another lag."""

    link: Dependency

    def step(self, plan: Plan) -> Plan:
        """Replace the dependency of the same ends and kind."""
        old = _link(plan, self.link.key)
        links = (self.link if x is old else x for x in plan.dependencies)
        return replace(plan, dependencies=tuple(links))

    def back(self, plan: Plan) -> Edit:
        """Give the dependency its old lag."""
        return ChangeLink(_link(plan, self.link.key))


@dataclass(frozen=True, slots=True)
class ChangePlan:
    """Move the start of the plan, or count its time otherwise."""

    starts_on: date
    starts_minute: int = 0
    unit: PlanUnit = PlanUnit.DAY
    calendar_id: str = "ru"
    own_calendar: OwnCalendar | None = None

    def step(self, plan: Plan) -> Plan:
        """Keep tasks and dependencies."""
        return replace(
            plan,
            starts_on=self.starts_on,
            starts_minute=self.starts_minute,
            unit=self.unit,
            calendar_id=self.calendar_id,
            own_calendar=self.own_calendar,
        )

    def back(self, plan: Plan) -> Edit:
        """Give the plan its old start and calendar."""
        return ChangePlan(
            plan.starts_on, plan.starts_minute, plan.unit, plan.calendar_id, plan.own_calendar
        )


@dataclass(frozen=True, slots=True)
class Batch:
    """Several edits that happen together or not at all."""

    edits: tuple[Edit, ...]

    def step(self, plan: Plan) -> Plan:
        """Make the edits one after another."""
        for edit in self.edits:
            plan = edit.step(plan)
        return plan

    def back(self, plan: Plan) -> Edit:
        """Undo the edits, the last one first."""
        backward: list[Edit] = []
        for edit in self.edits:
            backward.append(edit.back(plan))
            plan = edit.step(plan)
        return Batch(tuple(reversed(backward)))


def flat(*edits: Edit) -> Iterator[Edit]:
    """Give the edits of batches one after another."""
    for edit in edits:
        if isinstance(edit, Batch):
            yield from flat(*edit.edits)
        else:
            yield edit


def _inserted(tasks: tuple[Task, ...], task: Task) -> tuple[Task, ...]:
    rows = list(tasks)
    place = task.position - 1 if 0 < task.position <= len(rows) else len(rows)
    rows.insert(place, task)
    return tuple(
        other if other.position == row else replace(other, position=row)
        for row, other in enumerate(rows, start=1)
    )


def _link(plan: Plan, key: LinkKey) -> Dependency:
    for link in plan.dependencies:
        if link.key == key:
            return link
    raise NotFoundError(kind=Term("object.dependency"), id=f"{key.predecessor}–{key.successor}")

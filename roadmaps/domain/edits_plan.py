"""Changes of what a plan has besides tasks and links: status date, calendars, baselines."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from roadmaps.domain.calendar import NamedCalendar
from roadmaps.domain.errors import EmptyBaselineError
from roadmaps.domain.laid import Laid
from roadmaps.domain.plan import Plan, Task, clean
from roadmaps.domain.terms import Baseline, BaselineDates, Counting


@dataclass(frozen=True, slots=True)
class SetStatus:
    """Say until when it is known what has happened; none: the plan is all ahead."""

    status_at: datetime | None = None

    def step(self, plan: Plan) -> Plan:
        """Move what is not done past the date."""
        return replace(plan, status_at=self.status_at)

    def back(self, plan: Plan) -> "SetStatus":
        """Give the plan its old status date."""
        return SetStatus(plan.status_at)


@dataclass(frozen=True, slots=True)
class SetCalendars:
    """Give a plan the calendars that its tasks may be done by."""

    calendars: tuple[NamedCalendar, ...]

    def step(self, plan: Plan) -> Plan:
        """Replace the calendars."""
        return replace(plan, calendars=self.calendars)

    def back(self, plan: Plan) -> "SetCalendars":
        """Give the plan its old calendars."""
        return SetCalendars(plan.calendars)


@dataclass(frozen=True, slots=True)
class TakeBaseline:
    """Keep the dates of a plan as agreed."""

    baseline: Baseline

    def step(self, plan: Plan) -> Plan:
        """Add the baseline."""
        return replace(plan, baselines=(*plan.baselines, self.baseline))

    def back(self, plan: Plan) -> "BaselineEdit":
        """Remove it again."""
        del plan
        return RemoveBaseline(self.baseline.number)


@dataclass(frozen=True, slots=True)
class RemoveBaseline:
    """Forget dates that were agreed."""

    number: int

    def step(self, plan: Plan) -> Plan:
        """Remove the baseline."""
        gone = plan.baseline(self.number)
        return replace(plan, baselines=tuple(x for x in plan.baselines if x is not gone))

    def back(self, plan: Plan) -> "BaselineEdit":
        """Bring it back as it was."""
        return TakeBaseline(plan.baseline(self.number))


@dataclass(frozen=True, slots=True)
class RenameBaseline:
    """Call a baseline otherwise."""

    number: int
    title: str

    def step(self, plan: Plan) -> Plan:
        """Change the title alone."""
        old = plan.baseline(self.number)
        renamed = replace(old, title=clean(self.title))
        return replace(plan, baselines=tuple(renamed if x is old else x for x in plan.baselines))

    def back(self, plan: Plan) -> "BaselineEdit":
        """Give it its old title."""
        return RenameBaseline(self.number, plan.baseline(self.number).title)


BaselineEdit: TypeAlias = TakeBaseline | RemoveBaseline | RenameBaseline


def baseline_of(laid: Laid, title: str, taken_at: datetime, taken_by: int) -> Baseline:
    """Keep the dates of every task of a plan under the next free number.

    Raises
    ------
    EmptyBaselineError
        If the plan has no tasks.
    """
    plan = laid.plan
    if not plan.tasks:
        raise EmptyBaselineError
    number = max((x.number for x in plan.baselines), default=-1) + 1
    dates = tuple(_dates(laid, task) for task in plan.tasks)
    return Baseline(number, dates, clean(title), taken_at, taken_by)


def _dates(laid: Laid, task: Task) -> BaselineDates:
    """Keep a task's dates; its duration where that is what lies between them."""
    span = laid.span(task.id)
    if task.id in laid.plan.stages:
        length, counting = laid.takes(task.id)
        duration = length if counting is Counting.WORKING else None
    elif task.calendar or task.progress or task.counting is not Counting.WORKING:
        duration = None
    else:
        duration = task.duration
    return BaselineDates(task.id, span.start, span.finish, duration)

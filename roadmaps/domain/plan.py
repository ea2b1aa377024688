"""A plan: tasks, dependencies between them and the time they are counted in."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cached_property
from operator import attrgetter
from typing import Final, NamedTuple

from core.errors import NotFoundError
from core.i18n import Coded, Term
from roadmaps.domain.calendar import (
    HOURS_OF_DAY,
    MINUTES_OF_DAY,
    NamedCalendar,
    OwnCalendar,
)
from roadmaps.domain.terms import (
    Assignment,
    Baseline,
    Constraint,
    Counting,
    Estimate,
    Progress,
    Resource,
)

TITLE_LIMIT: Final = 300
PERSON_LIMIT: Final = 200
UID_LIMIT: Final = 64
TASK_LIMIT: Final = 2_000
BASELINE_LIMIT: Final = 50
BASELINE_NUMBER_LIMIT: Final = 10**6
LONGEST_PLAN_IN_TASKS: Final = 4
OWN_CALENDAR: Final = "own"
EARLIEST_START: Final = date(1990, 1, 1)
LATEST_START: Final = date(2150, 1, 1)
LATEST_TERM: Final = date(2200, 1, 1)
EVENING: Final = time(23, 59)
"""The time of day that a hand gives a milestone that ends its day, in a plan counted in days."""


class PlanUnit(Coded):
    """What one unit of duration and lag is."""

    DAY = "day"
    HOUR = "hour"
    MINUTE = "minute"

    @property
    def per_day(self) -> int:
        """Count the units of a whole day, night included."""
        return _PER_DAY[self]

    @property
    def minutes(self) -> int:
        """Give the length of one unit [min]."""
        return MINUTES_OF_DAY // _PER_DAY[self]


_PER_DAY: Final = {
    PlanUnit.DAY: 1,
    PlanUnit.HOUR: HOURS_OF_DAY,
    PlanUnit.MINUTE: MINUTES_OF_DAY,
}


class LinkKind(Coded):
    """Which end of the predecessor holds which end of the successor."""

    FS = "fs"
    SS = "ss"
    FF = "ff"
    SF = "sf"

    @property
    def leaves_finish(self) -> bool:
        """Tell whether the finish of the predecessor holds."""
        return self[0] == "f"

    @property
    def meets_finish(self) -> bool:
        """Tell whether the finish of the successor is held."""
        return self[1] == "f"


_ENDS: Final = attrgetter("predecessor", "successor", "kind")
_NUMBER: Final = attrgetter("number")
_HELPER: Final = attrgetter("task_id", "resource_id")
_UNHOLDABLE: Final = dict.fromkeys((*range(32), 127, *range(0xD800, 0xE000), 0xFFFE, 0xFFFF), " ")
# Longest task or lag [units of the plan]: about ten working years.
_LONGEST: Final = {PlanUnit.DAY: 2_500, PlanUnit.HOUR: 20_000, PlanUnit.MINUTE: 1_200_000}


@dataclass(frozen=True, slots=True)
class Task:
    """A unit of work; a milestone when its duration [units of the plan] is 0.

    `id` is the database's and never reused; `uid` names the task in exchange files;
    `position` is the number of its row, from 1. `counting` says in which time the duration
    runs, `calendar` names one of the plan's calendars (none: the plan's own). A task with
    `placed_at` stands where a person's hand put it, whatever its links say: counted in days, a
    milestone at the `EVENING` of a day ends that day, anything else begins it. One that is
    `off_path` is left out of the critical path.
    """

    id: int
    title: str
    duration: int = 1
    uid: str = ""
    position: int = 0
    parent_id: int | None = None
    responsible_id: int | None = None
    responsible: str = ""
    done_percent: int = 0
    counting: Counting = Counting.WORKING
    calendar: str = ""
    constraint: Constraint | None = None
    deadline: datetime | None = None
    placed_at: datetime | None = None
    off_path: bool = False
    estimate: Estimate | None = None
    progress: Progress | None = None

    @property
    def is_milestone(self) -> bool:
        """Tell whether the task takes no time."""
        return self.duration == 0

    @property
    def ends_day(self) -> bool:
        """Tell whether a hand put a milestone at the end of a day, where days are counted."""
        at = self.placed_at
        return at is not None and not self.duration and at.time() == EVENING


class LinkKey(NamedTuple):
    """What makes a dependency the same one: its ends and its kind."""

    predecessor: int
    successor: int
    kind: LinkKind


@dataclass(frozen=True, slots=True)
class Dependency:
    """One task waits for another, `lag` units longer (less, when negative).

    A lag in working time runs by the calendar of the successor.
    """

    predecessor: int
    successor: int
    kind: LinkKind = LinkKind.FS
    lag: int = 0
    counting: Counting = Counting.WORKING

    @property
    def key(self) -> LinkKey:
        """What stays the same when only the lag changes."""
        return LinkKey(self.predecessor, self.successor, self.kind)


@dataclass(frozen=True)
class Plan:
    """Tasks in the order of their rows, and what waits for what.

    Work starts on `starts_on`, `starts_minute` minutes after midnight, or as soon after it
    as the calendar works. However it is built, its tasks are numbered 1, 2, … by position,
    its links, baselines and assignments sorted, so that equal plans are equal values. From `status_at` on the
    plan knows what has happened: what is not done by then is still to come.
    """

    starts_on: date
    tasks: tuple[Task, ...] = ()
    dependencies: tuple[Dependency, ...] = ()
    unit: PlanUnit = PlanUnit.DAY
    starts_minute: int = 0
    calendar_id: str = "ru"
    own_calendar: OwnCalendar | None = None
    calendars: tuple[NamedCalendar, ...] = ()
    status_at: datetime | None = None
    baselines: tuple[Baseline, ...] = ()
    resources: tuple[Resource, ...] = ()
    assignments: tuple[Assignment, ...] = ()

    def __post_init__(self) -> None:
        rows = sorted(self.tasks, key=lambda task: task.position)
        numbered = tuple(
            task if task.position == row else replace(task, position=row)
            for row, task in enumerate(rows, start=1)
        )
        object.__setattr__(self, "tasks", numbered)
        object.__setattr__(self, "dependencies", tuple(sorted(self.dependencies, key=_ENDS)))
        if len(self.baselines) > 1:
            object.__setattr__(self, "baselines", tuple(sorted(self.baselines, key=_NUMBER)))
        if len(self.assignments) > 1:
            object.__setattr__(self, "assignments", tuple(sorted(self.assignments, key=_HELPER)))

    @cached_property
    def by_id(self) -> dict[int, Task]:
        """The tasks by their ids."""
        return {task.id: task for task in self.tasks}

    @cached_property
    def stages(self) -> frozenset[int]:
        """Ids of the tasks that have parts, and so no duration of their own."""
        return frozenset(t.parent_id for t in self.tasks if t.parent_id is not None)

    @cached_property
    def milestones(self) -> frozenset[int]:
        """Ids of the tasks that take no time."""
        return frozenset(task.id for task in self.tasks if task.duration == 0)

    @cached_property
    def bare_stages(self) -> frozenset[int]:
        """Ids of the stages in which there is no work: nothing but milestones."""
        if not self.stages or self.milestones <= self.stages:
            return frozenset()
        worked = set[int]()
        for task in self.tasks:
            if not task.duration or task.id in self.stages:
                continue
            above = task.parent_id
            while above is not None and above not in worked:
                worked.add(above)
                above = self.by_id[above].parent_id
        return self.stages - worked

    @cached_property
    def parts(self) -> dict[int, tuple[int, ...]]:
        """Ids of the parts of every stage, by row."""
        found: dict[int, list[int]] = {}
        for task in self.tasks:
            if task.parent_id is not None:
                found.setdefault(task.parent_id, []).append(task.id)
        return {stage: tuple(parts) for stage, parts in found.items()}

    def task(self, task_id: int) -> Task:
        """Give one task; `NotFoundError` if the plan lacks it."""
        try:
            return self.by_id[task_id]
        except KeyError:
            raise NotFoundError(kind=Term("object.task"), id=task_id) from None

    @cached_property
    def _incoming(self) -> dict[int, list[Dependency]]:
        found: dict[int, list[Dependency]] = {}
        for link in self.dependencies:
            found.setdefault(link.successor, []).append(link)
        return found

    def baseline(self, number: int) -> Baseline:
        """Give one baseline; `NotFoundError` if the plan lacks it."""
        for baseline in self.baselines:
            if baseline.number == number:
                return baseline
        raise NotFoundError(kind=Term("object.baseline"), id=number)

    def waits_for(self, task_id: int) -> tuple[Dependency, ...]:
        """List what this task waits for, by the predecessor's row."""
        links = self._incoming.get(task_id, ())
        return tuple(sorted(links, key=lambda x: (self.task(x.predecessor).position, x.kind)))


def clean(text: str) -> str:
    """Give a text in one line, without characters that no database or file can hold."""
    return " ".join(text.translate(_UNHOLDABLE).split())


def longest(unit: PlanUnit) -> int:
    """Give the longest task or lag that a plan in this unit may hold [units]."""
    return _LONGEST[unit]

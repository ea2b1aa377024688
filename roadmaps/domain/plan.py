"""A plan: tasks, dependencies between them and the time they are counted in."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Final, NamedTuple

from core.errors import NotFoundError, OutOfRangeError, RequiredError, TooLongError
from core.i18n import Coded, Term
from roadmaps.domain.errors import (
    DuplicateLinkError,
    NoWorkingTimeError,
    SelfLinkError,
    StageLoopError,
    SummaryLinkError,
    TooManyTasksError,
)

TITLE_LIMIT: Final = 300
PERSON_LIMIT: Final = 200
UID_LIMIT: Final = 64
TASK_LIMIT: Final = 2_000
HOURS_OF_DAY: Final = 24
MINUTES_OF_HOUR: Final = 60
OFFICE_HOURS: Final = (9, 10, 11, 12, 14, 15, 16, 17)
WORKING_WEEK: Final = (0, 1, 2, 3, 4)
OWN_CALENDAR: Final = "own"
EARLIEST_START: Final = date(1990, 1, 1)
LATEST_START: Final = date(2150, 1, 1)


class PlanUnit(Coded):
    """What one unit of duration and lag is."""

    DAY = "day"
    HOUR = "hour"
    MINUTE = "minute"


class LinkKind(Coded):
    """Which end of the predecessor holds which end of the successor."""

    FS = "fs"
    SS = "ss"
    FF = "ff"
    SF = "sf"

    @property
    def leaves_finish(self) -> bool:
        """Tell whether the finish of the predecessor holds."""
        return self is LinkKind.FS or self is LinkKind.FF

    @property
    def meets_finish(self) -> bool:
        """Tell whether the finish of the successor is held."""
        return self is LinkKind.FF or self is LinkKind.SF


_UNHOLDABLE: Final = dict.fromkeys((*range(32), 127, *range(0xD800, 0xE000), 0xFFFE, 0xFFFF), " ")
# Longest task or lag [units of the plan]: about ten working years.
_LONGEST: Final = {PlanUnit.DAY: 2_500, PlanUnit.HOUR: 20_000, PlanUnit.MINUTE: 1_200_000}


@dataclass(frozen=True, slots=True)
class OwnCalendar:
    """Working time that came with an imported plan.

    Hours of the day that are worked (8 means 8:00–9:00), weekdays (0 = Monday) and single
    days off.
    """

    hours: tuple[int, ...] = OFFICE_HOURS
    weekdays: tuple[int, ...] = WORKING_WEEK
    holidays: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        """Tell whether any work is done on this day."""
        return day.weekday() in self.weekdays and day not in self.holidays


@dataclass(frozen=True, slots=True)
class Task:
    """A unit of work; a milestone when its duration [units of the plan] is 0.

    `id` is the database's and never reused; `uid` names the task in exchange files;
    `position` is the number of its row, from 1.
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

    @property
    def is_milestone(self) -> bool:
        """Tell whether the task takes no time."""
        return self.duration == 0


class LinkKey(NamedTuple):
    """What makes a dependency the same one: its ends and its kind."""

    predecessor: int
    successor: int
    kind: LinkKind


@dataclass(frozen=True, slots=True)
class Dependency:
    """One task waits for another, `lag` units longer (less, when negative)."""

    predecessor: int
    successor: int
    kind: LinkKind = LinkKind.FS
    lag: int = 0

    @property
    def key(self) -> LinkKey:
        """What stays the same when only the lag changes."""
        return LinkKey(self.predecessor, self.successor, self.kind)


@dataclass(frozen=True)
class Plan:
    """Tasks in the order of their rows, and what waits for what.

    Work starts on `starts_on`, `starts_minute` minutes after midnight, or as soon after it
    as the calendar works. However it is built, its tasks are numbered 1, 2, … by position
    and its dependencies sorted, so that equal plans are equal values.
    """

    starts_on: date
    tasks: tuple[Task, ...] = ()
    dependencies: tuple[Dependency, ...] = ()
    unit: PlanUnit = PlanUnit.DAY
    starts_minute: int = 0
    calendar_id: str = "ru"
    own_calendar: OwnCalendar | None = None

    def __post_init__(self) -> None:
        rows = sorted(self.tasks, key=lambda task: task.position)
        numbered = tuple(
            task if task.position == row else replace(task, position=row)
            for row, task in enumerate(rows, start=1)
        )
        object.__setattr__(self, "tasks", numbered)
        object.__setattr__(self, "dependencies", tuple(sorted(self.dependencies, key=_by_ends)))

    @cached_property
    def by_id(self) -> dict[int, Task]:
        """The tasks by their ids."""
        return {task.id: task for task in self.tasks}

    @cached_property
    def stages(self) -> frozenset[int]:
        """Ids of the tasks that have parts, and so no duration of their own."""
        return frozenset(t.parent_id for t in self.tasks if t.parent_id is not None)

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

    def waits_for(self, task_id: int) -> tuple[Dependency, ...]:
        """List what this task waits for, by the predecessor's row."""
        links = self._incoming.get(task_id, ())
        return tuple(sorted(links, key=lambda x: (self.task(x.predecessor).position, x.kind)))


def _by_ends(link: Dependency) -> LinkKey:
    return link.key


def clean(text: str) -> str:
    """Give a text in one line, without characters that no database or file can hold."""
    return " ".join(text.translate(_UNHOLDABLE).split())


def longest(unit: PlanUnit) -> int:
    """Give the longest task or lag that a plan in this unit may hold [units]."""
    return _LONGEST[unit]


def check_plan(plan: Plan) -> None:
    """Refuse a plan whose parts are not sound; cycles are found by `schedule`.

    Raises
    ------
    DomainError
        One class for each fault: an empty title, a negative duration, a link to a task that
        is not there, a link to itself, the same link twice, a stage inside itself, a
        calendar that never works.
    """
    if not EARLIEST_START <= plan.starts_on <= LATEST_START:
        raise OutOfRangeError(field=Term("field.plan_start"), low=EARLIEST_START, high=LATEST_START)
    if len(plan.tasks) > TASK_LIMIT:
        raise TooManyTasksError(count=len(plan.tasks), limit=TASK_LIMIT)
    for task in plan.tasks:
        check_task(task, plan.unit)
    _check_stages(plan)
    _check_links(plan)
    own = plan.own_calendar
    if own is not None and not (own.hours and own.weekdays):
        raise NoWorkingTimeError


def check_task(task: Task, unit: PlanUnit) -> None:
    """Refuse a task whose fields are empty, too long or out of bounds."""
    if not task.title.strip():
        raise RequiredError(field=Term("field.task_title"))
    for field, text, limit in (
        ("field.task_title", task.title, TITLE_LIMIT),
        ("field.responsible", task.responsible, PERSON_LIMIT),
    ):
        if len(text) > limit:
            raise TooLongError(field=Term(field), limit=limit, length=len(text))
    for field, number, high in (
        ("field.duration", task.duration, longest(unit)),
        ("field.done_percent", task.done_percent, 100),
    ):
        if not 0 <= number <= high:
            raise OutOfRangeError(field=Term(field), low=0, high=high)


def _check_stages(plan: Plan) -> None:
    for task in plan.tasks:
        above, seen = task.parent_id, {task.id}
        while above is not None:
            if above in seen:
                raise StageLoopError(task=task.title)
            seen.add(above)
            above = plan.task(above).parent_id


def _check_links(plan: Plan) -> None:
    high, keys = longest(plan.unit), set[LinkKey]()
    for link in plan.dependencies:
        before, after = plan.task(link.predecessor), plan.task(link.successor)
        if before is after:
            raise SelfLinkError(task=before.title)
        if link.key in keys:
            raise DuplicateLinkError(
                predecessor=before.title, successor=after.title, kind=link.kind
            )
        if not -high <= link.lag <= high:
            raise OutOfRangeError(field=Term("field.lag"), low=-high, high=high)
        for task in (before, after):
            if task.id in plan.stages:
                raise SummaryLinkError(task=task.title)
        keys.add(link.key)

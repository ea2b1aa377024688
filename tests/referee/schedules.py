"""Random plans scheduled by us and by MPXJ.

Moments are compared as working hours since the start: 17:00 and 8:00 of the next working day are
one. Dates of FNLT are drawn so that links can keep them: where they cannot, Microsoft Project
breaks the links, and we keep them and say that the date is broken.
"""

import random
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from roadmaps.domain.calendar import OwnCalendar
from roadmaps.domain.laid import lay
from roadmaps.domain.plan import Dependency, LinkKind, Plan, PlanUnit, Task
from roadmaps.domain.terms import Constraint, ConstraintKind
from roadmaps.domain.timeline import tick_at
from roadmaps.domain.worktime import work_time
from tests.referee.java import java, moment, when

HOUR = 60
WEEK = (((480, 720), (780, 1020)),) * 5
OFFICE = OwnCalendar(week=(*WEEK, (), ()))
START = datetime(2026, 6, 1, 8)
RELATIONS = {
    LinkKind.FS: "FINISH_START",
    LinkKind.SS: "START_START",
    LinkKind.FF: "FINISH_FINISH",
    LinkKind.SF: "START_FINISH",
}
CONSTRAINTS = {
    ConstraintKind.SNET: "START_NO_EARLIER_THAN",
    ConstraintKind.FNET: "FINISH_NO_EARLIER_THAN",
    ConstraintKind.FNLT: "FINISH_NO_LATER_THAN",
}


@dataclass
class Drawing:
    """What a random plan may hold."""

    kinds: tuple[LinkKind, ...] = tuple(LinkKind)
    lags: tuple[int, int] = (-5, 10)
    holidays: int = 0
    constraints: tuple[ConstraintKind, ...] = ()


def four_links(_folder: Path) -> tuple[str, int, int]:
    """All four kinds of link with lags and leads against Primavera's way."""
    drawing = Drawing()
    name = "PrimaveraScheduler: FS SS FF SF, lags -5…10 h: early and late dates, total float"
    return _compared(name, drawing, "PrimaveraScheduler", range(60))


def finish_to_start_with_calendars(_folder: Path) -> tuple[str, int, int]:
    """Days off, links that cannot begin before the plan."""
    kinds = (LinkKind.FS, LinkKind.SS, LinkKind.FF)
    drawing = Drawing(kinds, (0, 10), holidays=15)
    name = "MicrosoftScheduler: FS SS FF, lags 0…10 h, 15 days off: early and late dates"
    return _compared(name, drawing, "MicrosoftScheduler", range(100, 160))


def constraints(_folder: Path) -> tuple[str, int, int]:
    """Days off and dates that tasks must keep."""
    drawing = Drawing((LinkKind.FS,), (0, 10), 15, tuple(CONSTRAINTS))
    name = "MicrosoftScheduler: FS, 15 days off, SNET FNET FNLT: early and late dates"
    return _compared(name, drawing, "MicrosoftScheduler", range(200, 260))


def drawn(seed: int, drawing: Drawing, count: int = 30) -> Plan:
    """Draw a plan in hours."""
    rng = random.Random(seed)
    first = START.date()
    days = [first + timedelta(days=n) for n in range(1, 120)]
    off = frozenset(rng.sample(days, drawing.holidays))
    calendar = replace(OFFICE, special=tuple((day, ()) for day in sorted(off)))
    tasks = []
    for number in range(1, count + 1):
        constraint = None
        if drawing.constraints and rng.random() < 0.3:
            kind = rng.choice(drawing.constraints)
            constraint = Constraint(kind, _working_moment(rng, calendar, is_end=kind.binds_finish))
        tasks.append(
            Task(number, f"T{number}", rng.randint(1, 40), position=number, constraint=constraint)
        )
    links: dict[tuple[int, int], Dependency] = {}
    for after in range(2, count + 1):
        for before in rng.sample(range(1, after), min(after - 1, rng.choice((1, 1, 2, 3)))):
            lag = rng.randint(*drawing.lags)
            links[before, after] = Dependency(before, after, rng.choice(drawing.kinds), lag)
    plan = Plan(
        first, tuple(tasks), tuple(links.values()), unit=PlanUnit.HOUR, starts_minute=8 * HOUR,
        own_calendar=calendar,
    )  # fmt: skip
    return _feasible(plan, rng)


def _feasible(plan: Plan, rng: random.Random) -> Plan:
    """Put dates of FNLT at or after the early finish that the links allow."""
    laid = lay(plan)
    tasks = []
    for task in plan.tasks:
        bound = task.constraint
        if bound is not None and bound.kind is ConstraintKind.FNLT:
            at = laid.when.end(laid.result[task.id].early_finish + rng.randint(0, 40))
            tasks.append(replace(task, constraint=Constraint(ConstraintKind.FNLT, at)))
        else:
            tasks.append(task)
    return replace(plan, tasks=tuple(tasks))


def _working_moment(rng: random.Random, calendar: OwnCalendar, *, is_end: bool) -> datetime:
    while True:
        day = START.date() + timedelta(days=rng.randint(0, 60))
        if calendar.is_working(day):
            hours = (9, 12, 15, 17) if is_end else (8, 10, 13, 15)
            return datetime(day.year, day.month, day.day, rng.choice(hours))


def _compared(name: str, drawing: Drawing, scheduler: str, seeds: range) -> tuple[str, int, int]:
    compared = differ = 0
    for seed in seeds:
        plan = drawn(seed, drawing)
        ours, theirs = _ours(plan), _theirs(plan, scheduler)
        for task_id, dates in ours.items():
            compared += len(dates)
            differ += sum(a != b for a, b in zip(dates, theirs[task_id], strict=True))
    return name, compared, differ


def _ours(plan: Plan) -> dict[int, tuple[object, ...]]:
    slots = lay(plan).result.slots
    return {task_id: (*slot[:4], slot.total_float) for task_id, slot in slots.items()}


def _theirs(plan: Plan, scheduler: str) -> dict[int, tuple[object, ...]]:
    project, known = in_java(plan)
    java(f"org.mpxj.cpm.{scheduler}")().schedule(project, when(START))
    hours, count = java("org.mpxj.TimeUnit").HOURS, work_time(plan).units
    found = {}
    for task_id, task in known.items():
        slack = task.getTotalSlack().convertUnits(hours, project.getProjectProperties())
        dates = (
            task.getEarlyStart(),
            task.getEarlyFinish(),
            task.getLateStart(),
            task.getLateFinish(),
        )
        units = (count(tick_at(moment(date_), PlanUnit.HOUR)) for date_ in dates)
        found[task_id] = (*units, round(float(slack.getDuration())))
    return found


def in_java(plan: Plan) -> tuple[Any, dict[int, Any]]:
    """Build the plan anew in MPXJ."""
    project = java("org.mpxj.ProjectFile")()
    calendar = project.addDefaultBaseCalendar()
    project.setDefaultCalendar(calendar)
    day_of = java("java.time.LocalDate").of
    for day, _shifts in plan.own_calendar.special:
        calendar.addCalendarException(day_of(day.year, day.month, day.day))
    project.getProjectProperties().setStartDate(when(START))
    length, hours = java("org.mpxj.Duration").getInstance, java("org.mpxj.TimeUnit").HOURS
    kinds, relation = java("org.mpxj.RelationType"), java("org.mpxj.Relation$Builder")
    known = {}
    for task in plan.tasks:
        made = known[task.id] = project.addTask()
        made.setName(task.title)
        for put in (made.setDuration, made.setPlannedDuration, made.setRemainingDuration):
            put(length(float(task.duration), hours))
        made.setActualDuration(length(0.0, hours))
        made.setActivityType(java("org.mpxj.ActivityType").TASK_DEPENDENT)
        made.setActivityStatus(java("org.mpxj.ActivityStatus").NOT_STARTED)
        made.setConstraintType(java("org.mpxj.ConstraintType").AS_SOON_AS_POSSIBLE)
        if task.constraint is not None and task.constraint.at is not None:
            code = CONSTRAINTS[task.constraint.kind]
            made.setConstraintType(getattr(java("org.mpxj.ConstraintType"), code))
            made.setConstraintDate(when(task.constraint.at))
    for link in plan.dependencies:
        known[link.successor].addPredecessor(
            relation()
            .predecessorTask(known[link.predecessor])
            .type(getattr(kinds, RELATIONS[link.kind]))
            .lag(length(float(link.lag), hours))
        )
    return project, known

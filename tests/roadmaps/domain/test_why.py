"""One planted plan per cause: removing what is named moves the task, removing all else does not."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

import pytest

from roadmaps.domain.calendar import NamedCalendar, OwnCalendar
from roadmaps.domain.laid import lay
from roadmaps.domain.plan import Dependency, LinkKind, Plan, Task
from roadmaps.domain.terms import Constraint, ConstraintKind, Counting, Progress
from roadmaps.domain.why import Cause, Reason, pressed, why

MONDAY = date(2026, 6, 1)
HOLIDAY, DECOY_HOLIDAY = date(2026, 6, 12), date(2026, 8, 24)
TARGET = 1
Removal = tuple[str, object]


def at(day: int, hour: int = 0) -> datetime:
    return datetime(2026, 6, day, hour)


def planted(target: Task, *links: Dependency, **fields: object) -> Plan:
    """A plan that holds one of every cause; only what the caller plants reaches the target."""
    decoys = (
        Task(2, "long", 6),
        Task(3, "short", 1),
        Task(4, "bound", 1, constraint=Constraint(ConstraintKind.SNET, at(15))),
        Task(5, "placed", 1, placed_at=at(16)),
        Task(6, "begun", 3, progress=Progress(at(1), None, 2)),
        Task(7, "weekend", 1, calendar="w"),
    )
    tasks = tuple(replace(t, position=n) for n, t in enumerate((target, *decoys), start=1))
    others = (Dependency(3, 2, LinkKind.SS, -1), Dependency(3, 4, LinkKind.FS, 2), Dependency(3, 5))
    plan = Plan(
        MONDAY,
        tasks,
        (*others, *links),
        own_calendar=OwnCalendar(holidays=frozenset({HOLIDAY, DECOY_HOLIDAY})),
        calendars=(NamedCalendar("w", "weekends", OwnCalendar(weekdays=(5, 6))),),
    )
    return replace(plan, **fields)


def removals(plan: Plan) -> Iterator[tuple[Removal, Plan]]:
    """Every cause that stands in a plan, each with the plan without it."""
    for link in plan.dependencies:
        rest = tuple(x for x in plan.dependencies if x != link)
        yield ("link", link.key), replace(plan, dependencies=rest)
        if link.lag:
            yield ("lag", link.key), replace(plan, dependencies=(*rest, replace(link, lag=0)))
    for task in plan.tasks:
        for name, bare in (
            ("constraint", replace(task, constraint=None)),
            ("hand", replace(task, placed_at=None)),
            ("progress", replace(task, progress=None)),
            ("calendar", replace(task, calendar="", counting=Counting.WORKING)),
        ):
            if bare != task:
                tasks = tuple(bare if x is task else x for x in plan.tasks)
                yield (name, task.id), replace(plan, tasks=tasks)
    for day in plan.own_calendar.holidays:
        left = replace(plan.own_calendar, holidays=plan.own_calendar.holidays - {day})
        yield ("holiday", day), replace(plan, own_calendar=left)
    if plan.status_at is not None:
        yield ("status", plan.status_at), replace(plan, status_at=None)


def named(reasons: tuple[Reason, ...]) -> set[Removal]:
    found: set[Removal] = set()
    for reason in reasons:
        match reason.cause:
            case Cause.LINK | Cause.LAG:
                found.add((reason.cause.value, reason.link.key))
            case Cause.HOLIDAY:
                found |= {("holiday", day) for day in reason.days}
            case Cause.CONSTRAINT | Cause.HAND | Cause.CALENDAR:
                found.add((reason.cause.value, TARGET))
            case Cause.PROGRESS:
                is_own = reason.at != at(10)
                found.add(("progress", TARGET) if is_own else ("status", reason.at))
    return found


LINK = Dependency(2, TARGET)
PLANTED = {
    "start": (planted(Task(1, "T", 2)), [Cause.START]),
    "link": (planted(Task(1, "T", 2), LINK, Dependency(3, 1)), [Cause.LINK]),
    "lag": (planted(Task(1, "T", 1), Dependency(3, 1, LinkKind.FS, 2)), [Cause.LINK, Cause.LAG]),
    "lead": (planted(Task(1, "T", 2), replace(LINK, lag=-2)), [Cause.LINK, Cause.LAG]),
    "finish to finish": (planted(Task(1, "T", 2), replace(LINK, kind=LinkKind.FF)), [Cause.LINK]),
    "holiday on the way": (
        planted(Task(1, "T", 2), Dependency(2, 1, LinkKind.FS, 3)),
        [Cause.LINK, Cause.LAG, Cause.HOLIDAY],
    ),
    "holiday during work": (planted(Task(1, "T", 12)), [Cause.START, Cause.HOLIDAY]),
    "calendar": (planted(Task(1, "T", 2, calendar="w")), [Cause.START, Cause.CALENDAR]),
    "calendar time": (
        planted(Task(1, "T", 9, counting=Counting.CALENDAR)),
        [Cause.START, Cause.CALENDAR],
    ),
    "term over a holiday": (
        planted(Task(1, "T", 12, counting=Counting.CALENDAR)),
        [Cause.START, Cause.CALENDAR, Cause.HOLIDAY],
    ),
    "constraint on the start": (
        planted(Task(1, "T", 1, constraint=Constraint(ConstraintKind.SNET, at(10))), Dependency(3, 1)),
        [Cause.CONSTRAINT],
    ),
    "constraint on the finish": (
        planted(Task(1, "T", 2, constraint=Constraint(ConstraintKind.FNET, at(10)))),
        [Cause.CONSTRAINT],
    ),
    "hand": (planted(Task(1, "T", 1, placed_at=at(10)), LINK), [Cause.HAND]),
    "progress": (
        planted(Task(1, "T", 3, progress=Progress(at(4), None, 2)), Dependency(3, 1)),
        [Cause.PROGRESS],
    ),
    "status date": (planted(Task(1, "T", 1), status_at=at(10)), [Cause.PROGRESS]),
}  # fmt: skip


@pytest.mark.parametrize("name", PLANTED)
def test_what_is_named_moves_the_task_and_nothing_else_does(name: str) -> None:
    plan, expected = PLANTED[name]
    laid = lay(plan)
    reasons = why(laid)[TARGET]
    assert [reason.cause for reason in reasons] == expected
    place = laid.ticks[TARGET]
    moving = {removal for removal, rest in removals(plan) if lay(rest).ticks[TARGET] != place}
    assert moving == named(reasons)


def test_a_stage_stands_where_its_parts_do() -> None:
    plan = Plan(MONDAY, (Task(1, "stage"), Task(2, "part", 3, parent_id=1, position=2)))
    assert why(lay(plan))[1] == (Reason(Cause.PARTS),)


def test_a_task_that_shall_be_late_says_so() -> None:
    late = Constraint(ConstraintKind.ALAP)
    tasks = (Task(1, "T", 1, position=1, constraint=late), Task(2, "long", 5, position=2))
    laid = lay(Plan(MONDAY, tasks))
    assert laid.span(1).start == at(5)
    assert why(laid)[1] == (Reason(Cause.LATE, constraint=ConstraintKind.ALAP),)


def test_negative_float_names_the_date_that_is_broken() -> None:
    tasks = (
        Task(1, "A", 3, position=1),
        Task(2, "B", 3, position=2, deadline=at(4)),
        Task(3, "C", 1, position=3, constraint=Constraint(ConstraintKind.SNLT, at(2))),
        Task(4, "free", 1, position=4),
    )
    laid = lay(Plan(MONDAY, tasks, (Dependency(1, 2), Dependency(1, 3))))
    assert [laid.result[n].total_float for n in (1, 2, 3, 4)] == [-2, -2, -2, 5]
    assert pressed(laid)[2] == Reason(Cause.CONSTRAINT, at=at(4))
    assert pressed(laid)[3] == Reason(Cause.CONSTRAINT, None, ConstraintKind.SNLT, at(2))
    assert set(pressed(laid)) == {1, 2, 3}

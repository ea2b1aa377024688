from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings

from roadmaps.domain.calendar import NamedCalendar, OwnCalendar
from roadmaps.domain.edits import (
    AddLink,
    AddTask,
    ChangeLink,
    ChangeTask,
    RemoveLink,
    RemoveTask,
    apply,
)
from roadmaps.domain.laid import lay
from roadmaps.domain.moves import Change, ChangeKind, changes, moves
from roadmaps.domain.plan import Dependency, Plan, Task
from roadmaps.domain.terms import Constraint, ConstraintKind, Progress
from tests.roadmaps.plans import plan_of, plans

CHAIN = replace(plan_of(2, 3, 1, 2, links="A-B B-C"), own_calendar=OwnCalendar())
A, B, C, D = CHAIN.tasks
LATE = datetime(2026, 2, 9)


def _because(before: Plan, after: Plan) -> dict[str, tuple[Change, int | None]]:
    found = moves(lay(before), lay(after))
    return {after.task(x.task_id).title: (x.because, x.through) for x in found}


def _with(task: Task, **fields: object) -> Plan:
    return apply(CHAIN, ChangeTask(replace(task, **fields)))


def test_a_longer_task_moves_what_waits_for_it_and_says_by_how_much() -> None:
    after = _with(A, duration=4)
    found = moves(lay(CHAIN), lay(after))
    because = Change(ChangeKind.DURATION, 1)
    days = timedelta(days=2)
    assert [(x.task_id, x.because, x.through) for x in found] == [
        (1, because, None),
        (2, because, 1),
        (3, because, 2),
    ]
    # B began on Wednesday 4 February, now on Friday 6; C after the weekend
    assert [(x.start_by, x.finish_by) for x in found] == [
        (timedelta(0), days),
        (days, timedelta(days=4)),
        (days, days),
    ]


@pytest.mark.parametrize(
    ("after", "moved"),
    [
        (apply(CHAIN, AddLink(Dependency(3, 4))), {"D": (Change(ChangeKind.LINK_ADDED, None, Dependency(3, 4)), None)}),
        (
            apply(CHAIN, RemoveLink(CHAIN.dependencies[1].key)),
            {"C": (Change(ChangeKind.LINK_REMOVED, None, CHAIN.dependencies[1]), None)},
        ),
        (
            apply(CHAIN, ChangeLink(replace(CHAIN.dependencies[1], lag=2))),
            {"C": (Change(ChangeKind.LAG, None, replace(CHAIN.dependencies[1], lag=2)), None)},
        ),
        (apply(CHAIN, RemoveTask(2)), {"C": (Change(ChangeKind.REMOVED, 2), None)}),
        (_with(D, constraint=Constraint(ConstraintKind.SNET, LATE)), {"D": (Change(ChangeKind.CONSTRAINT, 4), None)}),
        (_with(D, placed_at=LATE), {"D": (Change(ChangeKind.HAND, 4), None)}),
        (_with(D, progress=Progress(LATE)), {"D": (Change(ChangeKind.PROGRESS, 4), None)}),
        (_with(D, title="D", responsible="Anna"), {}),
    ],
)  # fmt: skip
def test_each_change_is_named_by_what_it_moved(after: Plan, moved: dict[str, object]) -> None:
    assert _because(CHAIN, after) == moved


def test_a_task_with_another_calendar_or_a_later_plan_moves_because_of_it() -> None:
    weekends = NamedCalendar("w", "weekends", OwnCalendar(weekdays=(5, 6)))
    known = replace(CHAIN, calendars=(weekends,))
    assert _because(known, apply(known, ChangeTask(replace(C, calendar="w")))) == {
        "C": (Change(ChangeKind.CALENDAR, 3), None)
    }
    later = replace(CHAIN, starts_on=date(2026, 2, 3))
    because = Change(ChangeKind.PLAN_START)
    assert {x.because for x in moves(lay(CHAIN), lay(later))} == {because}
    assert changes(CHAIN, later) == (because,)


def test_a_stage_moves_because_of_its_parts() -> None:
    staged = apply(CHAIN, AddTask(Task(9, "stage", 0, uid="s", position=1)))
    parts = tuple(replace(t, parent_id=9) if t.id in {1, 2} else t for t in staged.tasks)
    before = replace(staged, tasks=parts)
    longer = apply(before, ChangeTask(replace(before.task(2), duration=5)))
    assert _because(before, longer)["stage"] == (Change(ChangeKind.DURATION, 2), 2)


@settings(max_examples=50)
@given(plans(), plans())
def test_every_move_between_any_two_plans_has_a_cause(one: Plan, other: Plan) -> None:
    before, after = lay(one), lay(other)
    found = moves(before, after)
    assert {x.task_id for x in found} == {
        x for x in after.ticks if x in before.ticks and after.ticks[x] != before.ticks[x]
    }
    assert all(x.because.kind is not ChangeKind.UNKNOWN for x in found)


@settings(max_examples=50)
@given(plans())
def test_a_plan_does_not_differ_from_itself(plan: Plan) -> None:
    assert moves(lay(plan), lay(replace(plan))) == ()
    assert changes(plan, replace(plan)) == ()

"""What must hold of every schedule, and the figures that stand beside it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmaps.domain.calendar import OwnCalendar
from roadmaps.domain.earned import broken_by, earned_schedule, variance
from roadmaps.domain.ends import ends, float_to_ends
from roadmaps.domain.graph import find_cycle, redundant_links
from roadmaps.domain.laid import lay
from roadmaps.domain.plan import Dependency, LinkKind, Plan, Task
from roadmaps.domain.schedule import longest_path, schedule
from roadmaps.domain.terms import (
    Baseline,
    BaselineDates,
    Constraint,
    ConstraintKind,
    Counting,
    Progress,
)
from tests.roadmaps.domain.test_calendars import mixed_plans
from tests.roadmaps.plans import START, plan_of, plans
from tests.roadmaps.rich import rich_plans

_SLOW = settings(deadline=None, max_examples=60)


def _staged(plan: Plan, stage: int, *parts: int) -> Plan:
    tasks = tuple(replace(t, parent_id=stage) if t.id in parts else t for t in plan.tasks)
    return replace(plan, tasks=tasks)


@_SLOW
@given(
    plans(), st.integers(1, 12), st.integers(1, 12), st.sampled_from(LinkKind), st.integers(-4, 5)
)
def test_a_link_more_never_makes_a_plan_shorter(plan: Plan, a, b, kind, lag) -> None:
    if not a < b <= len(plan.tasks) or any(x.key == (a, b, kind) for x in plan.dependencies):
        return
    longer = replace(plan, dependencies=(*plan.dependencies, Dependency(a, b, kind, lag)))
    assert schedule(longer).length >= schedule(plan).length


@_SLOW
@given(mixed_plans())
def test_a_link_more_never_makes_a_plan_with_calendars_end_earlier(plan: Plan) -> None:
    for link in plan.dependencies:
        fewer = replace(plan, dependencies=tuple(x for x in plan.dependencies if x is not link))
        assert lay(fewer).end <= lay(plan).end


@_SLOW
@given(plans())
def test_the_reverse_plan_is_as_long(plan: Plan) -> None:
    """Finish-to-start and its kin turn round; the clamp at the start turns into one at the end."""
    kinds = {LinkKind.FS: LinkKind.FS, LinkKind.SS: LinkKind.FF, LinkKind.FF: LinkKind.SS}
    links = tuple(x for x in plan.dependencies if x.kind in kinds and x.lag >= 0)
    turned = tuple(Dependency(x.successor, x.predecessor, kinds[x.kind], x.lag) for x in links)
    there, back = replace(plan, dependencies=links), replace(plan, dependencies=turned)
    plain = all(x.kind is LinkKind.FS for x in links)
    if plain:
        assert schedule(there).length == schedule(back).length


@_SLOW
@given(mixed_plans())
def test_float_is_what_a_task_can_slip_in_its_own_time_before_the_end_moves(plan: Plan) -> None:
    """A task held to the place its float allows moves no end; held one unit more, it does."""
    laid = lay(plan)
    base = laid.when.origin
    for task in plan.tasks[:3]:
        slot = laid.result[task.id]
        late = laid.when.moment(base) + timedelta(days=0)
        if task.counting is Counting.WORKING and not task.calendar:
            held = laid.when.begin(slot.late_start)
            more = laid.when.begin(slot.late_start + 1)
            for at, moves in ((held, False), (more, True)):
                bound = replace(task, constraint=Constraint(ConstraintKind.SNET, max(at, late)))
                tasks = tuple(bound if x is task else x for x in plan.tasks)
                assert (lay(replace(plan, tasks=tasks)).end > laid.end) == moves


@_SLOW
@given(rich_plans())
def test_every_link_of_a_plan_with_everything_in_it_holds_unless_hand_or_past_decide(plan) -> None:
    laid = lay(plan)
    for link in plan.dependencies:
        after = plan.task(link.successor)
        if after.placed_at or after.progress or link.counting is Counting.CALENDAR:
            continue
        ticks = laid.ticks
        held = ticks[link.predecessor][1 if link.kind.leaves_finish else 0]
        met = ticks[link.successor][1 if link.kind.meets_finish else 0]
        same = {plan.task(x).calendar for x in (link.predecessor, link.successor)} == {""}
        working = all(
            plan.task(x).counting is Counting.WORKING for x in (link.predecessor, link.successor)
        )
        if link.counting is Counting.WORKING and same and working:
            count = laid.when.units
            assert count(met) - count(held) >= link.lag
        elif link.counting is Counting.ELAPSED and not after.is_milestone:
            assert met >= held + link.lag or (same and working)


def test_links_on_stages_hold_all_their_parts_and_wait_for_all() -> None:
    plan = _staged(plan_of(2, 0, 3, 1, 4, links="A-B B-E"), 2, 3, 4)
    result = schedule(plan)
    assert [result[n][:2] for n in (1, 2, 3, 4, 5)] == [(0, 2), (2, 5), (2, 5), (2, 3), (5, 9)]
    assert result.driven_by[5] == Dependency(2, 5)
    assert result[4].total_float == 2
    assert [task.title for task in longest_path(plan, result)] == ["A", "C", "E"]


def test_the_other_kinds_of_link_on_stages() -> None:
    plan = _staged(plan_of(4, 0, 3, 5, 2, links="A-C B-E:ss+1"), 2, 3, 4)
    assert schedule(plan)[5].early_start == 1  # the first part of the stage begins at 0
    finish = _staged(plan_of(9, 0, 3, 5, 2, links="A-B:ff B-E"), 2, 3, 4)
    assert [schedule(finish)[n][:2] for n in (2, 5)] == [(0, 9), (9, 11)]


def test_a_cycle_through_a_stage_is_found() -> None:
    plan = _staged(plan_of(1, 1, 1, links="A-C C-B"), 1, 2)
    assert set(find_cycle(plan)) == {1, 2, 3}


def test_links_that_others_imply_are_listed() -> None:
    plan = plan_of(1, 2, 3, 1, links="A-B B-C A-C C-D B-D:ss A-D:fs+9")
    assert redundant_links(plan) == (Dependency(1, 3),)
    without = replace(
        plan, dependencies=tuple(x for x in plan.dependencies if x != Dependency(1, 3))
    )
    assert schedule(without).slots == schedule(plan).slots


def test_a_task_left_out_of_the_path_does_not_make_the_end() -> None:
    plan = plan_of(5, 9, links="")
    tasks = (plan.tasks[0], replace(plan.tasks[1], off_path=True))
    result = schedule(replace(plan, tasks=tasks))
    assert [(result[n].total_float, result[n].is_critical) for n in (1, 2)] == [
        (0, True),
        (0, False),
    ]
    assert result.length == 9


@pytest.mark.parametrize("kind", LinkKind)
def test_a_task_as_late_as_can_be_does_not_pass_one_that_is_left_out_of_the_path(kind) -> None:
    """Its free float is what moves no other, counted or not; its total float asks of the end."""
    plan = plan_of(1, 2, 9)
    late = replace(plan.tasks[0], constraint=Constraint(ConstraintKind.ALAP))
    out = replace(plan.tasks[1], off_path=True)
    plan = replace(plan, tasks=(late, out, plan.tasks[2]), dependencies=(Dependency(1, 2, kind),))
    laid = lay(plan)
    held = laid.ticks[1][1 if kind.leaves_finish else 0]
    assert held == laid.ticks[2][1 if kind.meets_finish else 0]
    assert (laid.result[1].total_float, laid.result.length) == (8, 9)
    early = lay(replace(plan, tasks=(plan_of(1).tasks[0], out, plan.tasks[2])))
    moved = laid.when.units(laid.ticks[1][0]) - early.result[1].early_start
    assert early.result[1].free_float == laid.result[1].free_float == moved


def test_float_is_told_for_each_end() -> None:
    plan = plan_of(2, 3, 0, 6, 0, links="A-B B-C A-D D-E")
    assert [task.title for task in ends(plan)] == ["C", "E"]
    assert float_to_ends(plan) == {3: {1: 0, 2: 0, 3: 0}, 5: {1: 0, 4: 0, 5: 0}}
    later = plan_of(2, 3, 0, 6, 0, links="A-B B-C A-D D-E D-C")
    assert float_to_ends(later)[3] == {1: 0, 2: 3, 3: 0, 4: 0}


def test_work_that_is_not_done_moves_past_the_status_date() -> None:
    begun = Progress(datetime(2026, 2, 2), None, 3)
    plan = replace(plan_of(4, 2, 1, links="A-B"), own_calendar=OwnCalendar())
    tasks = (replace(plan.tasks[0], progress=begun, done_percent=25), *plan.tasks[1:])
    laid = lay(replace(plan, tasks=tasks, status_at=datetime(2026, 2, 4)))
    days = [(laid.span(n).start.day, laid.span(n).finish.day) for n in (1, 2, 3)]
    assert days == [(2, 9), (10, 11), (5, 5)]  # 5, 6 and 9 February are what is left of A


def test_what_is_done_stays_where_it_was_and_has_no_float() -> None:
    over = Progress(datetime(2026, 2, 3), datetime(2026, 2, 4))
    plan = replace(plan_of(4, 2, links="A-B"), own_calendar=OwnCalendar())
    tasks = (replace(plan.tasks[0], progress=over, done_percent=100), plan.tasks[1])
    laid = lay(replace(plan, tasks=tasks))
    assert [(laid.span(n).start.day, laid.span(n).finish.day) for n in (1, 2)] == [(3, 4), (5, 6)]
    assert (laid.result[1].total_float, laid.result[1].is_critical) == (0, False)


def test_a_task_placed_by_hand_stands_there_and_those_behind_it_follow() -> None:
    plan = replace(plan_of(4, 2, 1, links="A-B B-C"), own_calendar=OwnCalendar())
    placed = replace(plan.tasks[1], placed_at=datetime(2026, 2, 3))
    laid = lay(replace(plan, tasks=(plan.tasks[0], placed, plan.tasks[2])))
    assert [(laid.span(n).start.day, laid.span(n).finish.day) for n in (1, 2, 3)] == [
        (2, 5),
        (3, 4),
        (5, 5),
    ]


def test_work_before_a_task_placed_by_hand_may_be_late_until_that_is_held_up() -> None:
    plan = replace(plan_of(2, 3, 1, 10, links="A-B B-C"), own_calendar=OwnCalendar())

    def floats(day: int) -> list[tuple[int, int]]:
        placed = replace(plan.tasks[1], placed_at=datetime(2026, 2, day))
        laid = lay(replace(plan, tasks=(plan.tasks[0], placed, *plan.tasks[2:])))
        return [(laid.result[n].free_float, laid.result[n].total_float) for n in (1, 2)]

    assert floats(9) == [(3, 4), (0, 1)]
    assert floats(3) == [(0, 4), (0, 5)]  # it does not wait: nobody is pressed by a broken link


def test_the_float_of_a_stage_is_counted_as_that_of_its_part_with_the_least() -> None:
    tasks = (
        Task(1, "Stage", position=1),
        Task(2, "Letter", 3, position=2, parent_id=1, counting=Counting.CALENDAR),
        Task(3, "Work", 1, position=3, parent_id=1),
        Task(4, "Long", 5, position=4),
    )
    laid = lay(Plan(START, tasks, own_calendar=OwnCalendar()))
    assert [laid.float_in(n) for n in (1, 2, 3)] == [Counting.CALENDAR] * 2 + [Counting.WORKING]
    assert laid.result[1].total_float == laid.result[2].total_float < laid.result[3].total_float


def test_variance_and_broken_links_of_a_baseline() -> None:
    plan = replace(plan_of(4, 2, links="A-B"), own_calendar=OwnCalendar())
    dates = (
        BaselineDates(1, datetime(2026, 2, 2), datetime(2026, 2, 4), 3),
        BaselineDates(2, datetime(2026, 2, 4), datetime(2026, 2, 5), 2),
    )
    laid, baseline = lay(plan), Baseline(0, dates)
    found = variance(laid, baseline)
    assert (found[1].start, found[1].finish) == (timedelta(0), timedelta(days=1))
    assert found[2].finish == timedelta(days=4)  # Monday 9 instead of Thursday 5 February
    assert broken_by(laid, baseline) == plan.dependencies


@pytest.mark.parametrize(
    ("done", "day", "earned", "actual", "spi"),
    [((100, 0), 5, 2.0, 4, 0.5), ((100, 50), 4, 3.0, 3, 1.0), ((50, 0), 3, 1.0, 2, 0.5)],
)
def test_earned_schedule_says_when_as_much_was_to_be_done(done, day, earned, actual, spi) -> None:
    plan = replace(plan_of(2, 2, links="A-B"), own_calendar=OwnCalendar())
    tasks = tuple(replace(t, done_percent=x) for t, x in zip(plan.tasks, done, strict=True))
    dates = (
        BaselineDates(1, datetime(2026, 2, 2), datetime(2026, 2, 3), 2),
        BaselineDates(2, datetime(2026, 2, 4), datetime(2026, 2, 5), 2),
    )
    found = earned_schedule(
        lay(replace(plan, tasks=tasks)), Baseline(0, dates), datetime(2026, 2, day)
    )
    assert (found.earned, found.actual, found.spi) == (earned, actual, spi)

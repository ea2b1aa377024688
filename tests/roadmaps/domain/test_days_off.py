"""Work on days that the plan does not work: it takes time, though no unit of the plan."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given, settings

from core.i18n import translator
from roadmaps.domain.calendar import NamedCalendar, OwnCalendar
from roadmaps.domain.edits_plan import baseline_of
from roadmaps.domain.laid import Laid, lay
from roadmaps.domain.layout import Bar, Shape, gantt_layout
from roadmaps.domain.plan import Dependency, LinkKind, Plan, PlanUnit, Task
from roadmaps.domain.spans import spans
from roadmaps.domain.terms import Constraint, ConstraintKind, Counting, Progress
from roadmaps.domain.worktime import Span
from roadmaps.formats.caption import facts_of
from roadmaps.formats.exchange import PlanFile
from roadmaps.formats.mspdi_write import write_mspdi
from roadmaps.formats.plan_mermaid import write_mermaid
from tests.roadmaps.rich import rich_plans

FRIDAY = date(2026, 11, 6)
FRIDAY_MIDNIGHT = datetime(2026, 11, 6)
EVERY_DAY = NamedCalendar("all", "every day", OwnCalendar(weekdays=tuple(range(7))))
PLAN = Plan(
    FRIDAY,
    (
        Task(1, "stage", position=1),
        Task(2, "Friday", 1, position=2, parent_id=1),
        Task(3, "fair", 2, position=3, parent_id=1, calendar="all", done_percent=100),
        Task(4, "thanks", 1, position=4, parent_id=1),
    ),
    (Dependency(2, 3), Dependency(3, 4)),
    calendars=(EVERY_DAY,),
)
ELAPSED = replace(
    PLAN,
    tasks=tuple(
        replace(task, calendar="", counting=Counting.ELAPSED) if task.id == 3 else task
        for task in PLAN.tasks
    ),
)


def _bars(laid: Laid) -> dict[int, Bar]:
    layout = gantt_layout(laid, FRIDAY)
    return {bar.task.id: bar for bar in layout.bars}


@pytest.mark.parametrize("plan", [PLAN, ELAPSED])
def test_a_task_of_a_weekend_is_a_bar_and_no_diamond(plan: Plan) -> None:
    laid = lay(plan)
    assert (laid.result[3].early_start, laid.result[3].early_finish) == (1, 1)
    assert [laid.result.is_point(task.id) for task in plan.tasks] == [False] * 4
    fair = _bars(laid)[3]
    assert (fair.shape, fair.start, fair.end) == (Shape.BAR, 2.0, 4.0)
    assert fair.float_end == 4.0
    assert fair.takes == (2, plan.by_id[3].counting)


@pytest.mark.parametrize("plan", [PLAN, ELAPSED])
def test_a_weekend_counts_in_what_is_done_of_a_stage(plan: Plan) -> None:
    stage = _bars(lay(plan))[1]
    assert stage.done_end == stage.start + (stage.end - stage.start) * 2 / 4


@pytest.mark.parametrize("plan", [PLAN, ELAPSED])
def test_a_task_of_a_weekend_leaves_with_both_its_dates(plan: Plan) -> None:
    laid = lay(plan)
    written = write_mspdi(PlanFile("fair", plan), laid).decode()
    _before, _title, fair = written.rpartition("<Name>fair</Name>")
    assert "<Start>2026-11-07T" in fair
    assert "<Finish>2026-11-08T" in fair
    assert "fair :done, crit, t3, 2026-11-07, 2026-11-09" in write_mermaid(
        PlanFile("fair", plan), laid
    )


def test_a_milestone_with_ticks_stays_a_point() -> None:
    tasks = (*PLAN.tasks, Task(5, "done", 0, position=5))
    laid = lay(replace(PLAN, tasks=tasks, dependencies=(*PLAN.dependencies, Dependency(4, 5))))
    assert laid.result.is_point(5)
    assert (_bars(laid)[5].shape, _bars(laid)[5].start) == (Shape.MILESTONE, 5.0)


def test_in_hours_a_weekend_is_a_bar_too() -> None:
    tasks = tuple(replace(task, duration=task.duration * 8) for task in PLAN.tasks)
    laid = lay(replace(PLAN, tasks=tasks, unit=PlanUnit.HOUR, starts_minute=540))
    assert laid.span(3).finish == datetime(2026, 11, 8, 18)
    assert (_bars(laid)[3].shape, _bars(laid)[3].float_end) == (Shape.BAR, 3.75)


@pytest.mark.parametrize("plan", [PLAN, ELAPSED])
def test_a_stage_of_nothing_but_a_weekend_takes_its_days(plan: Plan) -> None:
    parts = {1: None, 2: None, 3: 1, 4: None}
    tasks = tuple(replace(task, parent_id=parts[task.id]) for task in plan.tasks)
    laid = lay(replace(plan, tasks=tasks))
    stage = _bars(laid)[1]
    assert (stage.shape, stage.start, stage.end) == (Shape.STAGE, 2.0, 4.0)
    assert stage.takes == laid.takes(1) == (2, Counting.ELAPSED)
    assert (laid.takes(2), laid.takes(3)) == (
        (1, Counting.WORKING),
        (2, plan.by_id[3].counting),
    )


@pytest.mark.parametrize("plan", [PLAN, ELAPSED])
def test_a_plan_of_nothing_but_a_weekend_lasts_its_days_and_is_drawn_whole(plan: Plan) -> None:
    saturday = replace(plan, starts_on=date(2026, 11, 7), tasks=plan.tasks[2:3], dependencies=())
    laid = lay(replace(saturday, tasks=(replace(plan.tasks[2], parent_id=None),)))
    assert laid.lasts == (2, Counting.ELAPSED)
    assert (laid.start, laid.finish) == (datetime(2026, 11, 7), datetime(2026, 11, 8))
    layout = gantt_layout(laid, FRIDAY)
    assert (layout.origin, layout.lasts) == (FRIDAY, laid.lasts)
    assert (layout.bars[0].start, layout.bars[0].end) == (1.0, 3.0)
    assert facts_of(layout, translator("ru")).split(" · ")[1] == "2 календарных дня"


@pytest.mark.parametrize(
    "early", [{"placed_at": datetime(2026, 10, 30)}, {"progress": Progress(datetime(2026, 10, 30))}]
)
def test_what_began_before_the_plan_is_drawn_and_counts_in_how_long_it_lasts(early) -> None:
    laid = lay(Plan(FRIDAY, (Task(1, "early", 2, **early), Task(2, "Friday", 3))))
    assert (laid.start, laid.finish) == (datetime(2026, 10, 30), datetime(2026, 11, 10))
    assert laid.lasts == (8, Counting.WORKING)  # five days before the plan's first, three after
    layout = gantt_layout(laid, FRIDAY)
    assert [bar.start for bar in layout.bars] == [1.0, 8.0]


def test_a_plan_of_milestones_alone_takes_no_working_day() -> None:
    assert lay(Plan(FRIDAY, (Task(1, "begun", 0),))).lasts == (0, Counting.WORKING)
    assert lay(Plan(FRIDAY)).lasts == (0, Counting.WORKING)


_AFTER = (
    Task(2, "Friday", 1, position=1),
    Task(3, "fair", 2, position=2, calendar="all"),
    Task(5, "done", 0, position=3),
    Task(6, "told", 0, position=4),
    Task(7, "thanks", 1, position=5),
    Task(8, "night", 1, position=6, counting=Counting.ELAPSED),
)
_WAITS = (
    Dependency(2, 3), Dependency(2, 5), Dependency(3, 5), Dependency(5, 6), Dependency(6, 7),
    Dependency(6, 8),
)  # fmt: skip


def _fair(counting: Counting, starts_on: date = FRIDAY) -> Laid:
    """Lay a fair on a weekend out, with two milestones after it."""
    own = "all" if counting is Counting.WORKING else ""
    tasks = tuple(
        replace(task, counting=counting, calendar=own) if task.id == 3 else task for task in _AFTER
    )
    if starts_on != FRIDAY:
        tasks = tasks[1:]
    links = tuple(x for x in _WAITS if starts_on == FRIDAY or x.predecessor != 2)
    return lay(Plan(starts_on, tasks, links, calendars=(EVERY_DAY,)))


@pytest.mark.parametrize("starts_on", [FRIDAY, date(2026, 11, 7)])
@pytest.mark.parametrize("counting", [Counting.WORKING, Counting.ELAPSED])
def test_a_milestone_after_a_weekend_stands_at_its_end_and_holds_what_follows(
    counting: Counting, starts_on: date
) -> None:
    laid = _fair(counting, starts_on)
    sunday = datetime(2026, 11, 8)
    dates = spans(laid.plan, laid.result, laid.when)
    assert laid.span(3).finish == sunday
    for milestone in (5, 6):
        assert laid.span(milestone) == dates[milestone] == Span(sunday, sunday)
        assert _bars(laid)[milestone].start == _bars(laid)[3].end
    # work of the plan's days and work that goes on day and night: neither before the milestone
    assert [laid.span(x).start for x in (7, 8)] == [datetime(2026, 11, 9)] * 2
    assert [laid.result[x].total_float for x in (3, 5, 6, 7, 8)] == [0] * 5


def test_in_hours_a_milestone_stands_at_the_hour_at_which_the_weekend_ends() -> None:
    plan = _fair(Counting.WORKING).plan
    tasks = tuple(replace(task, duration=task.duration * 8) for task in plan.tasks)
    laid = lay(replace(plan, tasks=tasks, unit=PlanUnit.HOUR, starts_minute=540))
    assert laid.span(3).finish == datetime(2026, 11, 8, 18)
    assert laid.span(6) == Span(datetime(2026, 11, 8, 18), datetime(2026, 11, 8, 18))
    assert [laid.span(x).start for x in (7, 8)] == [
        datetime(2026, 11, 9, 9),
        datetime(2026, 11, 8, 18),
    ]


def test_a_milestone_some_elapsed_days_after_work_stands_those_days_later() -> None:
    tasks = (Task(1, "Friday", 1, position=1), Task(2, "done", 0, position=2))
    link = Dependency(1, 2, lag=2, counting=Counting.ELAPSED)
    laid = lay(Plan(FRIDAY, tasks, (link,)))
    assert laid.span(2).finish == datetime(2026, 11, 8)


@settings(deadline=None, max_examples=60)
@given(rich_plans())
def test_nothing_begins_before_what_it_waits_for_ends_whatever_days_are_off(plan: Plan) -> None:
    free = replace(
        plan,
        status_at=None,
        tasks=tuple(
            replace(
                t,
                placed_at=None,
                progress=None,
                off_path=False,
                duration=t.duration if t.id % 3 else 0,
            )
            for t in plan.tasks
        ),
        dependencies=tuple(
            x
            for x in plan.dependencies
            if x.kind is LinkKind.FS and x.lag >= 0 and x.counting is not Counting.CALENDAR
        ),
    )
    laid = lay(free)
    for link in free.dependencies:
        assert laid.ticks[link.successor][0] >= laid.ticks[link.predecessor][1]


@pytest.mark.parametrize("has_successor", [True, False])
def test_work_as_late_as_possible_ends_before_the_milestone_that_closes_a_day(
    *, has_successor: bool
) -> None:
    """Until the next morning no unit of the plan passes; for work day and night, hours do."""
    late = Constraint(ConstraintKind.ALAP)
    tasks = (
        Task(1, "Friday", 8, position=1),
        Task(2, "dry", 3, position=2, counting=Counting.ELAPSED, constraint=late),
        Task(3, "painted", 0, position=3),
        Task(4, "guard", 10, position=4, counting=Counting.ELAPSED),
        Task(5, "Monday", 8, position=5),
    )
    links = (Dependency(1, 3), Dependency(2, 3), Dependency(3, 4), Dependency(1, 5))
    plan = Plan(FRIDAY, tasks, links if has_successor else links[:2] + links[3:])
    laid = lay(replace(plan, unit=PlanUnit.HOUR, starts_minute=540))
    evening = laid.span(1).finish
    assert laid.span(3) == Span(evening, evening)
    assert laid.span(2).finish == evening
    assert not has_successor or laid.span(4).start == evening


def test_a_stage_that_waits_for_a_weekend_does_not_begin_before_its_end() -> None:
    tasks = (
        Task(1, "fair", 2, position=1, calendar="all"),
        Task(2, "stage", position=2),
        Task(3, "clean", 1, position=3, parent_id=2, calendar="all"),
    )
    plan = Plan(date(2026, 11, 7), tasks, (Dependency(1, 2),), calendars=(EVERY_DAY,))
    laid = lay(plan)
    assert laid.span(1).finish == datetime(2026, 11, 8)
    assert laid.span(3).start == datetime(2026, 11, 9)


_WEEK_ENDS = (
    Task(1, "handing over", position=1),
    Task(2, "Friday", 1, position=2),
    Task(3, "packed", 0, position=3, parent_id=1),
    Task(
        4,
        "opened",
        0,
        position=4,
        parent_id=1,
        constraint=Constraint(ConstraintKind.SNET, datetime(2026, 11, 9)),
    ),
    Task(5, "fair", 1, position=5, calendar="all"),
)


@pytest.mark.parametrize("has_calendar", [True, False])
def test_a_stage_of_two_milestones_around_a_weekend_lasts_from_the_one_to_the_other(
    *, has_calendar: bool
) -> None:
    tasks = _WEEK_ENDS if has_calendar else _WEEK_ENDS[:4]
    laid = lay(Plan(FRIDAY, tasks, (Dependency(2, 3),), calendars=(EVERY_DAY,)))
    assert [laid.span(n).finish.day for n in (3, 4)] == [6, 9]
    dates = spans(laid.plan, laid.result, laid.when)
    assert laid.span(1) == dates[1] == Span(FRIDAY_MIDNIGHT, datetime(2026, 11, 9))
    bars = _bars(laid)
    assert (bars[1].start, bars[1].end) == (bars[3].start, bars[4].start) == (2.0, 4.0)
    assert laid.takes(1) == (2, Counting.ELAPSED)  # Saturday and Sunday: no working day
    baseline = baseline_of(laid, "", datetime(2026, 11, 1), 1)
    kept = {x.task_id: x for x in baseline.dates}
    agreed = _bars(lay(replace(laid.plan, baselines=(baseline,))))[1].agreed
    assert agreed == (2.0, 4.0)  # it stands as it was agreed
    assert (kept[1].start, kept[1].finish) == (FRIDAY_MIDNIGHT, datetime(2026, 11, 9))
    written = write_mspdi(PlanFile("fair", laid.plan), laid).decode()
    _before, _title, stage = written.partition("<Name>handing over</Name>")
    assert "<Start>2026-11-06T18:00:00</Start><Finish>2026-11-09T09:00:00" in stage

"""A stage under the hand whose parts are done in different times: all of it goes as far."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from roadmaps.domain.acting import edit_of
from roadmaps.domain.acts import Act, Place
from roadmaps.domain.calendar import NamedCalendar, OwnCalendar
from roadmaps.domain.edits import apply
from roadmaps.domain.laid import Laid, lay
from roadmaps.domain.plan import Dependency, Plan, PlanUnit, Task
from roadmaps.domain.terms import Counting

MONDAY = date(2026, 11, 30)
STAGE, WORK, CALENDAR, ELAPSED, FAIR = range(1, 6)
PARTS = (WORK, CALENDAR, ELAPSED, FAIR)
PLAN = Plan(
    MONDAY,
    (
        Task(STAGE, "stage", position=1),
        Task(WORK, "work", 3, position=2, parent_id=STAGE),
        Task(CALENDAR, "term", 3, position=3, parent_id=STAGE, counting=Counting.CALENDAR),
        Task(ELAPSED, "night", 3, position=4, parent_id=STAGE, counting=Counting.ELAPSED),
        Task(FAIR, "fair", 2, position=5, parent_id=STAGE, calendar="all"),
    ),
    calendars=(NamedCalendar("all", "every day", OwnCalendar(weekdays=tuple(range(7)))),),
)


def _done(plan: Plan, *acts: Act) -> Laid:
    return lay(apply(plan, edit_of(lay(plan), acts)))


def _starts(laid: Laid) -> list[str]:
    return [laid.span(x).start.strftime("%d.%m %H").removesuffix(" 00") for x in PARTS]


def test_a_stage_dropped_on_a_day_begins_it_with_all_its_parts() -> None:
    laid = _done(PLAN, Place(STAGE, datetime(2026, 12, 14)))
    assert _starts(laid) == ["14.12"] * 4


@pytest.mark.parametrize(("by", "day"), [(5, "07.12"), (6, "08.12"), (1, "01.12")])
def test_a_stage_moved_by_a_key_goes_as_far_with_all_its_parts(by: int, day: str) -> None:
    laid = _done(PLAN, Place(STAGE, by=by))
    assert _starts(laid) == [day] * 4
    assert _starts(_done(laid.plan, Place(STAGE, by=-by))) == ["30.11"] * 4


def test_parts_keep_their_distances_each_in_its_own_time() -> None:
    plan = _done(
        PLAN,
        Place(WORK, datetime(2026, 12, 4)),
        Place(CALENDAR, datetime(2026, 12, 5)),
        Place(FAIR, datetime(2026, 12, 6)),
    ).plan
    laid = _done(plan, Place(STAGE, by=1))
    assert _starts(laid) == ["07.12", "06.12", "01.12", "07.12"]
    assert _starts(_done(laid.plan, Place(STAGE, by=-1))) == ["04.12", "05.12", "30.11", "06.12"]


def test_on_days_off_goes_what_can_go_there() -> None:
    plan = _done(PLAN, Place(STAGE, datetime(2026, 12, 5))).plan
    assert _starts(lay(plan)) == ["07.12", "05.12", "05.12", "05.12"]
    laid = _done(plan, Place(STAGE, datetime(2026, 12, 6)))
    assert _starts(laid) == ["07.12", "06.12", "06.12", "06.12"]


def test_in_hours_a_stage_goes_through_nights_and_days_off() -> None:
    tasks = tuple(replace(task, duration=task.duration * 8) for task in PLAN.tasks)
    plan = replace(PLAN, tasks=tasks, unit=PlanUnit.HOUR, starts_minute=9 * 60)
    laid = _done(plan, Place(STAGE, datetime(2026, 12, 7, 11)))
    assert _starts(laid) == ["07.12 11"] * 4
    assert _starts(_done(laid.plan, Place(STAGE, by=8))) == ["08.12 11"] * 4


def test_a_stage_of_a_milestone_that_ends_work_moves_from_where_it_stands() -> None:
    done = Task(7, "done", 0, position=2, parent_id=STAGE)
    week = Plan(MONDAY, (PLAN.tasks[0], done, Task(8, "work", 5, position=3)), (Dependency(8, 7),))
    assert lay(week).span(STAGE).start == datetime(2026, 12, 4)
    moves = {1: datetime(2026, 12, 7), -1: datetime(2026, 12, 3)}
    for by, day in moves.items():
        laid = _done(week, Place(STAGE, by=by))
        assert laid.span(STAGE).start == laid.span(7).start == day
        assert _done(week, Place(STAGE, day)).plan == laid.plan

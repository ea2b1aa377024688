"""What people are asked for: on days off too, by dates alone as by schedules, alone and together."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.calendar import russian_calendar
from roadmaps.domain.calendar import NamedCalendar, OwnCalendar
from roadmaps.domain.laid import lay, lay_many
from roadmaps.domain.people_load import Doer, doer_of, loads, overloaded, weeks_between
from roadmaps.domain.plan import Plan, PlanUnit, Task
from roadmaps.domain.portfolio import (
    Asked,
    StoredTask,
    asked,
    asked_by_dates,
    asked_by_tasks,
    portfolio,
)
from roadmaps.domain.terms import Constraint, ConstraintKind, Counting
from tests.roadmaps.plans import plans

DAYS = russian_calendar()
MONDAY = date(2026, 6, 1)
SATURDAY = date(2026, 6, 6)
WEEKEND = NamedCalendar("w", "Выходные", OwnCalendar(weekdays=(5, 6)))
DAY = 480


def _on_saturday(task: Task) -> Plan:
    at = Constraint(ConstraintKind.SNET, datetime(2026, 6, 6))
    return Plan(MONDAY, (replace(task, position=1, constraint=at),), calendars=(WEEKEND,))


@pytest.mark.parametrize(
    ("task", "weeks"),
    [
        # a Saturday and a Sunday by the task's own calendar, by none of the centre's days
        (Task(1, "A", 2, responsible="Анна", calendar="w"), {MONDAY: 2 * DAY}),
        # the same in elapsed time, and on into Monday
        (Task(1, "A", 2, responsible="Анна", counting=Counting.ELAPSED), {MONDAY: 2 * DAY}),
        (
            Task(1, "A", 3, responsible="Анна", counting=Counting.ELAPSED, done_percent=50),
            {MONDAY: DAY, date(2026, 6, 8): DAY / 2},
        ),
        # a legal term rolls to Monday and asks for the working time it covers, as a wait does
        (Task(1, "A", 2, responsible="Анна", counting=Counting.CALENDAR), {date(2026, 6, 8): DAY}),
    ],
)
def test_work_on_days_off_asks_people_for_their_time(task: Task, weeks: dict[date, float]) -> None:
    laid = lay(_on_saturday(task), DAYS)
    assert {cell.week: cell.minutes for cell in asked({1: laid})} == weeks
    assert laid.span(1).start.date() == SATURDAY or task.counting is Counting.CALENDAR
    assert {x.week: x.minutes for x in portfolio({1: laid.plan}, DAYS).demands} == weeks


def test_elapsed_hours_ask_for_no_more_than_a_usual_day_of_each_day() -> None:
    task = Task(1, "A", 28, position=1, responsible="Анна", counting=Counting.ELAPSED)
    laid = lay(Plan(SATURDAY, (task,), unit=PlanUnit.HOUR, starts_minute=20 * 60), DAYS)
    # from Saturday, 20:00: four hours of that day, and of Sunday what a usual day has
    assert laid.instants(1) == (datetime(2026, 6, 6, 20), datetime(2026, 6, 8))
    assert [x[2:] for x in asked({1: laid})] == [(MONDAY, 4 * 60 + DAY)]


@settings(deadline=None, max_examples=30)
@given(st.lists(plans(max_tasks=6), max_size=4))
def test_dates_alone_tell_what_schedules_tell_of_plans_in_days(many: list[Plan]) -> None:
    given_out = {
        key: replace(
            plan,
            tasks=tuple(
                replace(
                    t,
                    responsible_id=t.id % 3 or None,
                    counting=Counting.ELAPSED if t.id == 4 else Counting.WORKING,
                )
                for t in plan.tasks
            ),
        )
        for key, plan in enumerate(many)
    }
    laid = lay_many(given_out, DAYS)
    rows = [
        StoredTask(
            key,
            task.responsible_id,
            task.done_percent,
            one.span(task.id).start.date(),
            one.span(task.id).finish.date(),
            task.counting,
        )
        for key, one in laid.items()
        for task in one.plan.tasks
        if task.responsible_id and task.duration
    ]

    def told(cells: tuple[Asked, ...]) -> dict[tuple[int, int | str, date], float]:
        return {x[:3]: round(x.minutes, 6) for x in cells if x.minutes}

    assert told(asked_by_dates(rows, DAYS)) == told(asked(laid))


def test_tasks_of_one_roadmap_ask_as_much_as_the_roadmap_does() -> None:
    tasks = (Task(1, "A", 6, position=1, responsible="Анна"), Task(2, "B", 3, responsible="Анна"))
    laid = lay(Plan(MONDAY, tasks), DAYS)
    by_tasks = asked_by_tasks(laid)
    assert {x.key for x in by_tasks} == {1, 2}
    whole = {x.week: x.minutes for x in asked({7: laid})}
    summed = {week: sum(x.minutes for x in by_tasks if x.week == week) for week in whole}
    assert summed == whole


def test_a_load_stands_alone_and_with_all_other_roadmaps() -> None:
    own = [Asked(11, 7, MONDAY, 5.0 * DAY), Asked(12, "Анна", MONDAY, DAY)]
    others = [
        Asked(2, 7, MONDAY, DAY),
        Asked(3, 7, MONDAY + timedelta(days=7), 2.0 * DAY),
        Asked(3, 8, MONDAY, 9.0 * DAY),
    ]
    found = loads(own, others, DAYS)
    assert set(found) == {7, "Анна"}
    week = found[7][MONDAY]
    assert (week.own, week.all, week.has, week.tasks) == (
        5 * DAY,
        6 * DAY,
        5 * DAY,
        ((11, 5 * DAY),),
    )
    assert week.others == ((2, DAY),)
    assert (week.own_is_over, week.is_over) == (False, True)
    later = found[7][MONDAY + timedelta(days=7)]
    assert (later.own, later.all, later.tasks) == (0, 2 * DAY, ())
    assert weeks_between(found[7]) == (MONDAY, MONDAY + timedelta(days=7))
    assert weeks_between([]) == ()


def test_one_bare_name_in_two_initiatives_is_two_people_and_an_account_is_one() -> None:
    week = [Asked(key, "Лидер", MONDAY, 3.0 * DAY) for key in (1, 2)]
    week += [Asked(key, 7, MONDAY, 3.0 * DAY) for key in (1, 2, 3)]
    found = overloaded(week, {1: 10, 2: 20}, DAYS)
    assert [(x.doer, x.demand.excess, x.roadmaps) for x in found] == [(Doer(7), DAY, {1, 2})]
    both = overloaded(week, {1: 10, 2: 10}, DAYS)
    assert {x.doer for x in both} == {Doer(7), doer_of("Лидер", 10)}
    assert doer_of("Лидер", 10).code == "10:Лидер"

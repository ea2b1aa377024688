"""Many roadmaps at once: the same schedules as one by one, and what people are asked for."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.calendar import russian_calendar
from roadmaps.domain.errors import CycleError, PlanTooLongError
from roadmaps.domain.laid import lay, lay_many
from roadmaps.domain.plan import Dependency, Plan, PlanUnit, Task
from roadmaps.domain.portfolio import portfolio
from roadmaps.domain.terms import Assignment, Constraint, ConstraintKind, Resource
from tests.roadmaps.plans import plan_of, plans
from tests.roadmaps.rich import rich_plans

DAYS = russian_calendar()
_SLOW = settings(deadline=None, max_examples=40)


def _staged(plan: Plan) -> Plan:
    """Put the first two rows under the last, if no link leaves or meets it."""
    if len(plan.tasks) < 3:
        return plan
    first, second, *_rest, last = plan.tasks
    tasks = [replace(t, parent_id=last.id) if t in {first, second} else t for t in plan.tasks]
    links = tuple(x for x in plan.dependencies if last.id not in {x.predecessor, x.successor})
    return replace(plan, tasks=tuple(tasks), dependencies=links)


def _bound(plan: Plan) -> Plan:
    """Give the first row a date that it may break."""
    if not plan.tasks:
        return plan
    constraint = Constraint(ConstraintKind.FNLT, datetime(2026, 2, 4))
    return replace(plan, tasks=(replace(plan.tasks[0], constraint=constraint), *plan.tasks[1:]))


def _in_hours(plan: Plan) -> Plan:
    return replace(plan, unit=PlanUnit.HOUR, starts_on=date(2027, 3, 8))


_ANY = st.one_of(
    plans(), plans().map(_staged), plans().map(_bound), plans().map(_in_hours), rich_plans()
)


@_SLOW
@given(st.lists(_ANY, max_size=5))
def test_plans_laid_together_stand_as_each_does_alone(many: list[Plan]) -> None:
    together = lay_many(dict(enumerate(many)), DAYS)
    for key, plan in enumerate(many):
        alone = lay(replace(plan), DAYS)
        assert together[key].result == alone.result
        assert together[key].ticks == alone.ticks
        assert together[key].end == alone.end


def test_the_fault_of_one_plan_among_many_is_told_as_its_own() -> None:
    ring = plan_of(1, 1, links="A-B B-A")
    with pytest.raises(CycleError) as caught:
        lay_many({1: plan_of(2, 2, links="A-B"), 2: ring}, DAYS)
    assert caught.value.details["tasks"] in {"A → B → A", "B → A → B"}
    with pytest.raises(PlanTooLongError):
        lay_many({1: plan_of(1), 2: plan_of(*[2_500] * 5, links="A-B B-C C-D D-E")}, DAYS)


def test_no_plans_are_no_demands() -> None:
    found = portfolio({}, DAYS)
    assert (found.laid, found.demands) == ({}, ())


@_SLOW
@given(st.lists(plans(max_tasks=6), max_size=4))
def test_demands_are_those_counted_day_by_day(many: list[Plan]) -> None:
    given_out = {}
    for key, plan in enumerate(many):
        rows = (replace(t, responsible_id=t.id % 3 or None) for t in plan.tasks)
        given_out[key] = replace(plan, tasks=tuple(rows))
    asked = defaultdict[tuple[int, date], float](float)
    for plan in given_out.values():
        laid = lay(plan, DAYS)
        for task in plan.tasks:
            if not task.responsible_id or not task.duration:
                continue
            day, last = (
                moment.date() for moment in (laid.span(task.id).start, laid.span(task.id).finish)
            )
            while day <= last:
                monday = day - timedelta(days=day.weekday())
                if DAYS.is_working(day):
                    asked[task.responsible_id, monday] += 480 * (100 - task.done_percent) / 100
                day += timedelta(days=1)
    found = {(x.person, x.week): x.minutes for x in portfolio(given_out, DAYS).demands}
    assert found == {key: round(minutes) for key, minutes in asked.items() if minutes}


def test_people_assigned_by_shares_are_asked_for_their_part_in_hours_and_days() -> None:
    by_day = Plan(date(2026, 6, 1), (Task(1, "A", 5, position=1),))
    by_day = replace(
        by_day, resources=(Resource(1, "Anna"),), assignments=(Assignment(1, 1, 0.25),)
    )
    by_hour = Plan(
        date(2026, 6, 1), (Task(1, "B", 10, position=1, responsible="Anna"),), unit=PlanUnit.HOUR
    )
    held = Plan(date(2026, 6, 1), (Task(1, "C", 1, position=1, responsible="Boris"), Task(2, "D", 0)),
                (Dependency(1, 2),))  # fmt: skip
    found = portfolio({1: by_day, 2: by_hour, 3: held}, DAYS)
    assert [(x.person, x.week, x.minutes) for x in found.demands] == [
        ("Anna", date(2026, 6, 1), 5 * 120 + 600),
        ("Boris", date(2026, 6, 1), 480),
    ]


def test_a_portfolio_says_who_is_asked_for_more_than_they_have_and_when() -> None:
    def plan(*tasks: Task) -> Plan:
        return Plan(date(2026, 6, 8), tuple(replace(t, position=n) for n, t in enumerate(tasks, 1)))

    plans = {
        1: plan(Task(1, "A", 6, responsible="Anna"), Task(2, "B", 1, responsible_id=7)),
        2: plan(Task(1, "C", 2, responsible="Anna", done_percent=50), Task(2, "D", 3, responsible="Anna", done_percent=100)),
    }  # fmt: skip
    found = portfolio(plans, russian_calendar(), {7: 0.1})
    day = 480
    # the week of 8 June has four working days: 12 June is Russia's day off
    assert [(x.person, x.week, x.minutes, x.has) for x in found.demands] == [
        (7, date(2026, 6, 8), day, round(4 * day * 0.1)),
        ("Anna", date(2026, 6, 8), 4 * day + day, 4 * day),
        ("Anna", date(2026, 6, 15), 2 * day, 5 * day),
    ]
    assert [x.person for x in found.overloads] == [7, "Anna"]
    assert found.laid[1].result.length == 6

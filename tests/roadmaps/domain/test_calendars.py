from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmaps.domain.calendar import NamedCalendar, OwnCalendar
from roadmaps.domain.graph import task_order
from roadmaps.domain.plan import Dependency, LinkKind, Plan, Task
from roadmaps.domain.schedule import Schedule, schedule
from roadmaps.domain.spans import spans
from roadmaps.domain.terms import Constraint, ConstraintKind, Counting
from roadmaps.domain.timeline import start_tick
from roadmaps.domain.worktime import work_time
from tests.roadmaps.by_walking import early, late

MONDAY = date(2026, 6, 1)
OFFICE = OwnCalendar(holidays=frozenset({date(2026, 6, 12)}))
WEEKEND = OwnCalendar(weekdays=(5, 6))
WHOLE_WEEK = OwnCalendar(weekdays=tuple(range(7)))
CALENDARS = (NamedCalendar("w", "weekends", WEEKEND), NamedCalendar("7", "every day", WHOLE_WEEK))


def _plan(*tasks: Task, links: tuple[Dependency, ...] = (), start: date = MONDAY) -> Plan:
    placed = tuple(replace(task, position=row) for row, task in enumerate(tasks, start=1))
    return Plan(start, placed, links, own_calendar=OFFICE, calendars=CALENDARS)


def _days(plan: Plan) -> dict[int, tuple[str, str]]:
    found = spans(plan, schedule(plan), work_time(plan))
    return {x: (f"{span.start:%a %d}", f"{span.finish:%a %d}") for x, span in found.items()}


def test_activists_work_at_weekends_and_officials_do_not() -> None:
    plan = _plan(
        Task(1, "letter", 3),
        Task(2, "fair", 2, calendar="w"),
        Task(3, "answer", 1),
        links=(Dependency(1, 2), Dependency(2, 3)),
    )
    assert _days(plan) == {
        1: ("Mon 01", "Wed 03"),
        2: ("Sat 06", "Sun 07"),
        3: ("Mon 08", "Mon 08"),
    }


@pytest.mark.parametrize(
    ("duration", "counting", "last"),
    [
        (10, Counting.WORKING, "Mon 15"),
        (10, Counting.CALENDAR, "Wed 10"),
        (12, Counting.CALENDAR, "Mon 15"),  # 12 June is no working day, nor is the weekend
        (12, Counting.ELAPSED, "Fri 12"),
    ],
)
def test_a_term_in_calendar_days_rolls_to_the_next_working_day(duration, counting, last) -> None:
    assert _days(_plan(Task(1, "reply", duration, counting=counting)))[1][1] == last


def test_a_term_begins_on_the_day_after_the_event_even_on_a_day_off() -> None:
    term = Task(2, "term", 1, counting=Counting.CALENDAR)
    plan = _plan(
        Task(1, "event", 5), term, Task(3, "go on", 1), links=(Dependency(1, 2), Dependency(2, 3))
    )
    assert _days(plan) == {
        1: ("Mon 01", "Fri 05"),
        2: ("Sat 06", "Mon 08"),
        3: ("Tue 09", "Tue 09"),
    }


def test_a_lag_in_calendar_time_rolls_too() -> None:
    link = Dependency(1, 2, LinkKind.FS, 10, Counting.CALENDAR)
    plan = _plan(Task(1, "ask", 2), Task(2, "go on", 1), links=(link,))
    assert _days(plan)[2] == ("Tue 16", "Tue 16")  # days 3–12 June, the last one rolls to Monday
    elapsed = replace(plan, dependencies=(replace(link, counting=Counting.ELAPSED),))
    assert _days(elapsed)[2] == ("Mon 15", "Mon 15")


@st.composite
def mixed_plans(draw) -> Plan:
    """Plans in days whose tasks have calendars and times of their own; no milestones."""
    count = draw(st.integers(1, 6))
    tasks = tuple(
        Task(
            number,
            "t",
            draw(st.integers(1, 6)),
            calendar=draw(st.sampled_from(["", "", "w", "7"])),
            counting=draw(st.sampled_from([Counting.WORKING, *Counting])),
        )
        for number in range(1, count + 1)
    )
    ends = st.tuples(st.integers(1, count), st.integers(1, count)).filter(lambda x: x[0] < x[1])
    pairs = draw(st.sets(ends, max_size=8)) if count > 1 else ()
    links = tuple(
        Dependency(
            a,
            b,
            draw(st.sampled_from(LinkKind)),
            draw(st.integers(-3, 5)),
            draw(st.sampled_from(Counting)),
        )
        for a, b in sorted(pairs)
    )
    return _plan(*tasks, links=links, start=draw(st.dates(MONDAY, date(2026, 6, 14))))


def _ticks(plan: Plan, result: Schedule) -> dict[int, tuple[int, int]]:
    base = start_tick(plan)
    if result.ticks is None:
        when = work_time(plan)
        return {
            x: (when.tick(slot.early_start) - base, when.tick(slot.early_finish - 1) + 1 - base)
            for x, slot in result.slots.items()
        }
    return {x: (a - base, b - base) for x, (a, b) in result.ticks.items()}


@settings(max_examples=60)
@given(mixed_plans())
def test_early_dates_equal_those_found_by_walking_day_after_day(plan: Plan) -> None:
    walked = early(plan, list(task_order(plan)))
    assert {x: (at.start, at.finish) for x, at in walked.items()} == _ticks(plan, schedule(plan))


@settings(max_examples=60)
@given(mixed_plans())
def test_late_dates_equal_those_found_by_walking_back(plan: Plan) -> None:
    order, result = list(task_order(plan)), schedule(plan)
    ticks = _ticks(plan, result)
    walked = late(plan, order, max(finish for _, finish in ticks.values()))
    when, base = work_time(plan), start_tick(plan)
    expected = {x: when.units(at.start + base) for x, at in walked.items()}
    assert expected == {x: slot.late_start for x, slot in result.slots.items()}


def test_a_calendar_beyond_the_first_years_is_laid_out_as_far_as_needed() -> None:
    tasks = tuple(Task(n, "t", 500, calendar="w") for n in range(1, 4))
    plan = _plan(*tasks, links=(Dependency(1, 2), Dependency(2, 3)))
    last = spans(plan, schedule(plan), work_time(plan))[3].finish
    assert last == datetime(2040, 10, 14)  # 750 weekends after 6 June 2026


@pytest.mark.parametrize(
    ("constraint", "link", "day"),
    [
        (None, Dependency(1, 2), "Wed 03"),  # ends the work before it
        (None, Dependency(1, 2, LinkKind.SS), "Mon 01"),
        (ConstraintKind.SNET, None, "Mon 08"),
        (ConstraintKind.FNET, None, "Mon 08"),
        (ConstraintKind.SNET, Dependency(1, 2, LinkKind.FS, 2), "Mon 08"),  # a tie
    ],
)
def test_a_milestone_stands_at_the_end_of_what_it_closes_or_on_its_date(
    constraint, link, day
) -> None:
    bound = None if constraint is None else Constraint(constraint, datetime(2026, 6, 8))
    links = () if link is None else (link,)
    plan = _plan(Task(1, "work", 3), Task(2, "milestone", 0, constraint=bound), links=links)
    assert _days(plan)[2] == (day, day)
    mixed = replace(plan, tasks=(*plan.tasks, Task(9, "elsewhere", 1, calendar="w", position=9)))
    assert _days(mixed)[2] == (day, day)

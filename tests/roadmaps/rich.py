"""Random plans that carry everything a plan can."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from roadmaps.domain.calendar import NamedCalendar, OwnCalendar
from roadmaps.domain.plan import Dependency, LinkKind, Plan, PlanUnit, Task
from roadmaps.domain.terms import (
    Assignment,
    Baseline,
    BaselineDates,
    Constraint,
    ConstraintKind,
    Counting,
    Estimate,
    Progress,
    Resource,
)

START = date(2026, 6, 1)
OFFICE = OwnCalendar(
    week=(*(((480, 720), (780, 1020)),) * 5, (), ()), special=((date(2026, 6, 12), ()),)
)
WEEKENDS = OwnCalendar(week=(*((),) * 5, ((600, 900),), ((600, 900),)))
_LETTERS = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12
)


def _at(days: int, minutes: int) -> datetime:
    return datetime(2026, 6, 1) + timedelta(days=days, minutes=minutes)


_MOMENTS = st.builds(_at, st.integers(0, 60), st.sampled_from([480, 600, 1020]))


@st.composite
def _tasks(
    draw, number: int, stages: frozenset[int], parent: int | None, countings: tuple[Counting, ...]
) -> Task:
    base = Task(number, draw(_LETTERS), draw(st.integers(0, 2_000)), str(number), number, parent)
    if number in stages:
        return base
    kind = draw(st.sampled_from(ConstraintKind))
    constraint = None
    if kind is not ConstraintKind.ASAP:
        constraint = Constraint(kind, draw(_MOMENTS) if kind.is_dated else None)
    placed = draw(st.none() | _MOMENTS)
    progress = draw(st.none() | st.builds(Progress, _MOMENTS, st.none(), st.integers(0, 500)))
    points = sorted(draw(st.lists(st.integers(0, 900), min_size=3, max_size=3)))
    return replace(
        base,
        done_percent=draw(st.integers(0, 100)),
        counting=draw(st.sampled_from(countings)),
        calendar=draw(st.sampled_from(["", "2"])),
        constraint=None if placed else constraint,
        deadline=draw(st.none() | _MOMENTS),
        placed_at=placed,
        off_path=draw(st.booleans()),
        estimate=draw(st.none() | st.just(Estimate(*points))),
        progress=progress,
    )


@st.composite
def rich_plans(draw, countings: tuple[Counting, ...] = tuple(Counting)) -> Plan:
    """Sound plans in minutes with stages, calendars, dates, progress, baselines and people."""
    count = draw(st.integers(1, 7))
    stages = frozenset({1}) if count > 3 else frozenset()
    parents = {2: 1, 3: 1} if stages else {}
    tasks = tuple(draw(_tasks(n, stages, parents.get(n), countings)) for n in range(1, count + 1))
    ends = st.tuples(st.integers(2, max(count, 2)), st.integers(2, max(count, 2)))
    pairs = draw(st.sets(ends.filter(lambda x: x[0] < x[1]), max_size=8)) if count > 1 else set()
    pairs = {pair for pair in pairs if max(pair) <= count}
    links = tuple(
        Dependency(
            a,
            b,
            draw(st.sampled_from(LinkKind)),
            draw(st.integers(-300, 300)),
            draw(st.sampled_from(countings)),
        )
        for a, b in sorted(pairs)
    )
    resources = (Resource(1, "Анна", "2", 0.5), Resource(2, "Tom"))
    dates = BaselineDates(count, _at(0, 480), _at(1, 1020), 960)
    return Plan(
        START,
        tasks,
        links,
        unit=PlanUnit.MINUTE,
        starts_minute=480,
        calendar_id="own",
        own_calendar=OFFICE,
        calendars=(NamedCalendar("1", "office", OFFICE), NamedCalendar("2", "weekends", WEEKENDS)),
        status_at=draw(st.none() | _MOMENTS),
        baselines=(Baseline(0, (dates,)), Baseline(3, (dates,))),
        resources=resources,
        assignments=(Assignment(count, 2, 0.25),),
    )

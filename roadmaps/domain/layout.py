"""One geometry of the Gantt chart, shared by the screen and the files.

Across: calendar days from the midnight of the first day shown. Down: rows, the middle of the
first at 0.5. No words and no colours: those belong to whoever draws.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from roadmaps.domain.plan import Dependency, Plan, Task
from roadmaps.domain.schedule import Schedule, Slot, spans
from roadmaps.domain.worktime import Span, WorkTime

_DAY: Final = timedelta(days=1)
_MARGIN_DAYS: Final = 1
_BEND_DAYS: Final = 0.006
_SHADES_UP_TO_DAYS: Final = 430
_EVERY_DAY_UP_TO: Final = 16
_EVERY_WEEK_UP_TO: Final = 100
_EVERY_MONTH_UP_TO: Final = 500
_EVERY_QUARTER_UP_TO: Final = 1_500


class Shape(StrEnum):
    """How a task is drawn."""

    BAR = "bar"
    MILESTONE = "milestone"
    STAGE = "stage"


class Point(NamedTuple):
    """A place on the chart: days across, rows down."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of the chart: its task, its dates and where they lie."""

    task: Task
    slot: Slot
    span: Span
    shape: Shape
    level: int
    y: float
    start: float
    end: float
    done_end: float
    float_end: float


@dataclass(frozen=True, slots=True)
class Route:
    """A dependency as a line of straight pieces from its predecessor to its successor."""

    link: Dependency
    points: tuple[Point, ...]
    is_critical: bool


class Tick(NamedTuple):
    """A mark on the axis of dates; the first one of a year is major."""

    x: float
    day: date
    is_major: bool


class Shade(NamedTuple):
    """Days without work, from `start` until `end`."""

    start: float
    end: float


@dataclass(frozen=True, slots=True)
class GanttLayout:
    """Everything a drawing of the chart needs."""

    plan: Plan
    origin: date
    days: float
    bars: tuple[Bar, ...]
    routes: tuple[Route, ...]
    ticks: tuple[Tick, ...]
    shades: tuple[Shade, ...]
    today: float | None


def gantt_layout(plan: Plan, result: Schedule, when: WorkTime, today: date) -> GanttLayout:
    """Place every task, link, tick and day off of a plan; O(n + m + days)."""
    origin = when.begin(0).date() - _DAY * _MARGIN_DAYS
    dates = spans(plan, result, when)
    bars = tuple(_bar(plan, task, (result, dates[task.id]), when, origin) for task in plan.tasks)
    last = max((max(bar.end, bar.float_end) for bar in bars), default=_MARGIN_DAYS + 1.0)
    days = float(int(last) + 1 + _MARGIN_DAYS)
    place = {bar.task.id: bar for bar in bars}
    routes = tuple(
        _route(link, place[link.predecessor], place[link.successor], days)
        for link in plan.dependencies
    )
    passed = float((today - origin).days)
    return GanttLayout(
        plan=plan,
        origin=origin,
        days=days,
        bars=bars,
        routes=routes,
        ticks=tuple(_ticks(origin, int(days))),
        shades=tuple(_shades(origin, int(days), when)),
        today=passed if 0 <= passed <= days else None,
    )


def is_driving(link: Dependency, before: Slot, after: Slot) -> bool:
    """Tell whether the successor stands where it does because of this link."""
    held = (before.early_finish if link.kind.leaves_finish else before.early_start) + link.lag
    return held == (after.early_finish if link.kind.meets_finish else after.early_start)


def is_critical_link(link: Dependency, before: Slot, after: Slot) -> bool:
    """Tell whether the longest path runs through this link."""
    return before.is_critical and after.is_critical and is_driving(link, before, after)


def level_of(plan: Plan, task: Task) -> int:
    """Count the stages that a task lies inside of."""
    level, above = 0, task.parent_id
    while above is not None:
        level, above = level + 1, plan.task(above).parent_id
    return level


def _bar(
    plan: Plan, task: Task, placed: tuple[Schedule, Span], when: WorkTime, origin: date
) -> Bar:
    result, span = placed
    slot = result[task.id]
    zero = datetime.combine(origin, time())
    whole_day = _DAY if when.counts_days else timedelta()

    def across(moment: datetime) -> float:
        return (moment - zero) / _DAY

    def edge(units: int) -> float:
        return across(when.end(units) + whole_day) if units > 0 else across(when.begin(0))

    is_point = slot.early_start == slot.early_finish
    begins = task.id in result.mornings
    end = across(span.start) if begins else across(span.finish + whole_day)
    start = end if is_point else across(span.start)
    shape = Shape.MILESTONE if is_point else Shape.BAR
    return Bar(
        task=task,
        slot=slot,
        span=span,
        shape=Shape.STAGE if task.id in plan.stages else shape,
        level=level_of(plan, task),
        y=task.position - 0.5,
        start=start,
        end=end,
        done_end=start + (end - start) * task.done_percent / 100,
        float_end=edge(slot.late_finish),
    )


def _route(link: Dependency, before: Bar, after: Bar, days: float) -> Route:
    """Leave sideways, run down between the rows, arrive sideways; at most five pieces."""
    bend = days * _BEND_DAYS
    out = 1 if link.kind.leaves_finish else -1
    into = 1 if link.kind.meets_finish else -1
    first = Point(before.end if out > 0 else before.start, before.y)
    last = Point(after.end if into > 0 else after.start, after.y)
    leave, arrive = first.x + out * bend, last.x + into * bend
    if out == into:
        side = max(leave, arrive) if out > 0 else min(leave, arrive)
        middle = [Point(side, first.y), Point(side, last.y)]
    elif out * (arrive - leave) >= 0:
        middle = [Point(leave, first.y), Point(leave, last.y)]
    else:
        between = after.y - 0.5 if after.y > before.y else after.y + 0.5
        middle = [
            Point(leave, first.y),
            Point(leave, between),
            Point(arrive, between),
            Point(arrive, last.y),
        ]
    critical = is_critical_link(link, before.slot, after.slot)
    return Route(link, (first, *middle, last), critical)


def _ticks(origin: date, days: int) -> Iterator[Tick]:
    year = None
    for number in range(days + 1):
        day = origin + _DAY * number
        if _has_tick(day, days):
            yield Tick(float(number), day, day.year != year)
            year = day.year


def _has_tick(day: date, days: int) -> bool:
    if days <= _EVERY_DAY_UP_TO:
        return True
    if days <= _EVERY_WEEK_UP_TO:
        return day.weekday() == 0
    if days <= _EVERY_MONTH_UP_TO:
        return day.day == 1
    months = 3 if days <= _EVERY_QUARTER_UP_TO else 12
    return day.day == 1 and (day.month - 1) % months == 0


def _shades(origin: date, days: int, when: WorkTime) -> Iterator[Shade]:
    if days > _SHADES_UP_TO_DAYS:
        return
    start = None
    for number in range(days + 1):
        off = number < days and not when.is_working(origin + _DAY * number)
        if off and start is None:
            start = number
        elif not off and start is not None:
            yield Shade(float(start), float(number))
            start = None

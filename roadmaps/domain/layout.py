"""One geometry of the Gantt chart: the screen, the editor and the files draw from it.

Across: calendar days from the midnight of the first day shown. Down: rows, the middle of the
first at 0.5. No words and no colours: those belong to whoever draws.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from roadmaps.domain.axis import Axis, Shade, Zoom, axis_of, shades_of, zoom_for
from roadmaps.domain.laid import Laid
from roadmaps.domain.plan import Plan, PlanUnit, Task
from roadmaps.domain.routing import Point, Route, is_critical_link, is_driving, polyline
from roadmaps.domain.schedule import Slot
from roadmaps.domain.terms import Baseline, BaselineDates, Counting
from roadmaps.domain.worktime import Span

_DAY: Final = timedelta(days=1)
_MARGIN_DAYS: Final = 1
_BEND: Final = 6.0  # [pt]
_WIDEST_DAY: Final = 36.0  # [pt]
_WIDTH: Final = 900.0  # [pt]


class Shape(StrEnum):
    """How a task is drawn."""

    BAR = "bar"
    MILESTONE = "milestone"
    STAGE = "stage"


class Stretch(NamedTuple):
    """A part of a row, from `start` until `end`."""

    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Look:
    """What of a plan is shown, and how closely.

    With a `zoom` a day is as wide as that is comfortable; without one the whole plan fits into
    `width` [pt], unless a day would be narrower than `least` [pt]. `collapsed` stages hide
    their parts. `only` are the tasks asked for, shown with the stages above them. `baseline`
    is the number of the one drawn behind the bars; none: the latest.
    """

    zoom: Zoom | None = None
    width: float = _WIDTH
    least: float = 0.0
    collapsed: frozenset[int] = frozenset()
    only: frozenset[int] | None = None
    baseline: int | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of the chart: its task, its dates and where they lie.

    `takes` is how long it takes [units] and in which time, on days off what it takes by itself;
    `float_in` is the time in which its float is counted.
    `agreed` is where the baseline had it; `deadline` the end of the day by which it must be
    done, `bound` the date of its constraint. What is done of a stage is what is done of its
    parts.
    """

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
    takes: tuple[int, Counting]
    float_in: Counting
    agreed: Stretch | None = None
    deadline: float | None = None
    bound: float | None = None
    is_collapsed: bool = False

    @property
    def is_critical(self) -> bool:
        """Tell whether its delay delays the plan."""
        return self.slot.is_critical

    @property
    def misses_deadline(self) -> bool:
        """Tell whether it ends after the day by which it must be done."""
        return self.deadline is not None and self.end > self.deadline


@dataclass(frozen=True, slots=True)
class GanttLayout:
    """Everything a drawing of the chart needs; a day is `day_width` points wide.

    `lasts` is how long the whole plan takes [units] and in which time, whatever is shown of it.
    """

    plan: Plan
    origin: date
    days: float
    day_width: float
    bars: tuple[Bar, ...]
    routes: tuple[Route, ...]
    axis: Axis
    shades: tuple[Shade, ...]
    today: float | None
    lasts: tuple[int, Counting]
    baseline: Baseline | None = None


def gantt_layout(laid: Laid, today: date, look: Look | None = None) -> GanttLayout:
    """Place every task, link, mark and day off of a plan; O(n + m + days).

    A link of a hidden part leaves the collapsed stage where the part ends; one of a task that
    was not asked for is left out.
    """
    look = look or Look()
    baseline = _baseline(laid.plan, look.baseline)
    draft = _Draft(laid, baseline)
    bars = tuple(draft.bars(look))
    days = int(max(map(_last_of, bars), default=2.0)) + 1 + _MARGIN_DAYS
    day_width = look.zoom.day_width if look.zoom else _day_width(look, days)
    passed = float((today - draft.origin).days)
    return GanttLayout(
        plan=laid.plan,
        origin=draft.origin,
        days=float(days),
        day_width=day_width,
        bars=bars,
        routes=tuple(_routes(draft, bars, _BEND / day_width)),
        axis=axis_of(draft.origin, days, look.zoom or zoom_for(day_width)),
        shades=tuple(shades_of(draft.origin, days, laid.when, day_width)),
        today=passed if 0 <= passed <= days else None,
        lasts=laid.lasts,
        baseline=baseline,
    )


def level_of(plan: Plan, task: Task) -> int:
    """Count the stages that a task lies inside of."""
    level, above = 0, task.parent_id
    while above is not None:
        level, above = level + 1, plan.task(above).parent_id
    return level


class _Draft:
    """The rows of a plan, and where all its tasks lie, shown or not."""

    def __init__(self, laid: Laid, baseline: Baseline | None) -> None:
        self.plan, self.result, self._when = laid.plan, laid.result, laid.when
        self._laid, self._dates = laid, laid.spans
        self._whole_day = _DAY if laid.when.counts_days else timedelta()
        self._agreed: Mapping[int, BaselineDates] = {
            dates.task_id: dates for dates in (baseline.dates if baseline else ())
        }
        starts = [laid.start, *(x.start for x in self._agreed.values() if x.start)]
        self.origin = min(starts).date() - _DAY * _MARGIN_DAYS
        self._zero = datetime.combine(self.origin, time())
        self.stand_in = dict[int, int]()
        self._edges = dict[int, Stretch]()

    def bars(self, look: Look) -> Iterator[Bar]:
        """Give a row for each task that is shown; remember which row stands for the others."""
        wanted = self._wanted(look.only)
        shown = 0
        for task in self.plan.tasks:
            if task.id not in wanted:
                continue
            above = self._collapsed_above(task, look.collapsed)
            self.stand_in[task.id] = task.id if above is None else above
            if above is None:
                yield self._bar(task, shown + 0.5, is_collapsed=task.id in look.collapsed)
                shown += 1

    def edges(self, task_id: int) -> Stretch:
        """Give the two ends of a task, shown or not."""
        known = self._edges.get(task_id)
        if known is not None:
            return known
        if task_id in self._laid.bare_stages:
            inner = [self.edges(point) for point in self._laid.bare_stages[task_id]]
            found = Stretch(min(x.start for x in inner), max(x.end for x in inner))
            self._edges[task_id] = found
            return found
        span = self._dates[task_id]
        is_point = self.result.is_point(task_id)
        begins = is_point and task_id in self.result.mornings
        end = span.start if begins else span.finish + self._whole_day
        start = end if is_point else span.start
        found = Stretch(self.across(start), self.across(end))
        self._edges[task_id] = found
        return found

    def across(self, moment: datetime) -> float:
        """Give the place of a moment."""
        return (moment - self._zero) / _DAY

    def _bar(self, task: Task, y: float, *, is_collapsed: bool) -> Bar:
        slot, is_stage = self.result[task.id], task.id in self.plan.stages
        start, end = self.edges(task.id)
        shape = Shape.MILESTONE if self.result.is_point(task.id) else Shape.BAR
        done = self._done(task.id) if is_stage else task.done_percent / 100
        bound = None if task.constraint is None else task.constraint.at
        return Bar(
            task=task,
            slot=slot,
            span=self._dates[task.id],
            shape=Shape.STAGE if is_stage else shape,
            level=level_of(self.plan, task),
            y=y,
            start=start,
            end=end,
            done_end=start + (end - start) * done,
            float_end=self._float_end(slot, end),
            takes=self._laid.takes(task.id),
            float_in=self._laid.float_in(task.id),
            agreed=self._agreed_of(task.id),
            deadline=None if task.deadline is None else self._by(task.deadline),
            bound=None if bound is None else self.across(bound),
            is_collapsed=is_collapsed and is_stage,
        )

    def _float_end(self, slot: Slot, end: float) -> float:
        """Give the place where a task ends at the latest: a bar on days off reaches beyond it."""
        if slot.late_finish <= 0:
            latest = self.across(self._when.begin(0))
        else:
            latest = self.across(self._when.end(slot.late_finish) + self._whole_day)
        return latest if slot.total_float < 0 else max(latest, end)

    def _by(self, moment: datetime) -> float:
        """Give the place of a moment that ends something: counted in days, the day's end."""
        if self.plan.unit is PlanUnit.DAY:
            moment = datetime.combine(moment.date(), time()) + _DAY
        return self.across(moment)

    def _agreed_of(self, task_id: int) -> Stretch | None:
        dates = self._agreed.get(task_id)
        if dates is None or dates.start is None or dates.finish is None:
            return None
        if dates.finish < dates.start:  # nothing that could be drawn was agreed
            return None
        if self._dates[task_id] == Span(dates.start, dates.finish):
            return self.edges(task_id)
        if dates.duration == 0:  # a milestone of the morning, as it is now, was one then
            begins = task_id in self.result.mornings
            at = self.across(dates.finish) if begins else self._by(dates.finish)
            return Stretch(at, at)
        return Stretch(self.across(dates.start), self._by(dates.finish))

    def _done(self, stage: int) -> float:
        """Weigh what is done of the parts of a stage by how long they take."""
        done = total = 0.0
        rest = list(self.plan.parts.get(stage, ()))
        while rest:
            part = rest.pop()
            if part in self.plan.stages:
                rest.extend(self.plan.parts[part])
                continue
            length = self._length(self.plan.by_id[part])
            total += length
            done += length * self.plan.by_id[part].done_percent / 100
        return done / total if total else 0.0

    def _length(self, task: Task) -> int:
        """Give how long a task takes, in the time it is done in [units]."""
        if task.calendar or task.counting is not Counting.WORKING:
            return task.duration
        slot = self.result[task.id]
        return slot.early_finish - slot.early_start

    def _wanted(self, only: frozenset[int] | None) -> set[int]:
        if only is None:
            return set(self.plan.by_id)
        found = set[int]()
        for task_id in only & self.plan.by_id.keys():
            at: int | None = task_id
            while at is not None and at not in found:
                found.add(at)
                at = self.plan.by_id[at].parent_id
        return found

    def _collapsed_above(self, task: Task, collapsed: frozenset[int]) -> int | None:
        """Find the outermost collapsed stage that hides a task."""
        found, above = None, task.parent_id if collapsed else None
        while above is not None:
            if above in collapsed:
                found = above
            above = self.plan.task(above).parent_id
        return found


def _routes(draft: _Draft, bars: tuple[Bar, ...], bend: float) -> Iterator[Route]:
    rows = {bar.task.id: bar.y for bar in bars}
    for link in draft.plan.dependencies:
        one, other = (draft.stand_in.get(x) for x in (link.predecessor, link.successor))
        if one is None or other is None or one == other:
            continue
        before, after = draft.edges(link.predecessor), draft.edges(link.successor)
        first = before.end if link.kind.leaves_finish else before.start
        last = after.end if link.kind.meets_finish else after.start
        points = polyline(link.kind, Point(first, rows[one]), Point(last, rows[other]), bend)
        slots = draft.result[link.predecessor], draft.result[link.successor]
        yield Route(link, points, is_critical_link(link, *slots), is_driving(link, *slots))


def _last_of(bar: Bar) -> float:
    agreed = bar.agreed.end if bar.agreed else bar.end
    return max(bar.end, bar.float_end, agreed, bar.deadline or bar.end)


def _baseline(plan: Plan, number: int | None) -> Baseline | None:
    if number is None:
        return max(plan.baselines, key=lambda x: x.number, default=None)
    return next((x for x in plan.baselines if x.number == number), None)


def _day_width(look: Look, days: int) -> float:
    return min(max(look.width / days, look.least), _WIDEST_DAY)

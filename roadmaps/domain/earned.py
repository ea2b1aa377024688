"""A plan against a baseline: variance, broken links, earned schedule and SPI(t)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from roadmaps.domain.laid import Laid
from roadmaps.domain.plan import Dependency, Plan
from roadmaps.domain.terms import Baseline, BaselineDates
from roadmaps.domain.timeline import tick_at, tick_by

_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Variance:
    """By how much a task is later than agreed; earlier is negative."""

    start: timedelta | None
    finish: timedelta | None


@dataclass(frozen=True, slots=True)
class EarnedSchedule:
    """How far the plan is, in working units from the baseline's start.

    `earned` is when as much was to be done as is done now, `actual` the time since then;
    `spi` their ratio, below 1 when the plan is late. None before any time has passed.
    """

    earned: float
    actual: int
    spi: float | None


def variance(laid: Laid, baseline: Baseline) -> Mapping[int, Variance]:
    """Compare the dates of every task that the baseline knows."""
    found = {}
    for dates in baseline.dates:
        if dates.task_id in laid.plan.by_id:
            span = laid.span(dates.task_id)
            found[dates.task_id] = Variance(
                None if dates.start is None else span.start - dates.start,
                None if dates.finish is None else span.finish - dates.finish,
            )
    return found


def broken_by(laid: Laid, baseline: Baseline) -> tuple[Dependency, ...]:
    """List the links that the dates of a baseline do not keep, in the plan's working units."""
    dates = {x.task_id: x for x in baseline.dates if x.start is not None}
    found = []
    for link in laid.plan.dependencies:
        before, after = dates.get(link.predecessor), dates.get(link.successor)
        if before is None or after is None:
            continue
        held = _end(laid, before, is_finish=link.kind.leaves_finish) + link.lag
        if _latest(laid, after, is_finish=link.kind.meets_finish) < held:
            found.append(link)
    return tuple(found)


def earned_schedule(laid: Laid, baseline: Baseline, at: datetime) -> EarnedSchedule:
    """Give the earned schedule at a moment, weighing tasks by their agreed durations.

    Earned is the whole unit until which the baseline had planned no more than what is done,
    and the part of the next one by proportion: Lipke (2003), "Schedule is different".
    """
    plan = laid.plan
    spans = {}
    for dates in baseline.dates:
        if dates.task_id in plan.by_id and dates.task_id not in plan.stages and dates.start:
            start = _end(laid, dates, is_finish=False)
            spans[dates.task_id] = (start, max(_end(laid, dates, is_finish=True), start))
    if not spans:
        return EarnedSchedule(0.0, 0, None)
    first = min(start for start, _ in spans.values())
    last = max(finish for _, finish in spans.values())
    done = _done(plan, spans)
    earned, before = 0.0, 0.0
    for unit in range(first, last):
        planned = _planned(spans, unit + 1)
        if planned > done:
            earned += (done - before) / (planned - before) if planned > before else 0.0
            break
        earned, before = earned + 1, planned
    actual = laid.when.units(tick_by(at, plan.unit)) - first
    return EarnedSchedule(earned, actual, earned / actual if actual > 0 else None)


def _latest(laid: Laid, dates: BaselineDates, *, is_finish: bool) -> int:
    """Give an end as `_end` does; a milestone may stand at the end of its day, too."""
    if dates.start is not None and dates.start == dates.finish and not dates.duration:
        return laid.when.units(tick_by(dates.start, laid.plan.unit))
    return _end(laid, dates, is_finish=is_finish)


def _done(plan: Plan, spans: Mapping[int, tuple[int, int]]) -> float:
    return sum(
        (finish - start) * plan.by_id[task_id].done_percent / _WHOLE
        for task_id, (start, finish) in spans.items()
    )


def _planned(spans: Mapping[int, tuple[int, int]], unit: int) -> int:
    """Count the units of work that a baseline has planned until a unit."""
    return sum(min(max(unit - start, 0), finish - start) for start, finish in spans.values())


def _end(laid: Laid, dates: BaselineDates, *, is_finish: bool) -> int:
    """Give one end of agreed dates in working units from the plan's start."""
    unit, when = laid.plan.unit, laid.when
    if dates.start is None:
        return 0
    start = when.units(tick_at(dates.start, unit))
    if not is_finish:
        return start
    if dates.duration is not None:
        return start + dates.duration
    return start if dates.finish is None else when.units(tick_by(dates.finish, unit))

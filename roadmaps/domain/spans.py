"""The dates of the tasks of a scheduled plan."""

from roadmaps.domain.arrays import leaves
from roadmaps.domain.plan import Plan
from roadmaps.domain.schedule import Schedule
from roadmaps.domain.worktime import Span, WorkTime


def spans(plan: Plan, result: Schedule, when: WorkTime) -> dict[int, Span]:
    """Give the dates of every task, by task id.

    A stage of milestones lasts from the day of the first to that of the last: one may end a
    day and another begin one, which neither units nor ticks tell apart.
    """
    if result.ticks is not None:
        found = {x: _span_of(when, x, ticks, result) for x, ticks in result.ticks.items()}
    else:
        found = _spans_by_units(plan, result, when)
    for stage, points in bare_stages(plan, result).items():
        inner = [found[point] for point in points]
        found[stage] = Span(min(x.start for x in inner), max(x.finish for x in inner))
    return found


def bare_stages(plan: Plan, result: Schedule) -> dict[int, tuple[int, ...]]:
    """Give the milestones of every stage of nothing but milestones that ends with the last."""
    found = {}
    for stage in plan.bare_stages:
        points = tuple(leaves(plan, stage))
        if result[stage].early_finish == max(result[point].early_finish for point in points):
            found[stage] = points
    return found


def _spans_by_units(plan: Plan, result: Schedule, when: WorkTime) -> dict[int, Span]:
    found = {}
    for task in plan.tasks:
        slot = result[task.id]
        start, finish = slot.early_start, slot.early_finish
        if task.id in result.mornings:
            found[task.id] = Span(when.begin(start), when.begin(start))
        else:
            found[task.id] = when.span(start, finish)
    return found


def _span_of(when: WorkTime, task_id: int, ticks: tuple[int, int], result: Schedule) -> Span:
    start, finish = ticks
    if start == finish and task_id in result.mornings:
        return Span(when.moment(start), when.moment(start))
    last = when.finish_at(finish)
    return Span(last if start == finish else when.moment(start), last)

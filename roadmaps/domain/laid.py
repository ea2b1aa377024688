"""A plan with its schedule and the moments of all its tasks: what is read, shown and compared."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import numpy as np

from roadmaps.domain.calendar import WorkingDays
from roadmaps.domain.plan import Plan
from roadmaps.domain.schedule import Schedule, schedule
from roadmaps.domain.worktime import Span, WorkTime, work_time


@dataclass(frozen=True)
class Laid:
    """A scheduled plan over its calendar."""

    plan: Plan
    result: Schedule
    when: WorkTime

    @cached_property
    def ticks(self) -> Mapping[int, tuple[int, int]]:
        """Start and finish of every task in ticks [units of the plan since 1970]."""
        if self.result.ticks is not None:
            return self.result.ticks
        slots = self.result.slots
        if not slots:
            return {}
        starts, ends, *_ = zip(*slots.values(), strict=True)
        count = len(starts)
        units = np.array((*starts, *ends), np.int64)
        units[count:] -= 1
        ticks = self.when.ticks(units)
        ticks[count:] += 1
        first, last = ticks[:count].tolist(), ticks[count:].tolist()
        found = dict(zip(slots, zip(first, last, strict=True), strict=True))
        if self.plan.milestones:
            for n, task_id in enumerate(slots):
                if starts[n] == ends[n]:
                    at = first[n] if self._begins(task_id) else last[n]
                    found[task_id] = (at, at)
        return found

    def span(self, task_id: int) -> Span:
        """Give the first and the last moment of a task."""
        start, finish = self.ticks[task_id]
        if start == finish and self._begins(task_id):
            return Span(self.when.moment(start), self.when.moment(start))
        last = self.when.finish_at(finish)
        return Span(last if start == finish else self.when.moment(start), last)

    @property
    def start(self) -> datetime:
        """The first moment of the plan."""
        return self.when.begin(0)

    @property
    def finish(self) -> datetime:
        """The moment the last task is done."""
        if self.result.last_tick is not None:
            return self.when.finish_at(self.result.last_tick)
        return self.when.end(self.result.length)

    def instants(self, task_id: int) -> tuple[datetime, datetime]:
        """Give the instants between which a task is done; of whole days, until midnight."""
        start, finish = self.ticks[task_id]
        return self.when.moment(start), self.when.moment(finish)

    @property
    def end(self) -> datetime:
        """The instant at which all is done; counted in days, the midnight that ends the last."""
        if self.result.last_tick is not None:
            return self.when.moment(self.result.last_tick)
        length = self.result.length
        return self.when.moment(self.when.tick(length - 1) + 1 if length else self.when.tick(0))

    def _begins(self, task_id: int) -> bool:
        return task_id in self.result.mornings or not self.result[task_id].early_start


def lay(plan: Plan, days: WorkingDays | None = None) -> Laid:
    """Schedule a plan over its own calendar, or else over the given days."""
    when = work_time(plan, days)
    return Laid(plan, schedule(plan, when.days), when)

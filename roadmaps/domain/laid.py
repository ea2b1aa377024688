"""A plan with its schedule and the moments of all its tasks: what is read, shown and compared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Final

import numpy as np

from roadmaps.domain.calendar import WorkingDays
from roadmaps.domain.plan import Plan
from roadmaps.domain.schedule import Schedule, schedule, schedules
from roadmaps.domain.spans import bare_stages, spans
from roadmaps.domain.terms import Counting
from roadmaps.domain.timeline import Line
from roadmaps.domain.worktime import Span, WorkTime, work_time

_DAY: Final = timedelta(days=1)


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
        return next(iter(_ticks((self,))), {})

    def span(self, task_id: int) -> Span:
        """Give the first and the last moment of a task."""
        if task_id in self.bare_stages:
            return self.spans[task_id]
        start, finish = self.ticks[task_id]
        if start == finish and self.begins(task_id):
            return Span(self.when.moment(start), self.when.moment(start))
        last = self.when.finish_at(finish)
        return Span(last if start == finish else self.when.moment(start), last)

    @cached_property
    def spans(self) -> Mapping[int, Span]:
        """The first and the last moment of every task."""
        return spans(self.plan, self.result, self.when)

    @cached_property
    def bare_stages(self) -> Mapping[int, tuple[int, ...]]:
        """The stages of nothing but milestones, with these."""
        return bare_stages(self.plan, self.result)

    def takes(self, task_id: int) -> tuple[int, Counting]:
        """Tell how long a task takes [units] and in which time.

        A term that runs in calendar or elapsed time is told in it. Work on days off takes no unit
        of the plan: a task takes what it takes by itself, a stage the days from its first to its
        last.
        """
        slot, plan = self.result[task_id], self.plan
        own = plan.by_id[task_id]
        if own.counting is not Counting.WORKING and own.duration and task_id not in plan.stages:
            return own.duration, own.counting
        length = slot.early_finish - slot.early_start
        if not length and task_id in plan.stages:
            start, finish = self.ticks[task_id]
            return finish - start, Counting.ELAPSED if finish > start else Counting.WORKING
        if length or self.result.is_point(task_id):
            return length, Counting.WORKING
        return own.duration, own.counting

    def float_in(self, task_id: int) -> Counting:
        """Tell in which time the float of a task is; of a stage, that of its part with the least."""
        while task_id in self.plan.stages:
            task_id = min(self.plan.parts[task_id], key=lambda x: self.result[x].total_float)
        return self.plan.by_id[task_id].counting

    @property
    def lasts(self) -> tuple[int, Counting]:
        """Tell how long the plan takes [units], from its start or what began before, until its end.

        Of nothing but work on days off, in which no unit passes, from the first to the last.
        """
        slots, ticks = self.result.slots.values(), self.result.ticks
        begun = min((slot.early_start for slot in slots), default=0)
        length = self.result.length - min(begun, 0)
        if length or not ticks:
            return length, Counting.WORKING
        until = max(finish for _start, finish in ticks.values())
        passed = until - min(start for start, _finish in ticks.values())
        return passed, Counting.ELAPSED if passed else Counting.WORKING

    @property
    def working_days(self) -> int:
        """Count the days on which the plan's calendar works while it lasts."""
        if self.when.counts_days:
            return self.lasts[0] if self.lasts[1] is Counting.WORKING else 0
        whole = Span(self.start, self.finish)
        first, last = whole.start.date(), whole.last_day(self.plan.unit)
        days = (first + _DAY * n for n in range((last - first).days + 1))
        return sum(map(self.when.is_working, days))

    @property
    def start(self) -> datetime:
        """The first moment of the plan, or of what begins before it: by hand, on days off."""
        begun = self.when.begin(0)
        if self.result.ticks is None:
            return begun
        return min((begun, *(span.start for span in self.spans.values())))

    @property
    def finish(self) -> datetime:
        """The moment the last task is done, or the last milestone that begins a day."""
        if not self.result.slots:
            return self.start
        if self.result.last_tick is not None:
            found = self.when.finish_at(self.result.last_tick)
        else:
            found = self.when.end(self.result.length)
        return self._not_before_mornings(found)

    def instants(self, task_id: int) -> tuple[datetime, datetime]:
        """Give the instants between which a task is done; of whole days, until midnight."""
        start, finish = self.ticks[task_id]
        return self.when.moment(start), self.when.moment(finish)

    @property
    def end(self) -> datetime:
        """The instant at which all is done; counted in days, the midnight that ends the last."""
        length, last = self.result.length, self.result.last_tick
        if last is None:
            last = self.when.tick(length - 1) + 1 if length else self.when.tick(0)
        return self._not_before_mornings(self.when.moment(last))

    def _not_before_mornings(self, found: datetime) -> datetime:
        """Give the latest of a moment and the milestones that begin a day."""
        points = [x for x in self.result.mornings if self.result.is_point(x)]
        if not points:
            return found
        if self.result.ticks is not None:
            return max(found, self.when.moment(max(self.result.ticks[x][0] for x in points)))
        return max(found, self.when.begin(max(self.result[x].early_start for x in points)))

    def begins(self, task_id: int) -> bool:
        """Tell whether a milestone begins what follows instead of ending what went before.

        Where units tell all, nothing ends before the first of them; days off may.
        """
        if task_id in self.result.mornings:
            return True
        return self.result.ticks is None and not self.result[task_id].early_start


def lay(plan: Plan, days: WorkingDays | None = None) -> Laid:
    """Schedule a plan over its own calendar, or else over the given days."""
    when = work_time(plan, days)
    return Laid(plan, schedule(plan, when.days), when)


def lay_many(plans: Mapping[int, Plan], days: WorkingDays | None = None) -> dict[int, Laid]:
    """Schedule many plans at once, each over its own calendar, or else over the given days."""
    results = schedules(list(plans.values()), days)
    found = {
        key: Laid(plan, result, work_time(plan, days))
        for (key, plan), result in zip(plans.items(), results, strict=True)
    }
    by_units = [laid for laid in found.values() if laid.result.ticks is None]
    for laid, ticks in zip(by_units, _ticks(by_units), strict=True):
        vars(laid)["ticks"] = ticks  # where the cached property would keep them
    return found


def _ticks(many: Sequence[Laid]) -> list[dict[int, tuple[int, int]]]:
    """Give start and finish of every task of plans whose slots tell all, in ticks."""
    by_line: dict[Line, list[int]] = {}
    bases = list[int]()
    for n, laid in enumerate(many):
        line, base = laid.when.over(laid.result.length)
        bases.append(base)
        by_line.setdefault(line, []).append(n)
    found: list[dict[int, tuple[int, int]]] = [{} for _ in many]
    for line, numbers in by_line.items():
        rows = [row for n in numbers for row in many[n].result.slots.values()]
        if not rows:
            continue
        counts = [len(many[n].result.slots) for n in numbers]
        shift = np.repeat([bases[n] for n in numbers], counts)
        starts = np.array([row[0] for row in rows], np.int64) + shift
        ends = np.array([row[1] for row in rows], np.int64) + shift
        first, last = line.begins(starts).tolist(), (line.begins(ends - 1) + 1).tolist()
        pairs = list(zip(first, last, strict=True))
        points = np.flatnonzero(starts == ends)
        if len(points):
            owners = np.repeat(numbers, counts)[points].tolist()
            ids = [task for n in numbers for task in many[n].result.slots]
            for place, owner in zip(points.tolist(), owners, strict=True):
                begins = many[owner].begins(ids[place])
                pairs[place] = (first[place],) * 2 if begins else (last[place],) * 2
        rest = iter(pairs)
        for n in numbers:
            found[n] = dict(zip(many[n].result.slots, rest, strict=False))
            for stage, inner in many[n].bare_stages.items():
                places = [found[n][milestone][0] for milestone in inner]
                found[n][stage] = min(places), max(places)
    return found

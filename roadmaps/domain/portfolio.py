"""Many roadmaps at once: who is asked for more than they have, by person and week."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np

from roadmaps.domain.calendar import MINUTES_OF_DAY, OFFICE_HOURS, WorkingDays
from roadmaps.domain.laid import Laid, lay
from roadmaps.domain.plan import Plan, PlanUnit, Task

_WEEK = timedelta(days=7)
_DAY_MINUTES = len(OFFICE_HOURS) * 60
_EPOCH = date(1970, 1, 1)
_WHOLE = 100
Person = int | str


class Demand(NamedTuple):
    """What one person is asked for in the week that begins on a Monday [min of work]."""

    person: Person
    week: date
    minutes: int
    has: int

    @property
    def excess(self) -> int:
        """How much is asked beyond what the person has [min]."""
        return max(self.minutes - self.has, 0)


@dataclass(frozen=True, slots=True)
class Portfolio:
    """The schedules of many plans by their keys, and who is asked for how much and when."""

    laid: Mapping[int, Laid]
    demands: tuple[Demand, ...]

    @property
    def overloads(self) -> tuple[Demand, ...]:
        """The weeks in which somebody is asked for more than they have."""
        return tuple(demand for demand in self.demands if demand.minutes > demand.has)


def portfolio(
    plans: Mapping[int, Plan],
    days: WorkingDays | None = None,
    shares: Mapping[Person, float] | None = None,
) -> Portfolio:
    """Schedule many plans and add up what they ask of each person, week by week.

    Parameters
    ----------
    plans
        Plans by key. A task asks its responsible person for their whole working time between
        its early start and finish, or for the shares of its assignments; what is done asks
        for nothing, what is begun for the rest.
    days
        The centre's calendar: of plans without their own, and of what people have.
    shares
        What part of a working week each person has for roadmaps; 1 where not given.
    """
    laid = {key: lay(plan, days) for key, plan in plans.items()}
    asked: dict[tuple[Person, int], float] = {}
    for one in laid.values():
        for person, share, first, last, minutes in _askings(one):
            _spread(asked, (person, share * minutes), first, last, one)
    has = _Having(days, shares or {})
    found = (
        Demand(person, _monday(week), round(minutes), has.of(person, week))
        for (person, week), minutes in asked.items()
    )
    ordered = sorted(found, key=lambda x: (str(x.person), x.week))
    return Portfolio(laid, tuple(ordered))


def _askings(laid: Laid) -> Iterable[tuple[Person, float, int, int, float]]:
    """Give person, share, first and last tick, and minutes in a unit, of each asking."""
    plan = laid.plan
    unit = float(_DAY_MINUTES if plan.unit is PlanUnit.DAY else plan.unit.minutes)
    assigned: dict[int, list[tuple[Person, float]]] = {}
    names = {resource.id: resource.title for resource in plan.resources}
    for x in plan.assignments:
        assigned.setdefault(x.task_id, []).append((names[x.resource_id], x.share))
    for task in plan.tasks:
        if task.id in plan.stages or task.done_percent == _WHOLE:
            continue
        start, finish = laid.ticks[task.id]
        people = assigned.get(task.id) or _responsible(task)
        left = (_WHOLE - task.done_percent) / _WHOLE
        for person, share in people:
            yield person, share * left, start, finish, unit


def _responsible(task: Task) -> Sequence[tuple[Person, float]]:
    person: Person = task.responsible_id or task.responsible
    return [(person, 1.0)] if person else []


def _spread(
    asked: dict[tuple[Person, int], float],
    who: tuple[Person, float],
    first: int,
    last: int,
    laid: Laid,
) -> None:
    """Add the working units of each week between two ticks to what a person is asked for."""
    per_week = 7 * laid.plan.unit.per_day
    # 1 January 1970 was a Thursday: weeks begin three days before it
    shift = 3 * laid.plan.unit.per_day
    count, (person, minutes) = laid.when.units, who
    begun = count(first)
    for week in range((first + shift) // per_week, (last - 1 + shift) // per_week + 1):
        until = count(min(last, (week + 1) * per_week - shift))
        if until > begun:
            key = (person, week)
            asked[key] = asked.get(key, 0.0) + (until - begun) * minutes
        begun = until


def _monday(week: int) -> date:
    return _EPOCH + _WEEK * week - timedelta(days=3)


class _Having:
    """What people have in a week: its working days by the centre's calendar."""

    def __init__(self, days: WorkingDays | None, shares: Mapping[Person, float]) -> None:
        self._days, self._shares = days, shares
        self._weeks = dict[int, int]()

    def of(self, person: Person, week: int) -> int:
        minutes = self._weeks.get(week)
        if minutes is None:
            monday = _monday(week)
            week_days = (monday + timedelta(days=n) for n in range(7))
            worked = np.count_nonzero([self._is_working(day) for day in week_days])
            minutes = self._weeks[week] = min(int(worked) * _DAY_MINUTES, 7 * MINUTES_OF_DAY)
        return round(minutes * self._shares.get(person, 1.0))

    def _is_working(self, day: date) -> bool:
        return day.weekday() < 5 if self._days is None else self._days.is_working(day)  # noqa: PLR2004 — Saturday

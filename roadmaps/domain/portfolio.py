"""Many roadmaps at once: who is asked for more than they have, by person and week."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple, TypeAlias

import numpy as np

from roadmaps.domain.calendar import MINUTES_OF_DAY, OFFICE_HOURS, WorkingDays
from roadmaps.domain.laid import Laid, lay_many
from roadmaps.domain.plan import Plan, PlanUnit
from roadmaps.domain.timeline import Line

_WEEK = timedelta(days=7)
_DAY_MINUTES = len(OFFICE_HOURS) * 60
_EPOCH = date(1970, 1, 1)
_WHOLE = 100
Person = int | str
_Asking: TypeAlias = tuple[int, float, int, int]
"""A task asks a person (by number) for minutes in each unit between two ticks."""


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
    laid = lay_many(plans, days)
    return Portfolio(laid, demands(laid.values(), days, shares))


def demands(
    many: Iterable[Laid],
    days: WorkingDays | None = None,
    shares: Mapping[Person, float] | None = None,
) -> tuple[Demand, ...]:
    """Add up what scheduled plans ask of each person, week by week: see `portfolio`."""
    asked = _asked(many)
    has = _Having(days, shares or {})
    found = (
        Demand(person, _monday(week), round(minutes), has.of(person, week))
        for (person, week), minutes in asked.items()
    )
    return tuple(sorted(found, key=lambda x: (str(x.person), x.week)))


def asked_too_much(laid: Laid, days: WorkingDays | None = None) -> dict[int, Demand]:
    """Give, for each task whose person one plan asks for more than they have, the worst week."""
    over: dict[Person, list[Demand]] = {}
    for demand in demands((laid,), days):
        if demand.excess:
            over.setdefault(demand.person, []).append(demand)
    found: dict[int, Demand] = {}
    for task in laid.plan.tasks:
        weeks = over.get(task.responsible_id or task.responsible)
        if not weeks or task.done_percent == _WHOLE or task.id in laid.plan.stages:
            continue
        span = laid.span(task.id)
        first, last = span.start.date(), span.finish.date()
        mine = [x for x in weeks if x.week <= last and x.week + _WEEK > first]
        if mine:
            found[task.id] = max(mine, key=lambda x: x.excess)
    return found


def _asked(many: Iterable[Laid]) -> dict[tuple[Person, int], float]:
    """Add up what plans ask of each person and week [min]."""
    people = dict[Person, int]()
    by_line: dict[tuple[Line, int], list[_Asking]] = {}
    for laid in many:
        askings = _askings(laid, people)
        if askings:
            laid.when.units(max(asking[3] for asking in askings))
            key = laid.when.over(0)[0], laid.plan.unit.per_day
            by_line.setdefault(key, []).extend(askings)
    found: dict[tuple[Person, int], float] = {}
    names = list(people)
    for (line, per_day), askings in by_line.items():
        for person, week, minutes in _by_week(askings, line, per_day):
            who = names[person], week
            found[who] = found.get(who, 0.0) + minutes
    return found


def _askings(laid: Laid, people: dict[Person, int]) -> list[_Asking]:
    found = list[_Asking]()
    plan, ticks, stages = laid.plan, laid.ticks, laid.plan.stages
    unit = float(_DAY_MINUTES if plan.unit is PlanUnit.DAY else plan.unit.minutes)
    assigned: dict[int, list[tuple[Person, float]]] = {}
    names = {resource.id: resource.title for resource in plan.resources}
    for x in plan.assignments:
        assigned.setdefault(x.task_id, []).append((names[x.resource_id], x.share))
    for task in plan.tasks:
        person = task.responsible_id or task.responsible
        asked = assigned.get(task.id) or ([(person, 1.0)] if person else ())
        if not asked or task.done_percent == _WHOLE or task.id in stages:
            continue
        left = (_WHOLE - task.done_percent) / _WHOLE * unit
        for one, share in asked:
            number = people.setdefault(one, len(people))
            found.append((number, share * left, *ticks[task.id]))
    return found


def _by_week(
    askings: Sequence[_Asking], line: Line, per_day: int
) -> Iterator[tuple[int, int, float]]:
    """Add up the working minutes by person and week (from that of 1 January 1970)."""
    # that day was a Thursday: weeks begin three days before it
    per_week, shift = 7 * per_day, 3 * per_day
    person, minutes, first, last = map(np.array, zip(*askings, strict=True))
    begins = (first + shift) // per_week
    counts = np.maximum((last - 1 + shift) // per_week - begins + 1, 0)
    of = np.repeat(np.arange(len(first)), counts)
    week = begins[of] + np.arange(len(of)) - np.repeat(np.cumsum(counts) - counts, counts)
    monday = week * per_week - shift
    low, high = np.maximum(first[of], monday), np.minimum(last[of], monday + per_week)
    units = line.counts(high) - line.counts(low)
    some, least = np.flatnonzero(units), week.min(initial=0)
    span = week.max(initial=0) - least + 1
    cells, place = np.unique((person[of] * span + week - least)[some], return_inverse=True)
    sums = np.bincount(place, (units * minutes[of])[some], len(cells))
    columns = cells // span, cells % span + least, sums
    yield from zip(*(column.tolist() for column in columns), strict=True)


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

"""Many roadmaps at once: who is asked for more than they have, by person and week."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple, TypeAlias

import numpy as np

from roadmaps.domain.calendar import MINUTES_OF_DAY, OFFICE_HOURS, OwnCalendar, WorkingDays
from roadmaps.domain.laid import Laid, lay_many
from roadmaps.domain.plan import Plan, PlanUnit, Task
from roadmaps.domain.terms import Counting
from roadmaps.domain.timeline import FIRST_YEAR, LAST_YEAR, Line, line_of, moment_of, tick_of_day

_WEEK = timedelta(days=7)
_DAY_MINUTES = len(OFFICE_HOURS) * 60
_EPOCH = date(1970, 1, 1)
_WHOLE = 100
_EVERY_DAY = OwnCalendar(weekdays=tuple(range(7)))
Person = int | str
_Asking: TypeAlias = tuple[int, float, int, int]
"""A task asks a person (by number) for minutes in each unit between two ticks."""
_Group: TypeAlias = tuple[Line, int]
"""A calendar as a line, and how many of its ticks are a day."""


class Asked(NamedTuple):
    """What one plan, or one task of it, asks of a person in the week that begins on a Monday.

    `key` is the plan's or the task's, `minutes` are not rounded yet.
    """

    key: int
    person: Person
    week: date
    minutes: float


class StoredTask(NamedTuple):
    """A task of a plan in days of the centre's calendar, as lists know it; both days included."""

    key: int
    person: Person
    done_percent: int
    starts_on: date
    finishes_on: date
    counting: Counting


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
        for nothing, what is begun for the rest. A task with a calendar of its own asks for the
        time of that calendar, one in elapsed time for a usual day's hours of every day.
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
    sums = _Sums()
    for laid in many:
        sums.add(laid, 0)  # one key for all: nobody asks here which plan it was
    return summed(sums.cells(), days, shares)


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
        first, last = laid.span(task.id).days(laid.plan.unit)
        mine = [x for x in weeks if x.week <= last and x.week + _WEEK > first]
        if mine:
            found[task.id] = max(mine, key=lambda x: x.excess)
    return found


def summed(
    cells: Iterable[Asked],
    days: WorkingDays | None = None,
    shares: Mapping[Person, float] | None = None,
) -> tuple[Demand, ...]:
    """Add up what is asked of each person and week, beside what they have; by person and week."""
    total: dict[tuple[Person, date], float] = {}
    for _key, person, week, minutes in cells:
        total[person, week] = total.get((person, week), 0.0) + minutes
    has = Having(days, shares)
    found = (
        Demand(person, week, round(minutes), has.of(person, week))
        for (person, week), minutes in total.items()
    )
    return tuple(sorted(found, key=lambda x: (str(x.person), x.week)))


def asked(many: Mapping[int, Laid]) -> tuple[Asked, ...]:
    """Tell what each of many plans asks of each person and week."""
    sums = _Sums()
    for key, laid in many.items():
        sums.add(laid, key)
    return sums.cells()


def asked_by_tasks(laid: Laid) -> tuple[Asked, ...]:
    """Tell what each task of a plan asks of each person and week."""
    sums = _Sums()
    sums.add(laid, None)
    return sums.cells()


def asked_by_dates(
    tasks: Sequence[StoredTask], days: WorkingDays | None = None
) -> tuple[Asked, ...]:
    """Tell the same as `asked` of plans in days, from the dates of their tasks alone."""
    sums = _Sums()
    sums.add_stored(tasks, days or OwnCalendar())
    return sums.cells()


class Having:
    """What people have in a week: its working days by the centre's calendar."""

    def __init__(
        self, days: WorkingDays | None, shares: Mapping[Person, float] | None = None
    ) -> None:
        self._days, self._shares = days, shares or {}
        self._weeks = dict[date, int]()

    def of(self, person: Person, week: date) -> int:
        """Give what a person has in the week that begins on a Monday [min]."""
        minutes = self._weeks.get(week)
        if minutes is None:
            week_days = (week + timedelta(days=n) for n in range(7))
            worked = np.count_nonzero([self._is_working(day) for day in week_days])
            minutes = self._weeks[week] = min(int(worked) * _DAY_MINUTES, 7 * MINUTES_OF_DAY)
        return round(minutes * self._shares.get(person, 1.0))

    def _is_working(self, day: date) -> bool:
        return day.weekday() < 5 if self._days is None else self._days.is_working(day)  # noqa: PLR2004 — Saturday


class _Sums:
    """What tasks ask of people, gathered by the calendars they are done by."""

    def __init__(self) -> None:
        self._numbers = dict[tuple[int, Person], int]()
        self._groups = dict[_Group, list[_Asking]]()

    def add(self, laid: Laid, key: int | None) -> None:
        """Take the tasks of a plan under its key; without one, each under its own id."""
        plan, ticks, stages = laid.plan, laid.ticks, laid.plan.stages
        unit = float(_DAY_MINUTES if plan.unit is PlanUnit.DAY else plan.unit.minutes)
        helpers = _helpers(plan)
        usual = list[_Asking]()
        for task in plan.tasks:
            person = task.responsible_id or task.responsible
            people = helpers.get(task.id) or ([(person, 1.0)] if person else ())
            if not people or task.done_percent == _WHOLE or task.id in stages:
                continue
            left = (_WHOLE - task.done_percent) / _WHOLE * unit
            span = ticks[task.id]
            for one, share in people:
                number = self._number(task.id if key is None else key, one)
                if task.counting is Counting.ELAPSED:
                    self._add_elapsed(plan.unit, (number, share * left, *span))
                elif task.calendar and task.counting is Counting.WORKING:
                    self._group(_own_line(plan, task, span)).append((number, share * left, *span))
                else:
                    usual.append((number, share * left, *span))
        if usual:
            laid.when.units(max(asking[3] for asking in usual))
            self._group((laid.when.over(0)[0], plan.unit.per_day)).extend(usual)

    def add_stored(self, tasks: Sequence[StoredTask], days: WorkingDays) -> None:
        """Take tasks of plans in days by their dates."""
        if not tasks:
            return
        years = (
            min(task.starts_on for task in tasks).year,
            max(task.finishes_on for task in tasks).year + 1,
        )
        usual = self._group((line_of(days, PlanUnit.DAY, *years), 1))
        every = self._group((line_of(_EVERY_DAY, PlanUnit.DAY, *years), 1))
        for key, person, done, first, last, counting in tasks:
            if done == _WHOLE:
                continue
            group = every if counting is Counting.ELAPSED else usual
            left = (_WHOLE - done) / _WHOLE * float(_DAY_MINUTES)
            begin, end = (tick_of_day(day, PlanUnit.DAY) for day in (first, last))
            group.append((self._number(key, person), left, begin, end + 1))

    def cells(self) -> tuple[Asked, ...]:
        """Add up by key, person and week."""
        found: dict[tuple[int, int], float] = {}
        for (line, per_day), askings in self._groups.items():
            if askings:
                for number, week, minutes in _by_week(askings, line, per_day):
                    found[number, week] = found.get((number, week), 0.0) + minutes
        names = list(self._numbers)
        return tuple(
            Asked(*names[number], monday_of(week), minutes)
            for (number, week), minutes in found.items()
        )

    def _number(self, key: int, person: Person) -> int:
        return self._numbers.setdefault((key, person), len(self._numbers))

    def _group(self, key: _Group) -> list[_Asking]:
        return self._groups.setdefault(key, [])

    def _add_elapsed(self, unit: PlanUnit, asking: _Asking) -> None:
        """Take work that goes on day and night: nobody gives more than a usual day's hours."""
        number, minutes, first, last = asking
        per_day = unit.per_day
        years = _years(unit, first, last)
        group = self._group((line_of(_DAY_AND_NIGHT, unit, *years), per_day))
        for day in range(first // per_day, -(-last // per_day)):
            begin, end = max(first, day * per_day), min(last, (day + 1) * per_day)
            most = 1.0 if per_day == 1 else _DAY_MINUTES / ((end - begin) * unit.minutes)
            group.append((number, minutes * min(most, 1.0), begin, end))


_DAY_AND_NIGHT = OwnCalendar(week=(((0, MINUTES_OF_DAY),),) * 7)


def _helpers(plan: Plan) -> dict[int, list[tuple[Person, float]]]:
    """Give who does a task besides or instead of the responsible one, and their shares."""
    found: dict[int, list[tuple[Person, float]]] = {}
    names = {resource.id: resource.title for resource in plan.resources}
    for x in plan.assignments:
        found.setdefault(x.task_id, []).append((names[x.resource_id], x.share))
    return found


def _own_line(plan: Plan, task: Task, span: tuple[int, int]) -> _Group:
    """Give the calendar that a task names, as long as its dates need."""
    calendar = next(named.time for named in plan.calendars if named.id == task.calendar)
    return line_of(calendar, plan.unit, *_years(plan.unit, *span)), plan.unit.per_day


def _years(unit: PlanUnit, first: int, last: int) -> tuple[int, int]:
    years = moment_of(first, unit).year, moment_of(last, unit).year + 1
    return max(years[0], FIRST_YEAR), min(years[1], LAST_YEAR)


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


def monday_of(week: int) -> date:
    """Give the Monday that begins a week counted from that of 1 January 1970."""
    return _EPOCH + _WEEK * week - timedelta(days=3)

"""What people are asked for by the roadmaps they are in, and where that is more than they have."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from roadmaps.domain.calendar import WorkingDays
from roadmaps.domain.portfolio import Asked, Demand, Having, Person, summed

_WEEK = timedelta(days=7)
_LONGEST = 530  # weeks: ten years


class Doer(NamedTuple):
    """Somebody who does tasks: of the centre by id, or by bare name within one initiative.

    The same bare name in two initiatives may be two people.
    """

    person_id: int | None
    name: str = ""
    initiative_id: int | None = None

    @property
    def code(self) -> str:
        """A word for the address of a page."""
        if self.person_id is not None:
            return str(self.person_id)
        return f"{self.initiative_id}:{self.name}"


class Overload(NamedTuple):
    """A week in which somebody is asked for more than they have, and the roadmaps that ask."""

    doer: Doer
    demand: Demand
    roadmaps: frozenset[int]


@dataclass(frozen=True, slots=True)
class WeekLoad:
    """What one person is asked for in a week [min]: by one roadmap, and by all they are in.

    `tasks` are those of the one roadmap that ask, `others` the other roadmaps, each with what
    it asks.
    """

    own: int
    all: int
    has: int
    tasks: tuple[tuple[int, int], ...] = ()
    others: tuple[tuple[int, int], ...] = ()

    @property
    def is_over(self) -> bool:
        """Tell whether all roadmaps together ask for more than there is."""
        return self.all > self.has

    @property
    def own_is_over(self) -> bool:
        """Tell whether the one roadmap alone asks for more than there is."""
        return self.own > self.has


@dataclass(frozen=True, slots=True)
class PersonLoad:
    """One person's weeks; those without a word of this roadmap are of others alone."""

    doer: Doer
    name: str
    weeks: Mapping[date, WeekLoad]


def doer_of(person: Person, initiative_id: int) -> Doer:
    """Tell who is meant by the responsible one of a task in a roadmap of an initiative."""
    if isinstance(person, int):
        return Doer(person)
    return Doer(None, person, initiative_id)


def overloaded(
    cells: Iterable[Asked], initiatives: Mapping[int, int], days: WorkingDays
) -> tuple[Overload, ...]:
    """List who is asked for too much and when; only roadmaps with a known initiative ask."""
    doers = dict[str, Doer]()
    asking: dict[tuple[Person, date], set[int]] = {}
    by_code = list[Asked]()
    for key, person, week, minutes in cells:
        if key in initiatives:
            doer = doer_of(person, initiatives[key])
            doers[doer.code] = doer
            by_code.append(Asked(key, doer.code, week, minutes))
            asking.setdefault((doer.code, week), set()).add(key)
    return tuple(
        Overload(doers[str(x.person)], x, frozenset(asking[x.person, x.week]))
        for x in summed(by_code, days)
        if x.excess
    )


def loads(
    own: Iterable[Asked], others: Iterable[Asked], days: WorkingDays
) -> dict[Person, dict[date, WeekLoad]]:
    """Put what tasks of one roadmap ask (keyed by task) beside what all other roadmaps ask.

    People whom the one roadmap does not ask are left out.
    """
    mine, rest = _by_cell(own), _by_cell(others)
    people = {person for person, _week in mine}
    has = Having(days)
    found: dict[Person, dict[date, WeekLoad]] = {}
    for person, week in mine.keys() | rest.keys():
        if person in people:
            tasks, more = mine.get((person, week), {}), rest.get((person, week), {})
            minutes = sum(tasks.values())
            found.setdefault(person, {})[week] = WeekLoad(
                round(minutes),
                round(minutes + sum(more.values())),
                has.of(person, week),
                _rounded(tasks),
                _rounded(more),
            )
    return found


def _by_cell(cells: Iterable[Asked]) -> dict[tuple[Person, date], dict[int, float]]:
    found: dict[tuple[Person, date], dict[int, float]] = {}
    for key, person, week, minutes in cells:
        inner = found.setdefault((person, week), {})
        inner[key] = inner.get(key, 0.0) + minutes
    return found


def _rounded(parts: Mapping[int, float]) -> tuple[tuple[int, int], ...]:
    return tuple((key, round(parts[key])) for key in sorted(parts))


def weeks_between(weeks: Iterable[date]) -> Sequence[date]:
    """List all Mondays from the first week to the last, at most those of ten years."""
    known = set(weeks)
    if not known:
        return ()
    first = min(known)
    count = min((max(known) - first) // _WEEK + 1, _LONGEST)
    return tuple(first + _WEEK * number for number in range(count))

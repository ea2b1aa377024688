"""What figures of hours tell of private work: the one rule for figures, rows and exports.

To a reader, private work is somebody else's time at a private meeting. It counts in every
total, but it answers only two questions: *when* (day and minutes of each meeting, nobody's
name), and *whose* (the sum of a quarter, where that is a sum of enough meetings). No question
is answered about topic or kind, and never both of the two at once; so no filter, and no
difference between two filters, says more than these two answers do. docs/methods.md has the
reasons and the limits.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from hours.domain.entries import Activity, EntryStatus, TimeSource
from hours.domain.figures import HourRow, HoursFigure, HoursQuery, largest_first
from hours.domain.periods import Period, Quarter

PRIVATE: Final = "private"  # stands in the place of the topic
UNNAMED: Final = -1  # stands in the place of the person: no id is so
FEWEST: Final = 5  # meetings of one person, quarter, activity and agreement told by name


@dataclass(frozen=True, slots=True)
class PrivateWork:
    """The minutes that one person gave to one private source on one date."""

    person_id: int
    activity: Activity
    worked_on: date
    source: TimeSource
    minutes: int
    status: EntryStatus = EntryStatus.SUBMITTED
    agreement_id: int | None = None


@dataclass(frozen=True, slots=True)
class PrivatePart:
    """What an answer holds of private work; the rows add up to it and so do the people."""

    rows: tuple[HourRow, ...] = ()
    by_person: tuple[tuple[int, int], ...] = ()
    by_status: tuple[tuple[EntryStatus, int], ...] = ()

    @property
    def minutes(self) -> int:
        """All of it together."""
        return sum(row.minutes for row in self.rows)

    @property
    def undated(self) -> int:
        """The minutes of which no day is told."""
        return sum(row.minutes for row in self.rows if row.worked_on is None)


def private_part(query: HoursQuery, works: Iterable[PrivateWork]) -> PrivatePart:
    """Choose what a query is told of private work.

    Parameters
    ----------
    query
        What is asked. A kind or a topic other than `PRIVATE` finds no private work.
    works
        All private work of others in the period and activity of the query, of every person.

    Returns
    -------
    PrivatePart
        Without a person in the query one row for each meeting: date and minutes, those of its
        people added up. With a person one row without a date, their sum over the quarters
        that lie in the period; `UNNAMED` asks for all that is nobody's by name.
    """
    if query.kind is not None or query.topic not in {None, PRIVATE}:
        return PrivatePart()
    named: dict[int, list[PrivateWork]] = {}
    works = tuple(works)
    for work, is_told in zip(works, _told_by_name(query.period, works), strict=True):
        named.setdefault(work.person_id if is_told else UNNAMED, []).append(work)
    people = {person: sum(work.minutes for work in part) for person, part in named.items()}
    if query.person_id is None:
        return PrivatePart(_meetings(works), tuple(people.items()), _by_status(works))
    minutes = people.get(query.person_id)
    if not minutes:
        return PrivatePart()
    row = HourRow(None, minutes, is_redacted=True)
    return PrivatePart((row,), ((query.person_id, minutes),), _by_status(named[query.person_id]))


def with_private(figure: HoursFigure, part: PrivatePart) -> HoursFigure:
    """Add private work to a figure of what is open: every breakdown still adds up to it."""
    if not part.minutes:
        return figure
    days, people = Counter(dict(figure.by_day)), Counter(dict(figure.by_person))
    for row in part.rows:
        if row.worked_on is not None:
            days[row.worked_on] += row.minutes
    people.update(dict(part.by_person))
    states = Counter(dict(figure.by_status))
    states.update(dict(part.by_status))
    return replace(
        figure,
        minutes=figure.minutes + part.minutes,
        by_day=tuple(sorted(days.items())),
        by_person=largest_first(people.items()),
        by_topic=(*figure.by_topic, (PRIVATE, part.minutes)),
        by_kind=(*figure.by_kind, (None, part.minutes)),
        by_status=tuple((status, states[status]) for status in EntryStatus if states[status]),
        undated=part.undated,
    )


def with_private_rows(rows: Iterable[HourRow], part: PrivatePart) -> tuple[HourRow, ...]:
    """Put private rows among the open ones, newest first, and behind those of the same day."""
    return tuple(
        sorted([*rows, *part.rows], key=lambda row: row.worked_on or date.min, reverse=True)
    )


def _meetings(works: Iterable[PrivateWork]) -> tuple[HourRow, ...]:
    minutes: Counter[tuple[date, TimeSource]] = Counter()
    for work in works:
        minutes[work.worked_on, work.source] += work.minutes
    ordered = sorted((day, each) for (day, _source), each in minutes.items())
    return tuple(HourRow(day, each, is_redacted=True) for day, each in reversed(ordered))


def _by_status(works: Iterable[PrivateWork]) -> tuple[tuple[EntryStatus, int], ...]:
    states: Counter[EntryStatus] = Counter()
    for work in works:
        states[work.status] += work.minutes
    return tuple(states.items())


def _told_by_name(period: Period, works: Sequence[PrivateWork]) -> list[bool]:
    """Say of each work whether its cell is told: one of enough meetings, whole in the period.

    A cell (person, quarter, activity, agreement) is told or kept back as a whole, whatever else
    is asked: so two answers never differ by less than one.
    """
    quarters = {day: Quarter.of(day) for day in {work.worked_on for work in works}}
    is_whole = {each: each.period.common(period) == each.period for each in set(quarters.values())}
    cells = [
        (work.person_id, quarters[work.worked_on], work.activity, work.agreement_id)
        for work in works
    ]
    sources: dict[tuple[int, Quarter, Activity, int | None], set[TimeSource]] = {}
    for cell, work in zip(cells, works, strict=True):
        sources.setdefault(cell, set()).add(work.source)
    return [len(sources[cell]) >= FEWEST and is_whole[cell[1]] for cell in cells]

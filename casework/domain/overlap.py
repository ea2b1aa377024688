"""Meetings of one consultant at the same time: warned of, never refused."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

USUAL_MINUTES: Final = 60
"""The length of a meeting of which nobody said how long it takes [min]."""


@dataclass(frozen=True, slots=True)
class Span:
    """A meeting as a stretch of local time; one without an hour overlaps with nothing.

    `minutes` is its length [min]; `is_open` tells whether the reader may know what it is.
    """

    id: int
    on: date
    starts_at: time | None
    minutes: int
    consultants: frozenset[int]
    cases: tuple[int, ...] = ()
    is_open: bool = True

    @property
    def begins(self) -> datetime | None:
        """The moment of its beginning."""
        return None if self.starts_at is None else datetime.combine(self.on, self.starts_at)


@dataclass(frozen=True, slots=True)
class Overlap:
    """A consultant with another meeting at the same time.

    Of a private one closed to the reader it tells the hour and nothing else.
    """

    consultation_id: int
    person_id: int
    other_on: date
    other_at: time
    other_id: int | None = None
    other_cases: tuple[int, ...] = ()


def find_overlaps(mine: Iterable[Span], others: Iterable[Span]) -> tuple[Overlap, ...]:
    """Name every consultant of `mine` who is in one of `others` at the same time.

    A meeting that ends when the next begins does not overlap. O(mine · others), which are the
    meetings of a few days.
    """
    others = tuple(others)
    return tuple(
        Overlap(
            span.id,
            person,
            other.on,
            other.starts_at,
            other.id if other.is_open else None,
            other.cases if other.is_open else (),
        )
        for span in mine
        for other in others
        if other.starts_at is not None and _meet(span, other)
        for person in sorted(span.consultants & other.consultants)
    )


def _meet(one: Span, other: Span) -> bool:
    if one.id == other.id or one.begins is None or other.begins is None:
        return False
    ends = one.begins + timedelta(minutes=one.minutes)
    other_ends = other.begins + timedelta(minutes=other.minutes)
    return one.begins < other_ends and other.begins < ends

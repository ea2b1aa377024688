"""Whom meetings reached: initiatives and people, each counted once, new and returning.

Who was at a private meeting counts in the total and nowhere else. New and returning are told
by open meetings alone, so neither changes whoever was at a private one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

FEWEST: Final = 5
"""Those met only in private have a line of their own from so many on, as in figures of hours."""


@dataclass(frozen=True, slots=True)
class Presence:
    """One initiative, or one person, at one meeting."""

    subject_id: int
    is_private: bool = False


@dataclass(frozen=True, slots=True)
class Reached:
    """How many were reached in a period, each counted once.

    `fresh` had their first open meeting ever in it, `returning` an earlier one, `private` came
    to no open meeting in it.
    """

    fresh: int = 0
    returning: int = 0
    private: int = 0

    @property
    def total(self) -> int:
        """All of them, however often they came."""
        return self.fresh + self.returning + self.private

    @property
    def is_private_told(self) -> bool:
        """Whether those met only in private are enough to stand by themselves."""
        return self.private >= FEWEST

    @property
    def others(self) -> int:
        """All who are not new, without those that stand by themselves."""
        return self.returning if self.is_private_told else self.returning + self.private


@dataclass(frozen=True, slots=True)
class InitiativeServed:
    """An initiative that had an open meeting in the period; private ones are not told here."""

    id: int
    name: str
    case_id: int
    meetings: int
    documents: int = 0


@dataclass(frozen=True, slots=True)
class MeetingServed:
    """An open meeting as evidence: whose it was, and how many are noted as present."""

    id: int
    initiatives: tuple[str, ...]
    noted: int = 0


@dataclass(frozen=True, slots=True)
class Help:
    """Whom a set of meetings reached.

    `by_name` counts the presences of people whom the centre has not in its books: the same
    one may stand there twice.
    """

    initiatives: Reached = Reached()
    people: Reached = Reached()
    by_name: int = 0
    listed: tuple[InitiativeServed, ...] = ()
    meetings: tuple[MeetingServed, ...] = ()


def reached(presences: Iterable[Presence], first_on: Mapping[int, date], since: date) -> Reached:
    """Count each subject once.

    Parameters
    ----------
    presences
        Who was at the meetings of the period, in any order; nobody gives zeros.
    first_on
        The date of the first open meeting ever of each subject that had one.
    since
        The first day of the period.
    """
    everybody: set[int] = set()
    in_open: set[int] = set()
    for presence in presences:
        everybody.add(presence.subject_id)
        if not presence.is_private:
            in_open.add(presence.subject_id)
    fresh = sum(first_on.get(subject, since) >= since for subject in in_open)
    return Reached(fresh, len(in_open) - fresh, len(everybody) - len(in_open))

"""What a centre decides once about its hours: how long a month stays open, how reports round."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from core.errors import InvalidError, OutOfRangeError
from core.i18n import Term

STEPS: Final = (0, 5, 15, 30)
"""To how many minutes a report may round; 0 leaves minutes as they are."""
LONGEST_GRACE: Final = 366


@dataclass(frozen=True, slots=True)
class HoursPolicy:
    """How long a month may still be written in, and how reports round.

    Months that end before `closes_since` (an ISO date) never close by time; empty closes none.
    """

    grace_days: int = 10
    closes_since: str = ""
    rounding: int = 0

    @property
    def closing(self) -> date | None:
        """The first day that may close by time; None when none does."""
        return date.fromisoformat(self.closes_since) if self.closes_since else None

    def checked(self) -> "HoursPolicy":
        """Check. Raises `OutOfRangeError`, `InvalidError`."""
        if not 0 <= self.grace_days <= LONGEST_GRACE:
            raise OutOfRangeError(field=Term("field.grace_days"), low=0, high=LONGEST_GRACE)
        try:
            _ = self.closing
        except ValueError as error:
            raise InvalidError(field=Term("field.closes_since"), value=self.closes_since) from error
        if self.rounding not in STEPS:
            raise InvalidError(field=Term("field.rounding"), value=str(self.rounding))
        return self


def rounded(minutes: int, step: int) -> int:
    """Round minutes to a whole number of steps [min]; an exact half goes up.

    Steps of 0 leave the minutes as they are. Reports round each figure once, at the end: never
    an entry, for two entries of 5 minutes are 10 and not 30. `minutes` are 0 or more.
    """
    return (2 * minutes + step) // (2 * step) * step if step else minutes


def rounding_error(parts: Sequence[int], step: int) -> int:
    """Return by how much rounded parts miss their rounded sum [min]: what a report has to say."""
    return sum(rounded(part, step) for part in parts) - rounded(sum(parts), step)

"""What waits for a person beside their meetings and steps."""

from dataclasses import dataclass
from datetime import date

from casework.domain.closing import ClosingLine
from casework.domain.outside import OutsideLine
from casework.domain.substitution import SubstitutionLine


@dataclass(frozen=True, slots=True)
class Due:
    """What waits: requests, closings and harm for managers, absences for those they touch.

    `awaited` are answers due soon in cases that the person leads or stands in for the lead of.
    """

    today: date
    requests: int = 0
    oldest_on: date | None = None
    closings: tuple[ClosingLine, ...] = ()
    substitutions: tuple[SubstitutionLine, ...] = ()
    awaited: tuple[OutsideLine, ...] = ()
    harms: int = 0
    me: int = 0

    @property
    def is_clear(self) -> bool:
        """Whether nothing waits."""
        mine = self.substitutions or self.awaited
        return not (self.requests or self.closings or self.harms or mine)

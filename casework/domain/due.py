"""What waits for a person beside their meetings and steps."""

from dataclasses import dataclass
from datetime import date

from casework.domain.closing import ClosingLine
from casework.domain.substitution import SubstitutionLine


@dataclass(frozen=True, slots=True)
class Due:
    """What waits: requests and closings for managers, absences for those they touch."""

    today: date
    requests: int = 0
    oldest_on: date | None = None
    closings: tuple[ClosingLine, ...] = ()
    substitutions: tuple[SubstitutionLine, ...] = ()
    me: int = 0

    @property
    def is_clear(self) -> bool:
        """Whether nothing waits."""
        return not (self.requests or self.closings or self.substitutions)

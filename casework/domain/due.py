"""What waits for a person beside their meetings and steps."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Due:
    """What waits: requests for those who triage."""

    today: date
    requests: int = 0
    oldest_on: date | None = None

    @property
    def is_clear(self) -> bool:
        """Whether nothing waits."""
        return not self.requests

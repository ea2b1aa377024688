"""What an initiative lacks, and what has become of that."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from casework.domain.text import clean
from core.i18n import Coded, Term

NEED_LIMIT: Final = 500

Origin = tuple[str, int]
"""Where a thing comes from: type and id, such as `("assessment", 5)`."""


class NeedKind(Coded):
    """Who or what saw the need."""

    STATED = "stated"
    OBSERVED = "observed"
    GAP = "gap"
    RECOMMENDATION = "recommendation"


class NeedState(Coded):
    """What has become of a need."""

    OPEN = "open"
    PLANNED = "planned"
    MET = "met"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Need:
    """One thing a case's initiative lacks."""

    id: int
    case_id: int
    kind: NeedKind
    title: str
    state: NeedState
    noted_on: date
    origin: Origin | None = None
    goal: str = ""


def clean_goal(goal: str) -> str:
    """Give the goal of a need as it is kept; it may be empty."""
    return clean(goal, Term("field.goal"), NEED_LIMIT)


def clean_title(title: str) -> str:
    """Give the title as it is kept; refuse an empty or endless one."""
    return clean(title, Term("field.need"), NEED_LIMIT, required=True)

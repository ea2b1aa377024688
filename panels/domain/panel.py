"""A panel: a chair, experts and the projects before them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from core.errors import RequiredError, TooLongError
from core.i18n import Coded, Term
from panels.domain.criteria import Criterion
from panels.domain.errors import PanelClosedError

LONGEST_TITLE: Final = 200
LONGEST_TEXT: Final = 50_000
LONGEST_REASON: Final = 2_000


class PanelKind(Coded):
    """Experts around one project, or over many."""

    CONSILIUM = "consilium"
    COMPETITION = "competition"


@dataclass(frozen=True, slots=True)
class Panel:
    """The council itself; `chair_id` and `expert_ids` are people."""

    id: int
    title: str
    kind: PanelKind
    chair_id: int
    due_on: date | None
    criteria: tuple[Criterion, ...]
    expert_ids: tuple[int, ...]
    closed_at: datetime | None = None
    version: int = 1

    @property
    def is_closed(self) -> bool:
        """Tell whether scoring is over."""
        return self.closed_at is not None


@dataclass(frozen=True, slots=True)
class Submission:
    """What is judged: the text as it stood when it came before the panel."""

    id: int
    panel_id: int
    initiative_id: int
    case_id: int | None
    title: str
    text: str
    version: int
    submitted_at: datetime
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class NewPanel:
    """What a person says when setting up a panel; `criteria_set` is a built-in set's code."""

    title: str
    kind: PanelKind
    chair_id: int
    due_on: date | None = None
    criteria_set: str = ""
    expert_ids: tuple[int, ...] = ()
    token: str | None = None


@dataclass(frozen=True, slots=True)
class NewSubmission:
    """What comes before a panel: a case's project, or an initiative's without a case."""

    title: str
    text: str
    case_id: int | None = None
    initiative_id: int | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """An expert who does not score a project, and why."""

    submission_id: int
    expert_id: int
    reason: str = ""


def check_open(panel: Panel) -> None:
    """Refuse a change in a closed panel."""
    if panel.is_closed:
        raise PanelClosedError


def required_text(text: str, field: Term, limit: int = LONGEST_TITLE) -> str:
    """Give the text without outer spaces; refuse an empty or too long one."""
    kept = text.strip()
    if not kept:
        raise RequiredError(field=field)
    if len(kept) > limit:
        raise TooLongError(field=field, limit=limit, length=len(kept))
    return kept


def next_version(earlier: Sequence[Submission], initiative_id: int) -> int:
    """Give the number, from 1, of the next text of an initiative before the same panel."""
    same = (old.version for old in earlier if old.initiative_id == initiative_id)
    return max(same, default=0) + 1

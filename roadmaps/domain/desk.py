"""What the editor of a plan shows one person."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from typing import Final

from roadmaps.domain.laid import Laid
from roadmaps.domain.layout_data import Drawn
from roadmaps.domain.portfolio import Demand
from roadmaps.domain.roadmap import LastChange, PlanEdit, Roadmap
from roadmaps.domain.why import Reason

DESK_URL: Final = "/plan-desk"
"""Under it the editor asks for a plan, by its number."""


@dataclass(frozen=True)
class Desk:
    """A plan over its calendar and its geometry, as one person may see and change it.

    `undo` and `redo` are the person's own next steps; `change` is the latest of all, `is_mine`
    theirs, `is_again` does what was taken back. `asked` are the weeks in which this plan alone
    asks those responsible for more than they have, by task, `reasons` why each stands where it
    does. `stamp` tells this picture from others, see `desk_stamp`.
    """

    roadmap: Roadmap
    laid: Laid
    drawn: Drawn
    today: date
    zone: tzinfo
    people: Mapping[int, str]
    may_edit: bool
    undo: PlanEdit | None = None
    redo: PlanEdit | None = None
    change: LastChange | None = None
    is_mine: bool = False
    is_again: bool = False
    asked: Mapping[int, Demand] = field(default_factory=dict)
    reasons: Mapping[int, tuple[Reason, ...]] = field(default_factory=dict)
    added: tuple[int, ...] = ()
    stamp: str = ""


def plan_stamp(version: int, made_at: datetime | None) -> str:
    """Name a version of a plan and when it was made.

    A backup put back can be followed by other versions of the same numbers.
    """
    if made_at is None:
        return f"{version}.0"
    moment = made_at if made_at.tzinfo else made_at.replace(tzinfo=UTC)
    return f"{version}.{round(moment.timestamp() * 1_000_000)}"


def desk_stamp(of_plan: str, today: date, *, may_edit: bool) -> str:
    """Name a picture: of which plan, on what day and for whom, who may change it or look on."""
    return f"{of_plan}.{today:%Y%m%d}{'e' if may_edit else 'v'}"


def is_of(stamp: str, of_plan: str) -> bool:
    """Tell whether a picture shows this plan."""
    return stamp.rpartition(".")[0] == of_plan

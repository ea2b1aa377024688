"""What the editor of a plan shows one person."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, tzinfo
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
    theirs, `is_again` does what was
    taken back. `asked` are the weeks in which this plan alone asks those responsible for more than
    they have, by task, `reasons` why each stands where it does.
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

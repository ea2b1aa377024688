"""Who sees whose marks: one rule, asked before anything leaves the service."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import IntEnum

from panels.domain.panel import Conflict
from panels.domain.sheet import ScoreSheet


class Sight(IntEnum):
    """What of the *others'* opinions on one project a person may see."""

    NOTHING = 0
    SUMMARY = 1
    SHEETS = 2


@dataclass(frozen=True, slots=True)
class Viewer:
    """The person who looks, and what they are to the panel."""

    person_id: int
    is_chair: bool = False
    is_expert: bool = False
    reads_summaries: bool = False


def sight(viewer: Viewer, sheets: Sequence[ScoreSheet], conflicts: Collection[Conflict]) -> Sight:
    """Say what a person may see of the opinions on one project.

    An expert sees nothing of the others, neither marks nor counts nor means, until
    their own sheet on this project is handed in with a mark; one with a conflict of
    interest never does. Being a manager as well opens nothing earlier. The chair, who
    never scores, sees all handed-in sheets; a manager the summary; others nothing.

    Parameters
    ----------
    sheets
        All sheets on the project, in any order.
    conflicts
        The conflicts of interest known on the project.
    """
    if viewer.is_chair:
        return Sight.SHEETS
    if viewer.is_expert:
        barred = any(conflict.expert_id == viewer.person_id for conflict in conflicts)
        own_counts = any(s.counts for s in sheets if s.expert_id == viewer.person_id)
        return Sight.SHEETS if own_counts and not barred else Sight.NOTHING
    return Sight.SUMMARY if viewer.reads_summaries else Sight.NOTHING


def shown_sheets(
    viewer: Viewer, sheets: Sequence[ScoreSheet], conflicts: Collection[Conflict]
) -> tuple[ScoreSheet, ...]:
    """Keep the sheets on one project that a person may read.

    One's own always; the others' once handed in and in sight. Nobody, the chair
    included, reads another's draft.
    """
    open_ = sight(viewer, sheets, conflicts) is Sight.SHEETS
    return tuple(
        sheet
        for sheet in sheets
        if sheet.expert_id == viewer.person_id or (open_ and sheet.is_submitted)
    )

"""What a change of a plan did: the new schedule, what moved, by how much and why."""

from dataclasses import dataclass
from datetime import timedelta

from roadmaps.domain.laid import Laid
from roadmaps.domain.moves import Move, moves
from roadmaps.domain.schedule import Schedule


@dataclass(frozen=True)
class Outcome:
    """The plan after a change; `seq` is the change's number, None where nothing was changed.

    `end_by` is by how much the whole plan ends later; earlier is negative.
    """

    seq: int | None
    laid: Laid
    moves: tuple[Move, ...]
    end_by: timedelta

    @property
    def schedule(self) -> Schedule:
        """The schedule after the change."""
        return self.laid.result


def outcome(seq: int | None, before: Laid, after: Laid) -> Outcome:
    """Compare a plan before and after change number `seq`."""
    no_tasks = not (before.plan.tasks and after.plan.tasks)
    end_by = timedelta() if no_tasks else after.finish - before.finish
    return Outcome(seq, after, moves(before, after), end_by)

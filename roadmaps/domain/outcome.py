"""What a change of a plan did: the new schedule, what moved, by how much and why."""

from dataclasses import dataclass
from datetime import timedelta

from roadmaps.domain.edits import AddTask, ChangeTask, Edit, flat
from roadmaps.domain.edits_task import TaskEdit
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


def followers(found: Outcome, edit: Edit) -> tuple[Move, ...]:
    """List the tasks that moved because of an edit and are not its own; stages aside."""
    own = {part.task_id for part in flat(edit) if isinstance(part, TaskEdit)}
    own |= {part.task.id for part in flat(edit) if isinstance(part, AddTask | ChangeTask)}
    stages = found.laid.plan.stages
    return tuple(x for x in found.moves if x.task_id not in own and x.task_id not in stages)


def outcome(seq: int | None, before: Laid, after: Laid) -> Outcome:
    """Compare a plan before and after change number `seq`."""
    no_tasks = not (before.plan.tasks and after.plan.tasks)
    end_by = timedelta() if no_tasks else after.finish - before.finish
    return Outcome(seq, after, moves(before, after), end_by)

"""Which roadmaps hold the steps of a meeting: asked when it becomes private."""

from casework.service import case_guard, case_names
from casework.service.seams import steps_of_meeting
from core.permissions import Permission, may
from core.workspace import Workspace
from roadmaps import store
from roadmaps.domain.taking import uid_of_step
from roadmaps.domain.template_views import HeldSteps


def view_held_steps(workspace: Workspace, *, consultation_id: int) -> tuple[HeldSteps, ...]:
    """Show the roadmaps in which steps of a meeting stand, with the words that stand there.

    Only whoever may read the meeting's note is told; roadmaps that they may not open are absent.
    """
    with workspace.reading() as tx:
        steps = steps_of_meeting(tx, consultation_id)
        cases = {step.case_id for step in steps if step.case_id is not None}
        found = store.list_held(tx.db, cases, [uid_of_step(step.id) for step in steps])
        names = case_names(tx, {one.case_id for one in found})
        return tuple(
            HeldSteps(one.roadmap_id, one.title, names.get(one.case_id, ""), one.tasks)
            for one in found
            if may(tx.actor, Permission.VIEW_ROADMAP, case_guard(tx, one.case_id))
        )

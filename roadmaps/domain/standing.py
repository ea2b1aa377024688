"""The later part of a plan's history: what it touched, and whether an earlier change can go."""

from collections.abc import Sequence

from roadmaps.domain.carrying import carried
from roadmaps.domain.chain import Mark, left_of
from roadmaps.domain.edits import Edit
from roadmaps.domain.plan import Plan
from roadmaps.domain.roadmap import PlanEdit
from roadmaps.domain.touching import Touch, touched


def touch_of(later: Sequence[PlanEdit]) -> Touch:
    """Give what some changes in a row have touched, those aside that took each other back."""
    left = set(left_of([Mark(x.seq, x.undoes) for x in later]))
    found = Touch()
    for change in later:
        if change.seq in left:
            found |= touched(change.forward, change.backward)
    return found


def plan_before(plan: Plan, later: Sequence[PlanEdit]) -> Plan:
    """Give the plan as it was before some changes in a row, the last of which led to it."""
    for edit in reversed(later):
        plan = edit.backward.step(plan)
    return plan


def way_back(plan: Plan, made: PlanEdit, later: Sequence[PlanEdit]) -> Edit | None:
    """Give the edit that takes a change back from the plan that later ones led to.

    None if they touched what it touched.
    """
    if touched(made.forward, made.backward).meets(touch_of(later)):
        return None
    return carried(made.backward, plan_before(plan, later), plan) if later else made.backward

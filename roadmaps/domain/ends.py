"""How much later a task may be for each end of a plan that has several."""

from collections.abc import Mapping

import numpy as np

from roadmaps.domain.arrays import arrays_of
from roadmaps.domain.calendar import WorkingDays
from roadmaps.domain.graph import check_acyclic
from roadmaps.domain.machine import passes
from roadmaps.domain.plan import Plan, Task
from roadmaps.domain.schedule import schedule

_NEVER = 1 << 30
_REACHED = 1 << 29


def ends(plan: Plan) -> tuple[Task, ...]:
    """List the milestones that nothing waits for; where there are none, such tasks."""
    followed = {link.predecessor for link in plan.dependencies}
    last = [t for t in plan.tasks if t.id not in followed and t.id not in plan.stages]
    milestones = tuple(task for task in last if task.is_milestone)
    return milestones or tuple(last)


def float_to_ends(plan: Plan, days: WorkingDays | None = None) -> Mapping[int, Mapping[int, int]]:
    """Give, for each end, how much later each task that leads to it may be [units].

    One backward pass for each end, over links in the plan's working units: O(e (n + m)). Tasks
    that do not lead to an end are left out of its mapping. Nothing is told of a plan whose
    tasks have calendars or terms of their own: its working units do not measure them.
    """
    check_acyclic(plan)
    arrays, result = arrays_of(plan), schedule(plan, days)
    if result.ticks is not None:
        return {}
    n, order = len(arrays.duration), arrays.order.tolist()
    nodes = [arrays.nodes[number] for number in order]
    rank = {node: place for place, node in enumerate(nodes)}
    machine, kept = passes(), np.zeros((n, 4), np.int32)
    kept[:, machine.EARLY] = [_start(result.slots, node) for node in nodes]
    kept[:, machine.DURATION] = arrays.duration
    links = arrays.first, arrays.src, arrays.kind, arrays.lag, kept
    group, lengths = np.zeros(n, np.int32), np.array([_NEVER], np.int32)
    found = {}
    for end in ends(plan):
        upper = np.full(n, _NEVER, np.int32)
        upper[rank[end.id]] = kept[rank[end.id], machine.EARLY]
        machine.backward(*links, upper, group, lengths, np.empty(n, np.int32))
        early, late = kept[:, machine.EARLY], kept[:, machine.LATE]
        found[end.id] = {
            task.id: int(late[rank[task.id]] - early[rank[task.id]])
            for task in arrays.tasks
            if late[rank[task.id]] < _REACHED
        }
    return found


def _start(slots: Mapping[int, object], node: object) -> int:
    slot = slots.get(node) if isinstance(node, int) else None
    return 0 if slot is None else int(slot.early_start)  # type: ignore[attr-defined]  # a slot

"""The critical-path method over all four kinds of dependency, with lags."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from roadmaps.domain.errors import PlanTooLongError
from roadmaps.domain.graph import check_acyclic
from roadmaps.domain.plan import Plan, Task, longest

_LONGEST_PLAN_IN_TASKS: Final = 4


class Slot(NamedTuple):
    """When one task can be done, in units of the plan from its start.

    `total_float` is by how much the task may be late without moving the end of the plan,
    `free_float` without moving any other task. A stage spans its parts.
    """

    early_start: int
    early_finish: int
    late_start: int
    late_finish: int
    free_float: int

    @property
    def total_float(self) -> int:
        """By how much the task may be late without moving the end of the plan [units]."""
        return self.late_start - self.early_start

    @property
    def is_critical(self) -> bool:
        """Tell whether any delay of this task delays the whole plan."""
        return self.late_start == self.early_start


@dataclass(frozen=True, slots=True)
class Schedule:
    """A slot for every task, by its id, and the length of the plan [units]."""

    slots: Mapping[int, Slot]
    length: int

    def __getitem__(self, task_id: int) -> Slot:
        return self.slots[task_id]


class _Network(NamedTuple):
    """Tasks by index; each link as (other end, from finish, to finish, lag)."""

    durations: list[int]
    before: list[list[tuple[int, bool, bool, int]]]
    after: list[list[tuple[int, bool, bool, int]]]


def schedule(plan: Plan) -> Schedule:
    """Place every task as early as its predecessors allow.

    The critical-path method: a forward pass gives the earliest starts, a backward pass from
    the end of the plan gives the latest ones.

    Parameters
    ----------
    plan
        n tasks with whole durations, m dependencies with whole lags [units of the plan].
        Order does not matter. A task that has parts is a stage: its own duration counts
        for nothing, it spans its parts.

    Returns
    -------
    Schedule
        One `Slot` per task, keyed by task id, in units from the start of the plan, and the
        length of the plan [units]. An empty plan has length 0.

    Raises
    ------
    CycleError
        If some tasks wait for each other; carries one such cycle as `tasks`.
    PlanTooLongError
        If the plan would end later than four times the longest task allowed.

    Notes
    -----
    No task starts before the plan does, whatever a negative lag or a start-to-finish link
    would allow (Primavera's convention; Microsoft Project lets such a task start earlier).

    O(n + m) time. Kelley and Walker (1959), "Critical-path planning and scheduling";
    precedence relations: Elmaghraby (1977), "Activity Networks", chapter 1.
    """
    network = _network(plan)
    order = _order(network)
    if len(order) < len(plan.tasks):
        check_acyclic(plan)
    starts = _forward(network, order)
    finishes = [s + d for s, d in zip(starts, network.durations, strict=True)]
    length = max(finishes, default=0)
    limit = longest(plan.unit) * _LONGEST_PLAN_IN_TASKS
    if length > limit:
        raise PlanTooLongError(length=length, limit=limit, unit=plan.unit)
    late = _backward(network, order, length)
    free = _free(network, starts, length)
    slots = {
        task.id: Slot(starts[i], finishes[i], late[i], late[i] + network.durations[i], free[i])
        for i, task in enumerate(plan.tasks)
    }
    if plan.stages:
        _span_stages(plan, slots, length)
    return Schedule(slots, length)


def critical_tasks(plan: Plan, result: Schedule) -> tuple[Task, ...]:
    """List the tasks whose delay delays the plan, in the order they are done."""
    found = [t for t in plan.tasks if result[t.id].is_critical and t.id not in plan.stages]
    return tuple(sorted(found, key=lambda t: (result[t.id].early_start, t.position)))


def broken_links(plan: Plan, starts: Mapping[int, int]) -> int:
    """Count the dependencies that given starts [units] do not keep."""
    broken = 0
    for link in plan.dependencies:
        before, after = plan.task(link.predecessor), plan.task(link.successor)
        held = starts[before.id] + (before.duration if link.kind.leaves_finish else 0) + link.lag
        broken += starts[after.id] + (after.duration if link.kind.meets_finish else 0) < held
    return broken


def _network(plan: Plan) -> _Network:
    index = {task.id: i for i, task in enumerate(plan.tasks)}
    durations = [0 if task.id in plan.stages else task.duration for task in plan.tasks]
    before: list[list[tuple[int, bool, bool, int]]] = [[] for _ in durations]
    after: list[list[tuple[int, bool, bool, int]]] = [[] for _ in durations]
    for link in plan.dependencies:
        i, j = index[link.predecessor], index[link.successor]
        leaves_finish, meets_finish = link.kind.leaves_finish, link.kind.meets_finish
        before[j].append((i, leaves_finish, meets_finish, link.lag))
        after[i].append((j, leaves_finish, meets_finish, link.lag))
    return _Network(durations, before, after)


def _order(network: _Network) -> list[int]:
    """Order the tasks by Kahn's method; tasks on or behind a cycle are left out."""
    waits = [len(links) for links in network.before]
    order = [i for i, count in enumerate(waits) if count == 0]
    for i in order:
        for j, *_ in network.after[i]:
            waits[j] -= 1
            if waits[j] == 0:
                order.append(j)
    return order


def _forward(network: _Network, order: Sequence[int]) -> list[int]:
    durations, starts = network.durations, [0] * len(network.durations)
    for j in order:
        earliest = 0
        for i, leaves_finish, meets_finish, lag in network.before[j]:
            bound = starts[i] + lag
            if leaves_finish:
                bound += durations[i]
            if meets_finish:
                bound -= durations[j]
            earliest = max(earliest, bound)
        starts[j] = earliest
    return starts


def _backward(network: _Network, order: Sequence[int], length: int) -> list[int]:
    durations, late = network.durations, [length - d for d in network.durations]
    for i in reversed(order):
        latest = late[i]
        for j, leaves_finish, meets_finish, lag in network.after[i]:
            bound = late[j] - lag
            if meets_finish:
                bound += durations[j]
            if leaves_finish:
                bound -= durations[i]
            latest = min(latest, bound)
        late[i] = latest
    return late


def _free(network: _Network, starts: Sequence[int], length: int) -> list[int]:
    durations, free = network.durations, list[int]()
    for i, duration in enumerate(durations):
        room = length - starts[i] - duration
        for j, leaves_finish, meets_finish, lag in network.after[i]:
            held = starts[i] + (duration if leaves_finish else 0) + lag
            met = starts[j] + (durations[j] if meets_finish else 0)
            room = min(room, met - held)
        free.append(room)
    return free


def _span_stages(plan: Plan, slots: dict[int, Slot], length: int) -> None:
    parts: dict[int, list[int]] = {}
    for task in plan.tasks:
        if task.parent_id is not None:
            parts.setdefault(task.parent_id, []).append(task.id)

    def span(task_id: int) -> Slot:
        if task_id not in parts:
            return slots[task_id]
        inner = [span(part) for part in parts[task_id]]
        early = min(slot.early_start for slot in inner)
        reserve = min(slot.total_float for slot in inner)
        finish = max(slot.early_finish for slot in inner)
        slots[task_id] = Slot(
            early,
            finish,
            early + reserve,
            min(length, finish + reserve),
            min(slot.free_float for slot in inner),
        )
        return slots[task_id]

    for stage in parts:
        span(stage)

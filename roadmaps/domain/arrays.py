"""A plan as arrays in topological order, the form in which the passes read it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from roadmaps.domain.machine import passes
from roadmaps.domain.plan import Dependency, LinkKind, Plan, Task
from roadmaps.domain.terms import ConstraintKind, Counting

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Bytes = NDArray[np.uint8]

_KINDS: Final = {LinkKind.SS: 0, LinkKind.FS: 1, LinkKind.SF: 2, LinkKind.FF: 3}
_COUNTINGS: Final = {Counting.WORKING: 0, Counting.CALENDAR: 1, Counting.ELAPSED: 2}
_START_TO_START, _FINISH_TO_START = _KINDS[LinkKind.SS], _KINDS[LinkKind.FS]
_MOST: Final = 1 << 29
_KEPT: Final = "_arrays"


class Gate(NamedTuple):
    """A point of a stage that links hold or leave.

    `in`: nothing of the stage begins earlier; `out`: all of it is done; `min`: its first part
    begins.
    """

    stage: int
    role: str


@dataclass(frozen=True, slots=True)
class Arrays:
    """Nodes (tasks, then gates of stages) and links of a plan, in topological order.

    `order[r]` is the number of the node of rank r in `nodes`; `links[e]` the dependency
    behind link e, or None where a gate is tied to a part of its stage.
    """

    nodes: Sequence[int | Gate]
    tasks: Sequence[Task]
    order: Ints
    first: Ints
    src: Ints
    kind: Bytes
    counting: Bytes
    lag: Ints
    duration: Ints
    links: Sequence[Dependency | None]
    is_cyclic: bool
    is_plain: bool
    is_dated: bool


def arrays_of(plan: Plan) -> Arrays:
    """Give the arrays of a plan; made once for each plan, O(n + m)."""
    kept: dict[str, Any] = plan.__dict__  # beside the plan's own cached properties
    found: Arrays | None = kept.get(_KEPT)
    if found is None:
        found = kept[_KEPT] = _made(plan)
    return found


def leaves(plan: Plan, stage: int) -> Iterator[int]:
    """Give the tasks inside a stage that have no parts of their own."""
    for part in plan.parts[stage]:
        if part in plan.stages:
            yield from leaves(plan, part)
        else:
            yield part


def _made(plan: Plan) -> Arrays:
    stages = plan.stages
    tasks = [task for task in plan.tasks if task.id not in stages]
    nodes: list[int | Gate] = [task.id for task in tasks]
    index: dict[int | Gate, int] = {node: i for i, node in enumerate(nodes)}
    links: Sequence[Dependency | None] = plan.dependencies
    src: Sequence[int]
    dst: Sequence[int]
    kind: Sequence[int]
    if any(x.predecessor in stages or x.successor in stages for x in plan.dependencies) or any(
        _binds(plan.task(stage)) for stage in stages
    ):
        ends = _Gated(plan, index, nodes).ends()
        src, dst = [end[0] for end in ends], [end[1] for end in ends]
        kind, links = [end[2] for end in ends], [end[3] for end in ends]
    else:
        src = [index[link.predecessor] for link in plan.dependencies]
        dst = [index[link.successor] for link in plan.dependencies]
        kind = [_KINDS[link.kind] for link in plan.dependencies]
    lag = [0 if link is None else link.lag for link in links]
    counting = [0 if x is None else _COUNTINGS[x.counting] for x in links]
    duration = [task.duration for task in tasks]
    duration += [0] * (len(nodes) - len(tasks))
    is_dated = any(map(_is_dated, tasks)) or any(_binds(plan.task(x)) for x in stages)
    has_minimum = any(isinstance(node, Gate) and node.role == "min" for node in nodes[len(tasks) :])
    special = plan.status_at is not None or has_minimum or any(counting)
    return _arranged(
        (nodes, tasks, links),
        (src, dst, kind, counting, lag, duration),
        is_plain=not (special or any(map(_is_special, tasks))) and _fits(duration, lag),
        is_dated=is_dated,
    )


def _arranged(
    values: tuple[Sequence[int | Gate], Sequence[Task], Sequence[Dependency | None]],
    columns: tuple[Sequence[int], ...],
    *,
    is_plain: bool,
    is_dated: bool,
) -> Arrays:
    nodes, tasks, links = values
    src, dst, kind, counting, lag, duration = columns
    source = np.array(src, np.int32)
    count, order, first, place = passes().arrange(
        np.int32(len(nodes)), source, np.array(dst, np.int32)
    )
    is_cyclic = int(count) < len(nodes)
    rank = np.zeros(len(nodes), np.int32)
    if is_cyclic:
        order, place = np.zeros(0, np.int32), np.zeros(0, np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    return Arrays(
        nodes=nodes,
        tasks=tasks,
        order=order,
        first=first,
        src=rank[source[place]],
        kind=np.array(kind, np.uint8)[place],
        counting=np.array(counting, np.uint8)[place],
        lag=np.array(lag, np.int32)[place],
        duration=np.array(duration, np.int32)[order],
        links=[links[e] for e in place.tolist()],
        is_cyclic=is_cyclic,
        is_plain=is_plain,
        is_dated=is_dated,
    )


_End: TypeAlias = tuple[int, int, int, Dependency | None]


class _Gated:
    """Leads links of stages through gates; each link is its ends, kind and dependency."""

    def __init__(self, plan: Plan, index: dict[int | Gate, int], nodes: list[int | Gate]) -> None:
        self._plan, self._index, self._nodes = plan, index, nodes
        self._found: list[_End] = []

    def ends(self) -> list[_End]:
        for link in self._plan.dependencies:
            source = self._node(link.predecessor, "out" if link.kind.leaves_finish else "min")
            target = self._node(link.successor, "out" if link.kind.meets_finish else "in")
            self._found.append((source, target, _KINDS[link.kind], link))
        for stage in sorted(self._plan.stages):
            task = self._plan.task(stage)
            kind = task.constraint.kind if task.constraint is not None else None
            if kind is ConstraintKind.SNET:
                self._node(stage, "in")
            if task.deadline is not None or kind is ConstraintKind.FNLT:
                self._node(stage, "out")
        return self._found

    def _node(self, task_id: int, role: str) -> int:
        if task_id not in self._plan.stages:
            return self._index[task_id]
        gate = Gate(task_id, role)
        if gate not in self._index:
            self._open(gate)
        return self._index[gate]

    def _open(self, gate: Gate) -> None:
        number = self._index[gate] = len(self._nodes)
        self._nodes.append(gate)
        tie = _FINISH_TO_START if gate.role == "out" else _START_TO_START
        for leaf in leaves(self._plan, gate.stage):
            inner = self._index[leaf]
            ends = (number, inner) if gate.role == "in" else (inner, number)
            self._found.append((*ends, tie, None))


def _fits(duration: Sequence[int], lag: Sequence[int]) -> bool:
    """Tell whether no sum of the plan can leave the 32 bits of the plain passes."""
    return sum(duration) + sum(map(abs, lag)) < _MOST


def _binds(stage: Task) -> bool:
    return stage.deadline is not None or (
        stage.constraint is not None and stage.constraint.kind.is_dated
    )


def _is_dated(task: Task) -> bool:
    return task.deadline is not None or (
        task.constraint is not None and task.constraint.kind.is_dated
    )


def _is_special(task: Task) -> bool:
    return bool(
        task.calendar
        or task.placed_at is not None
        or task.progress is not None
        or task.off_path
        or task.counting is not Counting.WORKING
        or (task.constraint is not None and task.constraint.kind is ConstraintKind.ALAP)
    )

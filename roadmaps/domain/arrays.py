"""A plan as arrays in topological order, the form in which the passes read it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
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


class Columns(NamedTuple):
    """A plan as lists: nodes (tasks, then gates), links with the places of their ends."""

    nodes: Sequence[int | Gate]
    tasks: Sequence[Task]
    links: Sequence[Dependency | None]
    src: Sequence[int]
    dst: Sequence[int]
    kind: Sequence[int]
    counting: Sequence[int]
    lag: Sequence[int]
    duration: Sequence[int]
    is_plain: bool
    is_dated: bool

    @property
    def has_gates(self) -> bool:
        """Tell whether links of stages are led through gates."""
        return len(self.nodes) > len(self.tasks)


def arrays_of(plan: Plan, columns: Columns | None = None) -> Arrays:
    """Give the arrays of a plan, from its columns if they are there; made once, O(n + m)."""
    kept: dict[str, Any] = plan.__dict__  # beside the plan's own cached properties
    found: Arrays | None = kept.get(_KEPT)
    if found is None:
        found = kept[_KEPT] = arranged(columns or columns_of(plan))
    return found


def leaves(plan: Plan, stage: int) -> Iterator[int]:
    """Give the tasks inside a stage that have no parts of their own."""
    for part in plan.parts[stage]:
        if part in plan.stages:
            yield from leaves(plan, part)
        else:
            yield part


def columns_of(plan: Plan) -> Columns:
    """Write a plan down as columns, its links led through the gates of stages."""
    stages, links = plan.stages, plan.dependencies
    tasks = [task for task in plan.tasks if task.id not in stages] if stages else plan.tasks
    nodes: list[int | Gate] = [task.id for task in tasks]
    index: dict[int | Gate, int] = {node: i for i, node in enumerate(nodes)}
    bound = [stage for stage in stages if _binds(plan.task(stage))]
    ends: list[_End] = []
    if stages and (bound or any(x.predecessor in stages or x.successor in stages for x in links)):
        ends = _Gated(plan, index, nodes).ends()
        src, dst = [end[0] for end in ends], [end[1] for end in ends]
        kind = [end[2] for end in ends]
        shown: Sequence[Dependency | None] = [end[3] for end in ends]
        lag = [0 if link is None else link.lag for link in shown]
        counting = [0 if link is None else _COUNTINGS[link.counting] for link in shown]
    else:
        shown = links
        src, dst = [index[x.predecessor] for x in links], [index[x.successor] for x in links]
        kind, lag = [_KINDS[x.kind] for x in links], [x.lag for x in links]
        counting = [_COUNTINGS[x.counting] for x in links]
    duration = [task.duration for task in tasks]
    duration += [0] * (len(nodes) - len(tasks))
    working = Counting.WORKING  # read ten thousand times
    is_special, is_dated = plan.status_at is not None or any(counting), bool(bound)
    unusual = [
        task
        for task in tasks
        if task.calendar
        or task.placed_at is not None
        or task.progress is not None
        or task.off_path
        or task.counting is not working
        or task.constraint is not None
        or task.deadline is not None
    ]
    is_special = is_special or any(map(_is_special, unusual))
    is_dated = is_dated or any(map(_binds, unusual))
    has_minimum = any(isinstance(node, Gate) and node.role == "min" for node in nodes[len(tasks) :])
    is_plain = not (is_special or has_minimum) and _fits(duration, lag)
    return Columns(
        nodes, tasks, shown, src, dst, kind, counting, lag, duration, is_plain, is_dated
    )  # fmt: skip


def joined(parts: Sequence[Columns]) -> Columns:
    """Put plans without gates side by side: one set of columns, no link between them."""
    lengths = [len(part.tasks) for part in parts]
    shifts = [0, *accumulate(lengths)]
    placed = list(zip(parts, shifts, strict=False))
    return Columns(
        list(chain.from_iterable(part.nodes for part in parts)),
        list(chain.from_iterable(part.tasks for part in parts)),
        list(chain.from_iterable(part.links for part in parts)),
        [place + shift for part, shift in placed for place in part.src],
        [place + shift for part, shift in placed for place in part.dst],
        list(chain.from_iterable(part.kind for part in parts)),
        list(chain.from_iterable(part.counting for part in parts)),
        list(chain.from_iterable(part.lag for part in parts)),
        list(chain.from_iterable(part.duration for part in parts)),
        is_plain=all(part.is_plain for part in parts),
        is_dated=any(part.is_dated for part in parts),
    )


def arranged(columns: Columns) -> Arrays:
    """Order columns so that each node comes after all it waits for, O(n + m)."""
    nodes, place_of = columns.nodes, np.array(columns.src, np.int32)
    count, order, first, place = passes().arrange(
        np.int32(len(nodes)), place_of, np.array(columns.dst, np.int32)
    )
    is_cyclic = int(count) < len(nodes)
    rank = np.zeros(len(nodes), np.int32)
    if is_cyclic:
        order, place = np.zeros(0, np.int32), np.zeros(0, np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    links = columns.links
    return Arrays(
        nodes=nodes,
        tasks=columns.tasks,
        order=order,
        first=first,
        src=rank[place_of[place]],
        kind=np.array(columns.kind, np.uint8)[place],
        counting=np.array(columns.counting, np.uint8)[place],
        lag=np.array(columns.lag, np.int32)[place],
        duration=np.array(columns.duration, np.int32)[order],
        links=[links[e] for e in place.tolist()],
        is_cyclic=is_cyclic,
        is_plain=columns.is_plain,
        is_dated=columns.is_dated,
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


def _binds(task: Task) -> bool:
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

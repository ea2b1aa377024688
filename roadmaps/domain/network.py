"""The dependency network laid out in layers: each task right of all it waits for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from roadmaps.domain.graph import generations
from roadmaps.domain.layout import Point, is_critical_link
from roadmaps.domain.plan import Dependency, Plan, Task
from roadmaps.domain.schedule import Schedule, Slot

_SWEEPS: Final = 4


@dataclass(frozen=True, slots=True)
class Node:
    """A task of the network, at its layer (x) and its place in it (y)."""

    task: Task
    slot: Slot
    at: Point


@dataclass(frozen=True, slots=True)
class Edge:
    """A dependency between two nodes."""

    link: Dependency
    start: Point
    end: Point
    is_critical: bool


@dataclass(frozen=True, slots=True)
class NetworkLayout:
    """Nodes and edges with their places; `width` layers, `height` places in the longest."""

    plan: Plan
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    width: int
    height: int


def network_layout(plan: Plan, result: Schedule) -> NetworkLayout:
    """Place the tasks by topological generation; stages, which have no links, are left out.

    Inside a layer tasks are ordered by the mean place of their neighbours, four sweeps to
    and fro: Sugiyama, Tagawa and Toda (1981), "Methods for visual understanding of
    hierarchical system structures". O((n + m) log n) a sweep.
    """
    layers = [
        sorted((x for x in layer if x not in plan.stages), key=lambda x: plan.task(x).position)
        for layer in generations(plan)
    ]
    layers = [layer for layer in layers if layer]
    before, after = _neighbours(plan)
    for sweep in range(_SWEEPS):
        forth = sweep % 2 == 0
        for layer in layers if forth else reversed(layers):
            _order(layer, _places(layers), before if forth else after)
    height = max((len(layer) for layer in layers), default=0)
    spots = {
        task_id: Point(float(x), (height - len(layer)) / 2 + y)
        for x, layer in enumerate(layers)
        for y, task_id in enumerate(layer)
    }
    return NetworkLayout(
        plan=plan,
        nodes=tuple(Node(t, result[t.id], spots[t.id]) for t in plan.tasks if t.id in spots),
        edges=tuple(_edge(link, spots, result) for link in plan.dependencies),
        width=len(layers),
        height=height,
    )


def _neighbours(plan: Plan) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    before: dict[int, list[int]] = {}
    after: dict[int, list[int]] = {}
    for link in plan.dependencies:
        before.setdefault(link.successor, []).append(link.predecessor)
        after.setdefault(link.predecessor, []).append(link.successor)
    return before, after


def _places(layers: list[list[int]]) -> dict[int, float]:
    """Give each task's place in its layer, the middle of every layer at 0."""
    return {
        task_id: y - (len(layer) - 1) / 2 for layer in layers for y, task_id in enumerate(layer)
    }


def _order(
    layer: list[int], places: Mapping[int, float], neighbours: Mapping[int, list[int]]
) -> None:
    def wanted(task_id: int) -> float:
        around = neighbours.get(task_id)
        if not around:
            return places[task_id]
        return sum(places[other] for other in around) / len(around)

    layer.sort(key=wanted)


def _edge(link: Dependency, spots: Mapping[int, Point], result: Schedule) -> Edge:
    before, after = result[link.predecessor], result[link.successor]
    return Edge(
        link,
        spots[link.predecessor],
        spots[link.successor],
        is_critical_link(link, before, after),
    )

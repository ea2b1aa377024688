"""The dependency network laid out in layers: each task below all it waits for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import Final

from roadmaps.domain.graph import generations, redundant_links
from roadmaps.domain.layers import placed, untangled, width_of
from roadmaps.domain.plan import Dependency, Plan, Task
from roadmaps.domain.routing import Point, is_critical_link
from roadmaps.domain.schedule import Schedule, Slot

_WAYS_UP_TO: Final = 1_500
_LOOSE_ACROSS: Final = 6


@dataclass(frozen=True, slots=True)
class Node:
    """A task of the network, at its place across (x) and its layer (y)."""

    task: Task
    slot: Slot
    at: Point


@dataclass(frozen=True, slots=True)
class Edge:
    """A dependency as a line through `points`, around the tasks of the layers it passes.

    `is_redundant` says that other links imply it.
    """

    link: Dependency
    points: tuple[Point, ...]
    is_critical: bool
    is_redundant: bool = False


@dataclass(frozen=True, slots=True)
class NetworkLayout:
    """Nodes and edges with their places; `width` from side to side, `height` in layers."""

    plan: Plan
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    width: float
    height: int


class _Layers:
    """Tasks and passing lines of each layer, and the lines from each layer to the next."""

    def __init__(self, plan: Plan, links: Iterable[Dependency]) -> None:
        linked = {end for x in plan.dependencies for end in (x.predecessor, x.successor)}
        self.loose = [x.id for x in plan.tasks if x.id not in linked | plan.stages]
        self.rows: list[list[int]] = [
            sorted((x for x in layer if x in linked), key=lambda x: plan.by_id[x].position)
            for layer in generations(plan)
        ]
        self._ways = 0
        self.ways: dict[Dependency, list[int]] = {}
        self.below: dict[int, list[int]] = {}
        layer_of = {item: y for y, row in enumerate(self.rows) for item in row}
        drawn = list(links)
        spans = [layer_of[x.successor] - layer_of[x.predecessor] for x in drawn]
        is_routed = sum(spans) - len(spans) <= _WAYS_UP_TO
        for link in drawn:
            first, last = layer_of[link.predecessor], layer_of[link.successor]
            self._lead(link, range(first + 1, last) if is_routed else range(0))

    def _lead(self, link: Dependency, passed: range) -> None:
        ways = []
        for y in passed:
            self._ways += 1
            ways.append(-self._ways)
            self.rows[y].append(ways[-1])
        self.ways[link] = ways
        for one, other in pairwise((link.predecessor, *ways, link.successor)):
            self.below.setdefault(one, []).append(other)


def network_layout(
    plan: Plan, result: Schedule, *, without_redundant: bool = False
) -> NetworkLayout:
    """Place the tasks by topological generation; stages without links are left out.

    Links that pass layers are led around their tasks, unless there are over 1,500 such
    passings; `without_redundant` leaves out those that others imply. How few lines cross and
    where items stand: `layers`. Tasks without any link stand in rows of their own, last.
    """
    redundant = frozenset(redundant_links(plan))
    drawn = [x for x in plan.dependencies if not (without_redundant and x in redundant)]
    layers = _Layers(plan, drawn)
    rows = untangled([row for row in layers.rows if row], layers.below)
    places = placed(rows, layers.below)
    rows += _loose_rows(layers.loose, places)
    spots = {item: Point(places[item], float(y)) for y, row in enumerate(rows) for item in row}
    return NetworkLayout(
        plan=plan,
        nodes=tuple(Node(t, result[t.id], spots[t.id]) for t in plan.tasks if t.id in spots),
        edges=tuple(
            Edge(
                link,
                tuple(spots[x] for x in (link.predecessor, *ways, link.successor)),
                is_critical_link(link, result[link.predecessor], result[link.successor]),
                link in redundant,
            )
            for link, ways in layers.ways.items()
        ),
        width=max((2 * (abs(x) + width_of(item) / 2) for item, x in places.items()), default=0.0),
        height=len(rows),
    )


def _loose_rows(loose: Sequence[int], places: dict[int, float]) -> list[list[int]]:
    """Put tasks without links in rows no wider than the rest, or of six."""
    across = max(_LOOSE_ACROSS, ceil(2 * max(map(abs, places.values()), default=0.0)))
    rows = [list(loose[i : i + across]) for i in range(0, len(loose), across)]
    for row in rows:
        places.update(placed([row], {}))
    return rows

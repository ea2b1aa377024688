"""The dependency network laid out in layers: each task below all it waits for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from roadmaps.domain.graph import generations
from roadmaps.domain.plan import Dependency, Plan, Task
from roadmaps.domain.routing import Point, is_critical_link
from roadmaps.domain.schedule import Schedule, Slot

_SWEEPS: Final = 6
_WAY_WIDTH: Final = 0.3
_WAYS_UP_TO: Final = 1_500


@dataclass(frozen=True, slots=True)
class Node:
    """A task of the network, at its place across (x) and its layer (y)."""

    task: Task
    slot: Slot
    at: Point


@dataclass(frozen=True, slots=True)
class Edge:
    """A dependency as a line through `points`, around the tasks of the layers it passes."""

    link: Dependency
    points: tuple[Point, ...]
    is_critical: bool


@dataclass(frozen=True, slots=True)
class NetworkLayout:
    """Nodes and edges with their places; `width` of the widest layer, `height` in layers."""

    plan: Plan
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    width: float
    height: int


class _Layers:
    """Tasks (ids) and passing lines (negative numbers) of each layer, in their order across."""

    def __init__(self, plan: Plan) -> None:
        linked = {end for x in plan.dependencies for end in (x.predecessor, x.successor)}
        left_out = plan.stages - linked
        self.rows: list[list[int]] = [
            sorted((x for x in layer if x not in left_out), key=lambda x: plan.by_id[x].position)
            for layer in generations(plan)
        ]
        self._ways = 0
        self.ways: dict[Dependency, list[int]] = {}
        self.before: dict[int, list[int]] = {}
        self.after: dict[int, list[int]] = {}
        layer_of = {item: y for y, row in enumerate(self.rows) for item in row}
        spans = [layer_of[x.successor] - layer_of[x.predecessor] for x in plan.dependencies]
        is_routed = sum(spans) - len(spans) <= _WAYS_UP_TO
        for link in plan.dependencies:
            first, last = layer_of[link.predecessor], layer_of[link.successor]
            self._lead(link, range(first + 1, last) if is_routed else range(0))

    def _lead(self, link: Dependency, passed: range) -> None:
        ways = []
        for y in passed:
            self._ways += 1
            ways.append(-self._ways)
            self.rows[y].append(ways[-1])
        self.ways[link] = ways
        line = (link.predecessor, *ways, link.successor)
        for one, other in pairwise(line):
            self.after.setdefault(one, []).append(other)
            self.before.setdefault(other, []).append(one)

    def places(self, row: list[int]) -> Iterator[tuple[int, float]]:
        """Give the middle of each item of a layer, the middle of the layer at 0."""
        x = -self.width(row) / 2
        for item in row:
            width = 1.0 if item > 0 else _WAY_WIDTH
            yield item, x + width / 2
            x += width

    @staticmethod
    def width(row: list[int]) -> float:
        """Give the width of a layer, in boxes."""
        return sum(1.0 if item > 0 else _WAY_WIDTH for item in row)

    def untangle(self) -> dict[int, float]:
        """Order each layer by the mean place of its neighbours, to and fro; give the places."""
        places = {item: x for row in self.rows for item, x in self.places(row)}
        for sweep in range(_SWEEPS):
            forth = sweep % 2 == 0
            for row in self.rows if forth else reversed(self.rows):
                _order(row, places, self.before if forth else self.after)
                places.update(self.places(row))
        return places


def network_layout(plan: Plan, result: Schedule) -> NetworkLayout:
    """Place the tasks by topological generation; stages without links are left out.

    Links that pass layers are led around their tasks (unless there are over 1,500 such
    passings), and every layer is ordered by the mean place of its neighbours, six sweeps to
    and fro: Sugiyama, Tagawa and Toda (1981), "Methods for visual understanding of
    hierarchical system structures".
    """
    layers = _Layers(plan)
    places = layers.untangle()
    spots = {
        item: Point(places[item], float(y)) for y, row in enumerate(layers.rows) for item in row
    }
    rows = [row for row in layers.rows if row]
    return NetworkLayout(
        plan=plan,
        nodes=tuple(Node(t, result[t.id], spots[t.id]) for t in plan.tasks if t.id in spots),
        edges=tuple(
            Edge(
                link,
                tuple(spots[x] for x in (link.predecessor, *ways, link.successor)),
                is_critical_link(link, result[link.predecessor], result[link.successor]),
            )
            for link, ways in layers.ways.items()
        ),
        width=max(map(layers.width, rows), default=0.0),
        height=len(rows),
    )


def _order(
    row: list[int], places: Mapping[int, float], neighbours: Mapping[int, list[int]]
) -> None:
    def wanted(item: int) -> float:
        around = neighbours.get(item)
        if not around:
            return places[item]
        return sum(places[other] for other in around) / len(around)

    row.sort(key=wanted)

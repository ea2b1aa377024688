import random
from itertools import combinations, pairwise

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmaps.domain.graph import graph_of
from roadmaps.domain.layers import crossings, placed, untangled, width_of
from roadmaps.domain.network import network_layout
from roadmaps.domain.plan import Dependency, Plan, Task
from roadmaps.domain.schedule import schedule
from tests.roadmaps.plans import START, plan_of, plans

Rows = list[list[int]]


@st.composite
def layers(draw) -> tuple[Rows, dict[int, list[int]]]:
    sizes = draw(st.lists(st.integers(1, 5), min_size=2, max_size=4))
    ids = iter(range(1, 99))
    rows = [[next(ids) for _ in range(size)] for size in sizes]
    below = {
        item: sorted(draw(st.sets(st.sampled_from(lower), max_size=3)))
        for upper, lower in pairwise(rows)
        for item in upper
    }
    return rows, below


def _by_pairs(rows: Rows, below: dict[int, list[int]]) -> int:
    """Count the crossings by looking at every pair of lines between two layers."""
    count = 0
    for upper, lower in pairwise(rows):
        lines = [(upper.index(a), lower.index(b)) for a in upper for b in below.get(a, ())]
        count += sum((a[0] - b[0]) * (a[1] - b[1]) < 0 for a, b in combinations(lines, 2))
    return count


@settings(max_examples=60)
@given(layers())
def test_crossings_are_those_found_by_comparing_every_pair_of_lines(drawn) -> None:
    assert crossings(*drawn) == _by_pairs(*drawn)


@settings(max_examples=60)
@given(layers())
def test_untangling_keeps_the_items_of_each_layer_and_never_adds_a_crossing(drawn) -> None:
    rows, below = drawn
    done = untangled(rows, below)
    assert [sorted(row) for row in done] == [sorted(row) for row in rows]
    assert crossings(done, below) <= crossings(rows, below)


@settings(max_examples=60)
@given(layers())
def test_items_stand_in_their_order_and_do_not_overlap(drawn) -> None:
    rows, below = drawn
    places = placed(rows, below)
    for row in rows:
        for left, right in pairwise(row):
            room = (width_of(left) + width_of(right)) / 2
            assert places[right] - places[left] >= room - 1e-9


def test_two_lines_that_cross_are_untangled() -> None:
    rows, below = [[1, 2], [3, 4]], {1: [4], 2: [3]}
    assert crossings(rows, below) == 1
    assert crossings(untangled(rows, below), below) == 0


def _tangle(count: int, seed: int) -> Plan:
    """A plan whose tasks wait for one to three others a little above them."""
    chance = random.Random(seed)
    links = {
        (chance.randint(max(1, task - 25), task - 1), task)
        for task in range(2, count + 1)
        for _ in range(chance.choice([1, 1, 2, 3]))
    }
    tasks = tuple(Task(n, f"Шаг {n}", 1, position=n) for n in range(1, count + 1))
    return Plan(START, tasks, tuple(Dependency(a, b) for a, b in sorted(links)))


def _crossed(ends: list[tuple[float, float, float, float]]) -> int:
    """Count the crossings of straight lines that run from one height to another."""

    def side(a: tuple[float, ...], x: float, y: float) -> float:
        return (a[2] - a[0]) * (y - a[1]) - (a[3] - a[1]) * (x - a[0])

    return sum(
        side(a, b[0], b[1]) * side(a, b[2], b[3]) < 0
        and side(b, a[0], a[1]) * side(b, a[2], a[3]) < 0
        for a, b in combinations(ends, 2)
    )


@pytest.mark.parametrize("seed", [1, 2])
def test_two_hundred_tasks_cross_less_than_half_as_often_as_in_the_order_of_networkx(
    seed: int,
) -> None:
    plan = _tangle(200, seed)
    graph = graph_of(plan)
    for layer, nodes in enumerate(nx.topological_generations(graph)):
        for node in nodes:
            graph.nodes[node]["layer"] = layer
    plain = nx.multipartite_layout(graph, subset_key="layer", align="horizontal")
    ours = {n.task.id: n.at for n in network_layout(plan, schedule(plan)).nodes}
    theirs, found = (
        _crossed([(*at[x.predecessor], *at[x.successor]) for x in plan.dependencies])
        for at in (plain, ours)
    )
    assert 0 < found * 2 < theirs


def test_tasks_without_links_stand_in_rows_below_the_rest() -> None:
    plan = plan_of(*[1] * 10, links="A-B")
    at = {node.task.title: node.at for node in network_layout(plan, schedule(plan)).nodes}
    assert [at[name].y for name in "ABCDEFGHIJ"] == [0, 1, *[2] * 6, *[3] * 2]
    assert [at[name].x for name in "IJ"] == [-0.5, 0.5]


def test_links_that_others_imply_are_marked_and_can_be_left_out() -> None:
    plan = plan_of(1, 1, 1, links="A-B B-C A-C")
    marked = {(e.link.predecessor, e.link.successor): e.is_redundant
              for e in network_layout(plan, schedule(plan)).edges}  # fmt: skip
    assert marked == {(1, 2): False, (2, 3): False, (1, 3): True}
    without = network_layout(plan, schedule(plan), without_redundant=True)
    assert [x.link.successor for x in without.edges] == [2, 3]


@settings(max_examples=20)
@given(plans())
def test_the_drawing_is_as_wide_as_its_boxes_reach(plan: Plan) -> None:
    layout = network_layout(plan, schedule(plan))
    assert all(abs(node.at.x) + 0.5 <= layout.width / 2 + 1e-9 for node in layout.nodes)

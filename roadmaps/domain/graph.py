"""The plan as a directed graph: who waits for whom, in any number of steps."""

from typing import Final

import networkx as nx

from roadmaps.domain.errors import CycleError
from roadmaps.domain.plan import Plan

_ARROW: Final = " → "


def graph_of(plan: Plan) -> nx.DiGraph:
    """Build the graph: one node per task, one edge per pair of linked tasks."""
    graph = nx.DiGraph()
    graph.add_nodes_from(task.id for task in plan.tasks)
    graph.add_edges_from((link.predecessor, link.successor) for link in plan.dependencies)
    return graph


def find_cycle(plan: Plan) -> tuple[int, ...]:
    """Give the ids of some tasks that wait for each other, in order; none: empty.

    O(n + m) time.
    """
    try:
        return tuple(edge[0] for edge in nx.find_cycle(graph_of(plan)))
    except nx.NetworkXNoCycle:
        return ()


def check_acyclic(plan: Plan) -> None:
    """Refuse a plan in which tasks wait for each other, naming them.

    Raises
    ------
    CycleError
        With `tasks`: the titles in a circle, the first repeated at the end.
    """
    cycle = find_cycle(plan)
    if cycle:
        titles = [plan.task(task_id).title for task_id in (*cycle, cycle[0])]
        raise CycleError(tasks=_ARROW.join(titles))


def task_order(plan: Plan) -> tuple[int, ...]:
    """Order the tasks so that each comes after all it waits for, rows breaking ties."""
    check_acyclic(plan)
    rank = {task.id: task.position for task in plan.tasks}
    return tuple(nx.lexicographical_topological_sort(graph_of(plan), key=rank.__getitem__))


def generations(plan: Plan) -> tuple[tuple[int, ...], ...]:
    """Split the tasks into layers; each waits only for tasks of earlier layers."""
    check_acyclic(plan)
    return tuple(tuple(layer) for layer in nx.topological_generations(graph_of(plan)))


def followers(plan: Plan, task_id: int) -> frozenset[int]:
    """Give all tasks that wait for this one, directly or through others."""
    plan.task(task_id)
    return frozenset(nx.descendants(graph_of(plan), task_id))


def forerunners(plan: Plan, task_id: int) -> frozenset[int]:
    """Give all tasks that this one waits for, directly or through others."""
    plan.task(task_id)
    return frozenset(nx.ancestors(graph_of(plan), task_id))

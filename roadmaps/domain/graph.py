"""The plan as a directed graph: who waits for whom, in any number of steps."""

from typing import Final

import networkx as nx

from roadmaps.domain.arrays import arrays_of
from roadmaps.domain.errors import CycleError
from roadmaps.domain.plan import Dependency, LinkKind, Plan

_ARROW: Final = " → "


def graph_of(plan: Plan) -> nx.DiGraph:
    """Build the graph: one node per task, one edge per pair of linked tasks."""
    graph = nx.DiGraph()
    graph.add_nodes_from(task.id for task in plan.tasks)
    graph.add_edges_from((link.predecessor, link.successor) for link in plan.dependencies)
    return graph


def find_cycle(plan: Plan) -> tuple[int, ...]:
    """Give the ids of some tasks that wait for each other, in order; none: empty.

    A stage waits with all its parts, so a cycle may lead through a stage. O(n + m) time.
    """
    try:
        edges = nx.find_cycle(_graph_of_ends(plan))
    except nx.NetworkXNoCycle:
        return ()
    ids = [edge[0][0] for edge in edges]
    return tuple(x for i, x in enumerate(ids) if x != ids[i - 1]) or (ids[0],)


def check_acyclic(plan: Plan) -> None:
    """Refuse a plan in which tasks wait for each other, naming them.

    Raises
    ------
    CycleError
        With `tasks`: the titles in a circle, the first repeated at the end.
    """
    if not arrays_of(plan).is_cyclic:
        return
    cycle = find_cycle(plan)
    titles = [plan.task(task_id).title for task_id in (*cycle, cycle[0])]
    raise CycleError(tasks=_ARROW.join(titles))


def redundant_links(plan: Plan) -> tuple[Dependency, ...]:
    """List the plain links that others imply: finish-to-start without lag, and a longer way.

    A link is implied only where every other way from its predecessor to its successor is made
    of such links (each of lag 0 or more), so that taking it out moves nothing. The transitive
    reduction of Aho, Garey and Ullman (1972).
    """
    check_acyclic(plan)
    plain = nx.DiGraph()
    for link in plan.dependencies:
        after = plan.task(link.successor)
        is_held = after.placed_at is None and after.progress is None
        if link.kind is LinkKind.FS and link.lag >= 0 and is_held:
            plain.add_edge(link.predecessor, link.successor)
    kept = nx.transitive_reduction(plain)
    return tuple(
        link
        for link in plan.dependencies
        if link.kind is LinkKind.FS
        and link.lag == 0
        and plain.has_edge(link.predecessor, link.successor)
        and not kept.has_edge(link.predecessor, link.successor)
    )


def _graph_of_ends(plan: Plan) -> nx.DiGraph:
    """Build the graph in which a stage has an entrance, an exit and a first beginning."""
    graph = nx.DiGraph()

    def end(task_id: int, role: str) -> tuple[int, str]:
        return task_id, role if task_id in plan.stages else ""

    for stage, parts in plan.parts.items():
        for part in parts:
            graph.add_edge((stage, "in"), end(part, "in"))
            graph.add_edge(end(part, "out"), (stage, "out"))
            graph.add_edge(end(part, "begun"), (stage, "begun"))
    for link in plan.dependencies:
        source = end(link.predecessor, "out" if link.kind.leaves_finish else "begun")
        graph.add_edge(source, end(link.successor, "out" if link.kind.meets_finish else "in"))
    return graph


def task_order(plan: Plan) -> tuple[int, ...]:
    """Order the tasks so that each comes after all it waits for, rows breaking ties."""
    check_acyclic(plan)
    rank = {task.id: task.position for task in plan.tasks}
    return tuple(nx.lexicographical_topological_sort(graph_of(plan), key=rank.__getitem__))


def generations(plan: Plan) -> tuple[tuple[int, ...], ...]:
    """Split the tasks into layers; each waits only for tasks of earlier layers."""
    check_acyclic(plan)
    return tuple(tuple(layer) for layer in nx.topological_generations(graph_of(plan)))

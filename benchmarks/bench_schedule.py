"""How fast are plans scheduled? Each goal beside its baseline, in the same run."""

import argparse
import gc
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from core.calendar import russian_calendar
from roadmaps.domain.arrays import arrays_of
from roadmaps.domain.bounds import bounds_of
from roadmaps.domain.calendar import NamedCalendar, OwnCalendar
from roadmaps.domain.edits import ChangeTask, apply
from roadmaps.domain.laid import lay
from roadmaps.domain.lines import Lines
from roadmaps.domain.machine import calendar_passes, passes
from roadmaps.domain.moves import moves
from roadmaps.domain.plan import Dependency, LinkKind, Plan, Task
from roadmaps.domain.portfolio import portfolio
from roadmaps.domain.why import why

START = date(2026, 6, 1)
KINDS = tuple(LinkKind)
_LARGE = 200_000_000


def plan_of(tasks: int, links: int, seed: int = 1, calendars: tuple[str, ...] = ("",)) -> Plan:
    """Draw a plan: links lead at most 200 tasks on, rows are in no order of the work."""
    rng = np.random.default_rng(seed)
    label = rng.permutation(tasks) + 1
    before = rng.integers(0, tasks, 3 * links)
    after = np.minimum(tasks - 1, before + rng.integers(1, 200, 3 * links))
    pairs: dict[tuple[int, int], Dependency] = {}
    for a, b in zip(before.tolist(), after.tolist(), strict=True):
        if a < b and len(pairs) < links:
            kind, lag = KINDS[rng.integers(4)], int(rng.integers(-5, 11))
            pairs[a, b] = Dependency(int(label[a]), int(label[b]), kind, lag)
    rows = tuple(
        Task(n, "t", int(rng.integers(0, 6)), f"u{n}", n, calendar=calendars[n % len(calendars)])
        for n in range(1, tasks + 1)
    )
    named = (
        NamedCalendar("w", "weekends too", OwnCalendar(weekdays=tuple(range(7)))),
        NamedCalendar("s", "short week", OwnCalendar(weekdays=(0, 1, 2, 3))),
    )
    return Plan(START, rows, tuple(pairs.values()), calendars=named)


def given(plan: Plan) -> Plan:
    """Give each task of a plan to one of forty people."""
    rows = (replace(task, responsible_id=task.id * 7 % 40 + 1) for task in plan.tasks)
    return replace(plan, tasks=tuple(rows))


def best(run: Callable[[], object], times: int) -> float:
    """Give the least time of several runs [ms of one processor]: others may use the machine."""
    found = []
    gc.collect()
    gc.freeze()  # as the server does after its start
    for _ in range(times):
        begun = time.thread_time()
        run()
        found.append(time.thread_time() - begun)
    return min(found) * 1e3


def two_passes(plan: Plan) -> tuple[Callable[[], object], NDArray[np.int32], NDArray[np.int32]]:
    """Give both passes over the arrays of a plan as one call, and what they fill."""
    arrays, machine = arrays_of(plan), passes()
    n = len(arrays.duration)
    lower, upper = np.zeros(n, np.int32), np.full(n, 1 << 30, np.int32)
    nodes = np.zeros((n, 4), np.int32)
    nodes[:, machine.DURATION] = arrays.duration
    driver, presser = np.empty(n, np.int32), np.empty(n, np.int32)
    group, lengths = np.zeros(n, np.int32), np.zeros(1, np.int32)
    links = arrays.first, arrays.src, arrays.kind, arrays.lag, nodes

    def run() -> None:
        lengths[0] = 0
        machine.forward(*links, lower, group, lengths, driver)
        machine.backward(*links, upper, group, lengths, presser)

    run()
    return run, nodes[:, machine.EARLY], nodes[:, machine.LATE]


def bytes_touched(plan: Plan) -> int:
    """Count the bytes that both passes must read and write at least."""
    arrays = arrays_of(plan)
    links = (arrays.first, arrays.src, arrays.kind, arrays.lag)
    # both passes read the links; nodes are read and written by both, dates and reasons once
    nodes = len(arrays.duration) * (2 * 2 * 16 + 2 * 4 + 2 * 4 + 2 * 4)
    return 2 * sum(part.nbytes for part in links) + nodes


def copying(count: int) -> float:
    """Give the time that copying takes to touch so many bytes of memory, not of caches [ms]."""
    source = np.ones(_LARGE, np.uint8)
    target = np.empty_like(source)
    return best(lambda: np.copyto(target, source), 5) * count / (2 * _LARGE)


def with_calendars(plan: Plan) -> Callable[[], object]:
    """Give both passes through ticks, over three calendars, as one call."""
    arrays, machine = arrays_of(plan), calendar_passes()
    lines = Lines(plan, russian_calendar(), (START.year, START.year + 20))
    bounds, (table, begins) = bounds_of(plan, arrays, lines), lines.table()
    n = len(arrays.duration)
    out = np.zeros((5, n), np.int64)
    driver, presser = np.empty(n, np.int32), np.empty(n, np.int32)
    evening, counts = np.zeros(n, np.uint8), np.ones(n, np.uint8)
    late, room = np.empty(n, np.int64), np.empty(n, np.int64)
    lag, duration = arrays.lag.astype(np.int64), bounds.duration.astype(np.int64)
    graph = (arrays.first, arrays.src, arrays.kind, arrays.counting, lag, bounds.line, bounds.roll)
    times = (duration, bounds.flags, table, begins, lines.unit.per_day, bounds.calendar)

    def run() -> None:
        machine.forward(
            *graph, *times, bounds.lower, bounds.started, out, driver, evening, lines.start
        )
        ends = (driver, evening, counts, int(out[3].max()), bounds.upper)
        machine.backward(*graph, *times, out, *ends, late, room, presser, 0)

    return run


def networkx_loop(plan: Plan) -> tuple[Callable[[], object], dict[int, int], dict[int, int]]:
    """Give the same passes as a plain loop over a graph of networkx."""
    graph = nx.MultiDiGraph()
    for task in plan.tasks:
        graph.add_node(task.id, days=task.duration)
    for link in plan.dependencies:
        graph.add_edge(link.predecessor, link.successor, kind=link.kind, lag=link.lag)
    early, late = dict[int, int](), dict[int, int]()

    def shift(before: int, after: int, data: dict[str, object]) -> int:
        kind: LinkKind = data["kind"]  # type: ignore[assignment]  # networkx keeps objects
        left = graph.nodes[before]["days"] if kind.leaves_finish else 0
        met = graph.nodes[after]["days"] if kind.meets_finish else 0
        return int(left) + int(data["lag"]) - int(met)  # type: ignore[call-overload]  # as above

    def run() -> None:
        order = list(nx.topological_sort(graph))
        for node in order:
            bounds = (
                early[a] + shift(a, node, data) for a, _, data in graph.in_edges(node, data=True)
            )
            early[node] = max(bounds, default=0)
            early[node] = max(early[node], 0)
        length = max(early[node] + graph.nodes[node]["days"] for node in order)
        for node in reversed(order):
            own = length - graph.nodes[node]["days"]
            bounds = (
                late[b] - shift(node, b, data) for _, b, data in graph.out_edges(node, data=True)
            )
            late[node] = min(own, min(bounds, default=own))

    return run, early, late


def edited() -> float:
    """Time one edit of a 1,000-task roadmap: schedule, reasons, what moved [ms]."""
    plan = plan_of(1_000, 2_300)
    before = lay(plan, russian_calendar())
    before.ticks  # noqa: B018 — the page has shown the plan already
    first = plan.tasks[499]

    def run() -> None:
        changed = apply(plan, ChangeTask(replace(first, duration=first.duration + 3)))
        after = lay(changed, russian_calendar())
        why(after)
        moves(before, after)

    return best(run, 30)


def first_and_second() -> tuple[float, float]:
    """Time the first and the second schedule of a process that has started as the server does."""
    code = (
        "import time\n"
        "from dashboards.routes import MODULES\n"
        "from importlib import import_module\n"
        "for name in MODULES: import_module(name)\n"
        "from benchmarks.bench_schedule import plan_of\n"
        "from core.calendar import russian_calendar\n"
        "from roadmaps.domain.laid import lay\n"
        "for seed in (1, 2):\n"
        "    plan = plan_of(200, 400, seed)\n"
        "    begun = time.perf_counter()\n"
        "    lay(plan, russian_calendar()).ticks\n"
        "    print((time.perf_counter() - begun) * 1e3)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    first, second = map(float, done.stdout.split())
    return first, second


def main() -> None:
    """Print the table."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    print("| work | goal | measured | beside it |\n|---|---|---|---|")
    ten = plan_of(10_000, 25_000)
    run, early, late = two_passes(ten)
    slow, early_too, late_too = networkx_loop(ten)
    fast, plain = best(run, 200), best(slow, 3)
    ids = [arrays_of(ten).nodes[n] for n in arrays_of(ten).order.tolist()]
    assert early.tolist() == [early_too[x] for x in ids]
    assert late.tolist() == [late_too[x] for x in ids]
    print(
        f"| both passes, 10,000 tasks / {len(ten.dependencies):,} links | ≤ 1 ms, ≥ 100× networkx |"
        f" {fast:.2f} ms, {plain / fast:.0f}× | plain networkx loop, equal results: {plain:.0f} ms |"
    )
    mixed = plan_of(10_000, 25_000, calendars=("", "", "", "w", "s"))
    print(
        f"| the same with three calendars | ≤ 3 ms | {best(with_calendars(mixed), 50):.2f} ms | |"
    )
    hundred = plan_of(100_000, 250_000)
    fast, moved = best(two_passes(hundred)[0], 50), bytes_touched(hundred)
    copied = copying(moved)
    print(
        f"| 100,000 tasks / {len(hundred.dependencies):,} links | ≤ 15 ms, ≤ 12× copying |"
        f" {fast:.1f} ms, {fast / copied:.1f}× | copying {moved / 1e6:.1f} MB: {copied:.2f} ms |"
    )
    print(f"| 1,000-task roadmap edited once | ≤ 10 ms | {edited():.1f} ms | |")
    plans = {key: given(plan_of(33 + (key % 3 == 0), 60, key)) for key in range(300)}
    count = sum(len(plan.tasks) for plan in plans.values())

    # new values each time: a plan keeps what has been found out about it
    fresh = iter([{key: replace(plan) for key, plan in plans.items()} for _ in range(10)])

    def many() -> None:
        portfolio(next(fresh), russian_calendar())

    work = f"300 roadmaps, {count:,} tasks in all, of 40 people"
    print(f"| {work} | ≤ 50 ms | {best(many, 10):.0f} ms | |")
    first, second = first_and_second()
    print(
        f"| first schedule in a fresh server process | ≤ 500 ms later than the second |"
        f" {first - second:.0f} ms | first {first:.1f} ms, second {second:.1f} ms |"
    )


if __name__ == "__main__":
    main()

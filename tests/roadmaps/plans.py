"""Random plans for property tests, and a second way to schedule one."""

from collections.abc import Mapping
from datetime import date

from hypothesis import strategies as st

from roadmaps.domain.plan import Dependency, LinkKind, Plan, Task

START = date(2026, 2, 2)
_END_OF_BEFORE = {LinkKind.FS: 1, LinkKind.FF: 1, LinkKind.SS: 0, LinkKind.SF: 0}
_END_OF_AFTER = {LinkKind.FS: 0, LinkKind.FF: 1, LinkKind.SS: 0, LinkKind.SF: 1}


def plan_of(*durations: int, links: str = "", start: date = START) -> Plan:
    """A plan of tasks A, B, C…; links as `A-B`, `A-C:ss+2`."""
    tasks = tuple(
        Task(number, chr(64 + number), duration, uid=f"u{number}", position=number)
        for number, duration in enumerate(durations, start=1)
    )
    return Plan(start, tasks, tuple(_link(text) for text in links.split()))


def _link(text: str) -> Dependency:
    ends, _, rest = text.partition(":")
    before, after = (ord(letter) - 64 for letter in ends.split("-"))
    kind, lag = (LinkKind(rest[:2]), int(rest[2:] or 0)) if rest else (LinkKind.FS, 0)
    return Dependency(before, after, kind, lag)


@st.composite
def plans(draw, max_tasks: int = 12) -> Plan:
    """Sound plans: links only lead from earlier to later ids, rows are shuffled."""
    count = draw(st.integers(0, max_tasks))
    rows = draw(st.permutations(range(1, count + 1)))
    tasks = tuple(
        Task(
            id=number,
            title=draw(st.sampled_from(["Опрос", "Смета", "Plan 😀", "<b>x</b>"])),
            duration=draw(st.integers(0, 9)),
            uid=f"u{number}",
            position=row,
            done_percent=draw(st.integers(0, 100)),
        )
        for number, row in enumerate(rows, start=1)
    )
    ends = st.tuples(st.integers(1, max(count, 1)), st.integers(1, max(count, 1)))
    pairs = (
        draw(st.sets(ends.filter(lambda pair: pair[0] < pair[1]), max_size=20)) if count > 1 else ()
    )
    links = tuple(
        Dependency(before, after, draw(st.sampled_from(LinkKind)), draw(st.integers(-4, 5)))
        for before, after in pairs
    )
    return Plan(START, tasks, links)


def broken_links(plan: Plan, starts: Mapping[int, int]) -> int:
    """Count the dependencies that given starts [units] do not keep."""
    broken = 0
    for link in plan.dependencies:
        before, after = plan.task(link.predecessor), plan.task(link.successor)
        held = starts[before.id] + (before.duration if link.kind.leaves_finish else 0) + link.lag
        broken += starts[after.id] + (after.duration if link.kind.meets_finish else 0) < held
    return broken


def second_schedule(plan: Plan) -> tuple[int, dict[int, int], dict[int, int]]:
    """Length, early and late starts by Bellman and Ford's relaxation over all constraints.

    Written apart from the product: no topological order, no passes.
    """
    days = {task.id: task.duration for task in plan.tasks}
    weights = [
        (
            x.predecessor,
            x.successor,
            _END_OF_BEFORE[x.kind] * days[x.predecessor]
            + x.lag
            - _END_OF_AFTER[x.kind] * days[x.successor],
        )
        for x in plan.dependencies
    ]
    early = dict.fromkeys(days, 0)
    for _ in days:
        for before, after, weight in weights:
            early[after] = max(early[after], early[before] + weight)
    length = max((early[x] + days[x] for x in days), default=0)
    late = {x: length - days[x] for x in days}
    for _ in days:
        for before, after, weight in weights:
            late[before] = min(late[before], late[after] - weight)
    return length, early, late

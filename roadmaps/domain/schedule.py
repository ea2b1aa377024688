"""The critical-path method over all four kinds of dependency, with lags and calendars."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import accumulate, compress, pairwise
from typing import Final, NamedTuple

import numpy as np

from roadmaps.domain.arrays import (
    Arrays,
    Gate,
    Longs,
    arranged,
    arrays_of,
    columns_of,
    joined,
    leaves,
)
from roadmaps.domain.calendar import WorkingDays
from roadmaps.domain.errors import PlanTooLongError
from roadmaps.domain.graph import check_acyclic
from roadmaps.domain.placing import Placed, place_by_calendars, place_by_units, place_together
from roadmaps.domain.plan import LONGEST_PLAN_IN_TASKS, Dependency, Plan, Task, longest

_AT_BOUND: Final = -2
_BY_FINISH: Final = 2


class Slot(NamedTuple):
    """When one task can be done, in working units of the plan from its start.

    `free_float` is by how much the task may be late without moving any other, `total_float`
    without moving the end of the plan or breaking a date that presses; below 0 such a date is
    already broken. Floats are in the time the task itself is done in. A stage spans its parts.
    """

    early_start: int
    early_finish: int
    late_start: int
    late_finish: int
    free_float: int
    total_float: int
    is_critical: bool


_SLOT: Final = partial(tuple.__new__, Slot)  # `Slot._make` without its check, ten to one


@dataclass(frozen=True, slots=True)
class Schedule:
    """A slot for every task, by its id, and the length of the plan [units].

    `driven_by` gives the link that holds a task where it is, for those that a link holds;
    `pressed_by` the tasks whose dates make the float of others negative. `ticks` stand where
    slots do not tell all: tasks with calendars of their own, hands, progress. Milestones in
    `mornings`, and stages that consist of milestones, begin a day's work; others end the work
    before them.
    """

    slots: Mapping[int, Slot]
    length: int
    driven_by: Mapping[int, Dependency] = field(default_factory=dict)
    pressed_by: Mapping[int, int] = field(default_factory=dict)
    mornings: frozenset[int] = frozenset()
    ticks: Mapping[int, tuple[int, int]] | None = None
    last_tick: int | None = None

    def __getitem__(self, task_id: int) -> Slot:
        return self.slots[task_id]

    def is_point(self, task_id: int) -> bool:
        """Tell whether a task takes no time; one done on days off by its own calendar does."""
        if self.ticks is not None:
            start, finish = self.ticks[task_id]
            return start == finish
        slot = self.slots[task_id]
        return slot.early_start == slot.early_finish


def schedule(plan: Plan, days: WorkingDays | None = None) -> Schedule:
    """Place every task as early as its predecessors, dates and calendars allow.

    The critical-path method: a forward pass gives the earliest starts, a backward pass from
    the end of the plan gives the latest ones.

    Parameters
    ----------
    plan
        n tasks with whole durations, m dependencies with whole lags [units of the plan].
        Order does not matter. A task that has parts is a stage: its own duration counts
        for nothing, it spans its parts; what waits for a stage waits for all of it.
    days
        The calendar of a plan that has none of its own; none: weekdays are worked.

    Returns
    -------
    Schedule
        One `Slot` per task, keyed by task id, in units from the start of the plan, and the
        length of the plan [units]. An empty plan has length 0.

    Raises
    ------
    CycleError
        If some tasks wait for each other; carries one such cycle as `tasks`.
    PlanTooLongError
        If the plan would end later than four times the longest task allowed.

    Notes
    -----
    No task starts before the plan does, whatever a negative lag or a start-to-finish link
    would allow (Primavera's convention; Microsoft Project lets such a task start earlier).

    O(n + m) time. Kelley and Walker (1959), "Critical-path planning and scheduling";
    precedence relations: Elmaghraby (1977), "Activity Networks", chapter 1.
    """
    arrays = arrays_of(plan)
    if arrays.is_cyclic:
        check_acyclic(plan)
    if arrays.is_plain:
        placed = place_by_units(plan, arrays, days)
    else:
        placed = place_by_calendars(plan, arrays, days)
    everything = slice(0, len(arrays.tasks))
    return _Told(arrays, placed).of(plan, _checked(plan, placed.length), everything)


def schedules(plans: Sequence[Plan], days: WorkingDays | None = None) -> list[Schedule]:
    """Schedule many plans; all that have no dates of their own in one run of the passes.

    Raises
    ------
    DomainError
        As `schedule` does, for the first plan that has a fault.
    """
    columns = [columns_of(plan) for plan in plans]
    plain = [x.is_plain and not x.is_dated and not x.has_gates for x in columns]
    arrays = arranged(joined(list(compress(columns, plain))))
    if arrays.is_cyclic:
        return [schedule(plan, days) for plan in plans]
    counts = [len(x.tasks) for x in compress(columns, plain)]
    placed, lengths = place_together(arrays, counts)
    told = _Told(arrays, placed)
    together = zip(lengths, pairwise(accumulate(counts, initial=0)), strict=True)
    found = []
    for plan, column, is_plain in zip(plans, columns, plain, strict=True):
        if is_plain:
            length, (start, stop) = next(together)
            found.append(told.of(plan, _checked(plan, length), slice(start, stop)))
        else:
            arrays_of(plan, column)
            found.append(schedule(plan, days))
    return found


def critical_tasks(plan: Plan, result: Schedule) -> tuple[Task, ...]:
    """List the tasks whose delay delays the plan, in the order they are done."""
    found = [t for t in plan.tasks if result[t.id].is_critical and t.id not in plan.stages]
    return tuple(sorted(found, key=lambda t: (result[t.id].early_start, t.position)))


def longest_path(plan: Plan, result: Schedule) -> tuple[Task, ...]:
    """Follow the driving links back from the task that ends last; in the order they are done.

    Where a stage drives, the path goes on through its part that ends last.
    """
    leaves = [task.id for task in plan.tasks if task.id not in plan.stages]
    if not leaves:
        return ()
    at: int | None = max(leaves, key=lambda x: (result[x].early_finish, -plan.by_id[x].position))
    path: list[Task] = []
    while at is not None:
        path.append(plan.by_id[at])
        link = result.driven_by.get(at)
        at = None if link is None else _end_of(plan, result, link)
    return tuple(reversed(path))


def _end_of(plan: Plan, result: Schedule, link: Dependency) -> int:
    """Give the task behind a link: itself, or the part of a stage that holds its end."""
    found = link.predecessor
    while found in plan.stages:
        parts = plan.parts[found]
        if link.kind.leaves_finish:
            found = max(parts, key=lambda x: result[x].early_finish)
        else:
            found = min(parts, key=lambda x: result[x].early_start)
    return found


def _checked(plan: Plan, length: int) -> int:
    """Give the length of a plan, if it is not too long."""
    limit = longest(plan.unit) * LONGEST_PLAN_IN_TASKS
    if length > limit:
        raise PlanTooLongError(length=length, limit=limit, unit=plan.unit)
    return length


class _Told:
    """The results of the passes with the names of the tasks, of one plan or of many in a row."""

    def __init__(self, arrays: Arrays, placed: Placed) -> None:
        self._arrays, self._placed = arrays, placed
        count, order = len(arrays.tasks), arrays.order
        self._rank = np.empty(len(order), np.int64)
        self._rank[order] = np.arange(len(order))
        mine = self._rank[:count]
        figures = np.array(placed.columns)[:, mine]
        critical = figures[5] <= 0
        if placed.done is not None:
            critical &= ~placed.done[mine]
            critical &= ~np.array([task.off_path for task in arrays.tasks], np.bool_)
        self._ids: list[int] = arrays.nodes[:count]  # type: ignore[assignment]  # gates come later
        self._rows = list(map(_SLOT, zip(*figures.tolist(), critical.tolist(), strict=True)))
        self._held = _drivers(arrays, placed, mine)
        self._pressed = dict(_pressers(arrays, placed))
        self._mornings = list(_mornings(arrays, placed, mine.tolist()))

    def of(self, plan: Plan, length: int, part: slice) -> Schedule:
        """Give the schedule of the plan whose tasks stand at these places among all."""
        placed, ids = self._placed, self._ids[part]
        slots = dict(zip(ids, self._rows[part], strict=True))
        driven = {
            task: link for task, link in zip(ids, self._held[part], strict=True) if link is not None
        }
        low, high = (bisect_left(self._mornings, place) for place in (part.start, part.stop))
        mornings = frozenset(self._ids[place] for place in self._mornings[low:high])
        ticks = None
        if placed.ticks is not None:
            pairs = placed.ticks[:, self._rank[part]].T.tolist()
            ticks = {task: (first, last) for task, (first, last) in zip(ids, pairs, strict=True)}
        if plan.stages:
            _span_stages(plan, slots, self._gates(), ticks)
            mornings |= _stages_of_mornings(plan, slots, ticks, mornings)
        pressed = self._pressed if part.stop - part.start == len(self._ids) else {}
        return Schedule(slots, length, driven, pressed, mornings, ticks, placed.last_tick)

    def _gates(self) -> dict[Gate, int]:
        """Give the finish of every gate behind which a stage is done."""
        finish, count = self._placed.columns[1], len(self._ids)
        return {
            node: finish[self._rank[i]].item()
            for i, node in enumerate(self._arrays.nodes[count:], start=count)
            if isinstance(node, Gate) and node.role == "out"
        }


def _drivers(arrays: Arrays, placed: Placed, mine: Longs) -> list[Dependency | None]:
    """Give the link that holds each task, looking through the gates of stages."""
    links, held = arrays.links, placed.driver[mine].tolist()
    if len(arrays.nodes) == len(arrays.tasks):
        return [links[e] if e >= 0 else None for e in held]
    drivers, src, found = placed.driver.tolist(), arrays.src.tolist(), []
    for link in held:
        e = link
        while e >= 0 and links[e] is None:
            e = drivers[src[e]]
        found.append(links[e] if e >= 0 else None)
    return found


def _pressers(arrays: Arrays, placed: Placed) -> Iterator[tuple[int, int]]:
    """Give the task (or stage) whose date makes the float of each late task negative."""
    total = placed.columns[5]
    if not (total < 0).any():
        return
    after = _successors(arrays)
    pressers, order = placed.presser.tolist(), arrays.order.tolist()
    for place in np.flatnonzero(total < 0).tolist():
        at = place
        while pressers[at] >= 0:
            at = after[pressers[at]]
        if pressers[at] == _AT_BOUND and order[place] < len(arrays.tasks):
            node = arrays.nodes[order[at]]
            cause = node.stage if isinstance(node, Gate) else node
            yield arrays.tasks[order[place]].id, cause


def _successors(arrays: Arrays) -> list[int]:
    counts = np.diff(arrays.first)
    found: list[int] = np.repeat(np.arange(len(counts)), counts).tolist()
    return found


def _mornings(arrays: Arrays, placed: Placed, mine: Sequence[int]) -> Iterator[int]:
    """Give the places of milestones that begin what follows: no work before holds them."""
    if placed.evening is not None:
        for n, (task, place) in enumerate(zip(arrays.tasks, mine, strict=True)):
            if task.is_milestone and not placed.evening[place]:
                yield n
        return
    points = np.flatnonzero(arrays.duration == 0)
    if not len(points):
        return
    late = dict[int, bool]()
    held_by = placed.driver[points]
    links = np.maximum(held_by, 0) if len(arrays.src) else np.zeros(0, np.int32)
    lags, kinds = arrays.lag[links].tolist(), arrays.kind[links].tolist()
    before = arrays.src[links].tolist()
    for n, (place, held) in enumerate(zip(points.tolist(), held_by.tolist(), strict=True)):
        if placed.dated is not None and placed.dated[place]:
            late[place] = placed.dated[place] == _BY_FINISH
            continue
        late[place] = held >= 0 and (lags[n] != 0 or late.get(before[n], bool(kinds[n] & 1)))
    early = arrays.order[[place for place, is_late in late.items() if not is_late]]
    yield from np.sort(early[early < len(arrays.tasks)]).tolist()


def _stages_of_mornings(
    plan: Plan,
    slots: Mapping[int, Slot],
    ticks: Mapping[int, tuple[int, int]] | None,
    mornings: frozenset[int],
) -> set[int]:
    """Give the stages of nothing but milestones that begin a day: those with such a part."""
    found = set[int]()
    for stage in plan.stages:
        start, finish = slots[stage][:2] if ticks is None else ticks[stage]
        if start == finish and any(leaf in mornings for leaf in leaves(plan, stage)):
            found.add(stage)
    return found


def _span_stages(
    plan: Plan,
    slots: dict[int, Slot],
    gates: Mapping[Gate, int],
    ticks: dict[int, tuple[int, int]] | None,
) -> None:
    known = dict[int, Slot]()

    def span(stage: int) -> Slot:
        if stage not in plan.stages:
            return slots[stage]
        if stage in known:
            return known[stage]
        inner = [span(part) for part in plan.parts[stage]]
        early = min(slot.early_start for slot in inner)
        reserve = min(slot.total_float for slot in inner)
        finish = max(slot.early_finish for slot in inner)
        finish = max(finish, gates.get(Gate(stage, "out"), finish))
        known[stage] = Slot(
            early,
            finish,
            early + reserve,
            min(max(slot.late_finish for slot in inner), finish + reserve),
            min(slot.free_float for slot in inner),
            reserve,
            any(slot.is_critical for slot in inner),
        )
        if ticks is not None:
            ends = [ticks[part] for part in plan.parts[stage]]
            ticks[stage] = (min(end[0] for end in ends), max(end[1] for end in ends))
        return known[stage]

    for stage in plan.parts:
        span(stage)
    slots.update(known)

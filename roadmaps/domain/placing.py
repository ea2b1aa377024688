"""Running the passes over the arrays of a plan."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from roadmaps.domain.arrays import Arrays
from roadmaps.domain.bounds import Bounds, bounds_of, moments
from roadmaps.domain.calendar import WorkingDays
from roadmaps.domain.errors import PlanTooLongError
from roadmaps.domain.lines import OF_PLAN, Lines, years_of
from roadmaps.domain.machine import calendar_passes, passes
from roadmaps.domain.plan import Plan, longest

_TRIES = 12
_FAR = 1 << 30  # so that no sum of two leaves 32 bits
Longs = NDArray[np.int64]
_Two: TypeAlias = tuple[NDArray[np.int32], NDArray[np.int32]]


@dataclass(frozen=True, slots=True)
class Placed:
    """What the passes found, by rank.

    `columns`: early start and finish, late start and finish [plan's units], free and total
    float. `ticks`: start and finish of each node, where units do not tell them. `dated`: 1
    where a date of its own that begins something holds a node, 2 where one that ends something.
    """

    columns: Sequence[Longs]
    length: int
    driver: NDArray[np.int32]
    presser: NDArray[np.int32]
    done: NDArray[np.bool_] | None = None
    evening: NDArray[np.uint8] | None = None
    ticks: Longs | None = None
    last_tick: int | None = None
    dated: NDArray[np.int8] | None = None


def place_by_units(plan: Plan, arrays: Arrays, days: WorkingDays | None) -> Placed:
    """Place tasks that all share the plan's calendar: in units alone."""
    n = len(arrays.duration)
    lower, upper = np.zeros(n, np.int32), np.full(n, _FAR, np.int32)
    if arrays.is_dated:
        lines = Lines(plan, days, years_of(plan, moments(plan)))
        bounds = bounds_of(plan, arrays, lines)
        lower = np.clip(bounds.lower, 0, _FAR).astype(np.int32)
        upper = np.clip(bounds.upper, -_FAR, _FAR).astype(np.int32)
    group, lengths = np.zeros(n, np.int32), np.zeros(1, np.int32)
    placed = _passed(arrays, (lower, upper), (group, lengths))
    if not arrays.is_dated:
        return placed
    early = placed.columns[0]
    ends = (bounds.flags & calendar_passes().ENDS) > 0
    dated = np.where((early == lower) & (lower > 0), 1 + ends, 0).astype(np.int8)
    return replace(placed, dated=dated)


def place_together(arrays: Arrays, counts: Sequence[int]) -> tuple[Placed, list[int]]:
    """Place the tasks of many plans without dates at once; give the length of each plan too.

    `counts` says how many of the tasks each plan has, one plan after another.
    """
    group = np.repeat(np.arange(len(counts), dtype=np.int32), counts)[arrays.order]
    lengths = np.zeros(max(len(counts), 1), np.int32)
    bounds = np.zeros(len(group), np.int32), np.full(len(group), _FAR, np.int32)
    return _passed(arrays, bounds, (group, lengths)), lengths.tolist()[: len(counts)]


def _passed(arrays: Arrays, bounds: _Two, groups: _Two) -> Placed:
    """Run both passes over nodes between bounds; each group of them has an end of its own."""
    machine, (lower, upper), (group, lengths) = passes(), bounds, groups
    n = len(group)
    nodes = np.zeros((n, 4), np.int32)
    nodes[:, machine.DURATION] = arrays.duration
    driver, presser = np.empty(n, np.int32), np.empty(n, np.int32)
    links = arrays.first, arrays.src, arrays.kind, arrays.lag, nodes
    machine.forward(*links, lower, group, lengths, driver)
    machine.backward(*links, upper, group, lengths, presser)
    early, duration, late, room = nodes.T.astype(np.int64)
    columns = early, early + duration, late, late + duration, room - early, late - early
    return Placed(columns, int(lengths[0]), driver, presser)


def place_by_calendars(plan: Plan, arrays: Arrays, days: WorkingDays | None) -> Placed:
    """Place tasks with calendars of their own, hands or progress: through ticks.

    The lines of the calendars are laid as long as the plan turns out to need.
    """
    years = years_of(plan, moments(plan))
    for _ in range(_TRIES):
        lines = Lines(plan, days, years)
        placed, low, high = _Run(plan, arrays, lines).placed()
        if lines.covers(low, high):
            return placed
        wider = lines.wider(low, high)
        if wider == years:
            break
        years = wider
    limit = longest(plan.unit)
    raise PlanTooLongError(length=placed.length, limit=limit, unit=plan.unit)


class _Run:
    """One run of both passes with lines of a certain length."""

    def __init__(self, plan: Plan, arrays: Arrays, lines: Lines) -> None:
        self._arrays, self._lines = arrays, lines
        self._bounds: Bounds = bounds_of(plan, arrays, lines)
        self._n = len(arrays.duration)
        self._out = np.zeros((5, self._n), np.int64)
        self._driver, self._presser = (np.empty(self._n, np.int32) for _ in range(2))
        self._evening = np.zeros(self._n, np.uint8)
        self._late, self._room = (np.empty(self._n, np.int64) for _ in range(2))
        table, begins = lines.table()
        bounds = self._bounds
        links = (arrays.first, arrays.src, arrays.kind, arrays.counting)
        self._graph = (*links, arrays.lag.astype(np.int64), bounds.line, bounds.roll)
        duration = bounds.duration.astype(np.int64)
        self._times = (duration, bounds.flags, table, begins, lines.unit.per_day, bounds.calendar)

    def placed(self) -> tuple[Placed, int, int]:
        """Give what was found and the ticks between which it lies."""
        marks, bounds, out = calendar_passes(), self._bounds, self._out
        late_marks = bool((bounds.flags & marks.LATE).any())
        marks.forward(
            *self._graph, *self._times, bounds.lower, bounds.started, out, self._driver,
            self._evening, self._lines.start,
        )  # fmt: skip
        counts = np.empty(self._n, np.uint8)
        marks.mark_counting(self._arrays.first, self._arrays.src, bounds.flags, counts)
        last = int(out[3].max(initial=self._lines.start))
        end = int(out[3][counts > 0].max(initial=self._lines.start))
        ends = (self._driver, self._evening, counts, end, bounds.upper)
        marks.backward(
            *self._graph, *self._times, out, *ends, self._late, self._room, self._presser, 0
        )
        columns, ticks = self._columns(), out[2:4].copy()
        low, high = self._reach(columns, last)
        if late_marks:
            ticks = self._moved_late(ends)
        return (
            Placed(
                columns,
                self._lines.count(OF_PLAN, last),
                self._driver,
                self._presser,
                (bounds.flags & marks.DONE) > 0,
                self._evening,
                ticks + self._lines.midnight,
                last + self._lines.midnight,
            ),
            low,
            high,
        )

    def _columns(self) -> tuple[Longs, ...]:
        """Bring positions on lines of their own to units of the plan."""
        lines, out, bounds = self._lines, self._out, self._bounds
        total, free = self._late - out[4], self._room - out[4]
        found = [out[0].copy(), out[1].copy(), out[0] + total, out[1] + total]
        for place in np.flatnonzero(bounds.line != OF_PLAN).tolist():
            line = int(bounds.line[place])
            begun = int(found[2][place])
            ended = int(found[3][place])
            first, last = lines.begin(line, begun), lines.begin(line, ended - 1) + 1
            found[0][place] = lines.count(OF_PLAN, int(out[2, place]))
            found[1][place] = lines.count(OF_PLAN, int(out[3, place]))
            found[2][place] = lines.count(OF_PLAN, first)
            found[3][place] = lines.count(OF_PLAN, last if ended > begun else first)
        return (*found, free, total)

    def _reach(self, columns: Sequence[Longs], last: int) -> tuple[int, int]:
        lines = self._lines
        least = min((int(column.min(initial=0)) for column in columns[:4]), default=0)
        low = min(lines.begin(OF_PLAN, least), int(self._out[2].min(initial=0)))
        return low, max(last, lines.begin(OF_PLAN, int(columns[3].max(initial=0))))

    def _moved_late(self, ends: tuple[object, ...]) -> Longs:
        """Move the tasks that shall be late, and give the ticks of all."""
        marks, out, bounds = calendar_passes(), self._out.copy(), self._bounds
        late, room, presser = self._late.copy(), self._room.copy(), self._presser.copy()
        marks.backward(*self._graph, *self._times, out, *ends, late, room, presser, 1)
        begins = [self._times[2], self._times[3]]
        for place in np.flatnonzero(out[4] != self._out[4]).tolist():
            at, roll = int(out[4, place]), np.int32(bounds.roll[place])
            duration = int(bounds.duration[place])
            day = self._lines.unit.per_day
            end = int(marks.finish_of(*begins, day, roll, duration, at))
            line = int(bounds.line[place])
            out[2, place] = self._lines.begin(line, at)
            out[3, place] = self._lines.begin(line, end - 1) + 1 if duration else out[2, place]
        return out[2:4].copy()

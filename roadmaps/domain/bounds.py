"""The dates of tasks, hands and progress as bounds of the passes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

from roadmaps.domain.arrays import Arrays, Gate
from roadmaps.domain.lines import DAY_AND_NIGHT, OF_PLAN, Lines
from roadmaps.domain.machine import calendar_passes
from roadmaps.domain.plan import Plan, PlanUnit, Task
from roadmaps.domain.terms import Constraint, ConstraintKind, Counting

_FAR: Final = 1 << 60
_WHOLE: Final = 100


@dataclass(slots=True)
class Bound:
    """How one node may stand: its line, its work, between which positions, and marks."""

    line: int
    calendar: int
    duration: int
    roll: int = -1
    flags: int = 0
    lower: int = 0
    upper: int = _FAR
    started: int = 0


@dataclass(frozen=True, slots=True)
class Bounds:
    """The bounds of all nodes as arrays, by rank."""

    line: NDArray[np.int32]
    calendar: NDArray[np.int32]
    duration: NDArray[np.int32]
    roll: NDArray[np.int32]
    flags: NDArray[np.uint8]
    lower: NDArray[np.int64]
    upper: NDArray[np.int64]
    started: NDArray[np.int64]


def bounds_of(plan: Plan, arrays: Arrays, lines: Lines) -> Bounds:
    """Give the bounds of every node of a plan."""
    known = _Reader(plan, lines)
    found = []
    for rank in arrays.order.tolist():
        if rank < len(arrays.tasks):
            found.append(known.task(arrays.tasks[rank]))
        else:
            node = arrays.nodes[rank]
            found.append(known.gate(node, plan.task(node.stage)))
    return Bounds(
        line=np.array([x.line for x in found], np.int32),
        calendar=np.array([x.calendar for x in found], np.int32),
        duration=np.array([x.duration for x in found], np.int32),
        roll=np.array([x.roll for x in found], np.int32),
        flags=np.array([x.flags for x in found], np.uint8),
        lower=np.array([x.lower for x in found], np.int64),
        upper=np.array([x.upper for x in found], np.int64),
        started=np.array([x.started for x in found], np.int64),
    )


def moments(plan: Plan) -> Iterator[datetime]:
    """Give every date that a plan's tasks carry."""
    if plan.status_at is not None:
        yield plan.status_at
    for task in plan.tasks:
        if task.constraint is not None and task.constraint.at is not None:
            yield task.constraint.at
        if task.progress is not None:
            yield from filter(None, (task.progress.started_at, task.progress.finished_at))
        yield from filter(None, (task.deadline, task.placed_at))


class _Reader:
    """Reads the tasks of one plan."""

    def __init__(self, plan: Plan, lines: Lines) -> None:
        self._lines = lines
        self._status = None if plan.status_at is None else lines.past(plan.status_at)
        self._counts_days = plan.unit is PlanUnit.DAY
        self._marks = calendar_passes()
        self._table, self._begins = lines.table()

    def gate(self, node: Gate, stage: Task) -> Bound:
        """Give the bounds of a stage's gate."""
        bound = Bound(OF_PLAN, OF_PLAN, 0)
        if node.role == "min":
            bound.flags = self._marks.FIRST_OF
        if stage.constraint is not None:
            is_start = stage.constraint.kind is ConstraintKind.SNET
            if node.role == ("in" if is_start else "out"):
                self._constrain(bound, stage.constraint)
        if stage.deadline is not None and node.role == "out":
            self._constrain(bound, Constraint(ConstraintKind.FNLT, stage.deadline))
        return bound

    def task(self, task: Task) -> Bound:
        """Give the bounds of a task."""
        lines, marks = self._lines, self._marks
        bound = Bound(lines.line(task), lines.place(task), task.duration)
        if task.counting is not Counting.WORKING:
            bound.lower = lines.start
        if task.counting is Counting.CALENDAR and task.duration:
            bound.roll = bound.calendar
        if task.off_path:
            bound.flags |= marks.OFF_PATH
        if self._has_begun(task, bound):
            return bound
        if self._status is not None and task.done_percent < _WHOLE:
            self._hold(bound, lines.first_start(bound.line, self._status))
        if task.placed_at is not None:
            self._place(bound, task, task.placed_at)
        elif task.constraint is not None:
            if task.constraint.kind is ConstraintKind.ALAP:
                bound.flags |= marks.LATE
            self._constrain(bound, task.constraint)
        if task.deadline is not None:
            self._constrain(bound, Constraint(ConstraintKind.FNLT, task.deadline))
        return bound

    def _place(self, bound: Bound, task: Task, at: datetime) -> None:
        lines, marks = self._lines, self._marks
        bound.flags |= marks.FIXED
        if task.ends_day and self._counts_days and bound.line != DAY_AND_NIGHT:
            bound.flags |= marks.ENDS
            bound.lower = lines.last_finish(bound.line, lines.by(at))
        else:
            bound.lower = lines.first_start(bound.line, lines.at(at))

    def _constrain(self, bound: Bound, constraint: Constraint) -> None:
        kind, at, lines = constraint.kind, constraint.at, self._lines
        if at is None:
            return
        if kind.binds_finish:
            if kind.holds_back:
                least = self._start_after(bound, lines.first_finish(bound.line, lines.past(at)))
                if least >= bound.lower:
                    bound.flags |= self._marks.ENDS
                self._hold(bound, least)
            if kind.presses:
                most = self._start_by(bound, lines.last_finish(bound.line, lines.by(at)))
                bound.upper = min(bound.upper, most)
            return
        if kind.holds_back:
            self._hold(bound, lines.first_start(bound.line, lines.at(at)))
        if kind.presses:
            tick = lines.by(at) - (1 if lines.unit.per_day == 1 else 0)
            bound.upper = min(bound.upper, lines.last_start(bound.line, tick))

    @staticmethod
    def _hold(bound: Bound, unit: int) -> None:
        bound.lower = max(bound.lower, unit)

    def _start_by(self, bound: Bound, end: int) -> int:
        day, roll = self._lines.unit.per_day, np.int32(bound.roll)
        found = self._marks.start_by(self._table, self._begins, day, roll, bound.duration, end)
        return int(found)

    def _start_after(self, bound: Bound, end: int) -> int:
        if bound.roll < 0:
            return end - bound.duration
        return self._start_by(bound, end - 1) + 1

    # ---- progress

    def _has_begun(self, task: Task, bound: Bound) -> bool:
        """Fill in what has happened to a task; False if nothing has."""
        progress, lines, marks = task.progress, self._lines, self._marks
        if progress is None or progress.started_at is None:
            return False
        if progress.finished_at is not None:
            begun, ended = lines.at(progress.started_at), lines.by(progress.finished_at)
            self._close(bound, begun, begun if task.is_milestone else max(ended, begun))
            return True
        left = progress.remaining
        if left is None:
            left = -(-task.duration * (_WHOLE - task.done_percent) // _WHOLE)
        if left == 0 and task.done_percent == _WHOLE:
            begun = lines.at(progress.started_at)
            end = lines.count(bound.line, begun) + task.duration
            self._close(bound, begun, max(begun, lines.begin(bound.line, end - 1) + 1))
            return True
        bound.flags |= marks.STARTED
        bound.duration = left
        bound.started = lines.first_start(bound.line, lines.at(progress.started_at))
        bound.lower = bound.started + max(task.duration - left, 0)
        if self._status is not None:
            self._hold(bound, lines.first_start(bound.line, self._status))
        if task.deadline is not None:
            self._constrain(bound, Constraint(ConstraintKind.FNLT, task.deadline))
        return True

    def _close(self, bound: Bound, begun: int, ended: int) -> None:
        """Let a finished task stand between the ticks at which it was done."""
        bound.flags |= self._marks.FIXED | self._marks.DONE
        bound.line, bound.roll = DAY_AND_NIGHT, -1
        bound.lower = bound.started = begun
        bound.duration = ended - begun

"""A second calculation of plans with several calendars: by walking tick after tick.

Written apart from the engine: no lines, no bisection, no adjoints. A link is a question about two
placed tasks, asked of one start after another, forward for early dates and backward for late ones.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from roadmaps.domain.calendar import OwnCalendar
from roadmaps.domain.plan import Dependency, Plan, Task
from roadmaps.domain.terms import Counting

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Walked:
    start: int
    finish: int


class Walk:
    """A plan in days without milestones; ticks are days from the start of the plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.calendars = {named.id: named.time for named in plan.calendars}
        self.calendars[""] = plan.own_calendar or OwnCalendar()

    def works(self, calendar: str, tick: int) -> bool:
        day: date = self.plan.starts_on + _DAY * tick
        return self.calendars[calendar].is_working(day)

    def worked(self, calendar: str, low: int, high: int) -> int:
        if high < low:
            return -self.worked(calendar, high, low)
        return sum(self.works(calendar, tick) for tick in range(low, high))

    def place(self, task: Task, start: int) -> Walked | None:
        """Give the task as it is when it begins at a tick; None if it cannot begin there."""
        if task.counting is not Counting.WORKING:
            finish = start + task.duration
            if task.counting is Counting.CALENDAR:
                while not self.works(task.calendar, finish - 1):
                    finish += 1
            return Walked(start, finish)
        if not self.works(task.calendar, start):
            return None
        finish = start
        while self.worked(task.calendar, start, finish) < task.duration:
            finish += 1
        return Walked(start, finish)

    def keeps(self, link: Dependency, before: Walked, after: Walked) -> bool:
        one, other = self.plan.by_id[link.predecessor], self.plan.by_id[link.successor]
        held = before.finish if link.kind.leaves_finish else before.start
        met = after.finish if link.kind.meets_finish else after.start
        same = (
            Counting.WORKING is one.counting is other.counting
            and self.calendars[one.calendar] == self.calendars[other.calendar]
        )
        mine = other.calendar
        if link.counting is Counting.WORKING:
            if same:
                return self.worked(mine, held, met) >= link.lag
            if other.counting is Counting.WORKING:
                ready = self.arrival(other, link, held)
                return self.worked(mine, ready, met) >= link.lag
            return met >= self.wait(mine, held, link.lag)
        held += link.lag
        if link.counting is Counting.CALENDAR and link.lag > 0:
            while not self.works(mine, held - 1):
                held += 1
        if other.counting is not Counting.WORKING:
            return met >= held
        return self.worked(mine, self.arrival(other, link, held), met) >= 0

    def arrival(self, other: Task, link: Dependency, held: int) -> int:
        """A finish must not lie before the held moment, even if no work lies between."""
        if not link.kind.meets_finish:
            return held
        while not self.works(other.calendar, held - 1):
            held += 1
        return held

    def wait(self, calendar: str, held: int, lag: int) -> int:
        if lag > 0:
            at = held
            while self.worked(calendar, held, at) < lag:
                at += 1
            return at
        if lag < 0:
            at = held - 1
            while self.worked(calendar, at, held) < -lag:
                at -= 1
            return at
        return held


def early(
    plan: Plan, order: list[int], least: Callable[[Task], int] = lambda _: 0
) -> dict[int, Walked]:
    """Place each task at the first tick at which all links into it hold."""
    walk, found = Walk(plan), dict[int, Walked]()
    for task_id in order:
        task, tick = plan.by_id[task_id], least(plan.by_id[task_id])
        into = [link for link in plan.dependencies if link.successor == task_id]
        while True:
            at = walk.place(task, tick)
            if at and all(walk.keeps(x, found[x.predecessor], at) for x in into):
                break
            tick += 1
        found[task_id] = at
    return found


def late(plan: Plan, order: list[int], end: int) -> dict[int, Walked]:
    """Place each task at the last tick at which all links out of it hold, the last task first."""
    walk, found = Walk(plan), dict[int, Walked]()
    for task_id in reversed(order):
        task, tick = plan.by_id[task_id], end
        out = [link for link in plan.dependencies if link.predecessor == task_id]
        while True:
            at = walk.place(task, tick)
            if at and at.finish <= end and all(walk.keeps(x, at, found[x.successor]) for x in out):
                break
            tick -= 1
        found[task_id] = at
    return found

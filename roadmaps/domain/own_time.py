"""The time that one task is done in, and whether a hand put it before what it waits for."""

from collections.abc import Iterator

from roadmaps.domain.laid import Laid
from roadmaps.domain.plan import Dependency, Task
from roadmaps.domain.terms import Counting
from roadmaps.domain.worktime import WorkTime


def own_time(laid: Laid, task: Task) -> WorkTime | None:
    """Give the working time of a task: its calendar's or the plan's; None is day and night."""
    if task.counting is not Counting.WORKING:
        return None
    for named in laid.plan.calendars:
        if task.calendar == named.id:
            return WorkTime(named.time, laid.plan)
    return laid.when


def units_between(time: WorkTime | None, start: int, end: int) -> int:
    """Count the units of a time between two ticks."""
    return end - start if time is None else time.units(end) - time.units(start)


def ahead_of(laid: Laid, task: Task) -> tuple[Dependency, ...]:
    """List the links, its own and its stages', that a task placed by hand does not keep."""
    if task.placed_at is None:
        return ()
    start, finish = laid.ticks[task.id]
    found = []
    for link in _links(laid, task):
        before = laid.ticks[link.predecessor][1 if link.kind.leaves_finish else 0]
        mine = finish if link.kind.meets_finish else start
        time = own_time(laid, task) if link.counting is Counting.WORKING else None
        if units_between(time, before, mine) < link.lag:
            found.append(link)
    return tuple(found)


def _links(laid: Laid, task: Task) -> Iterator[Dependency]:
    yield from laid.plan.waits_for(task.id)
    above = task.parent_id
    while above is not None:
        yield from (x for x in laid.plan.waits_for(above) if not x.kind.meets_finish)
        above = laid.plan.task(above).parent_id

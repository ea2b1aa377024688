"""What moved between two plans, by how much, and because of which change."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, NamedTuple

from core.i18n import Coded
from roadmaps.domain.laid import Laid
from roadmaps.domain.plan import Dependency, LinkKey, Plan, Task
from roadmaps.domain.timeline import moment_of


class ChangeKind(Coded):
    """What was changed in a plan."""

    PLAN_START = "plan_start"
    CALENDAR = "calendar"
    STATUS = "status"
    ADDED = "added"
    REMOVED = "removed"
    DURATION = "duration"
    CONSTRAINT = "constraint"
    HAND = "hand"
    PROGRESS = "progress"
    STAGE = "stage"
    LINK_ADDED = "link_added"
    LINK_REMOVED = "link_removed"
    LAG = "lag"
    UNKNOWN = "unknown"


class Change(NamedTuple):
    """One change: of a task, of a link, or of the whole plan."""

    kind: ChangeKind
    task_id: int | None = None
    link: Dependency | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """A task that moved; `start_by` and `finish_by` are negative when it is earlier now.

    `because` is the change at the root, `through` the predecessor that passed it on, if any.
    """

    task_id: int
    start_by: timedelta
    finish_by: timedelta
    because: Change
    through: int | None = None


_FIELDS: Final = (
    ("progress", ChangeKind.PROGRESS),
    ("placed_at", ChangeKind.HAND),
    ("constraint", ChangeKind.CONSTRAINT),
    ("calendar", ChangeKind.CALENDAR),
    ("counting", ChangeKind.CALENDAR),
)


def changes(before: Plan, after: Plan) -> tuple[Change, ...]:
    """List what differs between two plans and can move a task."""
    found = [Change(kind) for kind in _whole(before, after)]
    found += [Change(ChangeKind.REMOVED, x) for x in before.by_id if x not in after.by_id]
    for task in after.tasks:
        old = before.by_id.get(task.id)
        if old is None:
            found.append(Change(ChangeKind.ADDED, task.id))
        elif old is not task and old != task:
            found += [Change(kind, task.id) for kind in _own(old, task)]
    if before.dependencies == after.dependencies:
        return tuple(found)
    had, has = _links(before), _links(after)
    found += [Change(ChangeKind.LINK_REMOVED, None, had[key]) for key in had if key not in has]
    for key, link in has.items():
        if key not in had:
            found.append(Change(ChangeKind.LINK_ADDED, None, link))
        elif had[key] != link:
            found.append(Change(ChangeKind.LAG, None, link))
    return tuple(found)


def moves(before: Laid, after: Laid) -> tuple[Move, ...]:
    """List the tasks of both plans that stand elsewhere in the second, in row order.

    Each is followed back over what holds it, in the new plan or else in the old one, to the
    first change on the way.
    """
    old, new = before.ticks, after.ticks
    moved = {x for x in new if x in old and new[x] != old[x]}
    if not moved:
        return ()
    tracer = _Tracer(before, after, moved)
    unit = after.plan.unit

    def by(one: int, other: int) -> timedelta:
        return moment_of(other, unit) - moment_of(one, unit)

    return tuple(
        Move(
            task.id,
            by(old[task.id][0], new[task.id][0]),
            by(old[task.id][1], new[task.id][1]),
            *tracer.cause(task.id),
        )
        for task in after.plan.tasks
        if task.id in moved
    )


class _Tracer:
    """Follows moved tasks back to the changes that moved them."""

    def __init__(self, before: Laid, after: Laid, moved: set[int]) -> None:
        self._before, self._after, self._moved = before, after, moved
        self._known = dict[int, tuple[Change, int | None]]()
        self._is_relinked = before.plan.dependencies != after.plan.dependencies
        if self._is_relinked:
            self._had, self._has = _links(before.plan), _links(after.plan)
        whole = list(_whole(before.plan, after.plan))
        self._last = Change(whole[0]) if whole else Change(ChangeKind.UNKNOWN)

    def cause(self, task_id: int) -> tuple[Change, int | None]:
        """Give the change behind a moved task, and the task that passed it on."""
        if task_id in self._known:
            return self._known[task_id]
        way: list[int] = []
        at: int | None = task_id
        found = self._last
        while at is not None and at not in way:
            if at in self._known:
                found = self._known[at][0]
                break
            way.append(at)
            step = self._step(at)
            if isinstance(step, Change):
                found = step
                break
            at = step
        for one, other in zip(way, [*way[1:], at], strict=True):
            self._known[one] = (found, None if other == one else other)
        return self._known[task_id]

    def _step(self, task_id: int) -> Change | int | None:
        """Give the change that moved a task itself, or the moved task that it follows."""
        plan = self._after.plan
        if task_id in plan.stages:
            return next((x for x in plan.parts[task_id] if x in self._moved), None)
        old, new = self._before.plan.task(task_id), plan.task(task_id)
        own = list(_own(old, new)) if old is not new else []
        starts_moved = self._before.ticks[task_id][0] != self._after.ticks[task_id][0]
        links = (
            self._after.result.driven_by.get(task_id),
            self._before.result.driven_by.get(task_id),
        )
        if own and (not starts_moved or own[0] is not ChangeKind.DURATION or _by_finish(links)):
            return Change(own[0], task_id)
        for link, is_new in zip(links, (True, False), strict=True):
            found = None if link is None else self._over(link, is_new=is_new)
            if found is not None:
                return found
        return Change(own[0], task_id) if own else None

    def _over(self, link: Dependency, *, is_new: bool) -> Change | int | None:
        """Look at a link that holds a task in one of the plans: it or its end may have changed."""
        if not self._is_relinked:
            return link.predecessor if link.predecessor in self._moved else None
        if link.key not in self._had:
            return Change(ChangeKind.LINK_ADDED, None, link)
        if link.key not in self._has:
            end = link.predecessor
            if end not in self._after.plan.by_id:
                return Change(ChangeKind.REMOVED, end)
            return Change(ChangeKind.LINK_REMOVED, None, link)
        if self._had[link.key] != self._has[link.key]:
            return Change(ChangeKind.LAG, None, self._has[link.key] if is_new else link)
        return link.predecessor if link.predecessor in self._moved else None


def _by_finish(links: tuple[Dependency | None, Dependency | None]) -> bool:
    return any(link is not None and link.kind.meets_finish for link in links)


def _whole(before: Plan, after: Plan) -> Iterator[ChangeKind]:
    if (before.starts_on, before.starts_minute) != (after.starts_on, after.starts_minute):
        yield ChangeKind.PLAN_START
    if (before.calendar_id, before.own_calendar, before.calendars, before.unit) != (
        after.calendar_id,
        after.own_calendar,
        after.calendars,
        after.unit,
    ):
        yield ChangeKind.CALENDAR
    if before.status_at != after.status_at:
        yield ChangeKind.STATUS


def _own(old: Task, new: Task) -> Iterator[ChangeKind]:
    for name, kind in _FIELDS:
        if getattr(old, name) != getattr(new, name):
            yield kind
    if old.done_percent != new.done_percent and (old.progress or new.progress):
        yield ChangeKind.PROGRESS
    if old.duration != new.duration:
        yield ChangeKind.DURATION
    if old.parent_id != new.parent_id:
        yield ChangeKind.STAGE


def _links(plan: Plan) -> Mapping[LinkKey, Dependency]:
    return {link.key: link for link in plan.dependencies}

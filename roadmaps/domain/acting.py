"""From what a hand does in the editor to the edits of the plan under it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import cached_property

from core.errors import NotFoundError, OutOfRangeError
from core.i18n import Term
from roadmaps.domain.acts import (
    Act,
    Add,
    Call,
    Done,
    Drag,
    Free,
    Lag,
    Link,
    Place,
    Remove,
    Shift,
    Stretch,
    Unlink,
)
from roadmaps.domain.edits import (
    AddLink,
    AddTask,
    Batch,
    ChangeLink,
    Edit,
    RemoveLink,
    RemoveTask,
    flat,
)
from roadmaps.domain.edits_task import PlaceTask, Rename, SetDuration, SetProgress, done_by
from roadmaps.domain.errors import BegunError, StageFieldError, TermDateError
from roadmaps.domain.laid import Laid, lay
from roadmaps.domain.own_time import own_time, units_between
from roadmaps.domain.plan import (
    EARLIEST_START,
    EVENING,
    LATEST_TERM,
    Dependency,
    LinkKey,
    Plan,
    PlanUnit,
    Task,
    clean,
    longest,
)
from roadmaps.domain.rows import block_of, dragging, moving
from roadmaps.domain.timeline import moment_of, tick_at, tick_by
from roadmaps.domain.worktime import WorkTime


def edit_of(laid: Laid, acts: Iterable[Act]) -> Batch:
    """Give the one edit that several acts make of a plan, each over what the former have left.

    New tasks have negative ids. It is empty where everything stands as wanted already.

    Raises
    ------
    DomainError
        If an act names what is not there or asks for what cannot be.
    """
    made = list[Edit]()
    ground = _Ground(laid.plan, laid)
    for number, act in enumerate(_counted(laid.plan, tuple(acts)), start=1):
        edits = tuple(flat(ground.edits(act, -number)))
        made.extend(edits)
        ground = ground.after(edits)
    return Batch(tuple(made))


def _counted(plan: Plan, acts: tuple[Act, ...]) -> Iterator[Act]:
    """Let a link that takes the place of another of the same ends count its lag as that does."""
    gone = {act.key for act in acts if isinstance(act, Unlink)}
    known = {(x.predecessor, x.successor): x.counting for x in plan.dependencies if x.key in gone}
    for act in acts:
        if not isinstance(act, Link):
            yield act
            continue
        link = act.link
        counting = known.get((link.predecessor, link.successor), link.counting)
        yield Link(replace(link, counting=counting))


class _Ground:
    """A plan under the hand; it is scheduled when an act asks where things stand."""

    def __init__(self, plan: Plan, laid: Laid) -> None:
        self.plan = plan
        self._known = laid

    def after(self, edits: tuple[Edit, ...]) -> "_Ground":
        """Give what the edits make of it."""
        return _Ground(Batch(edits).step(self.plan), self._known) if edits else self

    @cached_property
    def laid(self) -> Laid:
        """The plan over its calendar."""
        known = self._known
        return known if known.plan is self.plan else lay(self.plan, known.when.days)

    def edits(self, act: Act, new_id: int) -> Edit:  # noqa: PLR0911 — one answer for each act
        """Give what one act changes."""
        match act:
            case Place():
                return self._place(act)
            case Stretch():
                return self._stretch(act)
            case Shift(task, move):
                return moving(self.plan, task, move)
            case Drag(task, beside, where):
                return dragging(self.plan, task, beside, where)
            case Add():
                return _adding(self.plan, act, new_id)
            case Link() | Unlink() | Lag():
                return _linking(self.plan, act)
        return self._said(act)

    def _said(self, act: Free | Call | Done | Remove) -> Edit:
        plan = self.plan
        match act:
            case Free(task):
                return PlaceTask(task)
            case Call(task, title):
                return Rename(task, clean(title))
            case Done(task, percent):
                done = done_by(plan.task(task), percent)
                return SetProgress(task, percent, done.progress)
            case Remove(task):
                return RemoveTask(plan.task(task).id)

    # ---- moving

    def _place(self, act: Place) -> Edit:
        task = self.plan.task(act.task)
        if task.id in self.plan.stages:
            return self._place_stage(task, act)
        _require_unbegun(task)
        time = own_time(self.laid, task)
        if act.at is None:
            _require_within(act.by, self.plan.unit)
            return self._moved(task, act.by)
        tick = tick_at(_checked(task, act.at), self.plan.unit)
        if time is not None and self._ends_day(task) and not time.units(tick + 1):
            return self._put_first(task, time)
        return self._put(task, _first(time, tick))

    def _place_stage(self, stage: Task, act: Place) -> Edit:
        """Move the parts that nothing inside the stage holds; the others follow.

        Parts in the plan's own time keep their distances in it, all others theirs in days and
        hours: wherever the stage goes, they go as far.
        """
        when, unit = self.laid.when, self.plan.unit
        start = tick_at(self.laid.span(stage.id).start, unit)
        goal = None if act.at is None else tick_at(_checked(stage, act.at), unit)
        by = act.by if goal is None else when.units(goal) - when.units(start)
        _require_within(by, unit)
        if goal is None:
            goal = when.tick(when.units(start) + by) if by else start
        inside = set(block_of(self.plan, stage.id))
        parts = [self.plan.task(x) for x in sorted(inside - self.plan.stages)]
        free = [x for x in parts if not _has_begun(x) and not self._is_held(x, inside)]
        if not free and parts:
            _require_unbegun(parts[0])
        moved = (self._carried(part, by, goal - start) for part in free)
        return Batch(tuple(edit for edit in moved if edit is not None))

    def _carried(self, part: Task, by: int, ticks: int) -> PlaceTask | None:
        """Move a part so many units of the plan's own time, or so many ticks in any other."""
        time = own_time(self.laid, part)
        if time is self.laid.when:
            return self._moved(part, by) if by else None
        if not ticks:
            return None
        start = self.laid.ticks[part.id][0] - self._ends_day(part)
        return self._put(part, _first(time, start + ticks))

    def _is_held(self, task: Task, inside: set[int]) -> bool:
        link = self.laid.result.driven_by.get(task.id)
        return task.placed_at is None and link is not None and link.predecessor in inside

    def _moved(self, task: Task, by: int) -> PlaceTask:
        """Place a task so many units of its own time from where it stands.

        A milestone that ends a day goes to the end of another; from the plan's first day back,
        to its morning.
        """
        time, start = own_time(self.laid, task), self.laid.ticks[task.id][0]
        if time is None:
            return self._put(task, start + by)
        if not self._ends_day(task):
            return self._put(task, time.tick(time.units(start) + by))
        last = time.units(start) - 1
        if by < 0 and time.tick(last) + 1 < start:
            last += 1  # it stands on days off: the work before them is one step back
        if last + by == -1:
            return self._put_first(task, time)
        return self._put(task, time.tick(last + by))

    def _ends_day(self, task: Task) -> bool:
        """Tell whether a task is a milestone at the end of a day of its own time."""
        is_point = self.plan.unit is PlanUnit.DAY and task.is_milestone
        return is_point and own_time(self.laid, task) is not None and not self.laid.begins(task.id)

    def _put(self, task: Task, tick: int) -> PlaceTask:
        """Place a task at a tick; a milestone that ends a day, at the end of the tick's day."""
        at = _checked(task, moment_of(tick, self.plan.unit))
        if self._ends_day(task):
            at = datetime.combine(at, EVENING)
        return PlaceTask(task.id, at)

    def _put_first(self, task: Task, time: WorkTime) -> PlaceTask:
        """Place a task at the morning of the first day: nothing of the plan ends before it."""
        return PlaceTask(task.id, moment_of(time.tick(0), self.plan.unit))

    # ---- stretching

    def _stretch(self, act: Stretch) -> Edit:
        task, unit = self.plan.task(act.task), self.plan.unit
        if task.id in self.plan.stages:
            raise StageFieldError(task=task.title, field=Term("field.duration"))
        if task.progress is not None and task.progress.finished_at is not None:
            _require_unbegun(task)
        by = act.by
        if act.until is not None:
            start, finish = self.laid.ticks[task.id]
            time, end = own_time(self.laid, task), tick_by(_checked(task, act.until), unit)
            lasts = units_between(time, start, finish) if _has_begun(task) else task.duration
            by = max(units_between(time, start, end), 0) - lasts
        _require_within(by, unit)
        if by < 0 and not task.duration:
            raise OutOfRangeError(field=Term("field.duration"), low=0, high=longest(unit))
        # A milestone is made by its own field: a hand that pulls an end too far means it not.
        longer = SetDuration(task.id, max(task.duration + by, min(task.duration, 1)))
        progress = task.progress
        if progress is None or progress.remaining is None:
            return longer
        left = replace(progress, remaining=max(progress.remaining + by, 0))
        return Batch((longer, SetProgress(task.id, task.done_percent, left)))


def _first(time: WorkTime | None, tick: int) -> int:
    """Give the first tick from this one on at which work can begin."""
    return tick if time is None else time.tick(time.units(tick))


def _adding(plan: Plan, act: Add, new_id: int) -> AddTask:
    task = Task(new_id, clean(act.title), act.length)
    if act.below is None:
        return AddTask(task)
    above = plan.task(act.below)
    last = plan.task(block_of(plan, above.id)[-1])
    return AddTask(replace(task, position=last.position + 1, parent_id=above.parent_id))


def _linking(plan: Plan, act: Link | Unlink | Lag) -> Edit:
    match act:
        case Link(link):
            plan.task(link.predecessor), plan.task(link.successor)
            return AddLink(link)
        case Unlink(key):
            return RemoveLink(_link(plan, key).key)
        case Lag(key, lag):
            return ChangeLink(replace(_link(plan, key), lag=lag))


def _link(plan: Plan, key: LinkKey) -> Dependency:
    for link in plan.dependencies:
        if link.key == key:
            return link
    raise NotFoundError(kind=Term("object.dependency"), id=f"{key.predecessor}–{key.successor}")


def _has_begun(task: Task) -> bool:
    return task.progress is not None and task.progress.started_at is not None


def _require_unbegun(task: Task) -> None:
    """Refuse to move what stands where it has begun."""
    progress = task.progress
    if progress is not None and progress.started_at is not None:
        raise BegunError(task=task.title, at=progress.started_at.date())


def _checked(task: Task, at: datetime) -> datetime:
    if not EARLIEST_START <= at.date() <= LATEST_TERM:
        raise TermDateError(task=task.title, at=at.date(), low=EARLIEST_START, high=LATEST_TERM)
    return at


def _require_within(by: int, unit: PlanUnit) -> None:
    high = longest(unit)
    if not -high <= by <= high:
        raise OutOfRangeError(field=Term("field.by"), low=-high, high=high)

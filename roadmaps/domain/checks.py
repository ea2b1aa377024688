"""What a plan must be before it is scheduled; cycles are found by the graph."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from core.errors import NotFoundError, OutOfRangeError, RequiredError, TooLongError
from core.i18n import Term
from roadmaps.domain.calendar import OwnCalendar, are_sound
from roadmaps.domain.errors import (
    BadShiftsError,
    BaselineDateError,
    ConstraintBeforeStartError,
    ConstraintDateError,
    DuplicateBaselineError,
    DuplicateLinkError,
    DuplicateTaskError,
    EstimateOrderError,
    NoWorkingTimeError,
    ProgressOrderError,
    SelfLinkError,
    StageConstraintError,
    StageLoopError,
    TermDateError,
    TooManyBaselinesError,
    TooManyTasksError,
)
from roadmaps.domain.plan import (
    BASELINE_LIMIT,
    BASELINE_NUMBER_LIMIT,
    EARLIEST_START,
    LATEST_START,
    LATEST_TERM,
    LONGEST_PLAN_IN_TASKS,
    PERSON_LIMIT,
    TASK_LIMIT,
    TITLE_LIMIT,
    Plan,
    PlanUnit,
    Task,
    longest,
)
from roadmaps.domain.terms import Baseline, ConstraintKind

_ON_STAGES: Final = {ConstraintKind.ASAP, ConstraintKind.SNET, ConstraintKind.FNLT}


def check_plan(plan: Plan, limit: int = TASK_LIMIT) -> None:
    """Refuse a plan whose parts are not sound; cycles are found by `schedule`.

    Raises
    ------
    DomainError
        One class for each fault: an empty title, a negative duration, two tasks of one id, a
        link to a task that is not there, a link to itself, the same link twice, a stage inside
        itself, estimates out of order, a constraint without its date or before the plan
        starts, a calendar that never works.
    """
    if not EARLIEST_START <= plan.starts_on <= LATEST_START:
        raise OutOfRangeError(field=Term("field.plan_start"), low=EARLIEST_START, high=LATEST_START)
    status = plan.status_at
    if status is not None and not EARLIEST_START <= status.date() <= LATEST_TERM:
        raise OutOfRangeError(field=Term("field.status_date"), low=EARLIEST_START, high=LATEST_TERM)
    if len(plan.tasks) > limit:
        raise TooManyTasksError(count=len(plan.tasks), limit=limit)
    if len(plan.by_id) < len(plan.tasks):
        raise DuplicateTaskError(task=_twin(plan).title)
    for task in plan.tasks:
        check_task(task, plan.unit)
    _check_stages(plan)
    _check_links(plan)
    _check_terms(plan)
    _check_baselines(plan)
    for calendar in _calendars(plan):
        check_calendar(calendar)


def check_task(task: Task, unit: PlanUnit) -> None:
    """Refuse a task whose fields are empty, too long or out of bounds."""
    if not task.title.strip():
        raise RequiredError(field=Term("field.task_title"))
    for field, text, limit in (
        ("field.task_title", task.title, TITLE_LIMIT),
        ("field.responsible", task.responsible, PERSON_LIMIT),
    ):
        if len(text) > limit:
            raise TooLongError(field=Term(field), limit=limit, length=len(text))
    high = longest(unit)
    for field, number, most in (
        ("field.duration", task.duration, high),
        ("field.done_percent", task.done_percent, 100),
        ("field.remaining", (task.progress and task.progress.remaining) or 0, high),
    ):
        if not 0 <= number <= most:
            raise OutOfRangeError(field=Term(field), low=0, high=most)
    points = task.estimate
    if points is not None and not (
        0 <= points.optimistic <= points.likely <= points.pessimistic <= high
    ):
        raise EstimateOrderError(task=task.title)


def check_calendar(calendar: OwnCalendar) -> None:
    """Refuse a calendar that never works, or whose stretches of a day are out of order."""
    if not calendar.ever_works:
        raise NoWorkingTimeError
    stretches = (*calendar.week, *(shifts for _day, shifts in calendar.special))
    if not all(map(are_sound, stretches)) or len(calendar.week) not in {0, 7}:
        raise BadShiftsError


def _twin(plan: Plan) -> Task:
    return next(task for task in plan.tasks if plan.by_id[task.id] is not task)


def _calendars(plan: Plan) -> Iterator[OwnCalendar]:
    if plan.own_calendar is not None:
        yield plan.own_calendar
    for named in plan.calendars:
        yield named.time


def _check_stages(plan: Plan) -> None:
    for task in plan.tasks:
        above, seen = task.parent_id, {task.id}
        while above is not None:
            if above in seen:
                raise StageLoopError(task=task.title)
            seen.add(above)
            above = plan.task(above).parent_id


def _check_links(plan: Plan) -> None:
    high, keys, tasks = longest(plan.unit), set[tuple[int, int, str]](), plan.by_id
    for link in plan.dependencies:
        before, after = tasks.get(link.predecessor), tasks.get(link.successor)
        if before is None or after is None:
            plan.task(link.predecessor)
            plan.task(link.successor)
            continue
        if before is after:
            raise SelfLinkError(task=before.title)
        key = (link.predecessor, link.successor, link.kind)
        if key in keys:
            raise DuplicateLinkError(
                predecessor=before.title, successor=after.title, kind=link.kind
            )
        if not -high <= link.lag <= high:
            raise OutOfRangeError(field=Term("field.lag"), low=-high, high=high)
        keys.add(key)


def _check_terms(plan: Plan) -> None:
    begins = datetime.combine(plan.starts_on, time()) + timedelta(minutes=plan.starts_minute)
    if plan.unit is PlanUnit.DAY:
        begins = datetime.combine(plan.starts_on, time())
    names = {calendar.id for calendar in plan.calendars}
    for task in plan.tasks:
        if task.calendar and task.calendar not in names:
            raise NotFoundError(kind=Term("object.calendar"), id=task.calendar)
        _check_dates(task)
        _check_constraint(task, begins, is_stage=task.id in plan.stages)
        _check_progress(task)
    resources = {resource.id for resource in plan.resources}
    for assignment in plan.assignments:
        plan.task(assignment.task_id)
        if assignment.resource_id not in resources:
            raise NotFoundError(kind=Term("object.resource"), id=assignment.resource_id)


def _check_dates(task: Task) -> None:
    """Refuse dates that no calendar is kept for."""
    constraint, progress = task.constraint, task.progress
    dates = [task.deadline, task.placed_at, constraint.at if constraint else None]
    if progress is not None:
        dates += [progress.started_at, progress.finished_at]
    for at in dates:
        if at is not None and not EARLIEST_START <= at.date() <= LATEST_TERM:
            raise TermDateError(task=task.title, at=_day(at), low=EARLIEST_START, high=LATEST_TERM)


def _check_baselines(plan: Plan) -> None:
    if len(plan.baselines) > BASELINE_LIMIT:
        raise TooManyBaselinesError(count=len(plan.baselines), limit=BASELINE_LIMIT)
    numbers = [baseline.number for baseline in plan.baselines]
    for baseline in plan.baselines:
        known = {dates.task_id for dates in baseline.dates}
        if numbers.count(baseline.number) > 1 or len(known) < len(baseline.dates):
            raise DuplicateBaselineError(number=baseline.number)
        if len(baseline.title) > TITLE_LIMIT:
            raise TooLongError(
                field=Term("field.baseline_title"), limit=TITLE_LIMIT, length=len(baseline.title)
            )
        _check_agreed(baseline, longest(plan.unit) * LONGEST_PLAN_IN_TASKS)


def _check_agreed(baseline: Baseline, most: int) -> None:
    """Refuse a number, a duration [units] or dates that no plan could have had."""
    lengths = (("field.baseline_duration", x.duration or 0, most) for x in baseline.dates)
    number = ("field.baseline_number", baseline.number, BASELINE_NUMBER_LIMIT)
    for field, count, high in (number, *lengths):
        if not 0 <= count <= high:
            raise OutOfRangeError(field=Term(field), low=0, high=high)
    for dates in baseline.dates:
        for at in (dates.start, dates.finish):
            if at is not None and not EARLIEST_START <= at.date() <= LATEST_TERM:
                raise BaselineDateError(
                    baseline=baseline.title or baseline.number,
                    at=_day(at),
                    low=EARLIEST_START,
                    high=LATEST_TERM,
                )


def _check_constraint(task: Task, begins: datetime, *, is_stage: bool) -> None:
    constraint = task.constraint
    if constraint is not None:
        if constraint.kind.is_dated != (constraint.at is not None):
            raise ConstraintDateError(task=task.title, kind=constraint.kind)
        if is_stage and constraint.kind not in _ON_STAGES:
            raise StageConstraintError(task=task.title, kind=constraint.kind)
    dates = [constraint.at if constraint else None, task.placed_at]
    for at in dates:
        if at is not None and at < begins:
            raise ConstraintBeforeStartError(task=task.title, at=_day(at), start=_day(begins))


def _check_progress(task: Task) -> None:
    progress = task.progress
    if progress is None:
        return
    if progress.finished_at is not None and (
        progress.started_at is None or progress.finished_at < progress.started_at
    ):
        raise ProgressOrderError(task=task.title)


def _day(at: datetime) -> date:
    return at.date()

"""Random plans whose tasks have calendars of their own, or have been worked at."""

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

from roadmaps.domain.calendar import NamedCalendar, OwnCalendar
from roadmaps.domain.laid import lay
from roadmaps.domain.plan import LinkKind, Plan, PlanUnit, Task
from roadmaps.domain.terms import ConstraintKind, Progress
from roadmaps.domain.timeline import tick_at
from roadmaps.domain.worktime import WorkTime, work_time
from tests.referee.java import java, moment, when
from tests.referee.schedules import START, WEEK, Drawing, drawn, in_java

SIX_DAYS = OwnCalendar(week=(*WEEK, ((480, 720), (780, 1020)), ()))
EVENINGS = OwnCalendar(week=(*(((1020, 1260),),) * 5, ((600, 900),), ((600, 900),)))
CALENDARS = (
    NamedCalendar("51", "six days", SIX_DAYS),
    NamedCalendar("52", "evenings and weekends", EVENINGS),
)
PARTS = 3  # one of them is over at the status date


def finish_to_start_by_own_calendars(_folder: Path) -> tuple[str, int, int]:
    """Offices, six days, evenings and weekends in one plan."""
    drawing = Drawing((LinkKind.FS,), (0, 10), 15, (ConstraintKind.SNET,))
    name = "MicrosoftScheduler: tasks with calendars of their own, FS, lags 0…10 h, SNET, 15 days off: start, finish, total float"
    return _with_calendars(name, drawing, range(500, 560), has_float=True)


def starts_by_own_calendars(_folder: Path) -> tuple[str, int, int]:
    """The same with links between starts; late dates of such links are another matter."""
    drawing = Drawing((LinkKind.FS, LinkKind.SS), (0, 10), 15)
    name = "MicrosoftScheduler: tasks with calendars of their own, FS SS, lags 0…10 h, 15 days off: start and finish"
    return _with_calendars(name, drawing, range(560, 620), has_float=False)


def progress(_folder: Path) -> tuple[str, int, int]:
    """A third of the plan is over; some tasks have begun before those they wait for are done."""
    compared = differ = 0
    for seed in range(620, 680):
        plan = _worked(drawn(seed, Drawing((LinkKind.FS,), (0, 10), 15)), seed)
        project, known = in_java(plan)
        project.getProjectProperties().setStatusDate(when(plan.status_at))
        for task in plan.tasks:
            _tell(known[task.id], task)
        java("org.mpxj.cpm.PrimaveraScheduler")().schedule(project, when(START))
        count, ticks = work_time(plan).units, lay(plan).ticks
        for task in plan.tasks:
            if task.progress is not None and task.progress.finished_at is not None:
                continue
            of = known[task.id]
            pairs = [(ticks[task.id][1], of.getEarlyFinish())]
            if task.progress is None:  # what has begun keeps its actual start
                pairs.append((ticks[task.id][0], of.getEarlyStart()))
            compared += len(pairs)
            differ += sum(
                count(tick) != count(tick_at(moment(date_), PlanUnit.HOUR)) for tick, date_ in pairs
            )
    name = "PrimaveraScheduler: status date, work done and begun, also out of sequence, FS, lags 0…10 h, 15 days off: start and finish"
    return name, compared, differ


def _with_calendars(
    name: str, drawing: Drawing, seeds: range, *, has_float: bool
) -> tuple[str, int, int]:
    compared = differ = 0
    hours = java("org.mpxj.TimeUnit").HOURS
    for seed in seeds:
        choice = random.Random(seed)
        drawn_plan = drawn(seed, drawing)
        tasks = (replace(t, calendar=choice.choice(("", "51", "52"))) for t in drawn_plan.tasks)
        plan = replace(drawn_plan, tasks=tuple(tasks), calendars=CALENDARS)
        project, known = in_java(plan)
        calendars = _calendars(project)
        for task in plan.tasks:
            if task.calendar:
                known[task.id].setCalendar(calendars[task.calendar])
        java("org.mpxj.cpm.MicrosoftScheduler")().schedule(project, when(START))
        laid, lines = lay(plan), {x.id: x.time for x in CALENDARS} | {"": plan.own_calendar}
        counts = {key: WorkTime(time, plan).units for key, time in lines.items()}
        for task in plan.tasks:
            of, (start, finish) = known[task.id], laid.ticks[task.id]
            count = counts[task.calendar]
            pairs = [
                (count(start), count(tick_at(moment(of.getEarlyStart()), PlanUnit.HOUR))),
                (count(finish), count(tick_at(moment(of.getEarlyFinish()), PlanUnit.HOUR))),
            ]
            if has_float:
                slack = of.getTotalSlack().convertUnits(hours, project.getProjectProperties())
                pairs.append((laid.result[task.id].total_float, round(float(slack.getDuration()))))
            compared += len(pairs)
            differ += sum(ours != theirs for ours, theirs in pairs)
    return name, compared, differ


def _calendars(project: Any) -> dict[str, Any]:
    """Build the calendars of tasks anew in MPXJ."""
    days, kinds = java("java.time.DayOfWeek").values(), java("org.mpxj.DayType")
    stretch, clock = java("org.mpxj.LocalTimeRange"), java("java.time.LocalTime").of
    found = {}
    for named in CALENDARS:
        made = found[named.id] = project.addCalendar()
        made.setName(named.title)
        for number, day in enumerate(days):
            shifts = named.time.usual(number)
            made.setCalendarDayType(day, kinds.WORKING if shifts else kinds.NON_WORKING)
            hours = made.addCalendarHours(day)
            for opens, closes in shifts:
                hours.add(stretch(clock(opens // 60, opens % 60), clock(closes // 60, closes % 60)))
    return found


def _worked(plan: Plan, seed: int) -> Plan:
    """Let a third of a plan be over; nobody has done more than there was time for."""
    chance, laid = random.Random(seed), lay(plan)
    now = laid.result.length // PARTS
    tasks = []
    for task in plan.tasks:
        slot, span = laid.result[task.id], laid.span(task.id)
        if slot.early_finish <= now:
            done = Progress(span.start, span.finish)
            tasks.append(replace(task, done_percent=100, progress=done))
        elif slot.early_start < now or chance.random() < 0.15:
            begun = slot.early_start if slot.early_start < now else chance.randint(0, now - 1)
            left = chance.randint(max(1, task.duration - (now - begun)), task.duration)
            tasks.append(replace(task, progress=Progress(laid.when.begin(begun), None, left)))
        else:
            tasks.append(task)
    return replace(plan, tasks=tuple(tasks), status_at=laid.when.begin(now))


def _tell(of: Any, task: Task) -> None:
    """Tell MPXJ what has happened to a task."""
    if task.progress is None:
        return
    length, hours = java("org.mpxj.Duration").getInstance, java("org.mpxj.TimeUnit").HOURS
    states, finished = java("org.mpxj.ActivityStatus"), task.progress.finished_at
    left = task.progress.remaining or 0
    of.setActualStart(when(task.progress.started_at))
    of.setStart(when(task.progress.started_at))
    of.setRemainingDuration(length(float(left), hours))
    of.setActualDuration(length(float(task.duration - left), hours))
    of.setActivityStatus(states.IN_PROGRESS if finished is None else states.COMPLETED)
    if finished is not None:
        of.setActualFinish(when(finished))
        of.setFinish(when(finished))

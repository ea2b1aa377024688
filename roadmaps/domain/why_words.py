"""Why a task stands where it does, how late it may be and what moved, in the reader's language."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from core.i18n import Translator
from roadmaps.domain.edits import Edit
from roadmaps.domain.field_words import calendar_title, told_at, told_constraint, told_hand
from roadmaps.domain.moves import Change, Move
from roadmaps.domain.outcome import Outcome, followers
from roadmaps.domain.plan import Dependency, LinkKind, Plan, PlanUnit, Task
from roadmaps.domain.schedule import Slot
from roadmaps.domain.terms import Constraint, Counting
from roadmaps.domain.why import Cause, Reason
from roadmaps.domain.words import amount, moment

_DAYS_TOLD: Final = 5
_HOUR: Final = 3_600
_MINUTE: Final = 60


def told_reasons(_: Translator, plan: Plan, task: Task, reasons: tuple[Reason, ...]) -> list[str]:
    """Tell the reasons of a task's dates, what holds its start first."""
    return [_reason(_, plan, task, reason) for reason in reasons]


def _reason(_: Translator, plan: Plan, task: Task, reason: Reason) -> str:  # noqa: PLR0911 — one answer for each cause
    link, at = reason.link, reason.at
    match reason.cause:
        case Cause.LINK if link is not None:
            return told_wait(_, link.kind, plan.task(link.predecessor).title)
        case Cause.LAG if link is not None:
            return told_lag(_, link, plan.unit)
        case Cause.CONSTRAINT if reason.constraint is not None:
            return told_constraint(_, Constraint(reason.constraint, at))
        case Cause.HAND if at is not None:
            return told_hand(_, at, plan.unit)
        case Cause.PROGRESS if at is not None:
            return _progress(_, task, told_at(_, at))
        case Cause.CALENDAR:
            return _calendar(_, plan, task)
        case Cause.HOLIDAY:
            return _("days off on the way: {days}", days=_days(_, reason.days))
        case Cause.START:
            return _("the plan begins on {day}", day=_.date(plan.starts_on))
    return _.label(reason.cause)


def told_wait(_: Translator, kind: LinkKind, title: str) -> str:
    """Say what a link asks of a task, naming the one that it waits for."""
    match kind:
        case LinkKind.FS:
            return _("waits for “{task}” to end", task=title)
        case LinkKind.SS:
            return _("waits for “{task}” to begin", task=title)
        case LinkKind.FF:
            return _("ends no earlier than “{task}” ends", task=title)
        case LinkKind.SF:
            return _("ends no earlier than “{task}” begins", task=title)


def told_lag(_: Translator, link: Dependency, unit: PlanUnit) -> str:
    """Say how much longer a task waits, or by how much it is let go earlier."""
    length = stretch(_, abs(link.lag), unit, link.counting)
    if link.lag < 0:
        return _("{amount} earlier than that", amount=length)
    return _("and {amount} more", amount=length)


def stretch(_: Translator, units: int, unit: PlanUnit, counting: Counting) -> str:
    """Say how long something is in the time that it runs in."""
    if counting is Counting.WORKING:
        return amount(_, units, unit)
    if unit is PlanUnit.DAY:
        return _.plural("{n} calendar day", "{n} calendar days", units)
    return _.hours(units * unit.minutes)


def told_length(_: Translator, lasts: tuple[int, Counting], unit: PlanUnit) -> str:
    """Say how long a plan takes: what `Laid.lasts` gives."""
    length, counting = lasts
    return stretch(_, length, unit, counting)


def told_float(_: Translator, slot: Slot, unit: PlanUnit, counting: Counting) -> str:
    """Say by how much a task may be late, in words."""
    if slot.total_float < 0:
        return _(
            "{amount} short of a date that has to be kept",
            amount=stretch(_, -slot.total_float, unit, counting),
        )
    if slot.total_float == 0:
        return _("no float: any delay moves the end of the plan or a date that has to be kept")
    total = stretch(_, slot.total_float, unit, counting)
    if slot.free_float == slot.total_float:
        return _("may be {amount} late without moving anything", amount=total)
    told = _("may be {amount} late without moving the end of the plan", amount=total)
    if slot.free_float <= 0:
        return told + "; " + _("any delay moves the tasks that wait for it")
    free = stretch(_, slot.free_float, unit, counting)
    return told + "; " + _("the first {amount} move no other task", amount=free)


def told_by(_: Translator, by: timedelta) -> str:
    """Say by how much something is later or earlier: 3 days later."""
    if not by:
        return _("as before")
    seconds = abs(by).total_seconds()
    whole_days, rest = divmod(int(seconds), 24 * _HOUR)
    days = _.plural("{n} day", "{n} days", whole_days) if whole_days else ""
    hours = _.hours(rest // _MINUTE) if rest else ""
    told = " ".join(filter(None, (days, hours)))
    return (
        _("{amount} later", amount=told) if by > timedelta() else _("{amount} earlier", amount=told)
    )


def told_move(_: Translator, move: Move) -> str:
    """Say how a task moved: as a whole, or its ends by different amounts."""
    if move.start_by == move.finish_by:
        return told_by(_, move.finish_by)
    return _(
        "start {start}, finish {finish}",
        start=told_by(_, move.start_by),
        finish=told_by(_, move.finish_by),
    )


def told_effect(_: Translator, found: Outcome, edit: Edit) -> str:
    """Say how many other tasks a change moved, and by how much and to when the end of the plan."""
    moved, end_by = len(followers(found, edit)), found.end_by
    if not moved and not end_by:
        return _("Nothing else moved.")
    count = (
        _.plural("{n} other task moved", "{n} other tasks moved", moved)
        if moved
        else _("No other task moved")
    )
    if not end_by:
        return _("{tasks}; the end of the plan stays.", tasks=count)
    end = moment(_, found.laid.finish, found.laid.plan.unit)
    by = told_by(_, end_by)
    return _("{tasks}; the plan ends {amount}: {day}", tasks=count, amount=by, day=end)


def told_because(_: Translator, move: Move, titles: Mapping[int, str]) -> str:
    """Say what a moved task follows: the one before it that passed the change on, or the change."""
    if move.through is not None and move.through in titles:
        return _("after “{task}”", task=titles[move.through])
    return told_cause(_, move.because, titles)


def told_cause(_: Translator, change: Change, titles: Mapping[int, str]) -> str:
    """Say which change is behind a move, naming its task or its link."""
    label = _.label(change.kind)
    if change.link is not None:
        ends = (change.link.predecessor, change.link.successor)
        return f"{' → '.join(titles.get(end, '…') for end in ends)}: {label}"
    if change.task_id is not None:
        return f"{titles.get(change.task_id, '…')}: {label}"
    return label


def _progress(_: Translator, task: Task, at: str) -> str:
    if task.progress is not None and task.progress.started_at is not None:
        return _("it was begun on {at}", at=at)
    return _("not begun by the status date, {at}, so it comes after it", at=at)


def _calendar(_: Translator, plan: Plan, task: Task) -> str:
    if task.counting is not Counting.WORKING:
        return _("runs in: {counting}", counting=_.label(task.counting))
    return _("calendar: {calendar}", calendar=calendar_title(_, plan, task.calendar))


def _days(_: Translator, days: tuple[date, ...]) -> str:
    told = ", ".join(_.day(day) for day in days[:_DAYS_TOLD])
    more = len(days) - _DAYS_TOLD
    return told if more <= 0 else told + _("; and {count} more", count=more)

"""What was set in a field of a task, told in the reader's language."""

from datetime import datetime, time

from core.i18n import Translator
from roadmaps.domain.edits_task import (
    LeaveOut,
    PlaceTask,
    Rename,
    SetCalendar,
    SetConstraint,
    SetCounting,
    SetDeadline,
    SetDuration,
    SetEstimate,
    SetProgress,
    SetResponsible,
    TaskEdit,
)
from roadmaps.domain.plan import Plan, PlanUnit
from roadmaps.domain.terms import Constraint, Estimate, Progress


def told_field(_: Translator, edit: TaskEdit, old: TaskEdit | None, plan: Plan) -> str:  # noqa: PLR0911 — one answer for each kind
    """Tell what an edit of one field does; `old` is the edit that takes it back."""
    match edit:
        case Rename(_id, title):
            return _("now “{title}”", title=title)
        case SetDuration(_id, new):
            before = old.duration if isinstance(old, SetDuration) else "…"
            return _("duration {old} → {new}", old=before, new=new)
        case SetCounting(_id, counting):
            return _("runs in: {counting}", counting=_.label(counting))
        case SetCalendar(_id, calendar):
            return _("calendar: {calendar}", calendar=calendar_title(_, plan, calendar))
        case SetConstraint(_id, constraint):
            return told_constraint(_, constraint)
        case SetProgress():
            return _told_progress(_, edit, old)
    return _told_mark(_, edit, plan.unit)


def _told_mark(_: Translator, edit: TaskEdit, unit: PlanUnit) -> str:
    match edit:
        case SetDeadline(_id, at):
            return _("deadline {at}", at=told_at(_, at)) if at else _("no deadline")
        case PlaceTask(_id, at):
            return told_hand(_, at, unit) if at else _("placed by its links again")
        case LeaveOut(_id, off_path):
            out = _("left out of the critical path")
            return out if off_path else _("counted in the critical path")
        case SetEstimate(_id, points):
            return told_estimate(_, points)
        case SetResponsible():
            return _("another person responsible")
    raise TypeError(type(edit).__name__)


def told_constraint(_: Translator, constraint: Constraint | None) -> str:
    """Say what binds a task: start no earlier than 7 December."""
    if constraint is None:
        return _("free of constraints")
    if constraint.at is None:
        return _.label(constraint.kind)
    return f"{_.label(constraint.kind)} {told_at(_, constraint.at)}"


def told_estimate(_: Translator, points: Estimate | None) -> str:
    """Say the three points of an estimate."""
    if points is None:
        return _("no estimates")
    return _(
        "estimates: at best {best}, likely {likely}, at worst {worst}",
        best=_.number(points.optimistic),
        likely=_.number(points.likely),
        worst=_.number(points.pessimistic),
    )


def told_at(_: Translator, at: datetime) -> str:
    """Say a moment in wall time; midnight is the day alone."""
    day = _.date(at.date())
    return day if at.time() == time() else f"{day} {at:%H:%M}"


def told_hand(_: Translator, at: datetime, unit: PlanUnit) -> str:
    """Say where a hand put a task: counted in days, on which of them."""
    if unit is PlanUnit.DAY:
        at = datetime.combine(at, time())
    return _("placed by hand on {at}", at=told_at(_, at))


def calendar_title(_: Translator, plan: Plan, calendar: str) -> str:
    """Give the name of a calendar of a plan."""
    if not calendar:
        return _("the plan's own")
    return next((x.title for x in plan.calendars if x.id == calendar), calendar) or calendar


def told_progress(_: Translator, progress: Progress | None) -> list[str]:
    """Say what has happened to a task, besides the share that is done."""
    if progress is None:
        return []
    found = []
    if progress.started_at is not None:
        found.append(_("begun {at}", at=told_at(_, progress.started_at)))
    if progress.finished_at is not None:
        found.append(_("finished {at}", at=told_at(_, progress.finished_at)))
    if progress.remaining is not None:
        found.append(_("{units} left", units=_.number(progress.remaining)))
    return found


def _told_progress(_: Translator, edit: SetProgress, old: TaskEdit | None) -> str:
    before = old.done_percent if isinstance(old, SetProgress) else None
    done = _("done {old} → {new} %", old="…" if before is None else before, new=edit.done_percent)
    parts = told_progress(_, edit.progress)
    return ", ".join(parts if parts and before == edit.done_percent else [done, *parts])

"""The fields of one task: the usual ones in sight, the rest folded."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from core.i18n import Translator
from core.ui.desk import saved, told
from core.ui.forms import filled, refill, submit
from core.workspace import Workspace
from roadmaps.domain.calendar import NamedCalendar
from roadmaps.domain.edits import Edit
from roadmaps.domain.edits_plan import SetCalendars
from roadmaps.domain.edits_task import differing, happened
from roadmaps.domain.plan import Task, clean
from roadmaps.domain.roadmap import PlanView
from roadmaps.domain.terms import Constraint, ConstraintKind, Estimate
from roadmaps.domain.usual import UsualCalendar, usual_calendar
from roadmaps.pages.parts.people import chosen, shown
from roadmaps.pages.parts.task_fields import draw_fields, held, moment_of
from roadmaps.pages.parts.undoing import undo_of
from roadmaps.service import change_plan

Values = Mapping[str, Any]


def draw_task_edit(
    here: Workspace, view: PlanView, task: Task, people: Mapping[int, str], _: Translator
) -> None:
    """Draw the form; what differs from what was seen becomes edits, saved together."""
    form = form_of(view, task.id)
    names = {**people, **view.people}
    now = _values(view, task, names)
    keyed = {f"{form}_{name}": value for name, value in now.items()}
    before = filled(form, keyed, "task_save")
    with st.form(form, border=False, enter_to_submit=False):
        draw_fields(view, task, form, names, _)
        sent = submit(_("Save the task"), key="task_save", main=False)
    if not sent:
        return
    with told():
        old = _task(task, {name: before[f"{form}_{name}"] for name in now}, people)
        new = _task(task, {name: st.session_state[f"{form}_{name}"] for name in now}, people)
        edits = (*_calendars(view, new, _), *differing(old, new))
        if not edits:
            st.info(_("Nothing has changed."))
            return
        version = before[f"{form}_version"]
        which = {"roadmap_id": view.roadmap.id}
        made = change_plan(here, **which, edits=edits, version=version)
        refill(form)
        undo = undo_of(view.roadmap.id, made.seq)
        saved(_("Task saved: {title}", title=new.title), undo=undo, near=form)


def form_of(view: PlanView, task_id: int) -> str:
    """Name the form of a task."""
    return f"task_{view.roadmap.id}_{task_id}"


def _values(view: PlanView, task: Task, names: Mapping[int, str]) -> dict[str, Any]:
    """Give the fields of a task as the form shows them; a stage has few."""
    constraint, points, progress = task.constraint, task.estimate, task.progress
    unit = view.plan.unit
    kind = constraint.kind if constraint else ConstraintKind.ASAP
    values: dict[str, Any] = {
        "version": view.roadmap.version,
        "title": task.title,
        "responsible": shown(task.responsible_id, task.responsible, names) or None,
        "kind": kind,
        "at": held(constraint.at if constraint else None, unit),
        "deadline": held(task.deadline, unit),
        "off_path": task.off_path,
    }
    if task.id not in view.plan.stages:
        values |= {
            "duration": task.duration,
            "done": task.done_percent,
            "placed": held(task.placed_at, unit),
            "started": held(progress.started_at if progress else None, unit),
            "finished": held(progress.finished_at if progress else None, unit),
            "remaining": progress and progress.remaining,
            "optimistic": points and points.optimistic,
            "likely": points and points.likely,
            "pessimistic": points and points.pessimistic,
            "counting": task.counting,
            "calendar": task.calendar,
        }
    return values


def _task(task: Task, values: Values, people: Mapping[int, str]) -> Task:
    """Make the task that the form describes."""
    person, name = chosen(values["responsible"], people)
    kind, at = values["kind"], moment_of(values["at"])
    constraint = Constraint(kind, at if kind.is_dated else None)
    made = replace(
        task,
        title=clean(values["title"] or ""),
        responsible_id=person,
        responsible=name,
        constraint=None if kind is ConstraintKind.ASAP else constraint,
        deadline=moment_of(values["deadline"]),
        off_path=values["off_path"],
    )
    if "duration" not in values:
        return made
    dates = (moment_of(values["started"]), moment_of(values["finished"]))
    says = happened(task.id, values["done"] or 0, *dates, values["remaining"])
    points = [values[name] for name in ("optimistic", "likely", "pessimistic")]
    return replace(
        made,
        duration=values["duration"] or 0,
        done_percent=says.done_percent,
        progress=says.progress,
        placed_at=moment_of(values["placed"], task.placed_at),
        estimate=None if points == [None] * 3 else Estimate(*(x or 0 for x in points)),
        counting=values["counting"],
        calendar=values["calendar"] or "",
    )


def _calendars(view: PlanView, task: Task, _: Translator) -> tuple[Edit, ...]:
    """Give the plan one of the usual calendars when a task is to be done by it."""
    known: tuple[NamedCalendar, ...] = view.plan.calendars
    if not task.calendar or any(x.id == task.calendar for x in known):
        return ()
    kind = UsualCalendar(task.calendar)
    return (SetCalendars((*known, usual_calendar(kind, _.label(kind)))),)

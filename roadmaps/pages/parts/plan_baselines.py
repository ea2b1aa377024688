"""Baselines: dates kept as agreed, and the plan of now beside them."""

from dataclasses import replace
from datetime import date

import streamlit as st

from core.i18n import Translator
from core.ui.charts import chart
from core.ui.desk import plain, saved, told
from core.ui.forms import filled, refill, seen, submit
from core.ui.tables import Column, table
from core.workspace import Workspace
from hours.pages.parts.choices import choose
from roadmaps.charts import SCREEN, gantt, gantt_words
from roadmaps.domain.earned import broken_by, earned_schedule, variance
from roadmaps.domain.edits_plan import RemoveBaseline, RenameBaseline
from roadmaps.domain.layout import gantt_layout
from roadmaps.domain.plan import PlanUnit
from roadmaps.domain.roadmap import PlanView
from roadmaps.domain.terms import Baseline, BaselineDates
from roadmaps.domain.why_words import told_by
from roadmaps.domain.words import moment
from roadmaps.domain.worktime import Span
from roadmaps.pages.parts.undoing import undo_of
from roadmaps.service import change_plan, take_baseline


def draw_baselines(here: Workspace, view: PlanView, _: Translator) -> None:
    """Offer to keep the dates of now, and compare them with the baseline that is chosen."""
    if not view.plan.baselines:
        st.info(
            _(
                "No baseline yet. A baseline keeps the dates as they were agreed; later the plan"
                " is compared with it, task by task."
            ),
            icon=":material/bookmark:",
        )
        _draw_taking(here, view, _)
        return
    baseline = chosen_baseline(view, _)
    _draw_figures(view, baseline, _)
    look = replace(SCREEN, baseline=baseline.number)
    layout = gantt_layout(view.laid, view.today, look)
    with st.container(key="wide_baseline"):
        chart(gantt(layout, _), key="gantt_baseline", alt=gantt_words(layout, _))
    st.caption(_("Thin grey bars below the others: the dates of the baseline."))
    _draw_variance(view, baseline, _)
    if view.may_edit:
        _draw_changing(here, view, baseline, _)
    _draw_taking(here, view, _)


def chosen_baseline(view: PlanView, _: Translator) -> Baseline:
    """Ask which baseline is meant, where there are several; the latest stands first."""
    latest = sorted(view.plan.baselines, key=lambda x: -x.number)
    names = {str(x.number): _name(view, x, _) for x in latest}
    default = str(latest[0].number)
    number = choose(_("Baseline"), "baseline", names, default=default)
    return view.plan.baseline(int(number))


def _name(view: PlanView, baseline: Baseline, _: Translator) -> str:
    title = baseline.title or _("Baseline {number}", number=baseline.number)
    if baseline.taken_at is None:
        return title
    who = view.people.get(baseline.taken_by or 0, "")
    return " · ".join(filter(None, (title, _.moment(baseline.taken_at, view.zone), who)))


def _draw_figures(view: PlanView, baseline: Baseline, _: Translator) -> None:
    finishes = [x.finish for x in baseline.dates if x.finish is not None]
    with st.container(horizontal=True, key="baseline_figures"):
        if finishes:
            unit = view.plan.unit
            st.metric(_("Was to end"), moment(_, max(finishes), unit))
            st.metric(_("Ends"), moment(_, view.finish, unit))
            st.metric(_("Difference"), told_by(_, view.finish - max(finishes)))
        _draw_earned(view, baseline, _)


def _draw_earned(view: PlanView, baseline: Baseline, _: Translator) -> None:
    at = view.plan.status_at
    if at is None:
        st.caption(_("Set a status date to see the pace of the work."))
        return
    earned = earned_schedule(view.laid, baseline, at)
    if earned.spi is None:
        return
    st.metric(
        _("Pace, SPI(t)"),
        _.number(earned.spi, 2),
        help=_(
            "By the status date as much is done as the baseline had planned for {earned} units of"
            " working time, and {actual} have passed. 1 is as agreed; 0.8 means that the work goes"
            " at four fifths of the pace agreed; above 1 is ahead.",
            earned=_.number(earned.earned, 1),
            actual=_.number(earned.actual),
        ),
    )


def _last_day(dates: BaselineDates, unit: PlanUnit) -> date | None:
    if dates.finish is None:
        return None
    return Span(dates.start or dates.finish, dates.finish).last_day(unit)


def _draw_variance(view: PlanView, baseline: Baseline, _: Translator) -> None:
    agreed = {x.task_id: x for x in baseline.dates}
    rows = []
    for task_id, found in sorted(variance(view.laid, baseline).items()):
        task, dates, unit = view.plan.task(task_id), agreed[task_id], view.plan.unit
        rows.append(
            {
                "number": task.position,
                "title": task.title,
                "was": _last_day(dates, unit),
                "now": view.spans[task_id].last_day(unit),
                "start": None if found.start is None else told_by(_, found.start),
                "finish": None if found.finish is None else told_by(_, found.finish),
            }
        )
    columns = {
        "number": Column(_("No."), "number", width="small"),
        "title": Column(_("Task"), width="medium"),
        "was": Column(_("Was to end"), "date"),
        "now": Column(_("Ends"), "date"),
        "start": Column(_("Start")),
        "finish": Column(_("Finish")),
    }
    table(sorted(rows, key=lambda row: row["number"]), columns, key="variance")
    new = sum(task.id not in agreed for task in view.plan.tasks)
    gone = sum(task_id not in view.plan.by_id for task_id in agreed)
    told_of = [
        _.plural("{n} task is new since", "{n} tasks are new since", new) if new else "",
        _.plural("{n} task is gone since", "{n} tasks are gone since", gone) if gone else "",
    ]
    broken = broken_by(view.laid, baseline)
    if broken:
        told_of.append(
            _.plural(
                "{n} link is not kept by the dates of the baseline",
                "{n} links are not kept by the dates of the baseline",
                len(broken),
            )
        )
    if any(told_of):
        st.caption("; ".join(filter(None, told_of)) + ".")


def _draw_taking(here: Workspace, view: PlanView, _: Translator) -> None:
    if not view.may_edit:
        return
    form = f"baseline_{view.roadmap.id}"
    title = _("Agreed on {day}", day=_.date(view.today))
    filled(form, {f"{form}_title": title}, "baseline_take")
    version = seen(f"{form}_version", view.roadmap.version, "baseline_take")
    with st.form(form, enter_to_submit=False):
        st.text_input(_("Name of the baseline"), key=f"{form}_title")
        sent = submit(_("Keep the dates of now"), key="baseline_take", main=False)
    if sent:
        with told():
            which = {"roadmap_id": view.roadmap.id}
            kept = st.session_state[f"{form}_title"] or ""
            seq = take_baseline(here, **which, version=version, title=kept)
            refill(form)
            undo = undo_of(view.roadmap.id, seq)
            saved(_("Baseline taken: {title}", title=kept), undo=undo)


def _draw_changing(here: Workspace, view: PlanView, baseline: Baseline, _: Translator) -> None:
    form = f"baseline_name_{view.roadmap.id}_{baseline.number}"
    buttons = ("baseline_rename", "baseline_remove")
    version = seen(f"{form}_version", view.roadmap.version, *buttons)
    filled(form, {f"{form}_title": baseline.title}, "baseline_rename")
    with st.container(horizontal=True, key="baseline_acts"):
        with (
            st.popover(_("Rename…"), key="baseline_rename_box"),
            st.form(form, border=False, enter_to_submit=False),
        ):
            st.text_input(_("Name of the baseline"), key=f"{form}_title")
            renamed = submit(_("Save the name"), key="baseline_rename", main=False)
        with st.popover(_("Remove the baseline…"), key="baseline_remove_box"):
            st.markdown(
                _(
                    "The dates of “{title}” will be forgotten; the plan itself stays. The history"
                    " can bring them back.",
                    title=plain(_name(view, baseline, _)),
                )
            )
            removed = st.button(_("Remove it"), key="baseline_remove", icon=":material/delete:")
    which = {"roadmap_id": view.roadmap.id}
    with told():
        if renamed:
            title = st.session_state[f"{form}_title"] or ""
            edit = RenameBaseline(baseline.number, title)
            made = change_plan(here, **which, edits=(edit,), version=version)
            refill(form)
            saved(_("Saved"), undo=undo_of(view.roadmap.id, made.seq))
        if removed:
            gone = RemoveBaseline(baseline.number)
            made = change_plan(here, **which, edits=(gone,), version=version)
            saved(_("Baseline removed"), undo=undo_of(view.roadmap.id, made.seq))

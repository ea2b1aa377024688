"""What matters most about a plan: when it ends, what holds it up, what is late."""

import streamlit as st

from casework.service import NeedState
from core.i18n import Translator
from core.ui.desk import Undo, saved, told
from core.workspace import Workspace
from roadmaps.domain.roadmap import PlanView
from roadmaps.domain.schedule import critical_tasks
from roadmaps.domain.why_words import told_length
from roadmaps.domain.words import moment
from roadmaps.pages.parts.first_of import first_of
from roadmaps.service import answer_need


def draw_figures(view: PlanView, _: Translator) -> None:
    """Show the end, the length, what is done and late."""
    unit = view.plan.unit
    done, total = _done_of(view)
    with st.container(horizontal=True, key="plan_figures"):
        st.metric(_("Ends"), moment(_, view.finish, unit))
        st.metric(_("Length"), told_length(_, view.laid.lasts, unit))
        st.metric(_("Done"), _("{done} of {total}", done=done, total=total))
        st.metric(_("Late"), _.number(len(view.late)))
        if view.plan.status_at is not None:
            st.metric(_("Status date"), moment(_, view.plan.status_at, unit))


def draw_path(here: Workspace, view: PlanView, _: Translator) -> None:
    """Name the critical path and what is late; say where dates are not certain."""
    plan = view.plan
    path = [task.title for task in critical_tasks(plan, view.schedule)]
    st.markdown(
        "**" + _("Critical path") + ":** " + first_of(path, " → ", _),
        help=_(
            "Any delay of these tasks moves the end of the plan. The others have float: they may"
            " be late by so much without moving it."
        ),
    )
    if view.late:
        late = [plan.task(task_id).title for task_id in view.late]
        st.markdown(":red[" + _("Late") + ":] " + first_of(late, ", ", _))
    _warn(view, _)
    done, total = _done_of(view)
    _offer_need(here, view, _, is_done=bool(total) and done == total)


def _done_of(view: PlanView) -> tuple[int, int]:
    """Count the tasks done and all of them, stages aside."""
    tasks = [task for task in view.plan.tasks if task.id not in view.plan.stages]
    return sum(task.done_percent == 100 for task in tasks), len(tasks)  # noqa: PLR2004 — per cent


def _warn(view: PlanView, _: Translator) -> None:
    if view.preliminary_years:
        years = ", ".join(str(year) for year in view.preliminary_years)
        st.warning(
            _(
                "Dates in {years} are preliminary: the decree on transferred days off of that"
                " year is not known to this program yet.",
                years=years,
            ),
            icon=":material/event_busy:",
        )


def _offer_need(here: Workspace, view: PlanView, _: Translator, *, is_done: bool) -> None:
    if not (is_done and view.need_is_open and view.may_edit):
        return
    with st.container(horizontal=True, vertical_alignment="center", key="plan_need"):
        st.markdown(_("Everything is done. Is the need that this roadmap answers met?"))
        if st.button(_("The need is met"), key="need_met", icon=":material/task_alt:"):
            with told():
                before = answer_need(here, roadmap_id=view.roadmap.id, state=NeedState.MET)
                back = {
                    "need_id": view.roadmap.need_id,
                    "state": before.value,
                    "seen": NeedState.MET.value,
                }
                saved(_("The need is met"), undo=Undo("casework.service:change_need", back))

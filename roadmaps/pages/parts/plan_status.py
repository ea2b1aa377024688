"""The status date: until when it is known what has happened."""

import streamlit as st

from core.i18n import Translator
from core.ui.desk import saved, told
from core.ui.forms import filled, refill, submit
from core.workspace import Workspace
from roadmaps.domain.edits_plan import SetStatus
from roadmaps.domain.roadmap import PlanView
from roadmaps.pages.parts.task_fields import day_input, held, moment_of
from roadmaps.pages.parts.undoing import undo_of
from roadmaps.service import change_plan


def draw_status(here: Workspace, view: PlanView, _: Translator) -> None:
    """Offer to set the date or to take it away."""
    form, plan = f"status_{view.roadmap.id}", view.plan
    now = {f"{form}_at": held(plan.status_at, plan.unit), f"{form}_version": view.roadmap.version}
    before = filled(form, now, "status_save")
    with st.expander(_("Status date"), key="plan_status", icon=":material/today:"):
        st.caption(
            _(
                "Until this day it is known what has happened. Whatever is not done by then moves"
                " past it. Empty: the plan is all ahead."
            )
        )
        with st.form(form, border=False):
            day_input(_("Status date"), f"{form}_at", plan.unit)
            sent = submit(_("Save"), key="status_save", main=False)
    if sent:
        with told():
            edit = SetStatus(moment_of(st.session_state[f"{form}_at"]))
            which, version = {"roadmap_id": view.roadmap.id}, before[f"{form}_version"]
            made = change_plan(here, **which, edits=(edit,), version=version)
            refill(form)
            undo = undo_of(view.roadmap.id, made.seq)
            saved(_("Saved"), undo=undo)

"""Beside the plan: its title and start, and taking it away."""

import streamlit as st

from core.i18n import Translator
from core.ui.desk import Undo, saved, told
from core.ui.forms import filled, refill, submit
from core.workspace import Workspace
from roadmaps.domain.roadmap import Head, PlanView
from roadmaps.service import edit_head, remove_roadmap


def draw_settings(here: Workspace, view: PlanView, _: Translator) -> None:
    """Offer another title, another start, and to take the roadmap away."""
    form, plan = f"plan_head_{view.roadmap.id}", view.plan
    head = {f"{form}_title": view.roadmap.title, f"{form}_start": plan.starts_on}
    before = Head(*filled(form, head, "plan_head_save").values())
    with st.expander(_("Title and start"), key="plan_settings", icon=":material/tune:"):
        with st.form(form, border=False):
            title = st.text_input(_("Title"), key=f"{form}_title")
            day = st.date_input(_("Starts on"), format="DD.MM.YYYY", key=f"{form}_start")
            sent = submit(_("Save"), key="plan_head_save", main=False)
        if sent:
            with told():
                _save_head(here, view, before, Head(title, day or before.starts_on), _)
        if st.button(
            _("Remove the roadmap"), key="plan_remove", type="tertiary", icon=":material/delete:"
        ):
            with told():
                remove_roadmap(here, roadmap_id=view.roadmap.id)
                undo = Undo("roadmaps.service:restore_roadmap", {"roadmap_id": view.roadmap.id})
                saved(_("Roadmap removed"), undo=undo, to=("roadmaps", {}))


def _save_head(here: Workspace, view: PlanView, before: Head, wanted: Head, _: Translator) -> None:
    roadmap_id = view.roadmap.id
    made = edit_head(here, roadmap_id=roadmap_id, seen=before, wanted=wanted)
    undo = Undo(
        "roadmaps.service:take_back_head",
        {
            "roadmap_id": roadmap_id,
            "title": before.title,
            "seen": wanted.title,
            "seq": made,
        },
    )
    refill(f"plan_head_{roadmap_id}")
    saved(_("Saved"), undo=undo)

"""Beside the plan: the history, title and start."""

import streamlit as st

from core.i18n import Translator
from core.ui.desk import Undo, plain, saved, told
from core.ui.forms import filled, refill, submit
from core.workspace import Workspace
from roadmaps.domain.history_words import told_edit
from roadmaps.domain.roadmap import Head, PlanView
from roadmaps.service import edit_head, list_history, remove_roadmap


def draw_history(here: Workspace, view: PlanView, _: Translator) -> None:
    """List who changed what, newest first."""
    with st.expander(_("History"), key="plan_history", icon=":material/history:"):
        history = list_history(here, roadmap_id=view.roadmap.id)
        if not history:
            st.caption(_("Nothing has been changed since the roadmap was made."))
            return
        undone = {edit.undoes for edit, _name in history}
        for edit, name in history:
            text = plain(told_edit(_, edit, view.plan))
            if edit.seq in view.chain.again:
                text = _("done again:") + " " + text
            elif edit.undoes is not None:
                text = _("taken back:") + " " + text
            if edit.seq in undone:
                text = f":gray[{text}]"
            at = _.moment(edit.made_at, view.zone)
            st.markdown(f"{at} · {plain(name)}: {text}")


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

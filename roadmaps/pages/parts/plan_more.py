"""Beside the plan: files to take away, the history with its undo, title and start."""

from collections.abc import Callable

import streamlit as st

from core.i18n import Translator
from core.ui.desk import Undo, plain, saved, told
from core.ui.forms import submit
from core.workspace import Workspace
from roadmaps.domain.edits import ChangePlan
from roadmaps.domain.history_words import told_edit
from roadmaps.domain.roadmap import PlanView, last_standing
from roadmaps.service import (
    ExportForm,
    edit_plan,
    export_roadmap,
    list_history,
    remove_roadmap,
    rename_roadmap,
    undo_edit,
)

_MIME = {ExportForm.SVG: "image/svg+xml", ExportForm.HTML: "text/html", ExportForm.CSV: "text/csv"}


def draw_exports(here: Workspace, view: PlanView, _: Translator) -> None:
    """Offer the files; the trail tells of each at the click."""

    def data(form: ExportForm) -> Callable[[], bytes]:
        def write() -> bytes:
            file = export_roadmap(here, roadmap_id=view.roadmap.id, form=form, language=_.language)
            return file.data

        return write

    with st.container(horizontal=True, vertical_alignment="center", key="plan_exports"):
        st.caption(_("Take away:"))
        for form in ExportForm:
            st.download_button(
                _.label(form),
                data(form),
                file_name=f"roadmap-{view.roadmap.id}.{form.value}",
                mime=_MIME[form],
                key=f"plan_{form.value}",
                type="tertiary",
                icon=":material/download:",
                on_click="ignore",
            )


def draw_history(here: Workspace, view: PlanView, _: Translator) -> None:
    """List who changed what, newest first, with the button that takes the last one back."""
    with st.expander(_("History"), key="plan_history", icon=":material/history:"):
        history = list_history(here, roadmap_id=view.roadmap.id)
        if not history:
            st.caption(_("Nothing has been changed since the roadmap was made."))
            return
        last = last_standing(tuple(edit for edit, _name in reversed(history)))
        undone = {edit.undoes for edit, _name in history}
        if (
            last
            and view.may_edit
            and st.button(_("Undo the last change"), key="plan_undo", icon=":material/undo:")
        ):
            with told():
                undo_edit(here, roadmap_id=view.roadmap.id, seq=last.seq)
                saved(_("Taken back"))
        for edit, name in history:
            text = plain(told_edit(_, edit, view.plan))
            if edit.undoes is not None:
                text = _("taken back:") + " " + text
            if edit.seq in undone:
                text = f":gray[{text}]"
            at = _.moment(edit.made_at, view.zone)
            st.markdown(f"{at} · {plain(name)}: {text}")


def draw_settings(here: Workspace, view: PlanView, _: Translator) -> None:
    """Offer another title, another start, and to take the roadmap away."""
    with st.expander(_("Title and start"), key="plan_settings", icon=":material/tune:"):
        with st.form("plan_head", border=False):
            title = st.text_input(_("Title"), value=view.roadmap.title, key="plan_title")
            starts_on = st.date_input(
                _("Starts on"), value=view.plan.starts_on, format="DD.MM.YYYY", key="plan_start"
            )
            sent = submit(_("Save"), key="plan_head_save", main=False)
        if sent:
            with told():
                _save_head(here, view, title or "", starts_on, _)
        if st.button(
            _("Remove the roadmap"), key="plan_remove", type="tertiary", icon=":material/delete:"
        ):
            with told():
                remove_roadmap(here, roadmap_id=view.roadmap.id)
                undo = Undo("roadmaps.service:restore_roadmap", {"roadmap_id": view.roadmap.id})
                saved(_("Roadmap removed"), undo=undo, to=("roadmaps", {}))


def _save_head(
    here: Workspace, view: PlanView, title: str, starts_on: object, _: Translator
) -> None:
    roadmap, plan, undo = view.roadmap, view.plan, None
    if title != roadmap.title:
        old = rename_roadmap(here, roadmap_id=roadmap.id, title=title)
        undo = Undo("roadmaps.service:rename_roadmap", {"roadmap_id": roadmap.id, "title": old})
    if starts_on and starts_on != plan.starts_on:
        edit = ChangePlan(
            starts_on,  # type: ignore[arg-type]  # one date is asked for, never a range
            plan.starts_minute,
            plan.unit,
            plan.calendar_id,
            plan.own_calendar,
        )
        edit_plan(here, roadmap_id=roadmap.id, edit=edit, version=roadmap.version)
        undo = Undo(
            "roadmaps.service:undo_edit", {"roadmap_id": roadmap.id, "seq": roadmap.version}
        )
    saved(_("Saved"), undo=undo)

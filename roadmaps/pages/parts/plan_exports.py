"""The plan to take away: to print and show, or to work on in other programs."""

from collections.abc import Callable

import streamlit as st

from core.i18n import Translator
from core.workspace import Workspace
from hours.pages.parts.choices import pick
from roadmaps.domain.roadmap import PlanView
from roadmaps.formats.paper import Paper
from roadmaps.service import ExportForm, ExportView, export_roadmap


def draw_exports(here: Workspace, view: PlanView, _: Translator, *, is_network: bool) -> None:
    """Offer the files; each is made at the click, when the trail tells of it."""
    with (
        st.expander(_("Take away"), key="plan_exports", icon=":material/download:"),
        st.container(gap="xsmall"),
    ):
        st.markdown("**" + _("To print and show") + "**")
        shown = ExportView.NETWORK if is_network else ExportView.GANTT
        seen = _network_words(view, _) if is_network else _chart_words(view, _)
        st.caption(seen + " " + _("A picture cannot be read back as a plan."))
        paper = Paper(pick(_("Paper"), "paper", {x.value: _.label(x) for x in Paper}, default="a4"))
        for form in (x for x in ExportForm if x.is_picture):
            _draw_form(here, view, form, (shown, paper), _)
        st.markdown("**" + _("To work on in other programs") + "**")
        for form in (x for x in ExportForm if not x.is_picture):
            _draw_form(here, view, form, (shown, paper), _)


def _chart_words(view: PlanView, _: Translator) -> str:
    if view.plan.baselines:
        return _("The chart, with the critical path and the dates once agreed.")
    return _("The chart, with the critical path.")


def _network_words(view: PlanView, _: Translator) -> str:
    if view.plan.baselines:
        return _("The network, with the critical path and the dates once agreed.")
    return _("The network, with the critical path.")


def _draw_form(
    here: Workspace, view: PlanView, form: ExportForm, how: tuple[ExportView, Paper], _: Translator
) -> None:
    with st.container(
        horizontal=True, vertical_alignment="center", gap="xsmall", key=f"take_{form.value}"
    ):
        st.download_button(
            _.label(form),
            _made(here, view.roadmap.id, form, how, _),
            file_name=view.roadmap.file_name(form.ending(view.plan)),
            mime=form.mime(view.plan),
            key=f"plan_{form.value}",
            type="tertiary",
            icon=":material/download:",
            on_click="ignore",
        )
        st.caption(_what_for(form, _) + _lost(view, form, _) + _in_parts(view, form, _))


def _made(
    here: Workspace, roadmap_id: int, form: ExportForm, how: tuple[ExportView, Paper], _: Translator
) -> Callable[[], bytes]:
    shown, paper = how

    def write() -> bytes:
        file = export_roadmap(
            here, roadmap_id=roadmap_id, form=form, language=_.language, view=shown, paper=paper
        )
        return file.data

    return write


def _lost(view: PlanView, form: ExportForm, _: Translator) -> str:
    lost = form.lost(view.plan)
    if not lost:
        return ""
    what = ", ".join(
        f"{_.label(kind)} ({count})" if count > 1 else _.label(kind) for kind, count in lost.items()
    )
    return " " + _("Not carried over: {what}.", what=what)


def _in_parts(view: PlanView, form: ExportForm, _: Translator) -> str:
    """Say where one picture could not hold a plan in letters that can be read."""
    if not form.is_archive(view.plan):
        return ""
    return " " + _("So long a plan comes as several pictures in one archive (ZIP).")


def _what_for(form: ExportForm, _: Translator) -> str:
    return {
        ExportForm.PDF: _("Sheets to print; every one has its heads."),
        ExportForm.PNG: _("For a message or a slide."),
        ExportForm.SVG: _("Sharp at any size; can be edited in a drawing program."),
        ExportForm.HTML: _("One page for a browser: the picture and the table."),
        ExportForm.XLSX: _("For Excel: the table, and a sheet with the chart."),
        ExportForm.CSV: _("The table alone, for any program."),
        ExportForm.MSPDI: _("For Microsoft Project and those that read its XML."),
        ExportForm.ICS: _("Tasks for a calendar program."),
        ExportForm.MERMAID: _("A chart as text, for wikis; dates only, no baselines."),
        ExportForm.JSON: _("Everything, for this program and others."),
    }[form]

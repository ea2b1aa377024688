"""A roadmap from a file: a look at what it would make, then the making."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from core.i18n import Translator
from core.ui.desk import plain, saved, told
from core.ui.forms import submit
from core.ui.tables import Column, table
from core.ui.uploads import choose_file
from core.workspace import Workspace
from roadmaps.domain.plan import Plan, PlanUnit
from roadmaps.domain.table import rows_of
from roadmaps.domain.why_words import told_length
from roadmaps.domain.words import moment
from roadmaps.pages.parts.first_of import first_of
from roadmaps.pages.parts.whose import ask_case
from roadmaps.service import File, NewPlan, Preview, import_roadmap, preview_import


def draw_import(
    here: Workspace,
    cases: Mapping[int, str],
    case_id: int | None,
    need_id: int | None,
    _: Translator,
) -> None:
    """Ask for the file, show what would come of it, then for whom, and make it when told to."""
    st.caption(
        _(
            "A table of tasks (CSV or Excel) as this program exports it: the columns “Task” and"
            " “Duration” (or “Start” and “Finish”) are needed, “Predecessors” and the rest are not."
            " Or a whole plan: from Microsoft Project (XML), a calendar program (ICS) or this"
            " program (JSON)."
        )
    )
    uploaded = choose_file(_("File"), ["csv", "xlsx", "json", "xml", "ics"], key="import_file")
    first, second = st.columns(2)
    starts_on = first.date_input(
        _("Starts on"), format="DD.MM.YYYY", key="import_start",
        help=_("A whole plan keeps the start and the unit that stand in it."),
    )  # fmt: skip
    unit = second.selectbox(
        _("Durations are in"), list(PlanUnit), key="import_unit", format_func=_.label
    )
    if uploaded is None or not isinstance(starts_on, date):
        return
    file = File(uploaded.name, uploaded.content)
    with told():
        preview = preview_import(
            here, case_id=case_id, file=file, starts_on=starts_on, unit=unit or PlanUnit.DAY
        )
        draw_preview(preview, _)
        with st.form("import", enter_to_submit=False):
            chosen = ask_case(cases, case_id, "import_case", _)
            title = st.text_input(
                _("Title"), value=preview.title or uploaded.name.rpartition(".")[0],
                key="import_title",
            )  # fmt: skip
            sent = submit(_("Import"), key="import_add")
        if sent:
            new = NewPlan(
                case_id=chosen,
                title=title or "",
                plan=Plan(starts_on),
                need_id=need_id,
                token=st.session_state["roadmap_token"],
            )
            roadmap_id = import_roadmap(here, new=new, file=file, unit=unit or PlanUnit.DAY)
            del st.session_state["roadmap_token"]
            saved(_("Roadmap imported"), to=("roadmap", {"roadmap": roadmap_id}))


def draw_preview(preview: Preview, _: Translator) -> None:
    """Show what the file would become; nothing is saved."""
    unit = preview.plan.unit
    if not preview.plan.tasks:
        st.warning(_("There is no task in this file: the roadmap would be empty."))
        return
    st.markdown("## " + _("What the file would become"))
    st.markdown(
        _(
            "{tasks}, {links}; {length}, from {start} to {finish}.",
            tasks=_.plural("{n} task", "{n} tasks", len(preview.plan.tasks)),
            links=_.plural("{n} link", "{n} links", len(preview.plan.dependencies)),
            length=told_length(_, preview.lasts, unit),
            start=moment(_, preview.start, unit),
            finish=moment(_, preview.finish, unit).rstrip("."),
        )
    )
    if preview.critical:
        path = first_of([task.title for task in preview.critical], " → ", _)
        st.markdown("**" + _("Critical path") + ":** " + path)
    if preview.is_dated:
        st.info(
            _(
                "This table has days and no durations: they are counted in working days (what"
                " begins or ends on a day off, in all its days), and no task starts before its"
                " day. Set links and lengths on the page of the roadmap."
            )
        )
    if preview.ignored:
        names = plain(", ".join(preview.ignored))
        st.warning(_("Columns that mean nothing here are left out: {names}.", names=names))
    if preview.lost:
        what = [f"{_.label(kind)}: {_.number(count)}" for kind, count in preview.lost.items()]
        st.warning(
            _("This cannot be kept here and is left out: {what}.", what="; ".join(what)),
            icon=":material/content_cut:",
        )
    rows = [
        {"number": r.number, "title": r.title, "duration": r.duration, "waits": r.waits}
        for r in rows_of(preview.plan, _.language)
    ]
    columns = {
        "number": Column(_("No."), "number", width="small"),
        "title": Column(_("Task"), width="large"),
        "duration": Column(_("Duration"), "number"),
        "waits": Column(_("Waits for")),
    }
    table(rows, columns, key="import_rows")

"""A new roadmap of a case: empty, from a template, like another one, or read from a file."""

from uuid import uuid4

import streamlit as st

from casework.service import form_choices, view_case
from core.ui.address import asked, asked_id
from core.ui.desk import empty, heading, plain, saved, told, words, workspace
from core.ui.forms import submit
from hours.pages.parts.choices import pick
from roadmaps.domain.plan import Plan
from roadmaps.pages.parts.import_file import draw_import
from roadmaps.pages.parts.start_choice import draw_copy, draw_templates
from roadmaps.pages.parts.whose import ask_case
from roadmaps.service import NewPlan, create_roadmap, view_need

_ = words()
here = workspace()
choices = form_choices(here)
cases = dict(choices.cases)
case_id = asked_id("case") if asked("case") else None
if case_id is not None and case_id not in cases:
    cases[case_id] = view_case(here, case_id=case_id).initiative
need = None
if case_id is not None and asked("need"):
    need = view_need(here, case_id=case_id, need_id=asked_id("need"))
token = st.session_state.setdefault("roadmap_token", uuid4().hex)

heading(_("New roadmap"), _("Which steps lead there, and when will it be done?"))
if not cases:
    empty(
        _("No cases yet"),
        _("A roadmap belongs to a case: open one first."),
        (_("Open a case"), "case_new", {}),
    )
    st.stop()
if need:
    st.info(
        _("This roadmap answers the need “{need}”; it becomes planned.", need=plain(need.title)),
        icon=":material/flag:",
    )
ways = {
    "empty": _("Start with an empty plan"),
    "template": _("From a template"),
    "copy": _("From another roadmap"),
    "file": _("From a file"),
}
way = pick(_("How"), "from", ways, default="empty")
need_id = need.id if need else None
if way == "file":
    draw_import(here, cases, case_id, need_id, _)
elif way == "template":
    carried = {"case": case_id, "need": need_id}
    draw_templates(here, {name: at for name, at in carried.items() if at is not None}, _)
elif way == "copy":
    draw_copy(here, cases, case_id, need_id, _)
else:
    with st.form("roadmap_new", enter_to_submit=False):
        chosen = ask_case(cases, case_id, "roadmap_case", _)
        title = st.text_input(
            _("Title"),
            value=need.title if need else "",
            key="roadmap_title",
            placeholder=_("Playground by summer"),
        )
        starts_on = st.date_input(
            _("Starts on"), value=choices.today, format="DD.MM.YYYY", key="roadmap_starts_on"
        )
        sent = submit(_("Make the roadmap"), key="roadmap_add")
    if sent:
        with told():
            roadmap_id = create_roadmap(
                here,
                new=NewPlan(
                    case_id=chosen,
                    title=title or "",
                    plan=Plan(starts_on or choices.today),
                    need_id=need_id,
                    token=token,
                ),
            )
            del st.session_state["roadmap_token"]
            saved(_("Roadmap made"), to=("roadmap", {"roadmap": roadmap_id}))

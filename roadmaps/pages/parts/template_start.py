"""The form that makes a roadmap of a template."""

from uuid import uuid4

import streamlit as st

from casework.domain.views import Choices
from casework.service import view_case
from core.i18n import Translator
from core.ui.address import asked, found_id
from core.ui.desk import empty, plain, saved, told
from core.ui.forms import submit
from core.workspace import Workspace
from roadmaps.domain.plan import Plan
from roadmaps.domain.template_views import TemplateView
from roadmaps.pages.parts.whose import ask_case
from roadmaps.service import NewPlan, Way, start_from_template, view_need


def draw_start(here: Workspace, view: TemplateView, choices: Choices, _: Translator) -> None:
    """Ask for the case and a title; the first day and the way stand above."""
    cases = dict(choices.cases)
    case_id = found_id("case")
    if case_id is not None and case_id not in cases:
        cases[case_id] = view_case(here, case_id=case_id).initiative
    if not cases:
        empty(
            _("No cases yet"),
            _("A roadmap belongs to a case: open one first."),
            (_("Open a case"), "case_new", {}),
        )
        return
    need_id = found_id("need") if asked("need") and case_id is not None else None
    need = need_id and case_id and view_need(here, case_id=case_id, need_id=need_id)
    token = st.session_state.setdefault("template_token", uuid4().hex)
    with st.form("template_start", enter_to_submit=False):
        st.markdown("## " + _("Start a roadmap from it"))
        if need:
            st.caption(plain(_("It answers the need “{need}”.", need=need.title)))
        first, second = st.columns(2)
        with first:
            chosen = ask_case(cases, case_id, "template_case", _)
        title = second.text_input(
            _("Title"), value=need.title if need else view.title, key="template_title"
        )
        day = _.full_day(view.plan.starts_on)
        st.caption(_("It starts on {day}; you can change everything afterwards.", day=day))
        sent = submit(_("Make the roadmap"), key="template_make")
    if sent:
        with told():
            new = NewPlan(
                case_id=chosen,
                title=title or "",
                plan=Plan(view.plan.starts_on),
                need_id=need_id if need else None,
                token=token,
            )
            way = Way(view.ref, view.branch, _.language)
            roadmap_id = start_from_template(here, way=way, new=new)
            del st.session_state["template_token"]
            saved(_("Roadmap made"), to=("roadmap", {"roadmap": roadmap_id}))

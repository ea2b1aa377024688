"""One case, the heart of the work: where it stands, what happened, what comes next."""

import streamlit as st

from casework.pages.parts import (
    case_closing,
    case_edit,
    case_leader,
    case_lists,
    case_status,
    case_timeline,
)
from casework.service import form_choices, timeline, view_case
from core.ui.address import asked_id
from core.ui.desk import can_open, heading, link, plain, words, workspace

_ = words()
here = workspace()
case_id = asked_id("case")
view = view_case(here, case_id=case_id)
choices = form_choices(here)

heading(
    view.initiative,
    view.case.title or _("Where does it stand, and what comes next?"),
    (_("Write up a consultation"), "consultation_new", {"case": case_id})
    if view.may_record
    else None,
)
with st.container(horizontal=True, vertical_alignment="center", key="case_facts"):
    st.badge(_.label(view.case.status), color=case_status.COLOURS[view.case.status])
    if view.case.close_reason is not None:
        st.badge(_.label(view.case.close_reason), color="gray")
    next_on = _.date(view.next_on) if view.next_on else _("none yet")
    st.markdown(
        _("Lead: {name} · next date: {day}", name=plain(view.lead), day=next_on)
        + " · "
        + _("opened {day}", day=_.date(view.case.opened_on))
    )
    if view.substitution is not None:
        name = view.people.get(view.substitution.substitute_id, "")
        until = _.full_day(view.substitution.until)
        st.badge(plain(_("{name} stands in until {day}", name=name, day=until)), color="orange")
with st.container(horizontal=True, key="case_links"):
    link(
        _("About the initiative"),
        "initiative",
        icon=":material/groups:",
        initiative=view.case.initiative_id,
    )
    link(_("Referrals and authorities"), "case_outside", icon=":material/outbound:", case=case_id)
    link(_("Documents"), "case_documents", icon=":material/description:", case=case_id)
    if view.may_record:
        link(
            _("Plan a consultation"),
            "consultation_new",
            icon=":material/event:",
            case=case_id,
            planned=1,
        )
    if view.may_edit:
        link(_("Run a diagnostic"), "assessment_new", icon=":material/radar:", case=case_id)
        link(_("Build a roadmap"), "roadmap_new", icon=":material/timeline:", case=case_id)
        if can_open("panel_new"):
            link(
                _("Gather a council"),
                "panel_new",
                icon=":material/gavel:",
                initiative=view.case.initiative_id,
            )

case_closing.banner(here, view, _)

told_of, ahead = st.columns([3, 2], gap="large")
with ahead:
    case_lists.planned(view, choices, _)
    case_lists.steps(here, view, choices, _)
    case_lists.needs(here, view, _)
with told_of:
    st.markdown("## " + _("Timeline"))
    case_timeline.draw(timeline(here, case_id=case_id), view.initiative, _)
    case_edit.request(view, _)
    if view.may_edit:
        case_status.draw(here, view, _)
        case_edit.draw(here, view, choices, _)
        case_edit.members(here, view, choices, _)
        case_leader.draw(here, view, _)

"""One project before a council: its frozen text and what the experts think of it."""

import streamlit as st

from core.ui.address import asked_id
from core.ui.desk import Undo, heading, link, plain, saved, told, words, workspace
from core.ui.forms import required, submit
from panels.domain.visibility import Sight
from panels.pages.parts import project as parts
from panels.pages.parts.prose import prose
from panels.service import (
    Standing,
    declare_conflict,
    restore_submission,
    view_submission,
    withdraw_submission,
)

_ = words()
here = workspace()
view = view_submission(here, asked_id("submission"))
one = view.submissions[0]
project = one.submission
is_chair = view.standing is Standing.CHAIR


def chairs_tools() -> None:
    """Let the chair name a conflict of interest or withdraw the project."""
    for conflict in one.conflicts:
        name = plain(view.people.get(conflict.expert_id, ""))
        st.caption(_("Conflict of interest") + f": {name}. {prose(conflict.reason)}")
    barred = {conflict.expert_id for conflict in one.conflicts}
    free = [person for person in view.panel.expert_ids if person not in barred]
    with (
        st.popover(_("Name a conflict of interest"), key="conflict_open"),
        st.form("conflict_form", border=False),
    ):
        expert = st.selectbox(
            _("Expert"), free, format_func=lambda person: view.people[person], key="conflict_expert"
        )
        reason = st.text_input(required(_("Reason")), key="conflict_reason")
        if submit(_("Bar from this project"), key="conflict_add", main=False):
            with told():
                found = {"submission_id": project.id, "expert_id": expert or 0}
                declare_conflict(here, reason=reason or "", **found)
                saved(_("Noted"), undo=Undo("panels.service:lift_conflict", found))
    if project.is_withdrawn:
        if st.button(_("Lay it before the experts again"), key="project_restore"):
            with told():
                restore_submission(here, submission_id=project.id)
                saved(_("The project lies before the experts"))
        return
    with st.popover(_("Withdraw the project"), key="withdraw_open"), st.form("withdraw_form"):
        why = st.text_input(required(_("Reason")), key="withdraw_reason")
        if submit(_("Withdraw"), key="withdraw_add", main=False):
            with told():
                withdraw_submission(here, submission_id=project.id, reason=why or "")
                back = {"submission_id": project.id}
                saved(_("Withdrawn"), undo=Undo("panels.service:restore_submission", back))


heading(project.title, _("What do the experts think of this project?"))
facts = [
    plain(view.initiatives.get(project.initiative_id, "")),
    _("version {number}", number=project.version),
    _("frozen on {day}", day=_.date(project.submitted_at.date())),
]
st.caption(" · ".join(facts + ([_("withdrawn")] if project.is_withdrawn else [])))
link(plain(view.panel.title), "panel", icon=":material/arrow_back:", panel=view.panel.id)
if one.sight is Sight.NOTHING:
    st.info(_("You will see what the others think once your own sheet is handed in."))
    if one.own:
        link(_("My sheet"), "sheet", sheet=one.own.id)
else:
    parts.figures(here, view, one)
    parts.sheets(here, view, one, is_chair=is_chair)
with st.expander(_("Text of the project"), expanded=one.sight is Sight.NOTHING, key="text"):
    st.markdown(prose(project.text))
if is_chair and not view.panel.is_closed:
    chairs_tools()

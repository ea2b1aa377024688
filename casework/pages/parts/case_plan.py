"""The plan of help under a need: its goal, and what the centre does for it."""

import streamlit as st

from casework.domain.need import Need, NeedState
from casework.domain.views import CaseView
from casework.service import set_goal
from core.i18n import Translator
from core.ui.desk import Undo, plain, saved, told, undone
from core.ui.forms import submit
from core.workspace import Workspace


def of_need(here: Workspace, view: CaseView, need: Need, _: Translator) -> None:
    """Draw the goal of a need and its steps, done and not."""
    if need.goal:
        st.caption(plain(_("Goal: {goal}", goal=need.goal)))
    for step in view.steps:
        if step.need_id != need.id:
            continue
        who = view.people.get(step.responsible_id or 0, "")
        on = step.done_on or step.due_on
        day = _.day(on) if on else ""
        icon = ":material/check_box:" if step.done_on else ":material/check_box_outline_blank:"
        parts = " · ".join(plain(part) for part in (step.text, who, day) if part)
        st.caption(f"{icon} {parts}")
    if view.may_edit and need.state in {NeedState.OPEN, NeedState.PLANNED}:
        _goal(here, need, _)


def _goal(here: Workspace, need: Need, _: Translator) -> None:
    key = f"goal_{need.id}_{undone()}"
    label = _("Change the goal") if need.goal else _("Say the goal")
    with (
        st.expander(label, key=f"goal_{need.id}"),
        st.form(f"{key}_form", border=False, enter_to_submit=False),
    ):
        goal = st.text_input(_("What will be when it is met"), value=need.goal, key=key)
        if submit(_("Save the goal"), key=f"goal_save_{need.id}", main=False):
            with told():
                before = set_goal(here, need_id=need.id, goal=goal)
                undo = Undo("casework.service:set_goal", {"need_id": need.id, "goal": before})
                saved(_("The goal is saved"), undo=undo)

"""A meeting became private: say where the steps agreed at it stand for others to read."""

import streamlit as st

from core.ui.address import asked_id
from core.ui.desk import heading, link, plain, words, workspace
from roadmaps.service import view_held_steps

_ = words()
here = workspace()
consultation_id = asked_id("consultation")
held = view_held_steps(here, consultation_id=consultation_id)

heading(
    _("Steps of a private meeting"), _("Do words of this meeting stand where others read them?")
)
link(_("To the meeting"), "consultation", icon=":material/forum:", consultation=consultation_id)
if not held:
    st.success(
        _("No roadmap holds a step of this meeting: there is nothing to do."),
        icon=":material/check_circle:",
    )
    st.stop()
st.warning(
    _(
        "These roadmaps hold steps of this meeting. Whoever may open the case reads them there, and"
        " so does the leader by a private link."
    ),
    icon=":material/lock_open:",
)
for one in held:
    label = f"{plain(one.title)} · {plain(one.initiative)}" if one.initiative else plain(one.title)
    link(label, "roadmap", icon=":material/route:", roadmap=one.roadmap_id, view="table")
    with st.container(gap=None, key=f"held_{one.roadmap_id}"):
        for task_id, title in one.tasks.items():
            link(plain(title), "roadmap", icon=":material/edit:",
                 roadmap=one.roadmap_id, task=task_id)  # fmt: skip
st.caption(
    _(
        "Open a step to say it in other words, or remove it from the table. The roadmap's history"
        " keeps the old words; whoever must not find them there needs a new roadmap, and this one"
        " taken away."
    )
)

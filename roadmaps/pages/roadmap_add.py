"""Agreed steps of a case, or those of one need, taken into one of its roadmaps."""

import streamlit as st

from casework.pages.parts.filters import choose
from core.ui import desk
from core.ui.address import asked, asked_id, found_id
from core.ui.desk import empty, heading, link, plain, saved, told
from core.ui.forms import submit
from roadmaps.service import take_steps, view_additions

_ = desk.words()
here = desk.workspace()
case_id = asked_id("case")
need_id = asked_id("need") if asked("need") else None
meeting = found_id("steps")  # only its steps are ticked
view = view_additions(here, case_id=case_id, need_id=need_id)
carried = {"case": case_id} | ({"need": need_id} if need_id is not None else {})

heading(_("Steps into a roadmap"), _("What was agreed, and on which day will it be done?"))
link(plain(view.initiative) or _("The case"), "case", icon=":material/folder_open:", case=case_id)
if view.need is not None:
    st.info(plain(_("For the need “{need}”", need=view.need.title)), icon=":material/flag:")
if not view.roadmaps:
    empty(
        _("This case has no roadmap yet"),
        _("Make one first: from a template, from another roadmap or an empty one."),
        (_("New roadmap"), "roadmap_new", carried),
    )
    st.stop()
names = {str(number): title for number, title in view.roadmaps.items()}
roadmap_id = int(choose(_("Roadmap"), "roadmap", names, next(iter(names))))
link(_("Open the roadmap"), "roadmap", icon=":material/route:", roadmap=roadmap_id)
held = view.taken[roadmap_id]
fresh = [step for step in view.steps if step.id not in held]
if not fresh and view.need is None:
    empty(
        _("Nothing waits to be taken"),
        _("Agree steps on the page of the case or at a meeting: they will stand here."),
        (_("To the case"), "case", {"case": case_id}),
    )
    st.stop()
with st.form("take", enter_to_submit=False):
    st.markdown("## " + _("What will be added"))
    if view.need is not None:
        st.markdown(":material/flag: " + plain(view.need.title))
    chosen = [
        step.id
        for step in fresh
        if st.checkbox(
            plain(step.text) + (" · " + _.day(step.due_on) if step.due_on else ""),
            value=meeting is None or step.origin == ("consultation", meeting),
            key=f"take_{step.id}",
        )
    ]
    st.caption(
        _(
            "Whoever may open the case reads the roadmap, and so does the leader by a link. Steps of"
            " private meetings are never offered here; untick what should stay between you."
        )
    )
    st.caption(_("They are put at the end of the plan, one working day each; set the order there."))
    sent = submit(_("Add to the roadmap"), key="take_add")
if len(fresh) < len(view.steps):
    st.caption(_.plural("{n} stands there already", "{n} stand there already", len(held)))
if sent:
    with told():
        done = take_steps(here, roadmap_id=roadmap_id, step_ids=chosen, need_id=need_id)
        back = {"roadmap_id": roadmap_id, "seq": done.seq, "need_id": done.need_id}
        undo = desk.Undo("roadmaps.service:take_back_steps", back)
        saved(_("Added to the roadmap"), undo=undo, to=("roadmap", {"roadmap": roadmap_id}))

"""Private notes in an emergency, and when somebody leaves: always by two, never silently."""

import streamlit as st

from casework.service import (
    approve_unsealing,
    hand_over_notes,
    list_leavers,
    list_unsealings,
    may_hand_over,
)
from core.ui.desk import empty, heading, link, plain, saved, told, words, workspace
from core.ui.forms import required, submit

_ = words()
here = workspace()

heading(_("Private notes"), _("Who asks to open one, and who takes over from those who left?"))
asked = list_unsealings(here)
if not asked:
    empty(
        _("Nobody asks to open a note"),
        _(
            "In an emergency a manager or an administrator asks on the page of the talk; the"
            " other one agrees here. The author sees who opened the note, when and why."
        ),
    )
for one, name in asked:
    with st.container(border=True, key=f"unsealing_{one.id}"):
        st.markdown(
            _("{name} asks to open it: {reason}", name=plain(name), reason=plain(one.reason))
        )
        link(_("The talk"), "consultation", consultation=one.consultation_id)
        if st.button(_("Agree"), key=f"unsealing_agree_{one.id}"):
            with told():
                approve_unsealing(here, unsealing_id=one.id)
                saved(_("The note is open to the manager for 24 hours"))

if may_hand_over(here):
    st.markdown("## " + _("Hand over the notes of somebody who left"))
    leavers, successors = list_leavers(here)
    if not leavers:
        st.caption(_("Nobody who left has private notes."))
        st.stop()
    st.caption(_("Until then they stay sealed."))
    with st.form("handover"):
        leaver = st.selectbox(
            required(_("Who left")),
            list(leavers),
            format_func=lambda who: leavers[who],
            key="handover_leaver",
        )
        successor = st.selectbox(
            required(_("Who takes over")),
            list(successors),
            index=None,
            format_func=lambda who: successors[who],
            key="handover_successor",
            placeholder=_("Choose people"),
        )
        if submit(_("Hand over"), key="handover_save"):
            with told():
                count = hand_over_notes(here, leaver_id=leaver or 0, successor_id=successor or 0)
                saved(_.plural("{n} note handed over", "{n} notes handed over", count))

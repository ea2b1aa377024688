"""What the initiative said of a meeting, and the one-time link that asks it."""

import streamlit as st

from casework.domain.consultation import ConsultationStatus
from casework.domain.feedback import MOST
from casework.domain.views import ConsultationView
from casework.service import offer_feedback
from core.i18n import Translator
from core.ui.copying import copied
from core.ui.desk import plain, told
from core.web import public_url
from core.workspace import Workspace


def draw(here: Workspace, view: ConsultationView, _: Translator) -> None:
    """Show the answers, and offer a link that takes one."""
    found = view.consultation
    may_ask = view.may_edit and found is not None and found.status is ConsultationStatus.HELD
    if not (view.feedback or may_ask):
        return
    st.markdown("## " + _("What the initiative says"))
    for one in view.feedback:
        mark = _("usefulness {mark} of {most}", mark=one.usefulness, most=MOST)
        st.markdown(f"**{mark}**" + (f" · {plain(one.sentence)}" if one.sentence else ""))
    if not may_ask:
        return
    if not view.feedback:
        st.caption(
            _("Nobody has answered. The link asks two things and works once, without a name.")
        )
    token = st.session_state.pop(f"feedback_link_{view.line.id}", None)
    if token:
        copied(f"{public_url()}/feedback/{token}", _, key="feedback", is_new=True)
        st.caption(_("Copy it now and give it to the person: it is shown once."))
    if st.button(_("Make a link for an answer"), key="feedback_make", icon=":material/link:"):
        with told():
            made = offer_feedback(here, consultation_id=view.line.id)
            st.session_state[f"feedback_link_{view.line.id}"] = made
            st.rerun()

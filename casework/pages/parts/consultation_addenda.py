"""Corrections below a note that is not edited any more."""

from uuid import uuid4
from zoneinfo import ZoneInfo

import streamlit as st

from casework.domain.views import ConsultationView
from casework.service import add_addendum
from core.i18n import Translator
from core.ui.desk import plain, saved, told
from core.ui.forms import required, submit
from core.workspace import Workspace


def draw(here: Workspace, view: ConsultationView, _: Translator) -> None:
    """Show who corrected the note when, and the form that corrects it."""
    for one in view.addenda:
        name = plain(view.people.get(one.author_id, ""))
        moment = _.moment(one.written_at, ZoneInfo(view.zone))
        st.caption(_("Corrected by {name} on {moment}:", name=name, moment=moment))
        st.text(one.text)
    if view.note is None or not (view.may_edit and view.is_settled):
        return
    st.caption(_("The time of this meeting is approved: the note stays as it is."))
    token = st.session_state.setdefault("addendum_token", uuid4().hex)
    with (
        st.expander(_("Correct the note"), key="addendum_box"),
        st.form("addendum", border=False, enter_to_submit=False),
    ):
        text = st.text_area(required(_("What is to be corrected or added")), key="addendum_text")
        if submit(_("Add the correction"), key="addendum_save", main=False):
            with told():
                add_addendum(here, consultation_id=view.line.id, text=text, token=token)
                saved(
                    _("The correction is added. It stays for good."),
                    reset={"addendum_text": "", "addendum_token": uuid4().hex},
                )

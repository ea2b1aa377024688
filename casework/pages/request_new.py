"""Write down that somebody asks for help, in their own words."""

from uuid import uuid4

import streamlit as st

from casework.domain.request import RequestForm
from casework.pages.parts.request_form import request_fields
from casework.service import choose_initiative, form_choices, take_request
from core.ui.desk import Undo, heading, saved, told, words, workspace
from core.ui.forms import submit

_ = words()
here = workspace()
blank = RequestForm("", asked_on=form_choices(here).today)
token = st.session_state.setdefault("request_token", uuid4().hex)

heading(_("Write down a request"), _("Who asks, and what hurts?"))
with st.form("request", enter_to_submit=False):
    form = request_fields("request", dict(choose_initiative(here)), _, blank)
    sent = submit(_("Write the request down"), key="request_save")

if sent:
    with told():
        request_id = take_request(here, form=form, token=token)
        saved(
            _("The request is written down"),
            undo=Undo("casework.service:remove_request", {"request_id": request_id}),
            reset={"request_token": uuid4().hex},
            to=("request", {"request": request_id}),
        )

"""Write down an initiative's request and open the case that answers it."""

from uuid import uuid4

import streamlit as st

from casework.domain.case import NewCase
from casework.service import choose_initiative, form_choices, open_case
from core.ui.address import asked, asked_id
from core.ui.desk import Undo, empty, heading, saved, told, words, workspace
from core.ui.forms import required, submit

_ = words()
here = workspace()
choices = form_choices(here)
initiatives = dict(choose_initiative(here))
asked_for = asked_id("initiative") if asked("initiative") else None
token = st.session_state.setdefault("case_token", uuid4().hex)

heading(_("Open a case"), _("Who asks for help, and with what?"))
if not initiatives:
    empty(
        _("First there is an initiative"),
        _("A case accompanies an initiative. Register it, then open the case from its page."),
        (_("Register an initiative"), "initiative_new", {}),
    )
    st.stop()

with st.form("case", enter_to_submit=False):
    known = list(initiatives)
    initiative_id = st.selectbox(
        required(_("Initiative")),
        known,
        index=known.index(asked_for) if asked_for in initiatives else None,
        format_func=lambda id_: initiatives.get(id_, ""),
        key="case_initiative",
        placeholder=_("Choose an initiative"),
    )
    request = st.text_area(
        required(_("Request, in their own words")), key="case_request", height=120, max_chars=None
    )
    lead_id = st.selectbox(
        required(_("Lead")),
        list(choices.people),
        index=list(choices.people).index(choices.me) if choices.me in choices.people else None,
        format_func=lambda who: choices.people.get(who, ""),
        key="case_lead",
    )
    with st.expander(_("More"), key="case_more"):
        title = st.text_input(_("What about, in a few words"), key="case_title")
        asked_on = st.date_input(
            _("Asked for help on"), value=choices.today, format="DD.MM.YYYY", key="case_asked_on"
        )
        members = st.multiselect(
            _("Who else works on it"),
            list(choices.people),
            format_func=lambda who: choices.people.get(who, ""),
            key="case_members",
            placeholder=_("Choose people"),
        )
    sent = submit(_("Open the case"), key="case_save")

if sent:
    with told():
        case_id = open_case(
            here,
            new=NewCase(
                initiative_id=initiative_id or 0,
                lead_id=lead_id or 0,
                request=request,
                title=title,
                asked_on=asked_on,
                members=frozenset(members),
                token=token,
            ),
        )
        saved(
            _("The case is open"),
            undo=Undo("casework.service:remove_case", {"case_id": case_id}),
            reset={"case_token": uuid4().hex},
            to=("case", {"case": case_id}),
        )

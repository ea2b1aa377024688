"""Register an initiative: its name is enough, the rest can wait."""

from uuid import uuid4

import streamlit as st

from casework.domain.initiative import NewInitiative
from casework.pages.parts import initiative_fields as fields
from casework.service import choice_lists, register_initiative
from core.ui.desk import Undo, heading, link, plain, saved, told, words, workspace
from core.ui.forms import submit
from hours.service import today

_ = words()
here = workspace()
lists = choice_lists(here)
token = st.session_state.setdefault("initiative_token", uuid4().hex)
# Asked about once, for the name as it was typed: another name is another question.
asked_of, similar = st.session_state.get("initiative_similar", ("", []))
if asked_of != st.session_state.get("initiative_name"):
    similar = []

heading(_("Register an initiative"), _("Who are they, and what do they do?"))
if similar:
    st.warning(
        _("The centre already knows initiatives of a similar name. Is it one of these?"),
        icon=":material/content_copy:",
    )
    for known_id, known_name in similar:
        link(plain(known_name), "initiative", icon=":material/groups:", initiative=known_id)

with st.form("initiative", enter_to_submit=False):
    form = fields.initiative_fields("initiative", lists, _)
    with st.expander(_("Leader and beginning"), key="initiative_more"):
        founded = fields.when_field(_("Founded"), "initiative_founded", _)
        is_active = st.checkbox(
            _("It is at work now"),
            value=True,
            key="initiative_is_active",
            help=_("Written down as an event of its life: seen at work today"),
        )
        contact = fields.contact_fields("initiative", _, may_be_nobody=True)
        consent = fields.consent_fields("initiative", today(here), _)
    is_sure = bool(similar) and st.checkbox(
        _("None of those: this is another initiative"), key="initiative_is_sure"
    )
    sent = submit(_("Register the initiative"), key="initiative_save")

if sent:
    with told():
        registered = register_initiative(
            here,
            new=NewInitiative(
                form,
                founded=fields.read_when(founded, "field.founded"),
                is_active=is_active,
                leader=fields.leader_of(contact, consent),
                token=token,
            ),
            is_sure=is_sure,
        )
        st.session_state["initiative_similar"] = (form.name, list(registered.similar))
        if registered.id is None:
            st.rerun()
        saved(
            _("The initiative is registered"),
            undo=Undo("casework.service:remove_initiative", {"initiative_id": registered.id}),
            reset={"initiative_token": uuid4().hex},
            to=("initiative", {"initiative": registered.id}),
        )

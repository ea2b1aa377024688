"""People: who may enter, as what, and the links that let them in."""

import streamlit as st

from accounts.service import invite_person, list_accounts
from core.permissions import Role
from core.ui.desk import go, heading, told, words, workspace
from core.ui.forms import required, submit
from core.ui.tables import Column, table

_ = words()
here = workspace()
heading(_("People"), _("Who may enter, and as what?"))

with (
    st.expander(_("Invite a person"), icon=":material/person_add:", key="invite_box"),
    st.form("invite", border=False),
):
    name = st.text_input(required(_("Full name")), key="invite_name")
    address = st.text_input(
        required(_("E-mail")), key="invite_address", help=_("Used to sign in; no letters are sent")
    )
    roles = st.pills(
        _("Roles"), list(Role), selection_mode="multi", format_func=_.label, key="invite_roles"
    )
    if submit(_("Make an invitation link"), key="invite_submit"):
        with told():
            person_id, token = invite_person(here, name=name, address=address, roles=roles)
            st.session_state["_link"] = token
            for key, value in {"invite_name": "", "invite_address": "", "invite_roles": []}.items():
                st.session_state.setdefault("_reset", {})[key] = value
            go("person", person=person_id)

people = list_accounts(here)
table(
    [
        {
            "name": person.name,
            "address": person.address,
            "roles": _.show(sorted(person.roles)),
            "state": _("may enter")
            if person.active and person.has_password
            else _("invited")
            if person.active
            else _("closed"),
        }
        for person in people
    ],
    columns={
        "name": Column(_("Full name")),
        "address": Column(_("E-mail")),
        "roles": Column(_("Roles")),
        "state": Column(_("Account")),
    },
    key="people",
    opens=("person", "person", [person.id for person in people]),
)

"""One person's account: roles, whether it is open, the link to enter."""

import streamlit as st

from accounts.service import hand_link, set_account_active, set_account_roles, view_person
from core.permissions import Role
from core.ui.address import asked_id
from core.ui.copying import copied
from core.ui.desk import Undo, heading, link, saved, told, words, workspace
from core.ui.forms import filled, refill, submit
from core.web import public_url

_ = words()
here = workspace()
person = view_person(here, asked_id("person"))
heading(person.name, person.address)
link(_("All people"), "people", icon=":material/arrow_back:")

token = st.session_state.pop("_link", None)
if token:
    st.success(_("Hand this link over: it works once, for seven days."), icon=":material/key:")
    copied(f"{public_url()}/?invite={token}", _, key="invite", is_new=True)

held = {f"person_roles_{person.id}": sorted(person.roles)}
(before,) = filled(f"roles_{person.id}", held, "person_save").values()
with st.form("roles"):
    roles = st.pills(
        _("Roles"),
        list(Role),
        selection_mode="multi",
        format_func=_.label,
        key=f"person_roles_{person.id}",
    )
    if submit(_("Save roles"), key="person_save"):
        with told():
            set_account_roles(here, person.id, roles, seen=before)
            refill(f"roles_{person.id}")
            which = {"person_id": person.id, "roles": before, "seen": list(roles)}
            saved(_("Roles saved"), undo=Undo("accounts.service:set_account_roles", which))

with st.container(horizontal=True):
    label = _("New password link") if person.has_password else _("New invitation link")
    if st.button(label, key="person_link", icon=":material/key:"):
        with told():
            st.session_state["_link"] = hand_link(here, person.id)
            st.rerun()
    if not person.active:
        if st.button(_("Open the account again"), key="person_open"):
            with told():
                set_account_active(here, person.id, active=True)
                saved(_("The account is open again"))
    else:
        with st.popover(_("Close the account"), key="person_close_box", icon=":material/block:"):
            st.markdown(_("The person is signed out everywhere at once. Their work stays."))
            if st.button(_("Yes, close it"), key="person_close", type="primary"):
                with told():
                    set_account_active(here, person.id, active=False)
                    saved(
                        _("The account is closed"),
                        undo=Undo("accounts.service:restore_account", {"person_id": person.id}),
                    )

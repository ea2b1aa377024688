"""My profile: name, contacts, language, password."""

from dataclasses import replace
from typing import Any

import streamlit as st

from accounts.service import change_password, edit_profile, view_person, who
from core.ui.desk import Undo, heading, saved, told, words, workspace
from core.ui.forms import filled, refill, required, submit

_ = words()
here = workspace()
me = view_person(here, who(here).person_id)
heading(_("My profile"), me.address)
names = {"ru": "Русский", "en": "English"}
fields = ("name", "email", "phone", "competences", "language", "version")
stored = {f"profile_{field}": getattr(me, field) for field in fields}
stored["profile_language"] = me.language or _.language
before = filled("profile", stored, "profile_save")
seen = replace(me, **{field: before[f"profile_{field}"] for field in fields})

with st.form("profile"):
    name = st.text_input(required(_("Full name")), key="profile_name")
    email = st.text_input(_("E-mail for contact"), key="profile_email")
    phone = st.text_input(_("Phone"), key="profile_phone")
    competences = st.text_area(_("What I can help with"), key="profile_competences")
    language = st.segmented_control(
        _("Language"),
        list(names),
        format_func=names.__getitem__,
        key="profile_language",
        required=True,
    )
    if submit(_("Save"), key="profile_save"):
        wanted: dict[str, Any] = {
            "name": name,
            "email": email,
            "phone": phone,
            "competences": competences,
        }
        with told():
            edit_profile(here, replace(seen, **wanted, language=language or ""), seen=seen)
            refill("profile")
            kept = {field: getattr(seen, field) for field in fields[:-1]}
            which = {"person_id": me.id, "version": seen.version + 1, "fields": kept}
            saved(_("Profile saved"), undo=Undo("accounts.service:put_back_profile", which))

with (
    st.expander(_("Change the password"), key="profile_password_box"),
    st.form("password", border=False),
):
    old = st.text_input(
        required(_("Present password")),
        key="password_old",
        type="password",
        autocomplete="current-password",
    )
    new = st.text_input(
        required(_("New password")),
        key="password_new",
        type="password",
        autocomplete="new-password",
    )
    repeated = st.text_input(
        required(_("Once more")),
        key="password_repeated",
        type="password",
        autocomplete="new-password",
    )
    if submit(_("Change the password"), key="password_save", main=False):
        with told():
            change_password(here, old, new, repeated)
            saved(
                _("Password changed"),
                reset={"password_old": "", "password_new": "", "password_repeated": ""},
            )

"""My profile: name, contacts, language, password."""

from dataclasses import replace

import streamlit as st

from accounts.service import change_password, edit_profile, view_person, who
from core.ui.desk import heading, saved, told, words, workspace
from core.ui.forms import submit

_ = words()
here = workspace()
me = view_person(here, who(here).person_id)
heading(_("My profile"), me.address)
# Whoever saves later than somebody else is told: the version is that of what the form showed.
if "profile_name" not in st.session_state:
    st.session_state["profile_seen"] = me.version
names = {"ru": "Русский", "en": "English"}

with st.form("profile"):
    name = st.text_input(_("Full name"), me.name, key="profile_name")
    email = st.text_input(_("E-mail for contact"), me.email, key="profile_email")
    phone = st.text_input(_("Phone"), me.phone, key="profile_phone")
    competences = st.text_area(_("What I can help with"), me.competences, key="profile_competences")
    language = st.segmented_control(
        _("Language"),
        list(names),
        default=me.language or _.language,
        format_func=names.__getitem__,
        key="profile_language",
        required=True,
    )
    if submit(_("Save"), key="profile_save"):
        with told():
            edit_profile(
                here,
                replace(
                    me,
                    version=st.session_state["profile_seen"],
                    name=name,
                    email=email,
                    phone=phone,
                    competences=competences,
                    language=language,
                ),
            )
            st.session_state["profile_seen"] += 1
            saved(_("Profile saved"))

with (
    st.expander(_("Change the password"), key="profile_password_box"),
    st.form("password", border=False),
):
    old = st.text_input(
        _("Present password"), key="password_old", type="password", autocomplete="current-password"
    )
    new = st.text_input(
        _("New password"), key="password_new", type="password", autocomplete="new-password"
    )
    repeated = st.text_input(
        _("Once more"), key="password_repeated", type="password", autocomplete="new-password"
    )
    if submit(_("Change the password"), key="password_save", main=False):
        with told():
            change_password(here, old, new, repeated)
            saved(
                _("Password changed"),
                reset={"password_old": "", "password_new": "", "password_repeated": ""},
            )

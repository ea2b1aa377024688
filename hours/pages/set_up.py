"""The first page of an empty server: the centre, its promise of hours, its administrator."""

import streamlit as st

from accounts.pages.sign_in import enter
from core.database import the_database
from core.i18n import LANGUAGES, Translator
from core.settings import TIME_ZONES, Centre
from core.ui.address import asked
from core.ui.desk import told, words
from core.ui.forms import required, submit
from hours.service import set_up_centre


def draw() -> None:
    """Draw the set-up form for the holder of the one-time link."""
    _ = words()
    zone = st.context.timezone
    zones = sorted({*TIME_ZONES, zone} if isinstance(zone, str) else TIME_ZONES)
    proposed = zone if isinstance(zone, str) and zone != "UTC" else "Asia/Yekaterinburg"
    with st.container(width=620, key="gate"):
        st.title(_("A new desk"), anchor=False)
        st.caption(_("Five answers, and the centre can begin. Everything can be changed later."))
        with st.form("set_up"):
            name = st.text_input(required(_("Name of the centre")), key="set_up_name")
            with st.container(horizontal=True):
                time_zone = st.selectbox(
                    _("Time zone"), zones, index=zones.index(proposed), key="set_up_zone"
                )
                language = st.segmented_control(
                    _("Language"),
                    list(LANGUAGES),
                    default=_.language,
                    format_func={"ru": "Русский", "en": "English"}.__getitem__,
                    key="set_up_language",
                    required=True,
                )
            st.markdown(_("**Hours promised per quarter**"))
            with st.container(horizontal=True):
                consulting = st.number_input(
                    _("Consulting, h"), min_value=0, value=250, key="set_up_consulting"
                )
                training = st.number_input(
                    _("Training, h"), min_value=0, value=40, key="set_up_training"
                )
            st.markdown(_("**The first administrator: you**"))
            person = _administrator(_)
            pressed = submit(_("Begin"), key="set_up_submit")
        if pressed:
            with told():
                entry = set_up_centre(
                    the_database(),
                    asked("setup"),
                    centre=Centre(name, time_zone, language or _.language),
                    hours=(consulting, training),
                    person=person,
                )
                enter(entry)


def _administrator(_: Translator) -> tuple[str, str, str]:
    """Ask for the name, the address and the password of whoever sets up the centre."""
    return (
        st.text_input(required(_("Full name")), key="set_up_person", autocomplete="name"),
        st.text_input(required(_("E-mail")), key="set_up_address", autocomplete="username"),
        st.text_input(
            required(_("Password, at least 10 characters")),
            key="set_up_password",
            type="password",
            autocomplete="new-password",
        ),
    )

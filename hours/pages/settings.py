"""The centre itself: its name, its clock, and the hours it has promised."""

from dataclasses import asdict, replace

import streamlit as st

from core.i18n import LANGUAGES
from core.permissions import Permission
from core.settings import TIME_ZONES
from core.ui.desk import Undo, allows, heading, saved, told, words, workspace
from core.ui.forms import filled, refill, required, submit
from hours.pages.parts import rules
from hours.pages.parts.promise import draw_promise
from hours.service import Activity, edit_centre, list_promises, today, view_centre

_ = words()
here = workspace()
centre, version = view_centre(here)
heading(_("Centre and promise of hours"), _("Who are we, and how many hours have we promised?"))

if allows(Permission.EDIT_SETTINGS):
    stored = {
        "centre_name": centre.name,
        "centre_zone": centre.time_zone,
        "centre_language": centre.language,
        "centre_version": version,
    }
    *before, seen_version = filled("centre", stored, "centre_save").values()
    seen = replace(centre, name=before[0], time_zone=before[1], language=before[2])
    with st.form("centre"):
        name = st.text_input(required(_("Name of the centre")), key="centre_name")
        zones = sorted({*TIME_ZONES, centre.time_zone, seen.time_zone})
        zone = st.selectbox(_("Time zone"), zones, key="centre_zone")
        language = st.segmented_control(
            _("Language"),
            list(LANGUAGES),
            format_func={"ru": "Русский", "en": "English"}.__getitem__,
            key="centre_language",
            required=True,
        )
        if submit(_("Save"), key="centre_save"):
            with told():
                wanted = replace(centre, name=name, time_zone=zone, language=language or _.language)
                edit_centre(here, wanted, seen=seen, seen_version=seen_version)
                refill("centre")
                arguments = {"before": asdict(seen), "seen_version": seen_version + 1}
                undo = Undo("hours.service:put_back_centre", arguments)
                saved(_("Settings saved"), undo=undo)

promises = list_promises(here)
for activity in (Activity.CONSULTING, Activity.TRAINING):
    draw_promise(here, activity, promises[activity], today(here), _)
rules.draw(here, today(here), _)

"""The centre itself: its name, its clock, and the hours it has promised."""

from dataclasses import replace

import streamlit as st

from core.i18n import LANGUAGES
from core.permissions import Permission
from core.settings import TIME_ZONES
from core.ui.desk import allows, heading, saved, told, words, workspace
from core.ui.forms import submit
from hours.domain.periods import Quarter
from hours.pages.parts import rules
from hours.service import (
    Activity,
    HourPlan,
    current_plans,
    edit_centre,
    set_plan,
    today,
    view_centre,
)

_ = words()
here = workspace()
centre, version = view_centre(here)
heading(_("Centre and promise of hours"), _("Who are we, and how many hours have we promised?"))
# Whoever saves later than somebody else is told: the version is that of what the form showed.
if "centre_name" not in st.session_state:
    st.session_state["centre_seen"] = version

if allows(Permission.EDIT_SETTINGS):
    with st.form("centre"):
        name = st.text_input(_("Name of the centre"), centre.name, key="centre_name")
        zones = sorted({*TIME_ZONES, centre.time_zone})
        zone = st.selectbox(
            _("Time zone"), zones, index=zones.index(centre.time_zone), key="centre_zone"
        )
        language = st.segmented_control(
            _("Language"),
            list(LANGUAGES),
            default=centre.language,
            format_func={"ru": "Русский", "en": "English"}.__getitem__,
            key="centre_language",
            required=True,
        )
        if submit(_("Save"), key="centre_save"):
            with told():
                wanted = replace(centre, name=name, time_zone=zone, language=language)
                edit_centre(here, wanted, seen_version=st.session_state["centre_seen"])
                st.session_state["centre_seen"] += 1
                saved(_("Settings saved"))

plans = current_plans(here)
day = today(here)
begins = Quarter.of(day).period.starts_on
for activity in (Activity.CONSULTING, Activity.TRAINING):
    plan = plans.get(activity)
    with st.form(f"plan_{activity}"):
        st.markdown(f"**{_.label(activity)}**")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            hours = st.number_input(
                _("Hours per quarter"),
                min_value=0,
                value=plan.minutes // 60 if plan else 0,
                key=f"plan_hours_{activity}",
            )
            since = st.date_input(
                _("Holds from"), begins, key=f"plan_since_{activity}", format="DD.MM.YYYY"
            )
            pressed = submit(_("Promise these hours"), key=f"plan_save_{activity}", main=False)
        if plan:
            st.caption(
                _(
                    "Now: {hours} a quarter, since {date}",
                    hours=_.hours(plan.minutes),
                    date=_.date(plan.valid_from),
                )
            )
        if pressed:
            with told():
                set_plan(here, HourPlan(activity, hours * 60, since))
                saved(_("The promise of hours is saved"))
rules.draw(here, day, _)

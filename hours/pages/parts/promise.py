"""The promise of hours for one activity: what stands, and the form that changes it."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from core.i18n import Translator
from core.ui.desk import Undo, saved, told
from core.ui.forms import filled, refill, submit
from core.workspace import Workspace
from hours.domain.entries import MINUTES_IN_HOUR
from hours.domain.periods import Quarter
from hours.service import Activity, HourPlan, Promise, set_plan


def draw_promise(
    here: Workspace, activity: Activity, promises: Sequence[Promise], today: date, _: Translator
) -> None:
    """Draw the form; whoever saves later than somebody else is told."""
    standing = [one for one in promises if one[1] is None or one[1] > today]
    form, save = f"plan_{activity}", f"plan_save_{activity}"
    stored = {
        f"plan_hours_{activity}": standing[0][2] // MINUTES_IN_HOUR if standing else 0,
        f"plan_since_{activity}": Quarter.of(today).period.starts_on,
        f"plan_known_{activity}": list(promises),
    }
    seen = filled(form, stored, save)[f"plan_known_{activity}"]
    with st.form(form):
        st.markdown(f"**{_.label(activity)}**")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            hours = st.number_input(
                _("Hours per quarter"), min_value=0, key=f"plan_hours_{activity}"
            )
            since = st.date_input(
                _("Holds from"), key=f"plan_since_{activity}", format="DD.MM.YYYY"
            )
            pressed = submit(_("Promise these hours"), key=save, main=False)
        for start, _end, minutes in standing:
            words = {"hours": _.hours(minutes), "date": _.date(start)}
            st.caption(
                _("Now: {hours} a quarter, since {date}", **words)
                if start <= today
                else _("Then: {hours} a quarter, from {date}", **words)
            )
    if pressed:
        with told():
            plan = HourPlan(activity, hours * MINUTES_IN_HOUR, since)
            stand = set_plan(here, plan, seen=seen)
            refill(form)
            before = {"activity": activity.value, "before": seen, "seen": stand}
            undo = Undo("hours.service:put_back_plans", before)
            saved(_("The promise of hours is saved"), undo=undo)

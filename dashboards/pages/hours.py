"""The hours of a quarter against what was promised: for managers."""

from dataclasses import replace

import streamlit as st

from core.ui.desk import heading, words, workspace
from dashboards.pages.parts.hour_filters import (
    address,
    asked_hours,
    choose_person,
    choose_quarter,
    choose_topic,
)
from dashboards.pages.parts.quarter import draw_people, draw_promise, draw_topics, draw_weeks
from dashboards.service import view_quarter
from hours.pages.parts import figures
from hours.pages.parts.choices import kind_name, pick
from hours.pages.parts.months import draw_overrides
from hours.service import PRIVATE

_ = words()
view = view_quarter(workspace(), replace(asked_hours(), kind=None, week=None))
chosen = view.chosen
asked = replace(view.asked, activity=chosen.activity)

heading(_("Hours of the quarter"), _("Does the quarter hold its promise?"))
with st.container(horizontal=True, key="hours_filters"):
    choose_quarter(view.quarters, view.current, _)
    choose_person(view.people, view.asked, _)
    choose_topic(view.topics, _)
for place, hours in zip(st.columns(2, gap="large"), view.activities, strict=True):
    with place:
        draw_promise(hours, view.asked, _, view.rounding)
st.divider()
with st.container(horizontal=True, vertical_alignment="center", key="hours_parts"):
    labels = {str(each.activity): _.label(each.activity) for each in view.activities}
    pick(_("Parts of"), "activity", labels, default=str(view.activities[0].activity))
    for kind, minutes in chosen.figure.by_kind:
        narrower = {"kind": kind} if kind else {"topic": PRIVATE}
        figures.line(
            "kind", kind_name(kind, _), minutes, _,
            part=kind or PRIVATE, query=address(asked, **narrower),
        )  # fmt: skip
draw_weeks(chosen, asked, _)
left, right = st.columns(2, gap="large")
with left:
    draw_topics(chosen, asked, _)
with right:
    draw_people(chosen, asked, view.people, _)
draw_overrides(view.overrides, view.names, _)

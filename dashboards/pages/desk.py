"""My desk: what waits for me today."""

import streamlit as st

from core.ui.desk import can_open, empty, heading, words, workspace
from dashboards.pages.parts.desk import (
    draw_administration,
    draw_drafts,
    draw_links,
    draw_meetings,
    draw_quarter,
    draw_sheets,
    draw_steps,
)
from dashboards.pages.parts.due import draw_due
from dashboards.service import view_desk

_ = words()
desk = view_desk(workspace())
write_up: tuple[str, str, dict[str, object]] = (
    _("Write up a consultation"),
    "consultation_new",
    {},
)

heading(_("My desk"), _.weekday(desk.today), action=write_up)
# On a phone the links are folded, and the day comes before what waits (core/ui/styles.css).
with st.container(horizontal=True, key="desk_actions", gap="medium"):
    draw_links(_)
with st.expander(_("What else to begin"), key="desk_actions_folded", icon=":material/bolt:"):
    draw_links(_)


def draw_day() -> None:
    """Draw the meetings of the day beside the steps that are due."""
    if desk.is_free:
        if not desk.is_clear:
            st.caption(_("No meetings today or tomorrow, no steps due, no drafts."))
    elif desk.day:
        left, right = st.columns([3, 2], gap="large")
        with left:
            draw_meetings(desk.day, _)
        with right:
            draw_steps(desk.day, desk.today, _)
            draw_drafts(desk, _)
    else:
        draw_drafts(desk, _)


meets_people = can_open("consultation_new")
with st.container(key="desk_first"):
    draw_due(desk.due, desk.hours, _)
    if desk.sheets:
        draw_sheets(desk.sheets, _)
    if meets_people:
        draw_day()
if desk.quarter:
    draw_quarter(desk.quarter, _)
if not meets_people:
    draw_day()
if desk.backups:
    draw_administration(desk, _)
if desk.is_clear and not desk.backups:
    empty(
        _("The desk is clear"),
        _("Meetings, next steps, drafts and sheets that wait for you will lie here."),
        button=write_up if meets_people else None,
    )

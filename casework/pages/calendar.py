"""The calendar of meetings: a month or a week, one's own or everybody's."""

from typing import Any

import streamlit as st

from casework.domain.agenda import Span
from casework.pages.parts import calendar_feed, calendar_view
from casework.pages.parts.filters import choose, day_asked
from casework.service import view_agenda
from core.ui.address import asked, found_id
from core.ui.desk import heading, link, words, workspace

_ = words()
here = workspace()
span = Span.WEEK if asked("view") == Span.WEEK.value else Span.MONTH
day = day_asked("day")
consultant = found_id("consultant")
agenda = view_agenda(here, span=span, day=day, consultant_id=consultant)

first, last = agenda.days[0], agenda.days[-1]
title = (
    _.month(agenda.anchor)
    if span is Span.MONTH
    else _("Week of {first} – {last}", first=_.day(first), last=_.date(last))
)
heading(
    title[:1].upper() + title[1:],
    _("Who meets whom, and when is somebody free?"),
    (_("Plan a consultation"), "consultation_new", {"planned": 1}),
)
with st.container(horizontal=True, vertical_alignment="bottom", key="calendar_filters"):
    choose(_("View"), "view", {code.value: _.label(code) for code in Span}, Span.MONTH.value)
    mine = {str(agenda.me): _("My meetings")} if agenda.me in agenda.people else {}
    others = {str(who): name for who, name in agenda.people.items() if who != agenda.me}
    choose(_("Consultant"), "consultant", {"": _("Everybody"), **mine, **others})
with st.container(horizontal=True, vertical_alignment="center", key="calendar_turn"):
    query: dict[str, Any] = {
        "view": span.value,
        **({"consultant": consultant} if consultant else {}),
    }
    link(_("Back"), "calendar", icon=":material/chevron_left:", day=agenda.before, **query)
    link(_("Today"), "calendar", day=agenda.today, **query)
    link(_("Onward"), "calendar", icon=":material/chevron_right:", day=agenda.after, **query)

calendar_view.draw(agenda, _)
if not agenda.entries:
    st.caption(_("No meetings in this time. Plan one, or look at another month."))
calendar_feed.draw(here, _)

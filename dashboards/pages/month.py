"""A month of hours for those who approve them: everybody, or one person's entries."""

import streamlit as st

from core.ui.address import asked, asked_id
from core.ui.desk import heading, words, workspace
from dashboards.service import view_named_month
from hours.pages.parts import months
from hours.pages.parts.choices import choose
from hours.service import view_month

_ = words()
here = workspace()
code = asked("month")

if asked("person"):
    named = view_named_month(here, asked_id("person"), code)
    one = named.month
    heading(one.name, _("Hours of {month}", month=_.month(one.period.starts_on)))
    months.links(one, _)
    months.draw_person(here, one, named.initiatives, _)
else:
    view = view_month(here, code)
    heading(_("Hours of the month"), _("Whose time waits for me, and can the month be locked?"))
    names = months.months_until(view.today, code, _)
    with st.container(width=320, key="month_filter"):
        choose(_("Month"), "month", names, default=next(iter(names)))
    months.draw_people(here, view, _)

"""Whom an agreement helped in a period, and what proves it."""

import streamlit as st

from core.ui.address import asked, asked_id
from core.ui.desk import heading, link, words, workspace
from dashboards.pages.parts import served as parts
from dashboards.service import view_served
from hours.pages.parts.agreements import span
from hours.pages.parts.choices import choose

_ = words()
here = workspace()
view = view_served(here, agreement_id=asked_id("agreement"), since=asked("period"))

heading(_("Who was helped"), f"{view.agreement.name} · {span(view.period, _)}")
with st.container(horizontal=True, key="served_links"):
    link(
        _("Plan and fact"), "agreement", icon=":material/arrow_back:",
        agreement=view.agreement.id, period=view.period.starts_on,
    )  # fmt: skip
with st.container(width=380, key="served_period"):
    options = {each.starts_on.isoformat(): span(each, _) for each in reversed(view.periods)}
    choose(_("Period"), "period", options, default=next(iter(options)))
parts.draw_counts(here, view, _)
parts.draw_meetings(view, _)
parts.draw_initiatives(view.help, _)
parts.draw_journals(view, _)

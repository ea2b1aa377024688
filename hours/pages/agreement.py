"""One agreement: plan and fact of a period, the pace, and where it will probably end."""

import streamlit as st

from core.permissions import Permission
from core.ui.address import asked, asked_id
from core.ui.desk import allows, heading, link, words, workspace
from hours.pages.parts import agreements as parts
from hours.pages.parts.choices import choose
from hours.pages.parts.months import draw_overrides
from hours.service import view_agreement

_ = words()
here = workspace()
view = view_agreement(here, agreement_id=asked_id("agreement"), since=asked("period"))
terms = view.agreement.terms

heading(terms.name, _("Do we keep what we promised?"))
st.caption(parts.said(terms, _))
with st.container(horizontal=True, key="agreement_links"):
    link(_("All agreements"), "agreements", icon=":material/arrow_back:")
    if allows(Permission.EDIT_PLANS):
        link(
            _("Change the agreement"), "agreement_edit",
            icon=":material/edit:", agreement=view.agreement.id,
        )  # fmt: skip
with st.container(width=380, key="agreement_period"):
    options = {
        period.starts_on.isoformat(): parts.span(period, _) for period in reversed(view.periods)
    }
    choose(_("Period"), "period", options, default=next(iter(options)))
parts.draw_measures(view, _)
link(
    _("Who was helped, and what proves it"), "served", icon=":material/diversity_3:",
    agreement=view.agreement.id, period=view.period.starts_on,
)  # fmt: skip
if view.lines:
    parts.draw_lines(here, view, _)
else:
    st.caption(_("Nothing is promised yet: change the agreement and enter the hours."))
draw_overrides(view.overrides, view.names, _)
parts.draw_serves(here, view, _)

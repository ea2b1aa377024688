"""Harm and complaints: the centre says it harmed nobody, and here it can be counted."""

from datetime import date

import streamlit as st

from casework.pages.parts.case_harms import one
from casework.pages.parts.filters import choose
from casework.service import form_choices, list_harms
from core.ui.desk import empty, heading, link, plain, words, workspace

_ = words()
here = workspace()
this_year = form_choices(here).today.year

heading(_("Harm and complaints"), _("Was anybody harmed, and what did we do about it?"))
years = {str(year): str(year) for year in range(this_year, this_year - 12, -1)}
year = int(choose(_("Year"), "year", years, str(this_year)))
lines, figures = list_harms(here, since=date(year, 1, 1), until=date(year + 1, 1, 1))
if figures is not None:
    with st.container(horizontal=True, key="harm_figures"):
        st.metric(_("Initiatives harmed"), figures.harmed, border=True)
        st.metric(_("Initiatives that complained"), figures.complained, border=True)
        st.metric(_("Waiting to be handled"), figures.open, border=True)
shown = [
    line
    for line in lines
    if line.harm.is_open or (line.harm.form.happened_on or date.max).year == year
]
for line in shown:
    with st.container(border=True, key=f"harm_{line.harm.id}"):
        link(
            plain(line.initiative),
            "case_outside",
            icon=":material/folder_open:",
            case=line.harm.case_id,
        )
        one(line.harm, _)
if not shown:
    empty(
        _("Nothing is written down"),
        _(
            "If an initiative was harmed, or complains, it is reported on the page of its case,"
            " under «Referrals and authorities». Only managers and the lead see it."
        ),
    )

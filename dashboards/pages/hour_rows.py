"""The rows behind a figure of hours."""

import streamlit as st

from core.ui.desk import can_open, empty, heading, link, words, workspace
from dashboards.pages.parts.hour_filters import address, asked_hours, narrowed
from dashboards.pages.parts.quarter import exactness
from dashboards.service import export_rows, view_rows
from hours.pages.parts import figures
from hours.pages.parts.months import draw_overrides
from hours.pages.parts.rows import cells, columns, opened

_ = words()
here = workspace()
view = view_rows(here, asked_hours())

heading(_("Behind the hours"), _("Which meetings and trainings make this figure?"))
figures.total("rows", view.figure.minutes, _, size="##")
st.caption(" · ".join(narrowed(view, _)))
if view.figure.minutes:
    st.caption(exactness(view.figure.minutes, view.figure.approved, view.rounding, _))
with st.container(horizontal=True, key="rows_links"):
    if not can_open("hours") or (view.is_own and view.asked.days):
        link(_("My hours"), "my_hours", icon=":material/arrow_back:")
    if view.asked.agreement_id is not None:
        link(_("Agreement"), "agreement", icon=":material/arrow_back:",
             agreement=view.asked.agreement_id, period=view.asked.period.starts_on)  # fmt: skip
    elif view.asked.days is None:
        link(_("The whole quarter"), "hours", icon=":material/arrow_back:",
             **address(view.asked, kind=None, week=None))  # fmt: skip
if any(row.is_redacted and row.worked_on for row in view.rows):
    st.caption(_("Of private meetings of others only the date and the time are shown."))
elif view.asked.query.is_narrow and not view.is_own:
    st.caption(_("Private meetings of others have neither days nor topics here."))
if view.rows:
    chosen = {
        "activity": view.asked.activity,
        "person": view.asked.person_id,
        "kind": view.asked.kind,
    }
    single = [name for name, value in chosen.items() if value is not None]
    figures.listed(
        "rows",
        [cells(row, view.people, _) for row in view.rows],
        columns(_, *single),
        key="rows",
        opens=("consultation", "consultation", [opened(row) for row in view.rows]),
        export="hours",
        on_export=lambda: [
            cells(row, view.people, _) for row in export_rows(here, view.asked).rows
        ],
    )
else:
    empty(_("No time here"), _("Nothing was recorded that fits these filters."))
draw_overrides(view.overrides, view.names, _)

"""My own hours of a month or a quarter, day by day."""

import streamlit as st

from core.ui.charts import chart
from core.ui.desk import asked, empty, heading, words, workspace
from core.ui.tables import table
from hours.charts import day_columns
from hours.pages.parts.choices import choose, kind_name, period_names, topic_name
from hours.pages.parts.rows import cells, columns, opened
from hours.service import export_own_hours, view_own_hours

DAYS_SHOWN = 31  # a longer period is shown by weeks

_ = words()
here = workspace()
code = asked("period")
view = view_own_hours(here, code)
figure, period = view.figure, view.period

heading(_("My hours"), _("Where did my time go?"))
names = period_names(view.today, code, _)
with st.container(width=320, key="own_period"):
    choose(_("Period"), "period", names, default=next(iter(names)))
if not view.rows:
    empty(
        _("No hours in this period"),
        _("Hours appear by themselves when you write up a consultation."),
        button=(_("Write up a consultation"), "consultation_new", {}),
    )
    st.stop()

with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="own_figure"):
    st.markdown(f"## {_.hours(figure.minutes)}", width="content")
    for kind, minutes in figure.by_kind:
        st.caption(f"{kind_name(kind, _)} {_.hours(minutes)}", width="content")
days = dict(figure.by_day)
if period.days > DAYS_SHOWN:
    shown = [(week.starts_on, minutes) for week, minutes in figure.by_week(period)]
else:
    shown = [(day, days.get(day, 0)) for day in period.dates()]
chart(day_columns(shown, _), key="own_days", alt=_("My hours by day"))
st.caption(
    " · ".join(f"{topic_name(topic, _)} {_.hours(minutes)}" for topic, minutes in figure.by_topic)
)
table(
    [cells(row, {}, _) for row in view.rows],
    columns(_, "person"),
    key="own_rows",
    opens=("consultation", "consultation", [opened(row) for row in view.rows]),
    export="my_hours",
    on_export=lambda: [cells(row, {}, _) for row in export_own_hours(here, code).rows],
)

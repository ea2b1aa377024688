"""My own hours of a month or a quarter, day by day: what counts, what waits, what came back."""

import streamlit as st

from core.ui.address import asked, found_id
from core.ui.desk import empty, heading, words, workspace
from hours.charts import day_columns
from hours.pages.parts import figures, own
from hours.pages.parts.choices import choose, kind_name, period_names
from hours.pages.parts.months import draw_overrides, entry_cells, entry_columns
from hours.service import EntryStatus, MonthEntry, export_own_hours, view_own_hours, view_work

DAYS_SHOWN = 31  # a longer period is shown by weeks

_ = words()
here = workspace()
code = asked("period")
view = view_own_hours(here, code)
figure, period = view.figure, view.period
is_month = period.days <= DAYS_SHOWN

heading(_("My hours"), _("Where did my time go?"))
own.draw_returned(view, _)
own.draw_over(view, _)
work_id = found_id("work")
if work_id is not None:
    own.draw_edit(here, view_work(here, work_id=work_id), code, _)
else:
    own.draw_new(here, view.today, _)
names = period_names(view.today, code, _)
with st.container(horizontal=True, vertical_alignment="bottom", key="own_period"):
    with st.container(width=320, key="own_choice"):
        choose(_("Period"), "period", names, default=next(iter(names)))
    if is_month:
        own.draw_hand_in(here, view, _)
if not view.entries:
    empty(
        _("No hours in this period"),
        _("Hours appear by themselves when you write up a consultation."),
        button=(_("Write up a consultation"), "consultation_new", {}),
    )
    st.stop()

with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="own_figure"):
    figures.total("own", figure.minutes, _, size="##")
    for kind, minutes in figure.by_kind:
        query = own.rows_of(view, kind=kind)
        figures.line("own_kind", kind_name(kind, _), minutes, _, part=kind, query=query)
    figures.behind("own", _, query=own.rows_of(view))
st.caption(
    " · ".join(
        f"{_.label(status)} {figures.said('own_state', view.month.minutes(status), _)}"
        for status in EntryStatus
        if view.month.minutes(status)
    )
)
days = dict(figure.by_day)
if is_month:
    shown = [(day, days.get(day, 0)) for day in period.dates()]
else:
    shown = [(week.starts_on, minutes) for week, minutes in figure.by_week(period)]
figures.picture("own_day", day_columns(shown, _), key="own_days", alt=_("My hours by day"))
own.draw_topics(view, _)


def note(entry: MonthEntry) -> str:
    """Give the owner's own words about work of their own."""
    is_work = entry.source is not None and entry.source.type == own.WORK
    return view.notes.get(entry.source.id, "") if is_work and entry.source else ""


def place(entry: MonthEntry) -> dict[str, str] | None:
    """Say where an entry opens: own work on this page, a consultation on its own."""
    if entry.source is None or entry.source.type != own.WORK:
        return None
    return {"work": str(entry.source.id), "period": f"{entry.worked_on:%Y-%m}"}


works = [entry for entry in view.entries if place(entry)]
figures.listed(
    "own_state",
    [entry_cells(entry, _, note(entry)) for entry in view.entries],
    entry_columns(_, view.entries),
    key="own_rows",
    opens=("consultation", "consultation", [own.consultation(each) for each in view.entries]),
    export="my_hours",
    on_export=lambda: [entry_cells(e, _, note(e)) for e in export_own_hours(here, code).entries],
)
if works:
    st.subheader(_("Own work"), anchor=False)
    figures.listed(
        "own_state",
        [entry_cells(entry, _, note(entry)) for entry in works],
        entry_columns(_, ()),
        key="own_works",
        opens=("my_hours", "work", [place(entry) for entry in works]),
    )
draw_overrides(view.overrides, {}, _)

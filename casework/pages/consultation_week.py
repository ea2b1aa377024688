"""The meetings of a week in one grid, for those who write up on Friday."""

from datetime import timedelta
from uuid import uuid4

import streamlit as st

from casework.pages.parts import overlap_words, week_grid, week_rows
from casework.pages.parts.filters import choose_day, day_asked
from casework.service import Submission, list_overlaps, record_week, view_week
from core.ui.desk import Undo, heading, link, plain, saved, told, words, workspace

_ = words()
here = workspace()
week = view_week(here, day=day_asked("week"))
monday, sunday = week.monday, week.monday + timedelta(days=6)

heading(
    _("Week of {first} – {last}", first=_.day(monday), last=_.date(sunday)),
    _("What did the week hold? One row a meeting; a private note stays private."),
)
with st.container(horizontal=True, vertical_alignment="bottom", key="week_filters"):
    choose_day(_("A day of the week"), "week", week.choices.today)
    link(_("Week before"), "consultation_week", week=monday - timedelta(days=7))
    link(_("Week after"), "consultation_week", week=monday + timedelta(days=7))

if week.recorded:
    count = len(week.recorded)
    with st.expander(
        _.plural(
            "{n} meeting of this week is already there",
            "{n} meetings of this week are already there",
            count,
        ),
        key="week_recorded",
    ):
        for line in week.recorded:
            names = ", ".join(week.choices.cases.get(case, "") for case in line.cases)
            facts = [_.weekday(line.held_on), names or _.show(line.topics), _.show(line.status)]
            link(plain(" · ".join(filter(None, facts))), "consultation", consultation=line.id)
for line in week.shared:
    link(
        _("Led together, to be written up by itself: {day}", day=_.weekday(line.held_on)),
        "consultation",
        icon=":material/edit_note:",
        consultation=line.id,
    )

rows = week_grid.rows_of(here, week, _)
st.caption(
    _(
        "The rows are kept as you type. Planned meetings stand there already: change their status"
        " to write them up. Rows without text are left out."
    )
)
token_name = f"week_token_{monday.isoformat()}"
token = st.session_state.setdefault(token_name, uuid4().hex)
if st.button(_("Save the week"), key="week_save", type="primary", icon=":material/done_all:"):
    with told():
        result = record_week(
            here,
            monday=monday,
            rows=week_rows.read(rows),
            sent=Submission(token, week_grid.draft_key(monday)),
        )
        if result.faults:
            week_grid.tell(result, _)
        else:
            week_grid.forget(monday)
            done = {"made": list(result.made), "written": list(result.written)}
            count = len(result.made) + len(result.written)
            told_of = _.plural("{n} meeting saved", "{n} meetings saved", count)
            found = list_overlaps(here, ids=[*result.made, *result.written])
            saved(
                overlap_words.message(told_of, found, _),
                undo=Undo("casework.service:take_back_week", done) if count else None,
                reset={token_name: uuid4().hex},
            )
week_grid.paste(here, week, _)

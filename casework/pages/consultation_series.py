"""Plan a meeting that repeats: every week, every two weeks, every month."""

from datetime import timedelta
from uuid import uuid4

import streamlit as st

from casework.domain.consultation import Draft, Work
from casework.domain.repeat import Occasion
from casework.pages.parts import consultation_form as form
from casework.pages.parts import overlap_words, series_form
from casework.service import Submission, form_choices, list_overlaps, plan_series, preview_series
from core.ui.address import asked, asked_id
from core.ui.desk import Undo, heading, saved, told, words, workspace
from core.ui.forms import legend

_ = words()
here = workspace()
case_id = asked_id("case") if asked("case") else None
choices = form_choices(here)
start = Draft(
    held_on=choices.today + timedelta(days=1),
    topics=frozenset(),
    consultants=(Work(choices.me),) if choices.me in choices.people else (),
    cases=frozenset({case_id} if case_id in choices.cases and case_id is not None else ()),
)
token = st.session_state.setdefault("series_token", uuid4().hex)

heading(_("Plan a series of meetings"), _("When do you meet, and how often?"))
people = form.who("series", choices, start, _)
draft = form.planned_fields("series", choices, start, people, _)
draft = form.details("series", choices, draft, ask_start=False, _=_)
repeat = series_form.repeat(draft.held_on, _)
occasions: tuple[Occasion, ...] = ()
with told():
    occasions = preview_series(here, first=draft.held_on, repeat=repeat)
count = series_form.days(occasions, _) if occasions else 0
legend()
if st.button(
    _.plural("Plan {n} meeting", "Plan {n} meetings", count),
    key="series_save",
    type="primary",
    disabled=not count,
):
    with told():
        made = plan_series(here, draft=draft, repeat=repeat, sent=Submission(token))
        told_of = overlap_words.message(
            _.plural("{n} meeting planned", "{n} meetings planned", len(made)),
            list_overlaps(here, ids=made),
            _,
        )
        saved(
            told_of,
            undo=Undo("casework.service:remove_series", {"ids": list(made)}),
            reset={"series_token": uuid4().hex},
            to=("case", {"case": min(draft.cases)}) if draft.cases else ("consultations", {}),
        )

"""Write up a meeting of today in under a minute, or plan one of the days to come."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import streamlit as st

from casework.domain.consultation import Draft, Work
from casework.pages.parts import consultation_form as form
from casework.pages.parts import overlap_words
from casework.service import (
    Submission,
    form_choices,
    last_with,
    list_overlaps,
    plan_consultation,
    record_consultation,
    view_case,
)
from core.ui.address import asked, asked_id
from core.ui.desk import Undo, heading, link, saved, told, words, workspace
from core.ui.forms import submit

_ = words()
here = workspace()
is_planned = asked("planned") == "1"
case_id = asked_id("case") if asked("case") else None
choices = form_choices(here)
if case_id is not None and case_id not in choices.cases:
    choices = replace(
        choices,
        cases={case_id: view_case(here, case_id=case_id).initiative, **choices.cases},
    )
token = st.session_state.setdefault("consultation_token", uuid4().hex)
note_key = f"consultation:new-{case_id}" if case_id else "consultation:new"
draft_key = None if is_planned else note_key
query: dict[str, Any] = {"case": case_id} if case_id else {}
usual = Draft(
    held_on=choices.today + timedelta(days=1 if is_planned else 0),
    topics=frozenset(),
    consultants=(Work(choices.me, 60),) if choices.me in choices.people else (),
    cases=frozenset({case_id} if case_id else ()),
)
last = last_with(here, case_id=case_id) if case_id and asked("as") == "last" else None
start = form.copied(last, usual, choices) if last else usual
prefix = "again" if last else "consultation"

if is_planned:
    heading(_("Plan a consultation"), _("When will you meet, and about what?"))
    with st.container(horizontal=True, key="consultation_links"):
        link(_("It has already been held: write it up"), "consultation_new", **query)
        link(_("It repeats: plan a series"), "consultation_series", **query)
else:
    heading(_("Write up a consultation"), _("Who met, about what, and what was agreed?"))
    with st.container(horizontal=True, key="consultation_links"):
        link(_("It is still to come: plan it"), "consultation_new", planned=1, **query)
        link(_("Several at once: write up a week"), "consultation_week")
        if case_id and not last:
            link(_("As last time"), "consultation_new", **query, **{"as": "last"})

people = form.who(prefix, choices, start, _)
with st.form("consultation", enter_to_submit=False):
    if is_planned:
        draft = form.planned_fields(prefix, choices, start, people, _)
    else:
        draft = form.main_fields(prefix, choices, start, people, _)
        text = form.note_field(prefix, note_key, "", _)
        draft = replace(draft, note=text or None, steps=form.steps(prefix, choices, _))
    draft = form.details(prefix, choices, draft, ask_start=not is_planned, _=_)
    sent = submit(_("Plan the meeting") if is_planned else _("Save"), key="consultation_save")

if sent:
    with told():
        save = plan_consultation if is_planned else record_consultation
        consultation_id = save(here, draft=draft, sent=Submission(token, draft_key))
        done = _("Consultation planned") if is_planned else _("Consultation recorded")
        saved(
            overlap_words.message(done, list_overlaps(here, ids=[consultation_id]), _),
            undo=Undo("casework.service:remove_consultation", {"consultation_id": consultation_id}),
            reset={"consultation_token": uuid4().hex},
            to=("case", {"case": min(draft.cases)}) if draft.cases else ("consultations", {}),
        )

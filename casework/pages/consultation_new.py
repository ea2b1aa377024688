"""Write up a meeting of today in under a minute, or plan one of the days to come."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import streamlit as st

from casework.domain.consultation import Draft, Work
from casework.pages.parts import consultation_form as form
from casework.service import (
    Submission,
    form_choices,
    plan_consultation,
    record_consultation,
    view_case,
)
from core.ui.desk import Undo, asked, asked_id, heading, link, saved, told, words, workspace
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
start = Draft(
    held_on=choices.today + timedelta(days=1 if is_planned else 0),
    topics=frozenset(),
    consultants=(Work(choices.me, 60),) if choices.me in choices.people else (),
    cases=frozenset({case_id} if case_id else ()),
)

if is_planned:
    heading(_("Plan a consultation"), _("When will you meet, and about what?"))
    link(_("It has already been held: write it up"), "consultation_new", **query)
else:
    heading(_("Write up a consultation"), _("Who met, about what, and what was agreed?"))
    link(_("It is still to come: plan it"), "consultation_new", planned=1, **query)

people = form.who("consultation", choices, start, _)
with st.form("consultation", enter_to_submit=False):
    if is_planned:
        draft = form.planned_fields("consultation", choices, start, people, _)
    else:
        draft = form.main_fields("consultation", choices, start, people, _)
        text = form.note_field("consultation", note_key, "", _)
        draft = replace(draft, note=text or None, steps=form.steps("consultation", choices, _))
    draft = form.details("consultation", choices, draft, ask_start=not is_planned, _=_)
    sent = submit(_("Plan the meeting") if is_planned else _("Save"), key="consultation_save")

if sent:
    with told():
        save = plan_consultation if is_planned else record_consultation
        consultation_id = save(here, draft=draft, sent=Submission(token, draft_key))
        saved(
            _("Consultation planned") if is_planned else _("Consultation recorded"),
            undo=Undo("casework.service:remove_consultation", {"consultation_id": consultation_id}),
            reset={"consultation_token": uuid4().hex},
            to=("case", {"case": min(draft.cases)}) if draft.cases else ("consultations", {}),
        )

"""One meeting: what it was about, its note, what was agreed; write it up or change it."""

from dataclasses import replace

import streamlit as st

from casework.domain.consultation import ConsultationStatus
from casework.domain.plain import draft_from, draft_of, plain_draft
from casework.pages.parts import consultation_acts as acts
from casework.pages.parts import consultation_form as form
from casework.pages.parts import consultation_view as shown
from casework.service import (
    Submission,
    edit_consultation,
    form_choices,
    view_consultation,
    write_up_consultation,
)
from core.ui.desk import Undo, asked, asked_id, heading, saved, told, words, workspace
from core.ui.forms import keep_seen, submit

_ = words()
here = workspace()
consultation_id = asked_id("consultation")
view = view_consultation(here, consultation_id=consultation_id)

heading(
    _("Consultation, {day}", day=_.date(view.line.held_on)),
    _("What was it about, and what was agreed?"),
)
if view.consultation is None:
    shown.closed(here, view, _)
    st.stop()
shown.facts(view, _)
is_planned = view.consultation.status is ConsultationStatus.PLANNED
is_edited = view.may_edit and (asked("edit") == "1" or asked("held") == "1")
if not is_edited:
    shown.note_of(here, view, _)
    shown.steps_of(here, view, _)
    shown.unsealings(view, _)
    if view.may_edit:
        acts.draw(here, view, _)
    st.stop()

is_held = asked("held") == "1" or view.consultation.status is ConsultationStatus.HELD
prefix = f"consultation_{consultation_id}"
note_key = f"consultation:{consultation_id}"
choices = form_choices(here)
choices = replace(
    choices, people={**view.people, **choices.people}, cases={**view.cases, **choices.cases}
)
start = draft_from(view.consultation, view.works, view.note)
version, before = keep_seen(
    f"{prefix}_seen",
    (view.consultation.version, plain_draft(start)),
    "consultation_save",
    first=f"{prefix}_held_on" not in st.session_state,
)
if is_planned and is_held:
    start = form.expected(start, choices.today)

people = form.who(prefix, choices, start, _)
with st.form(prefix, enter_to_submit=False):
    if is_held:
        draft = form.main_fields(prefix, choices, start, people, _)
        if view.note is not None:
            draft = replace(draft, note=form.note_field(prefix, note_key, view.note, _))
        draft = replace(draft, steps=form.steps(prefix, choices, _))
    else:
        draft = form.planned_fields(prefix, choices, start, people, _)
    draft = form.details(prefix, choices, draft, ask_start=is_held, _=_)
    sent = submit(_("Save"), key="consultation_save")
acts.leave(consultation_id, _)

if sent:
    with told():
        save = write_up_consultation if is_planned and is_held else edit_consultation
        save(
            here,
            consultation_id=consultation_id,
            version=version,
            draft=draft,
            sent=Submission(note_key=note_key, seen=draft_of(before)),
        )
        arguments = {"consultation_id": consultation_id}
        if save is edit_consultation:
            undo = Undo(
                "casework.service:put_back_consultation",
                {**arguments, "version": version + 1, "before": before},
            )
        else:
            undo = Undo("casework.service:reopen_consultation", arguments)
        saved(
            _("Consultation saved"),
            undo=undo,
            to=("consultation", {"consultation": consultation_id}),
        )

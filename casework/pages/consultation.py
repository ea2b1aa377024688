"""One meeting: what it was about, its note, what was agreed; write it up or change it."""

from dataclasses import replace

import streamlit as st

from casework.domain.consultation import ConsultationStatus
from casework.domain.plain import draft_from, plain_draft
from casework.pages.parts import consultation_acts as acts
from casework.pages.parts import consultation_addenda as addenda
from casework.pages.parts import consultation_feedback as feedback
from casework.pages.parts import consultation_form as form
from casework.pages.parts import consultation_people as people
from casework.pages.parts import consultation_time as spent
from casework.pages.parts import consultation_view as shown
from casework.pages.parts import overlap_words
from casework.pages.parts.consultation_save import save
from casework.service import form_choices, view_consultation
from core.ui.address import asked, asked_id
from core.ui.desk import heading, words, workspace
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
overlap_words.warn(view.overlaps, _)
is_planned = view.consultation.status is ConsultationStatus.PLANNED
is_edited = view.may_edit and (asked("edit") == "1" or asked("held") == "1")
if not is_edited:
    spent.draw(view, _)
    people.draw(here, view, _)
    shown.note_of(here, view, _)
    addenda.draw(here, view, _)
    shown.steps_of(here, view, _)
    feedback.draw(here, view, _)
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
start = draft_from(view.consultation, view.works, None if view.is_settled else view.note)
version, before = keep_seen(
    f"{prefix}_seen",
    (view.consultation.version, plain_draft(start)),
    "consultation_save",
    first=f"{prefix}_held_on" not in st.session_state,
)
if is_planned and is_held:
    start = form.expected(start, choices.today)

leaders = form.who(prefix, choices, start, _)
with st.form(prefix, enter_to_submit=False):
    if is_held:
        draft = form.main_fields(prefix, choices, start, leaders, _)
        if view.note is not None and not view.is_settled:
            draft = replace(draft, note=form.note_field(prefix, note_key, view.note, _))
        draft = replace(draft, steps=form.steps(prefix, choices, _))
    else:
        draft = form.planned_fields(prefix, choices, start, leaders, _)
    draft = form.details(prefix, choices, draft, ask_start=is_held, _=_)
    sent = submit(_("Save"), key="consultation_save")
if asked("following") == "1":
    st.caption(
        _.plural(
            "{n} meeting of the series changes", "{n} meetings of the series change", view.following
        )
    )
acts.leave(consultation_id, _)

if sent:
    follows = asked("following") == "1" and not is_held
    how = "write_up" if is_planned and is_held else "following" if follows else "edit"
    save(here, (consultation_id, version, before), draft, how, _, has_steps=bool(view.steps))

"""What a meeting's page shows: facts, the note, steps, and how a sealed note is opened."""

from zoneinfo import ZoneInfo

import streamlit as st

from casework.domain.views import ConsultationView
from casework.service import (
    approve_unsealing,
    ask_unsealing,
    open_note,
    tick_step,
    untick_step,
)
from core.i18n import Translator
from core.permissions import Secrecy
from core.ui.desk import Undo, can_open, link, plain, saved, told
from core.ui.forms import required, submit
from core.workspace import Workspace
from hours.pages.parts import figures


def facts(view: ConsultationView, _: Translator) -> None:
    """Show the state, topics, initiatives and minutes."""
    found = view.consultation
    assert found is not None  # noqa: S101 — a closed meeting is shown by `closed`
    with st.container(horizontal=True, key="consultation_facts"):
        st.badge(_.label(found.status), color="green")
        st.badge(_.label(found.form), color="gray")
        st.badge(_.label(found.audience), color="gray")
        for topic in sorted(found.topics):
            st.badge(_.label(topic), color="gray")
        if found.secrecy is Secrecy.PRIVATE:
            st.badge(_("private talk"), color="orange", icon=":material/lock:")
    with st.container(horizontal=True, key="consultation_cases"):
        for case_id, name in view.cases.items():
            link(plain(name), "case", icon=":material/folder_open:", case=case_id)
    parts = [found.starts_at.strftime("%H:%M")] if found.starts_at else []
    if found.expected_minutes and not view.line.minutes:
        parts.append(_("expected: {length}", length=_.hours(found.expected_minutes)))
    parts += [plain(view.people.get(work.person_id, "")) for work in view.works]
    st.markdown(" · ".join(parts))


def closed(here: Workspace, view: ConsultationView, _: Translator) -> None:
    """Show a private meeting to those it is closed to, and how two people open it together."""
    st.markdown(_("This talk is private: you see its date and its minutes."))
    st.metric(_("Time in all"), figures.said("consultation", view.line.minutes, _))
    if not view.may_break_glass:
        return
    st.markdown("## " + _("Open the note in an emergency"))
    st.caption(
        _(
            "A manager and an administrator open a private note together. Its author sees who"
            " did it, when and why."
        )
    )
    for asked in view.unsealings:
        if asked.approved_by is not None:
            continue
        name = plain(view.people.get(asked.requested_by, ""))
        st.markdown(_("{name} asks to open it: {reason}", name=name, reason=plain(asked.reason)))
        if st.button(_("Agree"), key=f"unsealing_agree_{asked.id}"):
            with told():
                approve_unsealing(here, unsealing_id=asked.id)
                saved(_("The note is open to the manager for 24 hours"))
    with st.form("unsealing"):
        reason = st.text_area(required(_("Why it has to be opened")), key="unsealing_reason")
        if submit(_("Ask for it"), key="unsealing_ask"):
            with told():
                ask_unsealing(here, consultation_id=view.line.id, reason=reason)
                saved(_("Asked. Now the other one of you agrees."), reset={"unsealing_reason": ""})


def note_of(here: Workspace, view: ConsultationView, _: Translator) -> None:
    """Show the note, or the button that opens it, or that it is closed."""
    st.markdown("## " + _("Note"))
    if view.note is not None:
        if view.note:
            st.text(view.note)
        else:
            st.caption(_("Nothing is written down."))
    elif view.may_open:
        st.caption(_("Opening a private note is written into the audit trail."))
        if st.button(_("Open the note"), key="consultation_open_note", icon=":material/lock_open:"):
            with told():
                open_note(here, consultation_id=view.line.id)
                st.rerun()
    else:
        st.caption(_("The note is open to those who work on the case."))


def steps_of(here: Workspace, view: ConsultationView, _: Translator) -> None:
    """Show what was agreed, to be ticked."""
    if not view.steps:
        return
    st.markdown("## " + _("Next steps"))
    for step in view.steps:
        by = f" · {_.day(step.due_on)}" if step.due_on else ""
        is_done = step.done_on is not None
        ticked = st.checkbox(plain(step.text) + by, value=is_done, key=f"step_{step.id}_{is_done}")
        if ticked != is_done:
            with told():
                (tick_step if ticked else untick_step)(here, step_id=step.id)
                undo = "untick_step" if ticked else "tick_step"
                saved(
                    _("Next step done") if ticked else _("Next step not done yet"),
                    undo=Undo(f"casework.service:{undo}", {"step_id": step.id}),
                )
    is_private = view.consultation is not None and view.consultation.secrecy is Secrecy.PRIVATE
    if is_private and view.cases and can_open("roadmap_held"):
        link(
            _("Do these steps stand in a roadmap?"),
            "roadmap_held",
            icon=":material/lock_open:",
            consultation=view.line.id,
        )
    elif view.cases and view.may_edit and can_open("roadmap_add"):
        link(
            _("Take these steps into a roadmap"),
            "roadmap_add",
            icon=":material/timeline:",
            case=min(view.cases),
            steps=view.line.id,
        )


def unsealings(view: ConsultationView, _: Translator) -> None:
    """Tell who asked to open a private note, who agreed, when and why."""
    for asked in view.unsealings:
        name = plain(view.people.get(asked.requested_by, ""))
        other = plain(view.people.get(asked.approved_by or 0, ""))
        moment = _.moment(asked.approved_at or asked.requested_at, ZoneInfo(view.zone))
        reason = plain(asked.reason)
        if asked.approved_by is None:
            text = _(
                "{name} asked to open this note on {moment}: {reason}",
                name=name,
                moment=moment,
                reason=reason,
            )
        else:
            text = _(
                "{name} and {other} opened this note on {moment}: {reason}",
                name=name,
                other=other,
                moment=moment,
                reason=reason,
            )
        st.warning(text, icon=":material/lock_open:")

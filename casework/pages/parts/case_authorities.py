"""A case's contacts with authorities: what was sent, when an answer is due, what came."""

from collections.abc import Mapping
from datetime import date
from typing import Final, Literal, TypeAlias
from uuid import uuid4

import streamlit as st

from casework.domain.authority import (
    Answer,
    AuthorityContact,
    AuthorityForm,
    AuthorityKind,
    AuthorityResult,
    proposed_due,
)
from casework.domain.outside import OutsideView
from casework.service import answer_authority, edit_authority, record_authority
from core.i18n import Translator
from core.ui.desk import Undo, link, plain, saved, told
from core.ui.forms import required, submit
from core.workspace import Workspace

Colour: TypeAlias = Literal["blue", "green", "red", "gray"]
COLOURS: Final[Mapping[AuthorityResult, Colour]] = {
    AuthorityResult.ACCEPTED: "green",
    AuthorityResult.PARTLY: "blue",
    AuthorityResult.REFUSED: "gray",
    AuthorityResult.NO_ANSWER: "red",
}


def draw(here: Workspace, view: OutsideView, _: Translator) -> None:
    """Draw the contacts, the latest on top, and the form."""
    if not view.contacts:
        st.caption(
            _(
                "Appeals, hearings, proposals, meetings: when they were registered, until when an"
                " answer is due, and what came of it."
            )
        )
    for contact in view.contacts:
        with st.container(border=True, key=f"authority_{contact.id}"):
            _one(here, view, contact, _)
    if view.may_edit:
        _new(here, view, _)


def _one(here: Workspace, view: OutsideView, contact: AuthorityContact, _: Translator) -> None:
    form, answer = contact.form, contact.answer
    with st.container(horizontal=True, vertical_alignment="center"):
        if answer and answer.result:
            st.badge(_.label(answer.result), color=COLOURS[answer.result])
        else:
            st.badge(_("awaited"), color="orange")
        st.markdown(f"**{plain(form.addressee)}** · {plain(_.label(form.kind))}")
        if contact.is_late(view.today):
            st.badge(_("overdue"), color="red", icon=":material/schedule:")
    st.text(form.subject)
    facts = [form.number and _("No. {number}", number=form.number)]
    if form.registered_on:
        facts.append(_("registered {day}", day=_.date(form.registered_on)))
    if form.due_on and not answer:
        facts.append(_("answer due {day}", day=_.date(form.due_on)))
    st.caption(plain(" · ".join(fact for fact in facts if fact)))
    if answer is not None:
        if answer.answered_on:
            st.caption(_("answered {day}", day=_.date(answer.answered_on)))
        st.text(answer.text)
        name = plain(view.documents.get(answer.document_id or 0, ""))
        if name:
            link(name, "case_documents", icon=":material/description:", case=view.case_id)
    elif view.may_edit:
        _answer(here, view, contact, _)
        _correct(here, contact, _)


def _answer(here: Workspace, view: OutsideView, contact: AuthorityContact, _: Translator) -> None:
    key = f"authority_{contact.id}"
    with (
        st.expander(_("Write the answer down"), key=f"{key}_answered"),
        st.form(f"{key}_answer", border=False, enter_to_submit=False),
    ):
        with st.container(horizontal=True):
            result = st.selectbox(
                required(_("Result")),
                list(AuthorityResult),
                index=None,
                format_func=_.label,
                key=f"{key}_result",
                placeholder=_("Choose a result"),
            )
            answered_on = st.date_input(
                required(_("Answered on")),
                value=view.today,
                format="DD.MM.YYYY",
                key=f"{key}_answered_on",
            )
        text = st.text_area(_("What they say"), key=f"{key}_text", height=90)
        document_id = None
        if view.documents:
            document_id = st.selectbox(
                _("The answer as a document"),
                [None, *view.documents],
                format_func=lambda id_: view.documents.get(id_ or 0, "—"),
                key=f"{key}_document",
            )
        if submit(_("Save the answer"), key=f"{key}_save", main=False):
            with told():
                day = answered_on if isinstance(answered_on, date) else None
                answer = Answer(result, day, text, document_id)
                answer_authority(
                    here, contact_id=contact.id, version=contact.version, answer=answer
                )
                saved(
                    _("The answer is written down"),
                    undo=Undo(
                        "casework.service:undo_answer",
                        {"contact_id": contact.id, "version": contact.version + 1},
                    ),
                )


def _correct(here: Workspace, contact: AuthorityContact, _: Translator) -> None:
    key = f"authority_{contact.id}_{contact.version}"
    with (
        st.expander(_("Correct it"), key=f"authority_{contact.id}_edit"),
        st.form(f"{key}_form", border=False, enter_to_submit=False),
    ):
        form = _fields(key, contact.form, _)
        if submit(_("Save"), key=f"{key}_edit_save", main=False):
            with told():
                edit_authority(here, contact_id=contact.id, version=contact.version, form=form)
                saved(_("Saved"))


def _new(here: Workspace, view: OutsideView, _: Translator) -> None:
    token = st.session_state.setdefault("authority_token", uuid4().hex)
    with (
        st.expander(_("Write down a contact"), key="authority_new", icon=":material/add:"),
        st.form("authority", border=False, enter_to_submit=False),
    ):
        due = proposed_due(AuthorityKind.APPEAL, view.today)
        form = _fields("authority", AuthorityForm(AuthorityKind.APPEAL, "", "", view.today, due), _)
        st.caption(_("By law (59-FZ) an answer is due 30 days after the registration."))
        if submit(_("Write it down"), key="authority_save", main=False):
            with told():
                made = record_authority(here, case_id=view.case_id, form=form, token=token)
                saved(
                    _("The contact is written down"),
                    undo=Undo("casework.service:remove_authority", {"contact_id": made}),
                    reset={
                        "authority_token": uuid4().hex,
                        "authority_addressee": "",
                        "authority_subject": "",
                        "authority_number": "",
                    },
                )


def _fields(prefix: str, known: AuthorityForm, _: Translator) -> AuthorityForm:
    with st.container(horizontal=True):
        kind = st.selectbox(
            _("What it is"),
            list(AuthorityKind),
            index=list(AuthorityKind).index(known.kind),
            format_func=_.label,
            key=f"{prefix}_kind",
        )
        addressee = st.text_input(
            required(_("To whom")), value=known.addressee, key=f"{prefix}_addressee"
        )
    subject = st.text_area(
        required(_("What about")), value=known.subject, key=f"{prefix}_subject", height=80
    )
    with st.container(horizontal=True):
        number = st.text_input(_("Number"), value=known.number, key=f"{prefix}_number")
        registered_on = st.date_input(
            required(_("Registered on")),
            value=known.registered_on,
            format="DD.MM.YYYY",
            key=f"{prefix}_registered_on",
        )
        due_on = st.date_input(
            _("Answer due on"), value=known.due_on, format="DD.MM.YYYY", key=f"{prefix}_due_on"
        )
    return AuthorityForm(
        kind or known.kind,
        addressee,
        subject,
        registered_on if isinstance(registered_on, date) else None,
        due_on if isinstance(due_on, date) else None,
        number,
    )

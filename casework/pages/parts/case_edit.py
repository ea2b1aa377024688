"""The request of a case, who leads it and who works on it."""

import streamlit as st

from casework.domain.views import CaseView, Choices
from casework.service import CaseEdit, edit_case, set_members
from core.i18n import Translator
from core.ui.desk import Undo, plain, saved, told, undone
from core.ui.forms import keep_seen, required, submit
from core.workspace import Workspace


def request(view: CaseView, _: Translator) -> None:
    """Show what the initiative asked for, and who works on the case."""
    st.markdown("## " + _("Request"))
    if view.case.asked_on:
        st.caption(_("Asked on {day}", day=_.date(view.case.asked_on)))
    st.text(view.case.request)
    present = [
        plain(view.people.get(member.person_id, ""))
        for member in view.case.members
        if member.until is None
    ]
    if present:
        st.markdown(_("Works on it too: {names}", names=", ".join(present)))


def draw(here: Workspace, view: CaseView, choices: Choices, _: Translator) -> None:
    """Draw the form of the case's own fields.

    The version is that of the moment the fields were first shown: whoever saves later than
    somebody else is told.
    """
    case, prefix = view.case, _prefix(view)
    people = {**choices.people, case.lead_id: view.lead}
    now = (case.version, case.title, case.request, case.lead_id)
    first = f"{prefix}_title" not in st.session_state
    keep_seen(f"{prefix}_seen", now, "case_save", first=first)
    with st.expander(_("Change the request or the lead"), key="case_edit"), st.form(prefix):
        title = st.text_input(
            _("What about, in a few words"), value=case.title, key=f"{prefix}_title"
        )
        text = st.text_area(required(_("Request")), value=case.request, key=f"{prefix}_request")
        lead_id = st.selectbox(
            _("Lead"),
            list(people),
            index=list(people).index(case.lead_id),
            format_func=lambda who: people.get(who, ""),
            key=f"{prefix}_lead",
        )
        if submit(_("Save"), key="case_save"):
            version, *fields = st.session_state[f"{prefix}_seen"]
            seen = CaseEdit(*fields)
            wanted = CaseEdit(title, text, lead_id or case.lead_id)
            with told():
                edit_case(here, case_id=case.id, version=version, seen=seen, wanted=wanted)
                _saved(view, version, seen, wanted, _)


def members(here: Workspace, view: CaseView, choices: Choices, _: Translator) -> None:
    """Draw the form of who works on the case from today on."""
    present = sorted(m.person_id for m in view.case.members if m.until is None)
    people = {**choices.people, **{who: view.people.get(who, "") for who in present}}
    shown = f"{_prefix(view)}_members"
    if shown not in st.session_state:
        st.session_state[f"{shown}_seen"] = present
    with st.expander(_("Change who works on it"), key="case_people"), st.form("members"):
        chosen = st.multiselect(
            _("Who works on it beside the lead"),
            list(people),
            default=present,
            format_func=lambda who: people.get(who, ""),
            key=shown,
            placeholder=_("Choose people"),
        )
        if submit(_("Save the people"), key="case_members_save", main=False):
            with told():
                wanted, seen = frozenset(chosen), frozenset(st.session_state[f"{shown}_seen"])
                set_members(here, case_id=view.case.id, members=wanted, seen=seen)
                st.session_state[f"{shown}_seen"] = sorted(wanted)
                saved(
                    _("People of the case saved"),
                    undo=Undo(
                        "casework.service:set_members",
                        {"case_id": view.case.id, "members": seen, "seen": wanted},
                    ),
                )


def _saved(view: CaseView, version: int, seen: CaseEdit, wanted: CaseEdit, _: Translator) -> None:
    case, prefix = view.case, _prefix(view)
    st.session_state[f"{prefix}_seen"] = (
        version + 1, wanted.title, wanted.request, wanted.lead_id,
    )  # fmt: skip
    saved(
        _("Case saved"),
        undo=Undo(
            "casework.service:put_back_case",
            {
                "case_id": case.id,
                "version": version + 1,
                "title": seen.title,
                "request": seen.request,
                "lead_id": seen.lead_id,
            },
        ),
    )


def _prefix(view: CaseView) -> str:
    return f"case_{view.case.id}_{undone()}"

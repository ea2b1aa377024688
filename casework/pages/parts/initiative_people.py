"""The people of an initiative, how to reach them, and a form to add one."""

import streamlit as st

from accounts.domain.contact import Contact
from casework.domain.initiative import InitiativePart, NewParticipant, Participant
from casework.pages.parts.consents import consent_lines, draw_withdrawal
from casework.pages.parts.initiative_fields import consent_fields, contact_fields, empty_contact
from casework.service import InitiativeView, add_person, edit_person, remove_person
from core.i18n import Translator
from core.ui.desk import Undo, plain, saved, told, undone
from core.ui.forms import keep_seen, submit
from core.workspace import Workspace
from hours.service import today

_PREFIX = "joining"


def draw(here: Workspace, view: InitiativeView, _: Translator) -> None:
    """Draw the people and the form."""
    st.markdown("## " + _("People"))
    for participant in view.initiative.participants:
        contact = view.contacts.get(participant.person_id)
        if contact is None:
            continue
        st.markdown(_line(contact, participant, _))
        if view.may_edit:
            _acts(here, view.initiative.id, contact, participant, _)
    if not view.initiative.participants:
        st.caption(_("Nobody is named yet: add who leads it and how to reach them."))
    if view.may_edit:
        _form(here, view.initiative.id, _)


def _line(contact: Contact, participant: Participant, _: Translator) -> str:
    reached = " · ".join(plain(text) for text in (contact.phone, contact.email) if text)
    lines = [f"**{plain(contact.name)}** · {_.label(participant.part)}", reached]
    lines += consent_lines(contact, _)
    return "  \n".join(filter(None, lines))


def _acts(
    here: Workspace, initiative_id: int, contact: Contact, participant: Participant, _: Translator
) -> None:
    with st.container(horizontal=True, gap="small", key=f"participant_{participant.id}"):
        if st.button(
            _("Remove"),
            key=f"participant_remove_{participant.id}",
            type="tertiary",
            icon=":material/person_remove:",
            help=_("Is no longer with the initiative"),
        ):
            _remove(here, initiative_id, participant.id, _)
        with st.popover(
            _("Correct"),
            type="tertiary",
            icon=":material/edit:",
            key=f"participant_edit_{participant.id}",
        ):
            _correct(here, initiative_id, contact, participant, _)
        key = f"participant_withdraw_{participant.id}"
        draw_withdrawal(here, initiative_id, contact, key, _)


def _correct(
    here: Workspace, initiative_id: int, contact: Contact, participant: Participant, _: Translator
) -> None:
    prefix = f"correct_{participant.id}_{undone()}"
    fields = {"name": contact.name, "email": contact.email, "phone": contact.phone}
    first = f"{prefix}_person" not in st.session_state
    keep_seen(f"{prefix}_seen", (contact.version, fields), f"{prefix}_save", first=first)
    with st.form(prefix, border=False, enter_to_submit=False):
        name, email, phone = contact_fields(prefix, _, contact)
        consent = consent_fields(prefix, today(here), _)
        sent = submit(_("Save the contacts"), key=f"{prefix}_save", main=False)
    if sent:
        version, before = st.session_state[f"{prefix}_seen"]
        seen = Contact(id=contact.id, version=version, **before)
        wanted = Contact(contact.id, name, email, phone, version=version)
        with told():
            version = edit_person(
                here, initiative_id=initiative_id, wanted=wanted, seen=seen, consent=consent
            )
            after = {"name": name, "email": email, "phone": phone}
            st.session_state[f"{prefix}_seen"] = (version, after)
            saved(
                _("The contacts are saved"),
                undo=Undo(
                    "casework.service:revert_person",
                    {
                        "initiative_id": initiative_id,
                        "person_id": contact.id,
                        "contact": {**before, "version": version},
                    },
                ),
                reset={f"{prefix}_agreed": False, f"{prefix}_ground": ""},
            )


def _form(here: Workspace, initiative_id: int, _: Translator) -> None:
    # Asked about once, for the name as it was typed: another name is another question.
    asked_of, namesakes = st.session_state.get(f"{_PREFIX}_namesakes", ("", []))
    if asked_of != st.session_state.get(f"{_PREFIX}_person"):
        namesakes = []
    with (
        st.expander(
            _("Add a person"), key=f"{_PREFIX}_add", icon=":material/person_add:",
            expanded=bool(namesakes),
        ),
        st.form(_PREFIX, border=False, enter_to_submit=False),
    ):  # fmt: skip
        contact = contact_fields(_PREFIX, _)
        part = st.selectbox(
            _("Part"), [*InitiativePart], format_func=_.label, key=f"{_PREFIX}_part"
        )
        consent = consent_fields(_PREFIX, today(here), _)
        chosen = _choice(namesakes, _) if namesakes else None
        sent = submit(_("Add the person"), key=f"{_PREFIX}_save", main=False)
    if sent:
        name, email, phone = contact
        new = NewParticipant(name, part, email, phone, person_id=chosen or None, consent=consent)
        with told():
            joined = add_person(here, initiative_id=initiative_id, new=new, is_sure=chosen == 0)
            found = [(one.id, ", ".join([one.name, *one.initiatives])) for one in joined.namesakes]
            st.session_state[f"{_PREFIX}_namesakes"] = (name, found)
            if joined.bond_id is None:
                st.rerun()
            saved(
                _("The person is added"),
                undo=Undo(
                    "casework.service:remove_person",
                    {"initiative_id": initiative_id, "bond_id": joined.bond_id},
                ),
                reset=empty_contact(_PREFIX),
            )


def _choice(namesakes: list[tuple[int, str]], _: Translator) -> int | None:
    """Ask which of the known people is meant: an id, 0 for a new one, None when not said."""
    st.warning(_("The centre knows people of this name. Whom do you mean?"))
    names = {person: plain(words) for person, words in namesakes} | {0: _("Somebody else")}
    return st.radio(
        _("Person"),
        list(names),
        index=None,
        format_func=lambda person: names.get(person, ""),
        key=f"{_PREFIX}_choice",
    )


def _remove(here: Workspace, initiative_id: int, bond_id: int, _: Translator) -> None:
    which = {"initiative_id": initiative_id, "bond_id": bond_id}
    with told():
        remove_person(here, **which)
        saved(_("The person is removed"), undo=Undo("casework.service:restore_person", which))

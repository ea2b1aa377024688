"""The fields of an initiative and of its people, the same wherever they are asked for."""

from datetime import date

import streamlit as st

from accounts.domain.contact import ConsentScope, Contact, NewConsent
from casework.domain.initiative import InitiativeForm, InitiativePart, NewParticipant
from casework.domain.life import When, parse_when
from casework.pages.parts.initiative_words import options
from casework.service import Lists
from core.i18n import Term, Translator
from core.ui.forms import required


def initiative_fields(
    prefix: str, lists: Lists, _: Translator, known: InitiativeForm | None = None
) -> InitiativeForm:
    """Ask what an initiative is called, what it does and where."""
    form = known or InitiativeForm("")
    themes = options(lists.themes, form.themes, _)
    territories = {"": _("Not said")} | options(lists.territories, [form.territory], _)
    name = st.text_input(required(_("Name")), value=form.name, key=f"{prefix}_name")
    summary = st.text_area(
        _("What it does"),
        value=form.summary,
        key=f"{prefix}_summary",
        height=120,
        placeholder=_("In two or three sentences: what, for whom, since when"),
    )
    chosen = st.multiselect(
        _("Themes"),
        list(themes),
        default=[code for code in form.themes if code in themes],
        format_func=lambda code: themes.get(code, code),
        key=f"{prefix}_themes",
        placeholder=_("Choose themes"),
    )
    territory = st.selectbox(
        _("Territory"),
        list(territories),
        index=list(territories).index(form.territory) if form.territory in territories else 0,
        format_func=lambda code: territories.get(code, code),
        key=f"{prefix}_territory",
    )
    return InitiativeForm(name, summary, tuple(chosen), territory or "")


def when_field(label: str, key: str, _: Translator) -> str:
    """Ask for a day as exactly as it is known; `read_when` makes a day of the text."""
    return st.text_input(
        label,
        key=key,
        placeholder=_("2014, 05.2014 or 23.05.2014"),
        help=_("As exactly as you know: a year is enough"),
    )


def read_when(text: str, field: str) -> When | None:
    """Read what `when_field` was given. Raises `InvalidError`."""
    return parse_when(text, Term(field))


def contact_fields(
    prefix: str, _: Translator, known: Contact | None = None, *, may_be_nobody: bool = False
) -> tuple[str, str, str]:
    """Ask for a person's name, e-mail and telephone."""
    contact = known or Contact(0, "", "", "")
    label = _("Full name") if may_be_nobody else required(_("Full name"))
    name = st.text_input(label, value=contact.name, key=f"{prefix}_person")
    with st.container(horizontal=True):
        email = st.text_input(_("E-mail"), value=contact.email, key=f"{prefix}_email")
        phone = st.text_input(_("Telephone"), value=contact.phone, key=f"{prefix}_phone")
    return name, email, phone


def consent_fields(prefix: str, today: date, _: Translator) -> NewConsent | None:
    """Ask whether the person agreed to be reached, and how they said so."""
    given = st.checkbox(_("Agreed that we keep these contacts"), key=f"{prefix}_agreed")
    with st.container(horizontal=True):
        ground = st.text_input(
            _("How it was given"),
            key=f"{prefix}_ground",
            placeholder=_("a signed form, a letter, by word of mouth"),
        )
        given_on = st.date_input(
            _("Given on"), value=today, format="DD.MM.YYYY", key=f"{prefix}_given_on"
        )
    return NewConsent(ConsentScope.CONTACT, given_on, ground) if given and given_on else None


def leader_of(contact: tuple[str, str, str], consent: NewConsent | None) -> NewParticipant | None:
    """Make a leader of the fields; None when no name is given."""
    name, email, phone = contact
    if not name.strip():
        return None
    return NewParticipant(name, InitiativePart.LEADER, email, phone, consent=consent)


def empty_contact(prefix: str) -> dict[str, object]:
    """Give the values to which the fields of a person go back."""
    names = ("person", "email", "phone", "ground")
    return {f"{prefix}_{name}": "" for name in names} | {f"{prefix}_agreed": False}

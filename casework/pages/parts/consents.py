"""What a person agreed to, what they took back, and the form that records it."""

from collections.abc import Iterator
from typing import Any

import streamlit as st

from accounts.domain.contact import Consent, Contact
from casework.service import withdraw_consent
from core.i18n import Translator
from core.ui.desk import Undo, plain, saved, told
from core.ui.forms import submit
from core.workspace import Workspace
from hours.service import today


def consent_lines(contact: Contact, _: Translator) -> Iterator[str]:
    """Tell every consent with its end, the earliest first; ready for Markdown."""
    for consent in contact.consents:
        given = _("agreed to be contacted {day}", day=_.date(consent.given_on))
        line = " · ".join(filter(None, (given, plain(consent.ground))))
        if consent.withdrawn_on is None:
            yield line
        else:
            back = _("took it back {day}", day=_.date(consent.withdrawn_on))
            yield f":gray[{line}] · {back}"
    if contact.consents and not _standing(contact):
        yield ":material/block: **" + _("No consent is left: do not write or call.") + "**"


def draw_withdrawal(
    here: Workspace, initiative_id: int, contact: Contact, key: str, _: Translator
) -> None:
    """Offer to record that the person took a consent back; nothing while none stands."""
    standing = {consent.id: consent for consent in _standing(contact)}
    if not standing:
        return
    with (
        st.popover(
            _("Consent taken back"), type="tertiary", icon=":material/block:", key=f"{key}_box"
        ),
        st.form(key, border=False, enter_to_submit=False),
    ):
        st.caption(_("The consent stays in the history with the day on which it ended."))
        chosen = next(iter(standing))
        if len(standing) > 1:
            chosen = st.selectbox(
                _("Which consent"),
                list(standing),
                format_func=lambda one: _name(standing.get(one), _),
                key=f"{key}_which",
            )
        day = st.date_input(
            _("Taken back on"), value=today(here), format="DD.MM.YYYY", key=f"{key}_day"
        )
        sent = submit(_("Record it"), key=f"{key}_save", main=False)
    if sent and day:
        which: dict[str, Any] = {
            "initiative_id": initiative_id,
            "person_id": contact.id,
            "consent_id": chosen,
            "on": day,
        }
        with told():
            withdraw_consent(here, **which)
            undo = Undo("casework.service:restore_consent", which)
            saved(_("It is recorded that the consent was taken back"), undo=undo)


def _standing(contact: Contact) -> list[Consent]:
    return [consent for consent in contact.consents if consent.withdrawn_on is None]


def _name(consent: Consent | None, _: Translator) -> str:
    if consent is None:
        return ""
    return " · ".join(filter(None, (_.date(consent.given_on), consent.ground)))

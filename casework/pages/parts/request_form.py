"""The fields of a request, new or corrected."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from casework.domain.request import RequestForm, RequestSource
from core.i18n import Translator
from core.ui.forms import required


def request_fields(
    prefix: str,
    initiatives: Mapping[int, str],
    _: Translator,
    known: RequestForm,
) -> RequestForm:
    """Draw the fields: what hurts and who they are first, the rest folded."""
    text = st.text_area(
        required(_("What hurts, in their own words")),
        value=known.text,
        height=140,
        key=f"{prefix}_text",
    )
    ids = [None, *initiatives]
    initiative_id = st.selectbox(
        _("Initiative, if we know it"),
        ids,
        index=ids.index(known.initiative_id) if known.initiative_id in initiatives else 0,
        format_func=lambda id_: initiatives.get(id_ or 0, _("not known yet")),
        key=f"{prefix}_initiative",
    )
    name = st.text_input(
        _("If not: what they call themselves"), value=known.name, key=f"{prefix}_name"
    )
    with st.container(horizontal=True):
        source = st.selectbox(
            _("How it came"),
            list(RequestSource),
            index=list(RequestSource).index(known.source),
            format_func=_.label,
            key=f"{prefix}_source",
        )
        asked_on = st.date_input(
            _("Asked on"),
            value=known.asked_on,
            format="DD.MM.YYYY",
            key=f"{prefix}_asked_on",
        )
    asker, contact, has_consent = _who_asks(prefix, _, known)
    return RequestForm(
        text=text,
        source=source or known.source,
        asked_on=asked_on if isinstance(asked_on, date) else None,
        initiative_id=initiative_id,
        name=name,
        asker=asker,
        contact=contact,
        has_consent=has_consent,
    )


def _who_asks(prefix: str, _: Translator, known: RequestForm) -> tuple[str, str, bool]:
    """Ask for a name, a contact and the consent to keep them."""
    st.markdown("**" + _("Who asks") + "**")
    with st.container(horizontal=True):
        asker = st.text_input(_("Their name"), value=known.asker, key=f"{prefix}_asker")
        contact = st.text_input(
            _("Telephone or address"), value=known.contact, key=f"{prefix}_contact"
        )
    has_consent = st.checkbox(
        _("They agree that we keep their name and contact"),
        value=known.has_consent,
        key=f"{prefix}_consent",
        help=_("Without consent leave both empty: the request itself may be kept."),
    )
    return asker, contact, has_consent

"""The form of an agreement, new or known: who pays, its periods, what is promised."""

import streamlit as st

from core.ui.address import found_id
from core.ui.desk import heading, link, saved, told, words, workspace
from core.ui.forms import submit
from hours.pages.parts.agreements import fields
from hours.service import add_agreement, edit_agreement, edit_choices

_ = words()
here = workspace()
agreement_id = found_id("agreement")
found, people, today = edit_choices(here, agreement_id=agreement_id)
prefix = f"agreement_{agreement_id or 'new'}"
# Whoever saves later than somebody else is told: the version is that of what the form showed.
if f"{prefix}_name" not in st.session_state:
    st.session_state[f"{prefix}_seen"] = found.version if found else 0

heading(
    _("Change the agreement") if found else _("New agreement"),
    _("Who pays, in which periods, and what is promised?"),
)
if found:
    link(_("Back without saving"), "agreement", icon=":material/arrow_back:", agreement=found.id)
else:
    link(_("All agreements"), "agreements", icon=":material/arrow_back:")
with st.form(prefix, enter_to_submit=False):
    terms = fields(prefix, found, people, today, _)
    pressed = submit(_("Save"), key="agreement_save")
if pressed:
    with told():
        if found:
            version = st.session_state[f"{prefix}_seen"]
            edit_agreement(here, agreement_id=found.id, version=version, terms=terms)
            st.session_state[f"{prefix}_seen"] = version + 1
            saved(_("Agreement saved"), to=("agreement", {"agreement": found.id}))
        else:
            made = add_agreement(here, terms=terms)
            saved(_("Agreement saved"), to=("agreement", {"agreement": made}))

"""The audit trail: who did what to which thing, and when; never what was written there."""

import streamlit as st

from accounts.service import search_audit
from core.ui.desk import empty, heading, words, workspace
from core.ui.tables import Column, table

_ = words()
heading(_("Audit trail"), _("Who did what, to which thing, and when?"))
text = st.text_input(
    _("Find"),
    key="audit_text",
    bind="query-params",
    placeholder=_("an action or an object, such as case:5"),
    icon=":material/search:",
)
lines = search_audit(workspace(), text=text)
if lines:
    table(
        [
            {
                "at": _.moment(line.at, line.zone),
                "who": line.who or "—",
                "action": line.action,
                "object": line.subject,
                "details": line.details,
            }
            for line in lines
        ],
        columns={
            "at": Column(_("When")),
            "who": Column(_("Who")),
            "action": Column(_("What")),
            "object": Column(_("Object")),
            "details": Column(_("Details")),
        },
        key="audit",
    )
else:
    empty(_("Nothing found"), _("Lines appear here as people work. Try a shorter word."))

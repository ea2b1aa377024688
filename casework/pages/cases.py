"""Every case: who leads it, how it stands, when somebody meets next."""

from collections.abc import Iterable
from typing import Any

import streamlit as st

from casework.domain.case import CaseStatus
from casework.domain.views import CaseLine, CaseSearch
from casework.pages.parts.filters import choose
from casework.service import export_cases, form_choices, list_cases
from core.ui.desk import empty, heading, words, workspace
from core.ui.tables import Column, table

AT_WORK = "at_work"

_ = words()
here = workspace()
choices = form_choices(here)


def rows(lines: Iterable[CaseLine]) -> list[dict[str, Any]]:
    """Make the rows of the table."""
    return [{name: getattr(line, name) for name in columns} for line in lines]


columns = {
    "initiative": Column(_("Initiative")),
    "title": Column(_("What about")),
    "lead": Column(_("Lead")),
    "status": Column(_("Status"), "status"),
    "next_on": Column(_("Next date"), "date", help=_("The next planned meeting or next step")),
    "last_on": Column(_("Last meeting"), "date"),
    "opened_on": Column(_("Opened on"), "date"),
}
heading(
    _("Cases"),
    _("What is happening with every initiative we accompany?"),
    (_("Open a case"), "case_new", {}),
)
with st.container(horizontal=True, vertical_alignment="bottom", key="cases_filters"):
    states = {AT_WORK: _("At work"), "": _("Every status")}
    states |= {status.value: _.label(status) for status in CaseStatus}
    status = choose(_("Status"), "status", states, AT_WORK)
    people = {"": _("Everybody")} | {str(who): name for who, name in choices.people.items()}
    person = choose(_("Who works on it"), "person", people)

search = CaseSearch(
    status=CaseStatus(status) if status in set(CaseStatus) else None,
    open_only=status == AT_WORK,
    person_id=int(person) if person else None,
)
found = list_cases(here, search)
if found:
    table(
        rows(found),
        columns,
        key="cases",
        opens=("case", "case", [line.id for line in found]),
        export="cases",
        on_export=lambda: rows(export_cases(here, search)),
    )
else:
    empty(
        _("No cases here"),
        _(
            "A case holds everything about accompanying one initiative: its request, meetings,"
            " needs, plans and next steps."
        ),
        (_("Open a case"), "case_new", {}),
    )

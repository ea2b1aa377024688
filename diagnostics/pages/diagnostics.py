"""Every diagnostic: found by initiative, state and whose view it is."""

from collections.abc import Iterable

import streamlit as st

from core.ui.desk import empty, heading, words, workspace
from core.ui.tables import Column, table
from diagnostics.domain.assessment import AssessmentState, RespondentKind
from diagnostics.domain.instrument import text
from diagnostics.domain.views import AssessmentLine, AssessmentSearch
from diagnostics.pages.parts.filters import choose, search_text
from diagnostics.service import export_assessments, list_assessments

_ = words()
here = workspace()
start: tuple[str, str, dict[str, object]] = (_("Start a diagnostic"), "assessment_new", {})
heading(_("Diagnostics"), _("Who has looked at themselves, and what did they see?"), action=start)
with st.container(horizontal=True, vertical_alignment="bottom", key="diagnostics_filters"):
    search = AssessmentSearch(
        text=search_text(_("Initiative"), "find", _),
        state=choose(_("State"), "state", AssessmentState, _),
        kind=choose(_("Whose view"), "kind", RespondentKind, _),
    )


def rows(lines: Iterable[AssessmentLine]) -> list[dict[str, object]]:
    """Make the rows of the table and of its file."""
    return [
        {
            "initiative": line.initiative,
            "held_on": line.held_on,
            "kind": line.kind,
            "state": line.state,
            "answered": _("{count} of {total}", count=line.answered, total=line.items),
            "author": line.author,
            "instrument": text(line.instrument, _.language),
        }
        for line in lines
    ]


lines = list_assessments(here, search)
if not lines and search == AssessmentSearch():
    empty(
        _("No diagnostics yet"),
        _(
            "A diagnostic is an hour of honest talk: the team reads four descriptions of each side"
            " of its work and chooses the one most like itself. Out of it come a profile, the gaps"
            " and what to work on next."
        ),
        button=start,
    )
else:
    table(
        rows(lines),
        columns={
            "initiative": Column(_("Initiative"), width="medium"),
            "held_on": Column(_("Held on"), kind="date"),
            "kind": Column(_("Whose view")),
            "state": Column(_("State"), kind="status"),
            "answered": Column(_("Answered")),
            "author": Column(_("Consultant")),
            "instrument": Column(_("Instrument")),
        },
        key="diagnostics",
        export="diagnostics",
        on_export=lambda: rows(export_assessments(here, search)),
        opens=("assessment", "assessment", [line.id for line in lines]),
    )

"""Requests: who asks for help, and who waits the longest."""

from collections.abc import Iterable
from typing import Any

import streamlit as st

from casework.domain.request import RequestLine, RequestSearch, RequestSource, RequestState
from casework.pages.parts.filters import choose
from casework.service import export_requests, list_requests
from core.ui.desk import empty, heading, words, workspace
from core.ui.tables import Column, table

WAITING = "waiting"

_ = words()
here = workspace()
new: tuple[str, str, dict[str, Any]] = (_("Write down a request"), "request_new", {})


def rows(lines: Iterable[RequestLine]) -> list[dict[str, Any]]:
    """Make the rows of the table."""
    return [{name: getattr(line, name) for name in columns} for line in lines]


columns = {
    "name": Column(_("Initiative"), width=190),
    "text": Column(_("What hurts"), width=200),
    "asked_on": Column(_("Asked on"), "date", width=96),
    "days": Column(
        _("Waits"), "number", unit=_("days"), width=85, help=_("Until a case is opened")
    ),
    "state": Column(_("State of the request"), "status", width=125),
    "source": Column(_("How it came"), "status", width=120),
}
heading(_("Requests"), _("Who asks for help, and who has waited the longest?"), new)
with st.container(horizontal=True, vertical_alignment="bottom", key="requests_filters"):
    states = {WAITING: _("Waiting for us"), "": _("All")}
    states |= {state.value: _.label(state) for state in RequestState}
    state = choose(_("State of the request"), "status", states, WAITING)
    sources = {"": _("Every way")} | {source.value: _.label(source) for source in RequestSource}
    source = choose(_("How it came"), "source", sources)

search = RequestSearch(
    state=RequestState(state) if state in set(RequestState) else None,
    is_waiting=state == WAITING,
    source=RequestSource(source) if source else None,
)
found = list_requests(here, search)
if found:
    table(
        rows(found),
        columns,
        key="requests",
        opens=("request", "request", [line.id for line in found]),
        export="requests",
        on_export=lambda: rows(export_requests(here, search)),
    )
elif search == RequestSearch(is_waiting=True):
    empty(
        _("Nobody waits"),
        _(
            "When somebody asks for help, write it down in their own words: the request stays"
            " here until it is accepted, refused or referred, even if no case comes of it."
        ),
        new,
    )
else:
    empty(_("No requests here"), _("Nothing fits these filters. Choose others."), new)

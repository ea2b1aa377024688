"""Consultations of a period: who met whom, about what, and how long."""

from datetime import date, timedelta
from typing import Any

import streamlit as st

from casework.domain.consultation import ConsultationStatus, Search, Topic
from casework.pages.parts.filters import choose, choose_day
from casework.service import Listed, export_consultations, form_choices, list_consultations
from core.ui.desk import empty, heading, words, workspace
from core.ui.tables import Column, table
from hours.pages.parts import figures

_ = words()
here = workspace()
choices = form_choices(here)


def rows(listed: Listed) -> list[dict[str, Any]]:
    """Make the rows of the table; a private talk tells its date and time spent."""
    lines, cases, people = listed
    return [
        {
            "held_on": line.held_on,
            "initiatives": _("private talk")
            if line.is_redacted
            else ", ".join(cases.get(case, "") for case in line.cases),
            "topics": line.topics,
            "consultants": ", ".join(people.get(who, "") for who in line.consultants),
            "status": line.status,
            "attended": line.attended or None,
            "minutes": line.minutes or None,
        }
        for line in lines
    ]


heading(
    _("Consultations"),
    _("Who met whom, about what, and for how long?"),
    (_("Write up a consultation"), "consultation_new", {}),
)
with st.container(horizontal=True, vertical_alignment="bottom", key="consultations_filters"):
    since = choose_day(_("From"), "since", choices.today - timedelta(days=90))
    until = choose_day(_("Until"), "until", choices.today + timedelta(days=30))
    everybody = {"": _("Everybody")} | {str(who): name for who, name in choices.people.items()}
    consultant = choose(_("Consultant"), "consultant", everybody)
    every_topic = {"": _("All topics")} | {t.value: _.label(t) for t in Topic}
    topic = choose(_("Topic"), "topic", every_topic)
    every = {"": _("Every status")} | {s.value: _.label(s) for s in ConsultationStatus}
    status = choose(_("Status"), "status", every)

search = Search(
    since=since,
    until=min(until, date.max - timedelta(days=1)) + timedelta(days=1),
    consultant_id=int(consultant) if consultant else None,
    topic=Topic(topic) if topic else None,
    status=ConsultationStatus(status) if status else None,
)
found = list_consultations(here, search)
if found[0]:
    total = sum(line.minutes for line in found[0])
    st.caption(_("Time in all: {length}", length=figures.said("consultations", total, _)))
    table(
        rows(found),
        {
            "held_on": Column(_("Date"), "date", width=96),
            "initiatives": Column(_("Initiatives"), width=165),
            "topics": Column(_("Topics"), width=140),
            "consultants": Column(_("Consultants"), width=130),
            "status": Column(_("Status"), "status", width=108),
            "minutes": Column(_("Time spent"), "minutes", width=95),
            "attended": Column(_("People there"), "number", width=75),
        },
        key="consultations",
        opens=("consultation", "consultation", [line.id for line in found[0]]),
        export="consultations",
        on_export=lambda: rows(export_consultations(here, search)),
    )
else:
    empty(
        _("No consultations here"),
        _("Write up a meeting in a minute: the day, the topic, your time and a note."),
        (_("Write up a consultation"), "consultation_new", {}),
    )

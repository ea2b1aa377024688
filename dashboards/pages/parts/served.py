"""Pieces of the page of who was helped: the counts, the meetings, the initiatives, the papers."""

from typing import Any

import streamlit as st

from casework.domain.served import Help
from core.i18n import Translator
from core.ui.desk import link, plain
from core.ui.tables import Column, table
from core.workspace import Workspace
from dashboards.service import ServedView, export_served
from hours.pages.parts import figures
from hours.pages.parts.choices import quarter_name


def counted(found: Help, _: Translator) -> list[dict[str, Any]]:
    """Put the counts into rows: all, new, the others, and those met only in private."""
    initiatives, people = found.initiatives, found.people
    rows: list[dict[str, Any]] = [
        {"who": _("all, each counted once"), "initiatives": initiatives.total,
         "people": people.total},
        {"who": _("new: met for the first time ever"), "initiatives": initiatives.fresh,
         "people": people.fresh},
        {"who": _("the others"), "initiatives": initiatives.others, "people": people.others},
    ]  # fmt: skip
    if initiatives.is_private_told or people.is_private_told:
        rows.append({
            "who": _("met in private talks only"),
            "initiatives": initiatives.private if initiatives.is_private_told else None,
            "people": people.private if people.is_private_told else None,
        })  # fmt: skip
    return rows


def draw_counts(here: Workspace, view: ServedView, _: Translator) -> None:
    """Draw who was reached, as a table to take away."""
    since = view.period.starts_on.isoformat()
    columns = {
        "who": Column(_("Who came")),
        "initiatives": Column(_("Initiatives"), "number"),
        "people": Column(_("People"), "number"),
    }
    table(
        counted(view.help, _),
        columns,
        key="served",
        export="served",
        on_export=lambda: counted(
            export_served(here, agreement_id=view.agreement.id, since=since).help, _
        ),
    )
    if view.help.by_name:
        st.caption(
            _.plural(
                "Besides, {n} presence of people known by name only: they cannot be told apart.",
                "Besides, {n} presences of people known by name only: they cannot be told apart.",
                view.help.by_name,
            )
        )
    st.caption(
        _("The others came before, or only to private talks. New are those whose first open "
          "meeting ever lies in this period. People are those noted as present.")
    )  # fmt: skip


def draw_meetings(view: ServedView, _: Translator) -> None:
    """Draw the meetings behind the measures of events and of people."""
    st.header(_("Meetings"), anchor=False)
    figures.total("meetings", view.events.event_minutes, _)
    if not view.rows:
        st.caption(_("No meetings in this period."))
        return
    told = {each.id: each for each in view.help.meetings}
    rows, ids = [], []
    for row in view.rows:
        known = told.get(row.source.id) if row.source else None
        rows.append({
            "held_on": row.held_on,
            "who": ", ".join(known.initiatives) if known else
            ("" if row.source else _("private meetings")),
            "meetings": row.meetings,
            "minutes": row.minutes,
            "attended": row.attended,
            "noted": known.noted if known else None,
            "people": row.person_minutes,
            "status": row.status,
        })  # fmt: skip
        ids.append(row.source.id if known and row.source else None)
    columns = {
        "held_on": Column(_("Date"), "date", width=96),
        "status": Column(_("State"), "status", width=130),
        "who": Column(_("Initiatives"), width=180),
        "meetings": Column(_("Meetings"), "number", width=80),
        "minutes": Column(_("Length"), "minutes", width=100),
        "attended": Column(_("People there"), "number", width=100),
        "noted": Column(_("of them noted"), "number", width=110),
        "people": Column(_("Length × people"), "minutes", width=140),
    }
    figures.listed(
        "meetings", rows, columns, key="meetings", opens=("consultation", "consultation", ids)
    )


def draw_initiatives(found: Help, _: Translator) -> None:
    """Draw the initiatives of the open meetings; a row opens the case with its documents."""
    st.header(_("Initiatives"), anchor=False)
    if not found.listed:
        st.caption(_("No open meeting names an initiative."))
        return
    table(
        [
            {"name": each.name, "meetings": each.meetings, "documents": each.documents}
            for each in found.listed
        ],
        {
            "name": Column(_("Initiative")),
            "meetings": Column(_("Meetings"), "number"),
            "documents": Column(_("Documents"), "number"),
        },
        key="served_initiatives",
        opens=("case_documents", "case", [each.case_id for each in found.listed]),
    )


def draw_journals(view: ServedView, _: Translator) -> None:
    """Draw the way to the journals that the consultants sign."""
    st.header(_("Journals for signature"), anchor=False)
    for quarter in view.period.quarters():
        with st.container(horizontal=True, key=f"journals_{quarter.code}"):
            st.caption(quarter_name(quarter, _), width="content")
            for person, name in view.people.items():
                link(plain(name), "journal", person=person, period=quarter.code)

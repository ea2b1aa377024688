"""Pieces of the journal's page: its lines, the annex, the papers to take away."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from core.i18n import Term, Translator
from core.ui.tables import Column
from dashboards.domain.journal import AnnexLine, Journal, JournalLine
from dashboards.formats import Printed, annex_pdf, file_name, journal_pdf, journal_xlsx, topic_of
from hours.pages.parts import figures

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OF_MEETINGS = {"start", "initiatives", "topics"}
Give = Callable[[], tuple[Journal, Printed]]
"""Brings the journal for a file, so that the audit line is written at the click."""


def draw_lines(journal: Journal, _: Translator) -> None:
    """Draw the lines of each activity; the name of the first is the page's own."""
    for place, (activity, lines) in enumerate(journal.sections):
        minutes = sum(line.total for line in lines)
        if len(journal.sections) > 1:
            said = figures.said("journal_section", minutes, _)
            st.subheader(f"{_.label(activity)} · {said}", anchor=False)
        rows = [cells(line, _) for line in lines]
        heads = columns(journal, _)
        if not any(row["initiatives"] or row["topics"] or row["start"] for row in rows):
            heads = {name: heads[name] for name in heads if name not in _OF_MEETINGS}
        figures.listed("journal", rows, heads, key=f"journal_{activity}" if place else "journal")


def columns(journal: Journal, _: Translator) -> dict[str, Column]:
    """Give the columns of a journal: those of its kinds of time among them."""
    kinds = {kind.value: Column(_.label(kind), "minutes", width=98) for kind in journal.kinds}
    return {
        "worked_on": Column(_("Date"), "date", width=96),
        "start": Column(_("Start"), width=68),
        "initiatives": Column(_("Initiatives"), width=150),
        "topics": Column(_("Topics"), width=125),
        "total": Column(_("Total"), "minutes", width=96),
        **kinds,
    }


def cells(line: JournalLine, _: Translator) -> dict[str, Any]:
    """Put a line into the columns."""
    return {
        "worked_on": line.worked_on,
        "start": f"{line.starts_at:%H:%M}" if line.starts_at else "",
        "initiatives": "; ".join(line.initiatives),
        "topics": ", ".join(_.show(Term(f"topic.{topic}")) for topic in line.topics),
        **{kind.value: minutes for kind, minutes in line.minutes},
        "total": line.total,
    }


def draw_files(journal: Journal, give: Give, _: Translator) -> None:
    """Offer the journal and the annex on paper, and the journal as a sheet."""
    papers: list[tuple[str, str, str, Callable[[], bytes]]] = [
        (_("Journal, PDF"), "journal.pdf", "application/pdf", lambda: journal_pdf(*give(), _)),
        (_("Journal, Excel"), "journal.xlsx", _XLSX, lambda: journal_xlsx(give()[0], _)),
        (_("Annex to the certificate, PDF"), "annex.pdf", "application/pdf",
         lambda: annex_pdf(*give(), _)),
    ]  # fmt: skip
    with st.container(horizontal=True, key="journal_files"):
        for place, (label, name, mime, write) in enumerate(papers):
            stem, suffix = name.split(".")
            st.download_button(
                label, write, mime=mime, key=name.replace(".", "_"),
                file_name=f"{file_name(journal, stem, _)}.{suffix}",
                type="primary" if place == 0 else "secondary", icon=":material/download:",
                on_click="ignore",
            )  # fmt: skip


def draw_annex(lines: Sequence[AnnexLine], _: Translator) -> None:
    """Draw what was done by topic, as the annex says it."""
    st.subheader(_("What the annex says"), anchor=False)
    heads = {
        "topic": Column(_("Nature of the work"), width="large"),
        "meetings": Column(_("Meetings"), "number"),
        "minutes": Column(_("Hours"), "minutes"),
    }
    rows = [
        {"topic": topic_of(line, _), "meetings": line.meetings, "minutes": line.minutes}
        for line in lines
    ]
    figures.listed("journal_topic", rows, heads, key="annex")

"""Entries of work time as rows of a table."""

from collections.abc import Mapping
from typing import Any

from core.i18n import Translator
from core.ui.tables import Column
from hours.pages.parts.choices import topic_name
from hours.service import HourRow

CONSULTATION = "consultation"


def columns(_: Translator, *without: str) -> dict[str, Column]:
    """Give the columns of a table of entries, without those that would say one thing only."""
    found = {
        "worked_on": Column(_("Date"), "date"),
        "minutes": Column(_("Hours"), "minutes"),
        "person": Column(_("Consultant")),
        "kind": Column(_("Kind of time")),
        "topics": Column(_("Topics")),
        "activity": Column(_("Counts as")),
    }
    return {name: column for name, column in found.items() if name not in without}


def cells(row: HourRow, people: Mapping[int, str], _: Translator) -> dict[str, Any]:
    """Put one entry into the columns; a redacted one fills the first two."""
    if row.is_redacted:
        return {"worked_on": row.worked_on, "minutes": row.minutes}
    return {
        "worked_on": row.worked_on,
        "minutes": row.minutes,
        "person": people.get(row.person_id or 0, ""),
        "kind": row.kind,
        "topics": ", ".join(topic_name(topic, _) for topic in row.topics),
        "activity": row.activity,
    }


def opened(row: HourRow) -> int | None:
    """Give the consultation that the row opens; None where there is none to open."""
    if row.source is None or row.source.type != CONSULTATION:
        return None
    return row.source.id

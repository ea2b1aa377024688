"""A person's month for whoever approves it: entries of hours, with the initiatives they served."""

from collections.abc import Mapping
from dataclasses import dataclass

from casework.service import meetings_told
from core.workspace import Workspace
from hours.service import PersonMonthView, view_person_month

_CONSULTATION = "consultation"


@dataclass(frozen=True, slots=True)
class NamedMonth:
    """One person's month; `initiatives` says by entry with whom a meeting was.

    Private meetings have none, also for those who lead them: whoever approves a person's days
    is told neither topic nor initiative of them.
    """

    month: PersonMonthView
    initiatives: Mapping[int, str]


def view_named_month(workspace: Workspace, person_id: int, code: str = "") -> NamedMonth:
    """Show one person's month with the initiatives of its open meetings.

    Raises `InvalidError` if the code names no month, `NotFoundError` if the person is unknown.
    """
    month = view_person_month(workspace, person_id, code)
    meetings = {
        entry.id: entry.source.id
        for entry in month.entries
        if entry.source is not None and entry.source.type == _CONSULTATION
    }
    with workspace.reading() as tx:
        told = meetings_told(tx, set(meetings.values()))
    return NamedMonth(
        month,
        {
            entry: ", ".join(told[meeting].initiatives)
            for entry, meeting in meetings.items()
            if meeting in told
        },
    )

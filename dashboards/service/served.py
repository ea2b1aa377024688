"""Whom an agreement's meetings helped in a period, and what proves its hours."""

from collections.abc import Mapping
from dataclasses import dataclass

from accounts.service import person_names
from casework.domain.served import Help
from casework.service import served_in
from core.i18n import sort_key
from core.permissions import Permission
from core.workspace import Transaction, Workspace
from hours.service import (
    UNNAMED,
    Agreement,
    EventFigure,
    EventQuery,
    EventRow,
    HoursQuery,
    Period,
    events_in,
    figure_in,
    held_in,
    period_in,
)


@dataclass(frozen=True, slots=True)
class ServedView:
    """Whom the meetings of one period of an agreement reached.

    `events` adds up `rows`; `people` are those whose journals prove its staff time, by name.
    """

    agreement: Agreement
    period: Period
    periods: tuple[Period, ...]
    help: Help
    events: EventFigure
    rows: tuple[EventRow, ...]
    people: Mapping[int, str]


def view_served(workspace: Workspace, *, agreement_id: int, since: str = "") -> ServedView:
    """Show whom one period of an agreement helped, the present one without `since`.

    Raises `NotFoundError`; `InvalidError` if no period begins on that (ISO) date.
    """
    with workspace.reading() as tx:
        workspace.require(Permission.VIEW_ALL_HOURS)
        return _served(tx, agreement_id, since)


def export_served(workspace: Workspace, *, agreement_id: int, since: str = "") -> ServedView:
    """Give the same to a file, and write so into the trail."""
    with workspace.transaction() as tx:
        workspace.require(Permission.EXPORT)
        workspace.require(Permission.VIEW_ALL_HOURS)
        view = _served(tx, agreement_id, since)
        tx.audit(
            "served.exported", f"agreement:{agreement_id}",
            initiatives=view.help.initiatives.total, people=view.help.people.total,
            since=view.period.starts_on, until=view.period.ends_before,
        )  # fmt: skip
        return view


def _served(tx: Transaction, agreement_id: int, since: str) -> ServedView:
    agreement, periods, period = period_in(tx, agreement_id, since)
    query = EventQuery(period, agreement_id=agreement_id)
    rows, meetings = held_in(tx, query)
    staff = figure_in(tx, HoursQuery(period, agreement_id=agreement_id))
    names = person_names(tx, {person for person, _ in staff.by_person} - {UNNAMED})
    return ServedView(
        agreement=agreement,
        period=period,
        periods=periods,
        help=served_in(tx, meetings, period.starts_on),
        events=events_in(tx, query),
        rows=rows,
        people=dict(sorted(names.items(), key=lambda each: sort_key(each[1]))),
    )

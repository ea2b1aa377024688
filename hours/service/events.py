"""Meetings as events: what was held, how long, and how many attended."""

from dataclasses import replace

from core.cache import remembered
from core.workspace import Transaction
from hours import store
from hours.domain.agreements import served_on
from hours.domain.entries import ApprovedTimeError, EntryStatus, LockedTimeError, TimeSource
from hours.domain.events import Event, EventFigure, EventQuery, EventRow
from hours.domain.states import most_open
from hours.service.cache import AREA, hours_revision
from hours.service.closing import closed_days


def replace_event(tx: Transaction, source: tuple[str, int], event: Event | None) -> None:
    """Say what was held of a source, say `("consultation", 5)`; None says that nothing was.

    The caller has already asked for permission, and has recorded the time before. Nothing is
    written when nothing changes.

    Raises
    ------
    OutOfRangeError
        If no meeting can have been so long, or attended by so many.
    ApprovedTimeError, LockedTimeError
        If all time of the source is approved, or all its days are closed: its event stands too.
    """
    where = TimeSource(*source)
    before = store.find_event(tx.db, where, lock=True)
    if event is not None:
        event = _served(tx, before, event.checked())
    if event == before:
        return
    if before is not None:
        _require_open(tx, where, before)
    if event is None:
        store.delete_event(tx.db, where)
        tx.audit("hours.event_removed", where.subject)
    else:
        store.save_event(tx.db, where, event)
        tx.audit("hours.event_held", where.subject, minutes=event.minutes, attended=event.attended)
    tx.touched(AREA)


def event_of(tx: Transaction, source: tuple[str, int]) -> Event | None:
    """Return what was held of a source; None when nothing was."""
    return store.find_event(tx.db, TimeSource(*source))


def events_in(tx: Transaction, query: EventQuery) -> EventFigure:
    """Add up meetings inside a transaction: event minutes and person minutes, never staff time.

    The caller has asked for permission to see everybody's hours.
    """
    key = ("hours.events", query, hours_revision(tx))
    return remembered(tx.db, key, lambda: store.read_events(tx.db, query))


def held_in(tx: Transaction, query: EventQuery) -> tuple[tuple[EventRow, ...], frozenset[int]]:
    """List the meetings that `events_in` adds up, and the ids of every consultation among them.

    Private meetings of others are one row, the last. The ids are for counting whom the
    meetings reached, never for telling which. The caller has asked as for `events_in`.
    """
    found = store.list_held(tx.db, query, reader_id=tx.actor.person_id)
    rows = [row for row, is_closed in found if not is_closed]
    closed = [row for row, is_closed in found if is_closed]
    if closed:
        rows.append(
            EventRow(
                sum(row.minutes for row in closed),
                sum(row.attended for row in closed),
                sum(row.person_minutes for row in closed),
                meetings=len(closed),
            )
        )
    sources = [row.source for row, _is_closed in found if row.source is not None]
    return tuple(rows), frozenset(each.id for each in sources if each.type == "consultation")


def _require_open(tx: Transaction, where: TimeSource, before: Event) -> None:
    """Refuse to change an event that is agreed upon; where one person's time is open, it is not."""
    entries = store.load_entries(tx.db, where)
    state = most_open(entry.status for entry in entries)
    if state is EntryStatus.APPROVED:
        raise ApprovedTimeError(day=before.held_on)
    days = {(entry.line.person_id, entry.line.worked_on) for entry in entries}
    if state is EntryStatus.LOCKED or (days and closed_days(tx, days) == days):
        raise LockedTimeError(day=before.held_on)


def _served(tx: Transaction, before: Event | None, event: Event) -> Event:
    if event.agreement_id is not None:
        return event
    if before and (before.held_on, before.activity) == (event.held_on, event.activity):
        return replace(event, agreement_id=before.agreement_id)
    serves = served_on(store.list_served(tx.db), event.activity, event.held_on)
    return replace(event, agreement_id=serves)

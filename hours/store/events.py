"""Meetings and trainings that were held: their length once, and how many attended."""

from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.orm import Session

from hours.domain.entries import TimeSource
from hours.domain.events import Event, EventFigure, EventQuery, EventRow
from hours.tables import HeldEvent, TimeEntry


def find_event(db: Session, source: TimeSource, *, lock: bool = False) -> Event | None:
    """Return what was held of a source, None when nothing was."""
    query = sa.select(HeldEvent).where(*_of(source))
    row = db.scalar(query.with_for_update() if lock else query)
    if row is None:
        return None
    return Event(row.held_on, row.minutes, row.attended, row.activity, row.agreement_id)


def save_event(db: Session, source: TimeSource, event: Event) -> None:
    """Write what was held of a source over what stood there."""
    row = db.scalar(sa.select(HeldEvent).where(*_of(source)))
    if row is None:
        row = HeldEvent(source_type=source.type, source_id=source.id)
        db.add(row)
    row.held_on, row.minutes, row.attended = event.held_on, event.minutes, event.attended
    row.activity, row.agreement_id = event.activity, event.agreement_id
    db.flush()


def delete_event(db: Session, source: TimeSource) -> bool:
    """Delete what was held of a source; tell whether there was anything."""
    row = db.scalar(sa.select(HeldEvent).where(*_of(source)))
    if row is not None:
        db.delete(row)
        db.flush()
    return row is not None


def read_events(db: Session, query: EventQuery) -> EventFigure:
    """Add up the meetings of a query by day: how many, how long, how many minutes of people."""
    people = HeldEvent.minutes * HeldEvent.attended
    statement = (
        sa.select(
            HeldEvent.held_on, sa.func.count(), sa.func.sum(HeldEvent.minutes),
            sa.func.sum(HeldEvent.attended), sa.func.sum(people),
        )
        .where(*_within(query))
        .group_by(HeldEvent.held_on)
        .order_by(HeldEvent.held_on)
    )  # fmt: skip
    total = EventFigure()
    for day, events, minutes, attended, person_minutes in db.execute(statement):
        total = replace(
            total,
            events=total.events + events,
            event_minutes=total.event_minutes + int(minutes),
            attended=total.attended + int(attended),
            person_minutes=total.person_minutes + int(person_minutes),
            by_day=(*total.by_day, (day, int(minutes), int(person_minutes))),
        )
    return total


def list_held(
    db: Session, query: EventQuery, *, reader_id: int
) -> tuple[tuple[EventRow, bool], ...]:
    """List the meetings behind a figure, newest first, each with whether it is closed to the reader."""
    ours = (
        TimeEntry.source_type == HeldEvent.source_type,
        TimeEntry.source_id == HeldEvent.source_id,
    )
    is_private = sa.exists().where(*ours, TimeEntry.is_private)
    is_own = sa.exists().where(*ours, TimeEntry.person_id == reader_id)
    statement = (
        sa.select(
            HeldEvent.held_on, HeldEvent.source_type, HeldEvent.source_id, HeldEvent.minutes,
            HeldEvent.attended, sa.and_(is_private, sa.not_(is_own)),
        )
        .where(*_within(query))
        .order_by(HeldEvent.held_on.desc(), HeldEvent.id.desc())
    )  # fmt: skip
    return tuple(
        (EventRow(minutes, there, minutes * there, day, TimeSource(type_, id_)), bool(is_closed))
        for day, type_, id_, minutes, there, is_closed in db.execute(statement)
    )


def _within(query: EventQuery) -> tuple[sa.ColumnElement[bool], ...]:
    within = [
        HeldEvent.held_on >= query.period.starts_on,
        HeldEvent.held_on < query.period.ends_before,
    ]
    if query.activity is not None:
        within.append(HeldEvent.activity == query.activity)
    if query.agreement_id is not None:
        within.append(HeldEvent.agreement_id == query.agreement_id)
    return tuple(within)


def _of(source: TimeSource) -> tuple[sa.ColumnElement[bool], ...]:
    return HeldEvent.source_type == source.type, HeldEvent.source_id == source.id

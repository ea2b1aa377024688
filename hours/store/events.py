"""Meetings and trainings that were held: their length once, how many attended, how far agreed."""

from collections import Counter
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from hours.domain.counting import COUNTED_STATUSES
from hours.domain.entries import EntryStatus, TimeSource
from hours.domain.events import Event, EventFigure, EventQuery, EventRow, MonthEvent
from hours.domain.periods import Period
from hours.tables import HeldEvent, TimeEntry

_STATES: Final = tuple(EntryStatus)
_OURS: Final = (
    TimeEntry.source_type == HeldEvent.source_type,
    TimeEntry.source_id == HeldEvent.source_id,
)
_PLACE: Final = sa.case(
    *((TimeEntry.status == status, place) for place, status in enumerate(_STATES))
)
_STATE: Final = sa.func.coalesce(
    sa.select(sa.func.min(_PLACE)).where(*_OURS).correlate(HeldEvent).scalar_subquery(),
    _STATES.index(EntryStatus.SUBMITTED),
)
"""The place of an event's state: that of its most open time, submitted where it has none."""


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
    held = _counted(
        sa.select(HeldEvent.held_on, HeldEvent.minutes, HeldEvent.attended, _STATE.label("state")),
        query,
    ).subquery()
    people = held.c.minutes * held.c.attended
    statement = sa.select(
        held.c.held_on, held.c.state, sa.func.count(), sa.func.sum(held.c.minutes),
        sa.func.sum(held.c.attended), sa.func.sum(people),
    ).group_by(held.c.held_on, held.c.state)  # fmt: skip
    events = attended = 0
    once, each = Counter[date](), Counter[date]()
    states_once, states_each = Counter[EntryStatus](), Counter[EntryStatus]()
    for day, place, count, minutes, there, person_minutes in db.execute(statement):
        events, attended = events + count, attended + int(there)
        once[day] += int(minutes)
        each[day] += int(person_minutes)
        states_once[_STATES[place]] += int(minutes)
        states_each[_STATES[place]] += int(person_minutes)
    return EventFigure(
        events=events,
        event_minutes=once.total(),
        attended=attended,
        person_minutes=each.total(),
        by_day=tuple((day, once[day], each[day]) for day in sorted(once)),
        by_status=tuple(
            (status, states_once[status], states_each[status])
            for status in _STATES
            if status in states_once
        ),
    )


def list_held(
    db: Session, query: EventQuery, *, reader_id: int
) -> tuple[tuple[EventRow, bool], ...]:
    """List the meetings behind a figure, newest first, each with whether it is closed to the reader."""
    columns = sa.select(
        HeldEvent.held_on, HeldEvent.source_type, HeldEvent.source_id, HeldEvent.minutes,
        HeldEvent.attended, _STATE, _is_closed(reader_id),
    )  # fmt: skip
    statement = _counted(columns, query).order_by(HeldEvent.held_on.desc(), HeldEvent.id.desc())
    return tuple(
        (
            EventRow(
                minutes, there, minutes * there, day, TimeSource(type_, id_), status=_STATES[place]
            ),
            bool(is_closed),
        )
        for day, type_, id_, minutes, there, place, is_closed in db.execute(statement)
    )


def list_month_events(
    db: Session, person_id: int, period: Period, *, reader_id: int
) -> tuple[MonthEvent, ...]:
    """List the meetings on which a person spent time in a period, newest first, drafts too."""
    statement = (
        sa.select(HeldEvent, _STATE, _is_closed(reader_id))
        .where(
            HeldEvent.held_on >= period.starts_on,
            HeldEvent.held_on < period.ends_before,
            sa.exists().where(*_OURS, TimeEntry.person_id == person_id),
        )
        .order_by(HeldEvent.held_on.desc(), HeldEvent.id.desc())
    )
    found: list[MonthEvent] = []
    for row, place, is_closed in db.execute(statement):
        event = MonthEvent(
            row.held_on, row.minutes, _STATES[place], row.attended, row.activity,
            TimeSource(row.source_type, row.source_id),
        )  # fmt: skip
        found.append(event.redacted() if is_closed else event)
    return tuple(found)


def read_seen_events(db: Session, person_id: int, period: Period) -> tuple[int, int, int]:
    """Count the submitted meetings of a person's period, their minutes, and who attended."""
    statement = sa.select(
        sa.func.count(), sa.func.sum(HeldEvent.minutes), sa.func.sum(HeldEvent.attended)
    ).where(
        HeldEvent.held_on >= period.starts_on,
        HeldEvent.held_on < period.ends_before,
        sa.exists().where(
            *_OURS, TimeEntry.person_id == person_id, TimeEntry.status == EntryStatus.SUBMITTED
        ),
    )
    events, minutes, attended = db.execute(statement).one()
    return events, int(minutes or 0), int(attended or 0)


def _counted(
    statement: sa.Select[*tuple[Any, ...]], query: EventQuery
) -> sa.Select[*tuple[Any, ...]]:
    """Keep the meetings that answer a query and count: those without a draft among their time."""
    places = [_STATES.index(status) for status in COUNTED_STATUSES]
    within = [
        HeldEvent.held_on >= query.period.starts_on,
        HeldEvent.held_on < query.period.ends_before,
        _STATE.in_(sorted(places)),
    ]
    if query.activity is not None:
        within.append(HeldEvent.activity == query.activity)
    if query.agreement_id is not None:
        within.append(HeldEvent.agreement_id == query.agreement_id)
    return statement.where(*within)


def _is_closed(reader_id: int) -> sa.ColumnElement[bool]:
    """Tell whether a meeting is private and none of the reader's own."""
    is_private = sa.exists().where(*_OURS, TimeEntry.is_private)
    is_own = sa.exists().where(*_OURS, TimeEntry.person_id == reader_id)
    return sa.and_(is_private, sa.not_(is_own))


def _of(source: TimeSource) -> tuple[sa.ColumnElement[bool], ...]:
    return HeldEvent.source_type == source.type, HeldEvent.source_id == source.id

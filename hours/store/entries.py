"""The time of a source: its lines, each divided among topics and among those it was spent on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from hours.domain.allocation import split
from hours.domain.changes import Entry
from hours.domain.counting import COUNTED_STATUSES
from hours.domain.entries import EntryStatus, Subject, TimeLine, TimeSource, share_topics
from hours.store.sums import touch_days
from hours.tables import TimeEntry, TimeEntryShare, TimeEntryTopic

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Written:
    """How lines are written: in which state, by whom, when, and whose are outside experts'."""

    status: EntryStatus
    by: int
    at: datetime
    outside: frozenset[int] = frozenset()


def load_entries(db: Session, source: TimeSource, *, lock: bool = False) -> tuple[Entry, ...]:
    """Return the entries of a source in the order they were recorded; empty when it has none."""
    query = sa.select(TimeEntry).where(*_of(source)).order_by(TimeEntry.id)
    rows = db.scalars(query.with_for_update() if lock else query).all()
    ids = [row.id for row in rows]
    topics, subjects = topics_of(db, ids), _subjects_of(db, ids)
    return tuple(
        Entry(
            row.id,
            TimeLine(
                person_id=row.person_id,
                kind=row.kind,
                minutes=row.minutes,
                worked_on=row.worked_on,
                activity=row.activity,
                topics=topics.get(row.id, ()),
                is_private=row.is_private,
                agreement_id=row.agreement_id,
                starts_at=row.starts_at,
                subjects=subjects.get(row.id, ()),
            ),
            row.status,
            row.version,
        )
        for row in rows
    )


def delete_entries(db: Session, ids: Sequence[int]) -> None:
    """Delete entries with their shares."""
    if ids:
        _delete_shares(db, ids)
        gone = sa.delete(TimeEntry).where(TimeEntry.id.in_(ids)).returning(TimeEntry.worked_on)
        touch_days(db, db.scalars(gone))


def add_lines(db: Session, source: TimeSource, lines: Sequence[TimeLine], written: Written) -> None:
    """Write new lines of a source."""
    rows = [
        TimeEntry(source_type=source.type, source_id=source.id, **_values(line, written))
        for line in lines
    ]
    db.add_all(rows)
    db.flush()
    _add_shares(db, [(row.id, line) for row, line in zip(rows, lines, strict=True)])
    touch_days(db, [line.worked_on for line in lines])


def save_lines(db: Session, edited: Sequence[tuple[Entry, TimeLine]], written: Written) -> None:
    """Write changed lines over their entries; what was approved is to be approved anew."""
    for entry, line in edited:
        db.execute(
            sa.update(TimeEntry)
            .where(TimeEntry.id == entry.id)
            .values(
                version=entry.version + 1, approved_at=None, approved_by=None,
                **_values(line, written),
            )
        )  # fmt: skip
    _delete_shares(db, [entry.id for entry, _line in edited])
    _add_shares(db, [(entry.id, line) for entry, line in edited])
    touch_days(db, [each.worked_on for entry, line in edited for each in (entry.line, line)])


def save_privacy(db: Session, entry_id: int, *, is_private: bool) -> None:
    """Write who may see an entry; nothing else of it changes."""
    statement = (
        sa.update(TimeEntry)
        .where(TimeEntry.id == entry_id)
        .values(is_private=is_private)
        .returning(TimeEntry.worked_on)
    )
    touch_days(db, db.scalars(statement))


def list_states(db: Session, source: TimeSource) -> tuple[EntryStatus, ...]:
    """Return the state of each entry of a source."""
    return tuple(db.scalars(sa.select(TimeEntry.status).where(*_of(source))))


def minutes_by_source(db: Session, source_type: str, ids: Sequence[int]) -> dict[int, int]:
    """Return the minutes of each source that has any, all its people together [min]."""
    if not ids:
        return {}
    query = (
        sa.select(TimeEntry.source_id, sa.func.sum(TimeEntry.minutes))
        .where(TimeEntry.source_type == source_type, TimeEntry.source_id.in_(ids))
        .group_by(TimeEntry.source_id)
    )
    return {source_id: int(minutes) for source_id, minutes in db.execute(query)}


def minutes_by_subject(db: Session, subject_type: str, ids: Sequence[int]) -> dict[int, int]:
    """Return the staff minutes spent on each of many subjects; one without any is absent [min]."""
    if not ids:
        return {}
    query = (
        sa.select(TimeEntryShare.subject_id, sa.func.sum(TimeEntryShare.minutes))
        .join(TimeEntry, TimeEntry.id == TimeEntryShare.time_entry_id)
        .where(
            TimeEntryShare.subject_type == subject_type,
            TimeEntryShare.subject_id.in_(ids),
            TimeEntry.status.in_(sorted(COUNTED_STATUSES)),
        )
        .group_by(TimeEntryShare.subject_id)
    )
    return {subject_id: int(minutes) for subject_id, minutes in db.execute(query)}


def minutes_by_day(
    db: Session, days: Iterable[tuple[int, date]], *, apart_from: TimeSource
) -> dict[tuple[int, date], int]:
    """Return the minutes of each person and date from all other sources [min]."""
    wanted = sorted(set(days))
    if not wanted:
        return {}
    query = (
        sa.select(TimeEntry.person_id, TimeEntry.worked_on, sa.func.sum(TimeEntry.minutes))
        .where(on_days(wanted), sa.not_(sa.and_(*_of(apart_from))))
        .group_by(TimeEntry.person_id, TimeEntry.worked_on)
    )
    return {(person, day): int(minutes) for person, day, minutes in db.execute(query)}


def list_spans(
    db: Session, days: Iterable[tuple[int, date]], *, apart_from: TimeSource
) -> dict[int, tuple[tuple[datetime, datetime], ...]]:
    """Return the clock times of each person from other sources around the given dates.

    The days before and after are read as well: work may run over midnight.
    """
    wanted = sorted({(who, day + _ONE_DAY * n) for who, day in days for n in (-1, 0, 1)})
    if not wanted:
        return {}
    query = sa.select(
        TimeEntry.person_id, TimeEntry.worked_on, TimeEntry.starts_at, TimeEntry.minutes
    ).where(on_days(wanted), TimeEntry.starts_at.is_not(None), sa.not_(sa.and_(*_of(apart_from))))
    found: dict[int, tuple[tuple[datetime, datetime], ...]] = {}
    for person, day, starts_at, minutes in db.execute(query):
        if starts_at is None:
            continue
        begins = datetime.combine(day, starts_at)
        span = (begins, begins + timedelta(minutes=minutes))
        found[person] = (*found.get(person, ()), span)
    return found


def on_days(days: Iterable[tuple[int, date]]) -> sa.ColumnElement[bool]:
    """Make the clause of entries of these people on these dates."""
    return sa.or_(
        sa.false(),
        *(
            sa.and_(TimeEntry.person_id == person, TimeEntry.worked_on == day)
            for person, day in days
        ),
    )


def topics_of(db: Session, entry_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Return the topics of each entry that has any, by code."""
    if not entry_ids:
        return {}
    query = (
        sa.select(TimeEntryTopic.time_entry_id, TimeEntryTopic.topic)
        .where(TimeEntryTopic.time_entry_id.in_(entry_ids))
        .order_by(TimeEntryTopic.time_entry_id, TimeEntryTopic.topic)
    )
    found: dict[int, tuple[str, ...]] = {}
    for entry_id, topic in db.execute(query):
        found[entry_id] = (*found.get(entry_id, ()), topic)
    return found


def _subjects_of(db: Session, entry_ids: Sequence[int]) -> dict[int, tuple[Subject, ...]]:
    if not entry_ids:
        return {}
    query = (
        sa.select(TimeEntryShare)
        .where(TimeEntryShare.time_entry_id.in_(entry_ids))
        .order_by(TimeEntryShare.time_entry_id, TimeEntryShare.position)
    )
    found: dict[int, tuple[Subject, ...]] = {}
    for row in db.scalars(query):
        subject = Subject(row.subject_type, row.subject_id, row.weight)
        found[row.time_entry_id] = (*found.get(row.time_entry_id, ()), subject)
    return found


def _of(source: TimeSource) -> tuple[sa.ColumnElement[bool], ...]:
    return TimeEntry.source_type == source.type, TimeEntry.source_id == source.id


def _values(line: TimeLine, written: Written) -> dict[str, Any]:
    is_submitted = written.status is not EntryStatus.DRAFT
    return {
        "person_id": line.person_id,
        "kind": line.kind,
        "minutes": line.minutes,
        "worked_on": line.worked_on,
        "activity": line.activity,
        "agreement_id": line.agreement_id,
        "is_private": line.is_private,
        "starts_at": line.starts_at,
        "is_outside": line.person_id in written.outside,
        "status": written.status,
        "submitted_at": written.at if is_submitted else None,
        "submitted_by": written.by or None if is_submitted else None,
    }


def _add_shares(db: Session, entries: Sequence[tuple[int, TimeLine]]) -> None:
    topics = [
        {"time_entry_id": entry_id, "topic": topic, "minutes": minutes}
        for entry_id, line in entries
        for topic, minutes in share_topics(line.minutes, sorted(line.topics))
    ]
    if topics:
        db.execute(sa.insert(TimeEntryTopic), topics)
    shares = [
        {
            "time_entry_id": entry_id, "subject_type": subject.type, "subject_id": subject.id,
            "position": position, "weight": subject.weight, "minutes": minutes,
        }
        for entry_id, line in entries
        for position, (subject, minutes) in enumerate(
            zip(
                line.subjects, split(line.minutes, [each.weight for each in line.subjects]),
                strict=True,
            )
        )
    ]  # fmt: skip
    if shares:
        db.execute(sa.insert(TimeEntryShare), shares)


def _delete_shares(db: Session, ids: Sequence[int]) -> None:
    db.execute(sa.delete(TimeEntryTopic).where(TimeEntryTopic.time_entry_id.in_(ids)))
    db.execute(sa.delete(TimeEntryShare).where(TimeEntryShare.time_entry_id.in_(ids)))

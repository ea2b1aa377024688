"""What later features tell on a case's timeline, and its moves between states."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from casework.domain.case import CaseStatus
from casework.domain.timeline import Entry, TimelineKind
from casework.store.cases import Stamp
from casework.tables import StatusChangeRow, TimelineEntryRow


def add_entry(db: Session, case_id: int, entry: Entry, stamp: Stamp) -> None:
    """Write an entry; told twice, it keeps the later day."""
    row = db.scalar(
        select(TimelineEntryRow).where(
            TimelineEntryRow.case_id == case_id,
            TimelineEntryRow.kind == entry.kind,
            TimelineEntryRow.source_type == entry.source[0],
            TimelineEntryRow.source_id == entry.source[1],
        )
    )
    if row is not None:
        row.happened_on = entry.happened_on
        return
    db.add(
        TimelineEntryRow(
            case_id=case_id,
            kind=entry.kind,
            happened_on=entry.happened_on,
            source_type=entry.source[0],
            source_id=entry.source[1],
            created_at=stamp.now,
        )
    )


def delete_entries(db: Session, source: tuple[str, int]) -> None:
    """Take away what was told of a thing that is no more."""
    rows = select(TimelineEntryRow).where(
        TimelineEntryRow.source_type == source[0], TimelineEntryRow.source_id == source[1]
    )
    for row in db.scalars(rows):
        db.delete(row)


def list_entries(db: Session, case_id: int, since: date | None = None) -> list[Entry]:
    """List what later features told of a case."""
    query = select(TimelineEntryRow).where(TimelineEntryRow.case_id == case_id)
    if since is not None:
        query = query.where(TimelineEntryRow.happened_on >= since)
    return [
        Entry(row.kind, row.happened_on, (row.source_type, row.source_id))
        for row in db.scalars(query)
    ]


def list_moves(db: Session, case_id: int) -> list[Entry]:
    """List the moves of a case between its states."""
    rows = db.scalars(select(StatusChangeRow).where(StatusChangeRow.case_id == case_id))
    return [_move(row) for row in rows]


def _move(row: StatusChangeRow) -> Entry:
    opened = row.status is CaseStatus.OPEN
    return Entry(
        kind=TimelineKind.OPENED if opened else TimelineKind.STATUS_CHANGED,
        happened_on=row.changed_on,
        source=("status", row.id),
        facts=(row.status,) if row.reason is None else (row.status, row.reason),
        text=row.comment,
        people=(row.by_id,),
    )

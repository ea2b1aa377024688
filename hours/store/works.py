"""Pieces of own work; their time is kept as all time is."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from core.database import rows_changed
from hours.domain.work import WorkPiece
from hours.tables import Work


def add_work(
    db: Session, person_id: int, note: str, *, token: str | None, at: datetime
) -> int | None:
    """Write a new piece of work and give its id; None if its form was sent before."""
    insert = sqlite.insert if db.get_bind().dialect.name == "sqlite" else postgresql.insert
    statement = (
        insert(Work)
        .values(person_id=person_id, note=note, token=token, created_at=at, version=1)
        .on_conflict_do_nothing(index_elements=["token"])
        .returning(Work.id)
    )
    return db.scalar(statement)


def find_work_by_token(db: Session, token: str) -> int | None:
    """Return the piece of work that a form made, None if it made none."""
    return db.scalar(sa.select(Work.id).where(Work.token == token))


def find_work(
    db: Session, work_id: int, *, removed: bool = False, lock: bool = False
) -> WorkPiece | None:
    """Return a piece of work, None if there is none, or none that was (not) removed."""
    query = sa.select(Work).where(Work.id == work_id)
    row = db.scalar(query.with_for_update() if lock else query)
    if row is None or (row.removed_at is not None) != removed:
        return None
    return WorkPiece(row.id, row.person_id, row.note, row.version)


def notes_of(db: Session, ids: Sequence[int]) -> dict[int, str]:
    """Return the notes of pieces of work by id."""
    rows = db.execute(sa.select(Work.id, Work.note).where(Work.id.in_(ids)))
    return {row.id: row.note for row in rows}


def save_work(db: Session, work_id: int, note: str, *, seen_version: int) -> bool:
    """Write a note over the version somebody saw; tell whether it was still that one."""
    statement = (
        sa.update(Work)
        .where(Work.id == work_id, Work.version == seen_version)
        .values(note=note, version=seen_version + 1)
    )
    return rows_changed(db, statement) > 0


def save_work_removed(db: Session, work_id: int, at: datetime | None) -> None:
    """Write that a piece of work is removed, or there again."""
    db.execute(sa.update(Work).where(Work.id == work_id).values(removed_at=at))

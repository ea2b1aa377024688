"""Corrections of notes that are not edited any more."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from casework.domain.note import Addendum
from casework.store.cases import Stamp
from casework.store.once import insert_once
from casework.tables import NoteAddendumRow


def add_addendum(
    db: Session, consultation_id: int, text: str, token: str | None, stamp: Stamp
) -> int | None:
    """Write a correction; None if this very form has already written it."""
    return insert_once(
        db,
        NoteAddendumRow,
        consultation_id=consultation_id,
        author_id=stamp.person_id,
        text=text,
        token=token,
        created_at=stamp.now,
    )


def list_addenda(db: Session, consultation_id: int) -> tuple[Addendum, ...]:
    """List the corrections of a note, the first one first."""
    rows = db.scalars(
        select(NoteAddendumRow)
        .where(NoteAddendumRow.consultation_id == consultation_id)
        .order_by(NoteAddendumRow.id)
    )
    return tuple(Addendum(row.id, row.author_id, row.created_at, row.text) for row in rows)

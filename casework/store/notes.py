"""Notes, who has opened private ones, and break-glass."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from casework.domain.note import Unsealing
from casework.tables import (
    ConsultationNamedRow,
    ConsultationNoteRow,
    ConsultationRow,
    NoteOpeningRow,
    NoteUnsealingRow,
)
from core.errors import NotFoundError
from core.i18n import Term
from core.permissions import Secrecy


@dataclass(frozen=True, slots=True)
class Grant:
    """A right to read one private note again until an instant."""

    consultation_id: int
    person_id: int
    until: datetime


def load_note(db: Session, consultation_id: int) -> str:
    """Load the text of a note; empty when none was written."""
    text = db.scalar(
        select(ConsultationNoteRow.text).where(
            ConsultationNoteRow.consultation_id == consultation_id
        )
    )
    return text or ""


def save_note(db: Session, consultation_id: int, text: str, now: datetime) -> None:
    """Write the text of a note."""
    row = db.get(ConsultationNoteRow, consultation_id)
    if row is None:
        db.add(ConsultationNoteRow(consultation_id=consultation_id, text=text, updated_at=now))
    else:
        row.text, row.updated_at = text, now
    db.flush()


def has_grant(db: Session, consultation_id: int, person_id: int, now: datetime) -> bool:
    """Tell whether the person opened this note a short while ago."""
    found = db.scalar(
        select(NoteOpeningRow.id)
        .where(
            NoteOpeningRow.consultation_id == consultation_id,
            NoteOpeningRow.person_id == person_id,
            NoteOpeningRow.until > now,
        )
        .limit(1)
    )
    return found is not None


def add_grant(db: Session, grant: Grant) -> None:
    """Write that a person opened a note."""
    db.add(
        NoteOpeningRow(
            consultation_id=grant.consultation_id,
            person_id=grant.person_id,
            until=grant.until,
        )
    )


def add_unsealing(db: Session, consultation_id: int, by_id: int, reason: str, now: datetime) -> int:
    """Write that somebody asks to open a private note."""
    row = NoteUnsealingRow(
        consultation_id=consultation_id, requested_by=by_id, requested_at=now, reason=reason
    )
    db.add(row)
    db.flush()
    return row.id


def load_unsealing(db: Session, unsealing_id: int, *, lock: bool = False) -> Unsealing:
    """Load one asking to open a private note."""
    query = select(NoteUnsealingRow).where(NoteUnsealingRow.id == unsealing_id)
    row = db.scalar(query.with_for_update() if lock else query)
    if row is None:
        raise NotFoundError(kind=Term("object.unsealing"), id=unsealing_id)
    return _unsealing(row)


def save_approval(db: Session, unsealing: Unsealing) -> None:
    """Write who agreed to open a note, for whom and until when."""
    db.execute(
        update(NoteUnsealingRow)
        .where(NoteUnsealingRow.id == unsealing.id)
        .values(
            approved_by=unsealing.approved_by,
            approved_at=unsealing.approved_at,
            reader_id=unsealing.reader_id,
            until=unsealing.until,
        )
    )


def list_unsealings(db: Session, consultation_id: int) -> tuple[Unsealing, ...]:
    """List every asking to open a note, the latest first."""
    rows = db.scalars(
        select(NoteUnsealingRow)
        .where(NoteUnsealingRow.consultation_id == consultation_id)
        .order_by(NoteUnsealingRow.id.desc())
    )
    return tuple(_unsealing(row) for row in rows)


def list_waiting_unsealings(db: Session) -> tuple[Unsealing, ...]:
    """List the askings nobody has agreed to yet."""
    rows = db.scalars(
        select(NoteUnsealingRow)
        .where(NoteUnsealingRow.approved_by.is_(None))
        .order_by(NoteUnsealingRow.id)
    )
    return tuple(_unsealing(row) for row in rows)


def list_unsealed_of(db: Session, author_id: int, since: datetime) -> tuple[Unsealing, ...]:
    """List openings of an author's private notes since an instant, the latest first."""
    rows = db.scalars(
        select(NoteUnsealingRow)
        .join(ConsultationRow, ConsultationRow.id == NoteUnsealingRow.consultation_id)
        .where(ConsultationRow.author_id == author_id, NoteUnsealingRow.requested_at >= since)
        .order_by(NoteUnsealingRow.id.desc())
    )
    return tuple(_unsealing(row) for row in rows)


def list_private_of(db: Session, author_id: int) -> tuple[int, ...]:
    """List the private consultations a person wrote up."""
    return tuple(
        db.scalars(
            select(ConsultationRow.id)
            .where(
                ConsultationRow.author_id == author_id,
                ConsultationRow.secrecy == Secrecy.PRIVATE,
            )
            .order_by(ConsultationRow.id)
        )
    )


def list_private_authors(db: Session) -> tuple[int, ...]:
    """List those who wrote private consultations up."""
    query = select(ConsultationRow.author_id).where(ConsultationRow.secrecy == Secrecy.PRIVATE)
    return tuple(db.scalars(query.distinct()))


def save_successor(db: Session, consultation_id: int, person_id: int) -> None:
    """Name a successor on a private note."""
    row = db.get(ConsultationNamedRow, (consultation_id, person_id))
    if row is None:
        db.add(
            ConsultationNamedRow(
                consultation_id=consultation_id, person_id=person_id, handed_over=True
            )
        )
    else:
        row.handed_over = True


def is_successor(db: Session, consultation_id: int, person_id: int) -> bool:
    """Tell whether a leaver's note was handed over to this person."""
    row = db.get(ConsultationNamedRow, (consultation_id, person_id))
    return row is not None and row.handed_over


def _unsealing(row: NoteUnsealingRow) -> Unsealing:
    return Unsealing(
        id=row.id,
        consultation_id=row.consultation_id,
        requested_by=row.requested_by,
        requested_at=row.requested_at,
        reason=row.reason,
        approved_by=row.approved_by,
        approved_at=row.approved_at,
        reader_id=row.reader_id,
        until=row.until,
    )

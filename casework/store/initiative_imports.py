"""Imports of lists, and what each of them made."""

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from casework.domain.initiative import ImportBrief
from casework.store.cases import Stamp
from casework.tables import InitiativeImportRow, InitiativeRow
from core.errors import NotFoundError
from core.i18n import Term


def find_import_by_token(db: Session, token: str | None) -> int | None:
    """Find the import that this very form has already made."""
    if token is None:
        return None
    return db.scalar(select(InitiativeImportRow.id).where(InitiativeImportRow.token == token))


def add_import(db: Session, rows: int, stamp: Stamp, token: str | None) -> int:
    """Write that a list is being imported; give the import's id."""
    row = InitiativeImportRow(
        created_at=stamp.now, by_id=stamp.person_id or None, rows=rows, token=token
    )
    db.add(row)
    db.flush()
    return row.id


def list_imports(db: Session, limit: int = 20) -> tuple[ImportBrief, ...]:
    """List the latest imports with what is left of each."""
    left = (
        select(func.count())
        .select_from(InitiativeRow)
        .where(InitiativeRow.import_id == InitiativeImportRow.id)
        .correlate(InitiativeImportRow)
        .scalar_subquery()
    )
    query = select(InitiativeImportRow, left).order_by(InitiativeImportRow.id.desc()).limit(limit)
    return tuple(
        ImportBrief(row.id, row.created_at, row.by_id, row.rows, count, row.undone_at)
        for row, count in db.execute(query)
    )


def list_imported(db: Session, import_id: int) -> tuple[int, ...]:
    """List the initiatives that an import made, locking the import. Raises `NotFoundError`."""
    query = select(InitiativeImportRow.id).where(InitiativeImportRow.id == import_id)
    if db.scalar(query.with_for_update()) is None:
        raise NotFoundError(kind=Term("object.initiative_import"), id=import_id)
    return tuple(
        db.scalars(
            select(InitiativeRow.id)
            .where(InitiativeRow.import_id == import_id)
            .order_by(InitiativeRow.id)
        )
    )


def save_import_undone(db: Session, import_id: int, at: datetime) -> None:
    """Note that an import was taken back."""
    db.execute(
        update(InitiativeImportRow).where(InitiativeImportRow.id == import_id).values(undone_at=at)
    )

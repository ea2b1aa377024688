"""Askings to close a case."""

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from casework.domain.closing import Closing, ClosingAskedError, ClosingLine, ClosingState
from casework.store.cases import Stamp
from casework.tables import CaseFileRow, ClosingRow, InitiativeRow
from core.errors import NotFoundError
from core.i18n import Term


def add_closing(db: Session, asked: Closing) -> int:
    """Write an asking. Raises `ClosingAskedError` if one waits for the case already."""
    row = ClosingRow(
        case_id=asked.case_id,
        state=asked.state,
        reason=asked.reason,
        outcome=asked.outcome,
        asked_by=asked.asked_by,
        asked_on=asked.asked_on,
    )
    try:
        with db.begin_nested():
            db.add(row)
            db.flush()
    except IntegrityError:
        raise ClosingAskedError from None
    return row.id


def load_closing(db: Session, closing_id: int) -> Closing:
    """Load an asking; lock its case before changing it."""
    row = db.get(ClosingRow, closing_id, populate_existing=True)
    if row is None:
        raise NotFoundError(kind=Term("object.closing"), id=closing_id)
    return _closing(row)


def list_closings(db: Session, case_id: int) -> tuple[Closing, ...]:
    """List the askings of a case, the first one first."""
    query = select(ClosingRow).where(ClosingRow.case_id == case_id).order_by(ClosingRow.id)
    return tuple(_closing(row) for row in db.scalars(query))


def list_waiting_closings(db: Session) -> tuple[tuple[ClosingLine, int, int], ...]:
    """List the askings that wait, the oldest first, with who asked and who leads the case."""
    query = (
        select(ClosingRow, InitiativeRow.name, CaseFileRow.lead_id)
        .join(CaseFileRow, CaseFileRow.id == ClosingRow.case_id)
        .join(InitiativeRow, InitiativeRow.id == CaseFileRow.initiative_id)
        .where(ClosingRow.state == ClosingState.ASKED, CaseFileRow.removed_at.is_(None))
        .order_by(ClosingRow.asked_on, ClosingRow.id)
    )
    return tuple(
        (ClosingLine(row.case_id, name, row.reason, row.asked_on, ""), row.asked_by, lead)
        for row, name, lead in db.execute(query)
    )


def save_closing(
    db: Session, closing_id: int, state: ClosingState, stamp: Stamp, comment: str = ""
) -> None:
    """Write what became of an asking, under its next version."""
    is_decided = state in {ClosingState.APPROVED, ClosingState.RETURNED}
    values = {
        "state": state,
        "comment": comment,
        "decided_by": stamp.person_id if is_decided else None,
        "decided_on": stamp.today if is_decided else None,
        "version": ClosingRow.version + 1,
    }
    try:
        with db.begin_nested():
            db.execute(update(ClosingRow).where(ClosingRow.id == closing_id).values(values))
    except IntegrityError:
        raise ClosingAskedError from None


def _closing(row: ClosingRow) -> Closing:
    return Closing(
        id=row.id,
        case_id=row.case_id,
        state=row.state,
        reason=row.reason,
        outcome=row.outcome,
        asked_by=row.asked_by,
        asked_on=row.asked_on,
        version=row.version,
        decided_by=row.decided_by,
        decided_on=row.decided_on,
        comment=row.comment,
    )

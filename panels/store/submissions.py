"""Projects before a panel, and the conflicts of interest around them: rows ↔ values."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session, defer

from core.errors import NotFoundError
from core.i18n import Term
from panels.domain.panel import Conflict, Submission
from panels.store.panels import Stamp
from panels.tables import ConflictRow, SubmissionRow

KIND = Term("object.submission")


def load_submission(db: Session, submission_id: int) -> Submission:
    """Load a project with its text. Raises `NotFoundError`."""
    row = db.get(SubmissionRow, submission_id)
    if row is None:
        raise NotFoundError(kind=KIND, id=submission_id)
    return _submission(row, row.text)


def list_submissions(db: Session, panel_id: int) -> tuple[Submission, ...]:
    """List the projects before a panel in the order they came, without their texts."""
    query = select(SubmissionRow).where(SubmissionRow.panel_id == panel_id)
    return _briefly(db, query.order_by(SubmissionRow.id))


def has_same_text(db: Session, submission: Submission) -> bool:
    """Tell whether the panel has this very text of the initiative already."""
    same = select(SubmissionRow.id).where(
        SubmissionRow.panel_id == submission.panel_id,
        SubmissionRow.initiative_id == submission.initiative_id,
        SubmissionRow.withdrawn_at.is_(None),
        SubmissionRow.title == submission.title,
        SubmissionRow.text == submission.text,
    )
    return db.scalar(same.limit(1)) is not None


def list_submissions_of_case(db: Session, case_id: int) -> tuple[Submission, ...]:
    """List what of a case has come before panels, newest first, without texts."""
    query = select(SubmissionRow).where(
        SubmissionRow.case_id == case_id, SubmissionRow.withdrawn_at.is_(None)
    )
    return _briefly(db, query.order_by(SubmissionRow.id.desc()))


def add_submission(db: Session, submission: Submission, by: int) -> int:
    """Write a project; its text is never written again."""
    row = SubmissionRow(
        panel_id=submission.panel_id,
        initiative_id=submission.initiative_id,
        case_id=submission.case_id,
        title=submission.title,
        text=submission.text,
        version=submission.version,
        submitted_by=by,
        submitted_at=submission.submitted_at,
    )
    db.add(row)
    db.flush()
    return row.id


def save_withdrawn(db: Session, submission_id: int, at: datetime | None, reason: str = "") -> None:
    """Take a project off the panel's table, or lay it back."""
    db.execute(
        update(SubmissionRow)
        .where(SubmissionRow.id == submission_id)
        .values(withdrawn_at=at, withdrawal_reason=reason)
    )


def list_conflicts(db: Session, submission_ids: Iterable[int]) -> tuple[Conflict, ...]:
    """List the conflicts of interest on some projects."""
    rows = db.scalars(
        select(ConflictRow)
        .where(ConflictRow.submission_id.in_(submission_ids))
        .order_by(ConflictRow.submission_id, ConflictRow.expert_id)
    )
    return tuple(Conflict(row.submission_id, row.expert_id, row.reason) for row in rows)


def add_conflict(db: Session, conflict: Conflict, stamp: Stamp) -> None:
    """Write a conflict of interest."""
    db.add(
        ConflictRow(
            submission_id=conflict.submission_id,
            expert_id=conflict.expert_id,
            reason=conflict.reason,
            declared_by=stamp.person_id,
            declared_at=stamp.now,
        )
    )
    db.flush()


def delete_conflict(db: Session, submission_id: int, expert_id: int) -> None:
    """Lift a conflict of interest."""
    db.execute(
        delete(ConflictRow).where(
            ConflictRow.submission_id == submission_id, ConflictRow.expert_id == expert_id
        )
    )


def _briefly(db: Session, query: Select[SubmissionRow]) -> tuple[Submission, ...]:
    rows = db.scalars(query.options(defer(SubmissionRow.text)))
    return tuple(_submission(row, text="") for row in rows)


def _submission(row: SubmissionRow, text: str) -> Submission:
    return Submission(
        id=row.id,
        panel_id=row.panel_id,
        initiative_id=row.initiative_id,
        case_id=row.case_id,
        title=row.title,
        text=text,
        version=row.version,
        submitted_at=row.submitted_at,
        is_withdrawn=row.withdrawn_at is not None,
    )

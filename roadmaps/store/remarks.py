"""What leaders wrote on roadmaps by their private links."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.errors import NotFoundError
from core.i18n import Term
from roadmaps.domain.remark import Remark
from roadmaps.tables import RemarkRow


def list_remarks(db: Session, roadmap_id: int) -> tuple[Remark, ...]:
    """List the remarks on a roadmap, oldest first."""
    query = (
        select(RemarkRow)
        .where(RemarkRow.roadmap_id == roadmap_id, RemarkRow.removed_at.is_(None))
        .order_by(RemarkRow.id)
    )
    return tuple(_remark(row) for row in db.scalars(query))


def load_remark(db: Session, remark_id: int, *, removed: bool = False) -> Remark:
    """Load one remark. Raises `NotFoundError`."""
    row = db.get(RemarkRow, remark_id)
    if row is None or (row.removed_at is not None and not removed):
        raise NotFoundError(kind=Term("object.remark"), id=remark_id)
    return _remark(row)


def add_remark(db: Session, remark: Remark) -> int:
    """Write a remark and give its id."""
    row = RemarkRow(
        roadmap_id=remark.roadmap_id,
        task_id=remark.task_id,
        person_id=remark.person_id,
        text=remark.text,
        made_at=remark.made_at,
    )
    db.add(row)
    db.flush()
    return row.id


def save_remark_removed(db: Session, remark_id: int, at: datetime | None) -> None:
    """Take a remark away, or bring it back."""
    db.execute(update(RemarkRow).where(RemarkRow.id == remark_id).values(removed_at=at))


def _remark(row: RemarkRow) -> Remark:
    return Remark(row.id, row.roadmap_id, row.task_id, row.person_id, row.text, row.made_at)

"""What leaders wrote on roadmaps by their private links."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.errors import NotFoundError
from core.i18n import Term
from roadmaps.domain.remark import Remark
from roadmaps.tables import RemarkRow, RoadmapRow


def load_case_of(db: Session, roadmap_id: int, *, lock: bool = False) -> int:
    """Give the case of a roadmap without its plan; `lock` it before writing about it.

    Raises `NotFoundError` if there is none, or it was removed.
    """
    query = select(RoadmapRow.case_id).where(
        RoadmapRow.id == roadmap_id, RoadmapRow.removed_at.is_(None)
    )
    case_id = db.scalar(query.with_for_update() if lock else query)
    if case_id is None:
        raise NotFoundError(kind=Term("object.roadmap"), id=roadmap_id)
    return case_id


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

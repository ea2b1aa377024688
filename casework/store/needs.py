"""Needs of a case."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from casework.domain.need import Need, NeedKind, NeedState, Origin
from casework.store.cases import Stamp
from casework.tables import NeedRow
from core.errors import NotFoundError
from core.i18n import Term


def list_needs(db: Session, case_id: int) -> tuple[Need, ...]:
    """List the needs of a case in the order they were noted."""
    rows = db.scalars(
        select(NeedRow)
        .where(NeedRow.case_id == case_id, NeedRow.removed_at.is_(None))
        .order_by(NeedRow.id)
    )
    return tuple(_need(row) for row in rows)


def load_need(db: Session, need_id: int, *, removed: bool = False) -> Need:
    """Load one need."""
    row = db.get(NeedRow, need_id, populate_existing=True)
    if row is None or (row.removed_at is not None and not removed):
        raise NotFoundError(kind=Term("object.need"), id=need_id)
    return _need(row)


def add_need(
    db: Session, need: tuple[int, NeedKind, str], origin: Origin | None, stamp: Stamp
) -> int:
    """Write a need: the case, who saw it and what it is."""
    case_id, kind, title = need
    row = NeedRow(
        case_id=case_id,
        kind=kind,
        title=title,
        state=NeedState.OPEN,
        origin_type=origin[0] if origin else None,
        origin_id=origin[1] if origin else None,
        noted_on=stamp.today,
        created_at=stamp.now,
    )
    db.add(row)
    db.flush()
    return row.id


def save_need_state(db: Session, need_id: int, state: NeedState) -> None:
    """Write what has become of a need."""
    db.execute(update(NeedRow).where(NeedRow.id == need_id).values(state=state))


def save_goal(db: Session, need_id: int, goal: str) -> None:
    """Write what will be when a need is met."""
    db.execute(update(NeedRow).where(NeedRow.id == need_id).values(goal=goal))


def save_need_removed(db: Session, need_id: int, at: datetime | None) -> None:
    """Take a need away, or give it back."""
    db.execute(update(NeedRow).where(NeedRow.id == need_id).values(removed_at=at))


def _need(row: NeedRow) -> Need:
    origin = None
    if row.origin_type is not None and row.origin_id is not None:
        origin = (row.origin_type, row.origin_id)
    return Need(row.id, row.case_id, row.kind, row.title, row.state, row.noted_on, origin, row.goal)

"""Meetings that repeat."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import insert, select
from sqlalchemy.orm import Session, aliased

from casework.domain.consultation import ConsultationStatus
from casework.domain.repeat import Rhythm
from casework.store.cases import Stamp
from casework.tables import ConsultationInSeriesRow, ConsultationRow, ConsultationSeriesRow

_Place = ConsultationInSeriesRow


def add_series(db: Session, rhythm: Rhythm, ids: Iterable[int], stamp: Stamp) -> int:
    """Write a series of meetings in their order, and give its id."""
    row = ConsultationSeriesRow(rhythm=rhythm, created_at=stamp.now)
    db.add(row)
    db.flush()
    places = [
        {"consultation_id": id_, "series_id": row.id, "position": place}
        for place, id_ in enumerate(ids)
    ]
    db.execute(insert(_Place), places)
    return row.id


def list_series(db: Session, consultation_id: int) -> tuple[int, ...]:
    """List the meetings of the series of one of them, that one included; empty if it has none."""
    own = aliased(_Place)
    query = (
        select(_Place.consultation_id)
        .join(own, own.series_id == _Place.series_id)
        .where(own.consultation_id == consultation_id)
        .order_by(_Place.position)
    )
    return tuple(db.scalars(query))


def list_following(db: Session, consultation_id: int) -> tuple[tuple[int, date], ...]:
    """List the planned meetings of a series from one of them on, that one included."""
    own = aliased(_Place)
    query = (
        select(ConsultationRow.id, ConsultationRow.held_on)
        .join(_Place, _Place.consultation_id == ConsultationRow.id)
        .join(own, own.series_id == _Place.series_id)
        .where(
            own.consultation_id == consultation_id,
            _Place.position >= own.position,
            ConsultationRow.status == ConsultationStatus.PLANNED,
            ConsultationRow.removed_at.is_(None),
        )
        .order_by(_Place.position)
    )
    return tuple((row.id, row.held_on) for row in db.execute(query))

"""Meetings as stretches of time: for the calendar and for overlaps."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from casework.domain.consultation import ConsultationStatus, Line
from casework.store.consultations import lines_of, of_period
from casework.store.visibility import disclosed
from casework.tables import ConsultationConsultantRow, ConsultationRow
from core.permissions import NoteReach

_LISTED = 3_000


@dataclass(frozen=True, slots=True)
class Booked:
    """A meeting that takes place, whole, and whether the reader may know of it.

    The service tells nothing of a closed one but its time.
    """

    line: Line
    is_open: bool


def list_booked(
    db: Session,
    since: date,
    until: date,
    reach: NoteReach,
    consultants: Collection[int] | None = None,
) -> tuple[Booked, ...]:
    """List the planned and held meetings of a half-open period, of some consultants or of all."""
    query = (
        of_period(since, until)
        .add_columns(disclosed(reach).label("known"))
        .where(ConsultationRow.status.in_((ConsultationStatus.PLANNED, ConsultationStatus.HELD)))
        .order_by(
            ConsultationRow.held_on, ConsultationRow.starts_at.nulls_first(), ConsultationRow.id
        )
        .limit(_LISTED)
    )
    if consultants is not None:
        query = query.where(
            exists().where(
                ConsultationConsultantRow.consultation_id == ConsultationRow.id,
                ConsultationConsultantRow.person_id.in_(sorted(consultants)),
            )
        )
    found = db.execute(query).all()
    lines = lines_of(db, [row for row, _known in found])
    return tuple(
        Booked(line, bool(known)) for line, (_row, known) in zip(lines, found, strict=True)
    )


def list_booked_near(db: Session, ids: Iterable[int], reach: NoteReach) -> tuple[Booked, ...]:
    """List what the consultants of some meetings have on their days and those beside."""
    wanted = sorted(set(ids))
    days = db.scalars(
        select(ConsultationRow.held_on).where(ConsultationRow.id.in_(wanted)).distinct()
    ).all()
    people = db.scalars(
        select(ConsultationConsultantRow.person_id)
        .where(ConsultationConsultantRow.consultation_id.in_(wanted))
        .distinct()
    ).all()
    if not days or not people:
        return ()
    near = {day + timedelta(days=n) for day in days for n in (-1, 0, 1)}
    booked = list_booked(db, min(near), max(near) + timedelta(days=1), reach, people)
    return tuple(one for one in booked if one.line.held_on in near)

"""Who was at a meeting."""

from collections.abc import Collection, Iterable

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from casework.domain.attendance import Attendance, Attendee
from casework.domain.consultation import Consultation
from casework.domain.initiative import InitiativePart
from casework.tables import (
    CaseFileRow,
    ConsultationParticipantRow,
    ConsultationRow,
    InitiativePersonRow,
)

_Participant = ConsultationParticipantRow


def list_attendees(db: Session, consultation_id: int) -> tuple[Attendee, ...]:
    """List the people of a meeting in the order in which they were written."""
    rows = db.scalars(
        select(_Participant)
        .where(_Participant.consultation_id == consultation_id)
        .order_by(_Participant.position, _Participant.id)
    )
    return tuple(Attendee(row.attendance, row.person_id, row.name) for row in rows)


def save_attendees(db: Session, found: Consultation, attendees: Iterable[Attendee]) -> None:
    """Write who was at a meeting, under its next version."""
    db.execute(delete(_Participant).where(_Participant.consultation_id == found.id))
    values = [
        {
            "consultation_id": found.id,
            "person_id": one.person_id,
            "name": one.name,
            "attendance": one.attendance,
            "position": place,
        }
        for place, one in enumerate(attendees)
    ]
    if values:
        db.execute(insert(_Participant), values)
    db.execute(
        update(ConsultationRow)
        .where(ConsultationRow.id == found.id)
        .values(version=found.version + 1)
    )


def count_attended(db: Session, ids: Iterable[int]) -> dict[int, int]:
    """Count who was at each of many meetings; one with nobody noted is absent."""
    query = (
        select(_Participant.consultation_id, func.count())
        .where(
            _Participant.consultation_id.in_(sorted(set(ids))),
            _Participant.attendance == Attendance.ATTENDED,
        )
        .group_by(_Participant.consultation_id)
    )
    return {row[0]: row[1] for row in db.execute(query)}


def list_people_of_cases(
    db: Session, case_ids: Iterable[int], parts: Collection[InitiativePart] = tuple(InitiativePart)
) -> tuple[int, ...]:
    """List the people of the initiatives of some cases, each once; of some parts, if named."""
    query = (
        select(InitiativePersonRow.person_id)
        .join(CaseFileRow, CaseFileRow.initiative_id == InitiativePersonRow.initiative_id)
        .where(CaseFileRow.id.in_(sorted(set(case_ids))), InitiativePersonRow.removed_at.is_(None))
        .where(InitiativePersonRow.part.in_(parts))
        .group_by(InitiativePersonRow.person_id)
        .order_by(func.min(InitiativePersonRow.id))
    )
    return tuple(db.scalars(query))

"""Whom meetings reached, as plain pairs."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from casework.domain.attendance import Attendance
from casework.domain.consultation import ConsultationStatus
from casework.domain.served import Presence
from casework.tables import (
    CaseFileRow,
    ConsultationCaseRow,
    ConsultationParticipantRow,
    ConsultationRow,
    InitiativeRow,
)
from core.permissions import Secrecy

_Participant = ConsultationParticipantRow
_HELD = (
    ConsultationRow.status == ConsultationStatus.HELD,
    ConsultationRow.removed_at.is_(None),
)
_OPEN = (*_HELD, ConsultationRow.secrecy != Secrecy.PRIVATE)
_PRESENT = _Participant.attendance == Attendance.ATTENDED


def list_initiatives_at(db: Session, ids: Iterable[int]) -> tuple[Presence, ...]:
    """List which initiative was at which of the meetings that were held."""
    query = (
        select(CaseFileRow.initiative_id, ConsultationRow.secrecy)
        .join(ConsultationCaseRow, ConsultationCaseRow.case_id == CaseFileRow.id)
        .join(ConsultationRow, ConsultationRow.id == ConsultationCaseRow.consultation_id)
        .where(*_HELD, _among(ids))
    )
    return tuple(Presence(id_, secrecy == Secrecy.PRIVATE) for id_, secrecy in db.execute(query))


def list_people_at(db: Session, ids: Iterable[int]) -> tuple[Presence, ...]:
    """List who of the centre's books is noted as present at which of the meetings."""
    query = (
        select(_Participant.person_id, ConsultationRow.secrecy)
        .join(ConsultationRow, ConsultationRow.id == _Participant.consultation_id)
        .where(*_HELD, _PRESENT, _among(ids))
    )
    return tuple(
        Presence(person, secrecy == Secrecy.PRIVATE)
        for person, secrecy in db.execute(query)
        if person is not None
    )


def count_by_name(db: Session, ids: Iterable[int]) -> int:
    """Count the presences of people known by name only."""
    query = (
        select(func.count())
        .select_from(_Participant)
        .join(ConsultationRow, ConsultationRow.id == _Participant.consultation_id)
        .where(*_HELD, _PRESENT, _among(ids), _Participant.person_id.is_(None))
    )
    return int(db.scalar(query) or 0)


def first_meetings_of_initiatives(db: Session, ids: Iterable[int]) -> dict[int, date]:
    """Map initiatives to the date of their first open meeting; without one, absent."""
    query = (
        select(CaseFileRow.initiative_id, func.min(ConsultationRow.held_on))
        .join(ConsultationCaseRow, ConsultationCaseRow.case_id == CaseFileRow.id)
        .join(ConsultationRow, ConsultationRow.id == ConsultationCaseRow.consultation_id)
        .where(*_OPEN, CaseFileRow.initiative_id.in_(sorted(set(ids))))
        .group_by(CaseFileRow.initiative_id)
    )
    return {row[0]: row[1] for row in db.execute(query)}


def first_meetings_of_people(db: Session, ids: Iterable[int]) -> dict[int, date]:
    """Map people to the date of the first open meeting at which they are noted as present."""
    query = (
        select(_Participant.person_id, func.min(ConsultationRow.held_on))
        .join(ConsultationRow, ConsultationRow.id == _Participant.consultation_id)
        .where(*_OPEN, _PRESENT, _Participant.person_id.in_(sorted(set(ids))))
        .group_by(_Participant.person_id)
    )
    return {person: first for person, first in db.execute(query) if person is not None}


def list_open_meetings(db: Session, ids: Iterable[int]) -> tuple[tuple[int, int, str, int], ...]:
    """List the initiatives of open meetings: meeting, initiative, its name, its case."""
    query = (
        select(ConsultationRow.id, InitiativeRow.id, InitiativeRow.name, CaseFileRow.id)
        .join(ConsultationCaseRow, ConsultationCaseRow.consultation_id == ConsultationRow.id)
        .join(CaseFileRow, CaseFileRow.id == ConsultationCaseRow.case_id)
        .join(InitiativeRow, InitiativeRow.id == CaseFileRow.initiative_id)
        .where(*_OPEN, _among(ids))
        .order_by(InitiativeRow.sort_key, InitiativeRow.id, ConsultationRow.id, CaseFileRow.id)
    )
    return tuple((meeting, id_, name, case) for meeting, id_, name, case in db.execute(query))


def list_open_ids(db: Session, ids: Iterable[int]) -> frozenset[int]:
    """Keep the meetings that were held and are not private."""
    return frozenset(db.scalars(select(ConsultationRow.id).where(*_OPEN, _among(ids))))


def _among(ids: Iterable[int]) -> ColumnElement[bool]:
    return ConsultationRow.id.in_(sorted(set(ids)))

"""Who stands in for whom, and what a leaver leaves."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from casework.domain.case import CaseStatus
from casework.domain.consultation import ConsultationStatus
from casework.domain.substitution import LeftCase, Substitution
from casework.store.cases import Stamp
from casework.store.visibility import step_disclosed
from casework.tables import (
    CaseFileRow,
    CaseMemberRow,
    ConsultationCaseRow,
    ConsultationConsultantRow,
    ConsultationRow,
    InitiativeRow,
    LeadChangeRow,
    NextStepRow,
    SubstitutionRow,
)
from core.errors import NotFoundError
from core.i18n import Term
from core.permissions import NoteReach, Secrecy

_NOBODY = NoteReach(person_id=0, team=False, every_case=False, own_cases=False)


def add_substitution(db: Session, wanted: Substitution, stamp: Stamp) -> int:
    """Write who stands in for whom."""
    row = SubstitutionRow(
        person_id=wanted.person_id,
        substitute_id=wanted.substitute_id,
        since=wanted.since,
        until=wanted.until,
        made_by=stamp.person_id,
        created_at=stamp.now,
    )
    db.add(row)
    db.flush()
    return row.id


def load_substitution(db: Session, substitution_id: int, *, removed: bool = False) -> Substitution:
    """Load one substitution."""
    row = db.get(SubstitutionRow, substitution_id, populate_existing=True)
    if row is None or (row.removed_at is not None and not removed):
        raise NotFoundError(kind=Term("object.substitution"), id=substitution_id)
    return _substitution(row)


def save_substitution(
    db: Session, substitution_id: int, until: date, removed_at: datetime | None
) -> None:
    """Write until when a substitution holds, or that it never did."""
    db.execute(
        update(SubstitutionRow)
        .where(SubstitutionRow.id == substitution_id)
        .values(until=until, removed_at=removed_at)
    )


def list_substitutions(
    db: Session, since: date, person_id: int | None = None
) -> tuple[Substitution, ...]:
    """List the substitutions that hold on a day or later; of one absent person, or of all."""
    query = select(SubstitutionRow).where(
        SubstitutionRow.removed_at.is_(None), SubstitutionRow.until >= since
    )
    if person_id is not None:
        query = query.where(SubstitutionRow.person_id == person_id)
    rows = db.scalars(query.order_by(SubstitutionRow.since, SubstitutionRow.id))
    return tuple(map(_substitution, rows))


def list_stood_in_for(db: Session, person_id: int, around: date) -> tuple[Substitution, ...]:
    """List for whom a person stands in on a day, the one before or the one after.

    Which of the three it is in the centre, the caller finds out where there is anything to find.
    """
    rows = db.scalars(
        select(SubstitutionRow).where(
            SubstitutionRow.substitute_id == person_id,
            SubstitutionRow.removed_at.is_(None),
            SubstitutionRow.since <= around + timedelta(days=1),
            SubstitutionRow.until >= around - timedelta(days=1),
        )
    )
    return tuple(map(_substitution, rows))


def list_left_cases(db: Session, person_id: int, *, lock: bool = False) -> tuple[LeftCase, ...]:
    """List the open cases a person leads, with their open steps and planned meetings."""
    query = (
        select(CaseFileRow.id, CaseFileRow.title, InitiativeRow.name)
        .join(InitiativeRow, InitiativeRow.id == CaseFileRow.initiative_id)
        .where(CaseFileRow.lead_id == person_id, *_open_cases())
        .order_by(CaseFileRow.id)
    )
    rows = db.execute(query.with_for_update(of=CaseFileRow) if lock else query).all()
    ids = [row.id for row in rows]
    steps = dict(_steps_of(db, ids))
    meetings = dict(_meetings_of(db, ids, person_id))
    return tuple(
        LeftCase(row.id, row.name, row.title, steps.get(row.id, 0), meetings.get(row.id, 0))
        for row in rows
    )


def list_leading(db: Session, today: date) -> tuple[int, ...]:
    """List everybody who leads an open case or a meeting planned for today or later."""
    cases = select(CaseFileRow.lead_id).where(*_open_cases())
    meetings = (
        select(ConsultationConsultantRow.person_id)
        .join(ConsultationRow, ConsultationRow.id == ConsultationConsultantRow.consultation_id)
        .where(*planned(), ConsultationRow.held_on >= today)
    )
    return tuple(sorted({*db.scalars(cases.distinct()), *db.scalars(meetings.distinct())}))


def pass_case(db: Session, case_id: int, leads: tuple[int, int], today: date) -> None:
    """Pass a case on: its lead, and the leaver's open steps in it."""
    leaver, successor = leads
    db.execute(
        update(CaseFileRow)
        .where(CaseFileRow.id == case_id)
        .values(lead_id=successor, version=CaseFileRow.version + 1)
    )
    db.execute(
        update(NextStepRow)
        .where(*_open_steps([case_id]), NextStepRow.responsible_id == leaver)
        .values(responsible_id=successor)
    )
    _leave(db, case_id, {leaver, successor}, today)


def end_memberships(db: Session, person_id: int, today: date) -> int:
    """Let a person leave every open case they work on beside its lead; give how many."""
    query = select(CaseMemberRow).where(
        CaseMemberRow.person_id == person_id,
        CaseMemberRow.until.is_(None),
        CaseMemberRow.case_id.in_(
            select(CaseFileRow.id).where(CaseFileRow.status != CaseStatus.CLOSED)
        ),
    )
    rows = db.scalars(query).all()
    for row in rows:
        row.until = max(today, row.since)
    return len(rows)


def list_lead_changes(db: Session, case_id: int) -> tuple[tuple[int, date, int, int], ...]:
    """List how a case passed from lead to lead: id, day, from whom, to whom."""
    rows = db.scalars(
        select(LeadChangeRow).where(LeadChangeRow.case_id == case_id).order_by(LeadChangeRow.id)
    )
    return tuple((row.id, row.changed_on, row.from_id, row.to_id) for row in rows)


def _leave(db: Session, case_id: int, people: set[int], today: date) -> None:
    rows = db.scalars(
        select(CaseMemberRow).where(
            CaseMemberRow.case_id == case_id,
            CaseMemberRow.person_id.in_(people),
            CaseMemberRow.until.is_(None),
        )
    )
    for row in rows:
        row.until = max(today, row.since)


def _open_cases() -> tuple[ColumnElement[bool], ...]:
    return (CaseFileRow.removed_at.is_(None), CaseFileRow.status != CaseStatus.CLOSED)


def _open_steps(case_ids: Iterable[int]) -> tuple[ColumnElement[bool], ...]:
    return (
        NextStepRow.case_id.in_(tuple(case_ids)),
        NextStepRow.removed_at.is_(None),
        NextStepRow.done_on.is_(None),
    )


def _steps_of(db: Session, case_ids: Iterable[int]) -> list[tuple[int, int]]:
    """Count the open steps of cases but those agreed at private meetings.

    The count would tell a manager with which initiative somebody talked in private.
    """
    by = NextStepRow.case_id
    counted = (*_open_steps(case_ids), step_disclosed(_NOBODY))
    rows = db.execute(select(by, func.count()).where(*counted).group_by(by))
    return [(row[0] or 0, row[1]) for row in rows]


def _meetings_of(db: Session, case_ids: Iterable[int], person_id: int) -> list[tuple[int, int]]:
    """Count the planned meetings of cases that a person leads, but the private ones."""
    by = ConsultationCaseRow.case_id
    rows = db.execute(
        select(by, func.count())
        .join(ConsultationRow, ConsultationRow.id == ConsultationCaseRow.consultation_id)
        .join(
            ConsultationConsultantRow,
            ConsultationConsultantRow.consultation_id == ConsultationRow.id,
        )
        .where(
            by.in_(tuple(case_ids)), ConsultationConsultantRow.person_id == person_id, *planned()
        )
        .group_by(by)
    )
    return [(row[0], row[1]) for row in rows]


def planned() -> tuple[ColumnElement[bool], ...]:
    """Choose the planned meetings but the private ones: those stay the leaver's."""
    return (
        ConsultationRow.removed_at.is_(None),
        ConsultationRow.status == ConsultationStatus.PLANNED,
        ConsultationRow.secrecy != Secrecy.PRIVATE,
    )


def _substitution(row: SubstitutionRow) -> Substitution:
    return Substitution(row.person_id, row.substitute_id, row.since, row.until, row.id)

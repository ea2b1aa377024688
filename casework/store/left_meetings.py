"""Planned meetings of a leaver, and who leads them then."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from casework.domain.case import CaseStatus
from casework.domain.substitution import LeftMeeting
from casework.store.substitutions import planned
from casework.tables import (
    CaseFileRow,
    ConsultationCaseRow,
    ConsultationConsultantRow,
    ConsultationRow,
    InitiativeRow,
)


def list_left_meetings(db: Session, person_id: int, today: date) -> tuple[LeftMeeting, ...]:
    """List the planned meetings a person leads: those to come, in their own cases earlier too.

    Private ones are not among them.
    """
    row, by = ConsultationRow, ConsultationConsultantRow
    query = (
        select(row.id, row.held_on)
        .join(by, by.consultation_id == row.id)
        .where(by.person_id == person_id, *planned())
        .order_by(row.held_on, row.starts_at, row.id)
    )
    found = db.execute(query).all()
    ids = [each.id for each in found]
    names, own = _cases_of(db, ids, person_id)
    others = set(
        db.scalars(
            select(by.consultation_id).where(by.consultation_id.in_(ids), by.person_id != person_id)
        )
    )
    return tuple(
        LeftMeeting(one.id, one.held_on, tuple(names[one.id]), tuple(own[one.id]), one.id in others)
        for one in found
        if one.held_on >= today or own[one.id]
    )


def pass_meetings(db: Session, leaver_id: int, to: Mapping[int, int | None]) -> None:
    """Let others lead meetings in place of a leaver, or only take the leaver off them."""
    row = ConsultationConsultantRow
    db.execute(
        update(ConsultationRow)
        .where(ConsultationRow.id.in_(list(to)))
        .values(version=ConsultationRow.version + 1)
    )
    leads: dict[int, set[int]] = defaultdict(set)
    pairs = select(row.consultation_id, row.person_id).where(row.consultation_id.in_(list(to)))
    for meeting, person in db.execute(pairs):
        leads[meeting].add(person)
    for meeting, successor in to.items():
        mine = (row.consultation_id == meeting, row.person_id == leaver_id)
        if successor is None or successor in leads[meeting]:
            db.execute(delete(row).where(*mine))
        else:
            db.execute(update(row).where(*mine).values(person_id=successor))


def _cases_of(
    db: Session, ids: list[int], person_id: int
) -> tuple[dict[int, list[str]], dict[int, list[int]]]:
    """Give the initiatives of meetings, and which of their open cases a person leads."""
    by = ConsultationCaseRow
    rows = db.execute(
        select(
            by.consultation_id, by.case_id, InitiativeRow.name,
            CaseFileRow.lead_id, CaseFileRow.status, CaseFileRow.removed_at,
        )
        .join(CaseFileRow, CaseFileRow.id == by.case_id)
        .join(InitiativeRow, InitiativeRow.id == CaseFileRow.initiative_id)
        .where(by.consultation_id.in_(ids))
        .order_by(by.case_id)
    )  # fmt: skip
    names: dict[int, list[str]] = defaultdict(list)
    own: dict[int, list[int]] = defaultdict(list)
    for meeting, case, name, lead, status, removed_at in rows:
        names[meeting].append(name)
        if lead == person_id and removed_at is None and status is not CaseStatus.CLOSED:
            own[meeting].append(case)
    return names, own

"""Cases, their requests, members and moves between states."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import CompoundSelect, delete, func, select, union_all, update
from sqlalchemy.orm import Session

from casework.domain.case import Case, CaseStatus, Member, NewCase, StatusChange
from casework.domain.request import RequestState
from casework.store.once import insert_once
from casework.tables import (
    AuthorityContactRow,
    CaseFileRow,
    CaseMemberRow,
    ConsultationCaseRow,
    ConsultationRow,
    HarmRow,
    LeadChangeRow,
    NeedRow,
    NextStepRow,
    ReferralRow,
    RequestRow,
    StatusChangeRow,
    TimelineEntryRow,
)
from core.errors import NotFoundError
from core.i18n import Term
from core.permissions import Guard

KIND = Term("object.case")


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who writes, when, and the centre's date then."""

    person_id: int
    now: datetime
    today: date


def load_guard(db: Session, case_id: int, *, lock: bool = False) -> Guard:
    """Load who leads a case and who works on it."""
    query = select(CaseFileRow.lead_id).where(
        CaseFileRow.id == case_id, CaseFileRow.removed_at.is_(None)
    )
    lead = db.scalar(query.with_for_update() if lock else query)
    if lead is None:
        raise NotFoundError(kind=KIND, id=case_id)
    members = db.scalars(
        select(CaseMemberRow.person_id).where(
            CaseMemberRow.case_id == case_id, CaseMemberRow.until.is_(None)
        )
    )
    return Guard(case_id, lead, frozenset(members), leads=frozenset({lead}))


def load_case(db: Session, case_id: int, *, lock: bool = False) -> tuple[Case, Guard]:
    """Load a case with its request and everybody who ever worked on it."""
    query = (
        select(CaseFileRow, RequestRow)
        .join(RequestRow, RequestRow.id == CaseFileRow.request_id)
        .where(CaseFileRow.id == case_id, CaseFileRow.removed_at.is_(None))
    )
    found = db.execute(query.with_for_update(of=CaseFileRow) if lock else query).first()
    if found is None:
        raise NotFoundError(kind=KIND, id=case_id)
    row, request = found
    members = _members(db, case_id)
    case = Case(
        id=row.id,
        initiative_id=row.initiative_id,
        title=row.title,
        request=request.text,
        asked_on=request.asked_on,
        lead_id=row.lead_id,
        status=row.status,
        close_reason=row.close_reason,
        opened_on=row.opened_on,
        closed_on=row.closed_on,
        version=row.version,
        members=members,
        request_id=row.request_id,
    )
    present = frozenset(member.person_id for member in members if member.until is None)
    return case, Guard(case_id, row.lead_id, present, leads=frozenset({row.lead_id}))


def find_case_by_token(db: Session, token: str | None) -> int | None:
    """Find the case that this very form has already opened."""
    if token is None:
        return None
    return db.scalar(select(CaseFileRow.id).where(CaseFileRow.token == token))


def add_case(db: Session, new: NewCase, stamp: Stamp) -> int | None:
    """Write a request, the case that answers it, its members and its opening.

    None if this very form has already opened a case.
    """
    request_id = new.request_id or _add_request(db, new, stamp)
    case_id = insert_once(
        db,
        CaseFileRow,
        initiative_id=new.initiative_id,
        request_id=request_id,
        lead_id=new.lead_id,
        title=new.title,
        status=CaseStatus.OPEN,
        opened_on=stamp.today,
        token=new.token,
        created_at=stamp.now,
    )
    if case_id is None:
        db.execute(delete(RequestRow).where(RequestRow.id == request_id))
        return None
    save_members(db, case_id, [Member(person, stamp.today) for person in sorted(new.members)])
    add_status_change(db, case_id, StatusChange(CaseStatus.OPEN), stamp)
    return case_id


def _add_request(db: Session, new: NewCase, stamp: Stamp) -> int:
    """Write the request of a case that is opened at once."""
    request = RequestRow(
        initiative_id=new.initiative_id,
        asked_on=new.asked_on or stamp.today,
        text=new.request,
        state=RequestState.ASSIGNED,
        recorded_by=stamp.person_id,
        created_at=stamp.now,
    )
    db.add(request)
    db.flush()
    return request.id


def save_case(db: Session, case: Case) -> None:
    """Write the header of a case under its next version."""
    db.execute(
        update(CaseFileRow)
        .where(CaseFileRow.id == case.id)
        .values(
            title=case.title,
            lead_id=case.lead_id,
            status=case.status,
            close_reason=case.close_reason,
            closed_on=case.closed_on,
            version=case.version + 1,
        )
    )
    asked = select(CaseFileRow.request_id).where(CaseFileRow.id == case.id).scalar_subquery()
    db.execute(update(RequestRow).where(RequestRow.id == asked).values(text=case.request))


def save_members(db: Session, case_id: int, members: Iterable[Member]) -> None:
    """Make the spans of a case's members these and no others."""
    wanted = set(members)
    for row in db.scalars(select(CaseMemberRow).where(CaseMemberRow.case_id == case_id)):
        kept = Member(row.person_id, row.since, row.until)
        if kept in wanted:
            wanted.discard(kept)
            continue
        closed = next(
            (m for m in wanted if (m.person_id, m.since) == (row.person_id, row.since)), None
        )
        if closed is None:
            db.delete(row)
        else:
            row.until = closed.until
            wanted.discard(closed)
    for member in sorted(wanted, key=lambda m: (m.since, m.person_id)):
        db.add(CaseMemberRow(case_id=case_id, **_span(member)))
    db.flush()


def add_status_change(db: Session, case_id: int, change: StatusChange, stamp: Stamp) -> None:
    """Write one move of a case into its history."""
    db.add(
        StatusChangeRow(
            case_id=case_id,
            status=change.status,
            reason=change.reason,
            comment=change.comment,
            changed_on=stamp.today,
            changed_at=stamp.now,
            by_id=stamp.person_id,
        )
    )


def add_lead_change(
    db: Session, case_id: int, leads: tuple[int, int], stamp: Stamp, *, is_hand_over: bool = False
) -> None:
    """Write that a case passed from one lead to another."""
    db.add(
        LeadChangeRow(
            case_id=case_id,
            from_id=leads[0],
            to_id=leads[1],
            changed_on=stamp.today,
            changed_at=stamp.now,
            by_id=stamp.person_id,
            is_hand_over=is_hand_over,
        )
    )


def load_status_changes(db: Session, case_id: int) -> tuple[tuple[StatusChange, date], ...]:
    """Load the moves of a case between states with their days, the first one first."""
    rows = db.scalars(
        select(StatusChangeRow)
        .where(StatusChangeRow.case_id == case_id)
        .order_by(StatusChangeRow.id)
    )
    return tuple(
        (StatusChange(row.status, row.reason, row.comment), row.changed_on) for row in rows
    )


def delete_last_status_change(db: Session, case_id: int) -> None:
    """Take the latest move of a case out of its history."""
    last = select(func.max(StatusChangeRow.id)).where(StatusChangeRow.case_id == case_id)
    db.execute(
        delete(StatusChangeRow)
        .where(StatusChangeRow.id == last.scalar_subquery())
        .execution_options(synchronize_session=False)
    )


def is_used(db: Session, case_id: int) -> bool:
    """Tell whether a consultation, a need, a step or a later feature points at the case."""
    uses: CompoundSelect[int | None] = union_all(
        select(ConsultationCaseRow.case_id)
        .join(ConsultationRow, ConsultationRow.id == ConsultationCaseRow.consultation_id)
        .where(ConsultationCaseRow.case_id == case_id, ConsultationRow.removed_at.is_(None)),
        select(NeedRow.case_id).where(NeedRow.case_id == case_id, NeedRow.removed_at.is_(None)),
        select(NextStepRow.case_id).where(
            NextStepRow.case_id == case_id, NextStepRow.removed_at.is_(None)
        ),
        select(TimelineEntryRow.case_id).where(TimelineEntryRow.case_id == case_id),
        *(
            select(table.case_id).where(table.case_id == case_id, table.removed_at.is_(None))
            for table in (AuthorityContactRow, HarmRow, ReferralRow)
        ),
    )
    return db.execute(uses.limit(1)).first() is not None


def save_removed(db: Session, case_id: int, at: datetime | None) -> None:
    """Take a case away, or give it back."""
    db.execute(update(CaseFileRow).where(CaseFileRow.id == case_id).values(removed_at=at))


def _members(db: Session, case_id: int) -> tuple[Member, ...]:
    rows = db.scalars(
        select(CaseMemberRow)
        .where(CaseMemberRow.case_id == case_id)
        .order_by(CaseMemberRow.since, CaseMemberRow.id)
    )
    return tuple(Member(row.person_id, row.since, row.until) for row in rows)


def _span(member: Member) -> dict[str, int | date | None]:
    return {"person_id": member.person_id, "since": member.since, "until": member.until}

"""Consultations and what belongs to them, without their notes."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import (
    ColumnElement,
    Select,
    delete,
    exists,
    false,
    insert,
    or_,
    select,
    true,
    union,
    update,
)
from sqlalchemy.orm import Session

from casework.domain.consultation import (
    Consultation,
    ConsultationStatus,
    Draft,
    Line,
    Search,
    Topic,
)
from casework.store.cases import Stamp
from casework.store.once import insert_once
from casework.store.visibility import disclosed
from casework.tables import (
    CaseFileRow,
    CaseMemberRow,
    ConsultationCaseRow,
    ConsultationConsultantRow,
    ConsultationNamedRow,
    ConsultationRow,
    ConsultationTopicRow,
)
from core.errors import NotFoundError
from core.i18n import Term
from core.permissions import Guard, NoteReach

KIND = Term("object.consultation")
LISTED = 1_000


@dataclass(frozen=True, slots=True)
class _Parts:
    """Topics, consultants and cases of several consultations, by consultation."""

    topics: dict[int, list[Topic]] = field(default_factory=lambda: defaultdict(list))
    consultants: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    cases: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))


def load_consultation(
    db: Session, consultation_id: int, *, lock: bool = False, removed: bool = False
) -> tuple[Consultation, Guard]:
    """Load a meeting, and who works on its cases.

    The guard's members are its consultants and the leads and members of its cases.
    """
    query = select(ConsultationRow).where(
        ConsultationRow.id == consultation_id,
        ConsultationRow.removed_at.is_not(None)
        if removed
        else ConsultationRow.removed_at.is_(None),
    )
    row = db.scalar(query.with_for_update() if lock else query)
    if row is None:
        raise NotFoundError(kind=KIND, id=consultation_id)
    parts = _parts(db, [row.id])
    named = db.scalars(
        select(ConsultationNamedRow.person_id).where(ConsultationNamedRow.consultation_id == row.id)
    )
    found = Consultation(
        id=row.id,
        held_on=row.held_on,
        starts_at=row.starts_at,
        status=row.status,
        audience=row.audience,
        form=row.form,
        secrecy=row.secrecy,
        author_id=row.author_id,
        version=row.version,
        expected_minutes=row.expected_minutes,
        topics=frozenset(parts.topics[row.id]),
        consultants=tuple(parts.consultants[row.id]),
        cases=tuple(parts.cases[row.id]),
        named=frozenset(named),
    )
    return found, _guard(db, found)


def add_consultation(
    db: Session, draft: Draft, status: ConsultationStatus, token: str | None, stamp: Stamp
) -> int | None:
    """Write a new meeting; None if this very form has already written one."""
    consultation_id = insert_once(
        db,
        ConsultationRow,
        author_id=stamp.person_id,
        status=status,
        token=token,
        created_at=stamp.now,
        **_columns(draft),
    )
    if consultation_id is not None:
        _add_parts(db, consultation_id, draft)
    return consultation_id


def find_consultation_by_token(db: Session, token: str) -> int | None:
    """Find the meeting that this very form has already written."""
    return db.scalar(select(ConsultationRow.id).where(ConsultationRow.token == token))


def save_consultation(
    db: Session, found: Consultation, draft: Draft, status: ConsultationStatus
) -> None:
    """Write a changed meeting under its next version."""
    db.execute(
        update(ConsultationRow)
        .where(ConsultationRow.id == found.id)
        .values(status=status, version=found.version + 1, **_columns(draft))
    )
    for table in (ConsultationTopicRow, ConsultationConsultantRow, ConsultationCaseRow):
        db.execute(delete(table).where(table.consultation_id == found.id))
    gone = found.named - draft.named
    db.execute(
        delete(ConsultationNamedRow).where(
            ConsultationNamedRow.consultation_id == found.id,
            ConsultationNamedRow.person_id.in_(sorted(gone)),
        )
    )
    _add_parts(db, found.id, draft, already_named=found.named)


def save_consultation_status(db: Session, found: Consultation, status: ConsultationStatus) -> None:
    """Write whether a meeting took place."""
    db.execute(
        update(ConsultationRow)
        .where(ConsultationRow.id == found.id)
        .values(status=status, version=found.version + 1)
    )


def find_removed_at(db: Session, consultation_id: int) -> datetime | None:
    """Find the moment at which a meeting was taken away."""
    return db.scalar(
        select(ConsultationRow.removed_at).where(ConsultationRow.id == consultation_id)
    )


def save_consultation_removed(db: Session, consultation_id: int, at: datetime | None) -> None:
    """Take a meeting away, or give it back."""
    db.execute(
        update(ConsultationRow).where(ConsultationRow.id == consultation_id).values(removed_at=at)
    )


def list_consultations(db: Session, search: Search, reach: NoteReach) -> tuple[Line, ...]:
    """List meetings of a period, the latest first; at most 1,000.

    A private one closed to the actor stands there as a date when the search tells nothing
    else of it, and not at all when it would. Minutes are filled in by the service.
    """
    known = disclosed(reach)
    shown = known if search.is_narrow else or_(known, _was_held())
    query = (
        of_period(search.since, search.until)
        .add_columns(known.label("known"))
        .where(shown, *_narrowing(search))
        .order_by(
            ConsultationRow.held_on.desc(),
            ConsultationRow.starts_at.desc().nulls_last(),
            ConsultationRow.id.desc(),
        )
        .limit(LISTED)
    )
    found = db.execute(query).all()
    parts = _parts(db, [row.id for row, is_known in found if is_known])
    return tuple(
        _line(row, parts) if is_known else Line(row.id, row.held_on, is_redacted=True)
        for row, is_known in found
    )


def list_case_consultations(db: Session, case_id: int, reach: NoteReach) -> tuple[Line, ...]:
    """List every meeting of a case that the actor may know to belong to it."""
    return list_consultations(db, Search(date.min, date.max, case_id=case_id), reach)


def list_planned(db: Session, person_id: int, until: date) -> tuple[Line, ...]:
    """List the planned meetings of a consultant up to a day, the earliest first."""
    mine = exists().where(
        ConsultationConsultantRow.consultation_id == ConsultationRow.id,
        ConsultationConsultantRow.person_id == person_id,
    )
    query = (
        of_period(date.min, until)
        .where(ConsultationRow.status == ConsultationStatus.PLANNED, mine)
        .order_by(
            ConsultationRow.held_on, ConsultationRow.starts_at.nulls_last(), ConsultationRow.id
        )
        .limit(LISTED)
    )
    return lines_of(db, db.scalars(query).all())


def list_meetings_of(
    db: Session, person_id: int, period: tuple[date, date], reach: NoteReach
) -> tuple[Line, ...]:
    """List the meetings that a consultant leads in a half-open period, the earliest first."""
    query = (
        of_period(*period)
        .where(
            disclosed(reach),
            exists().where(
                ConsultationConsultantRow.consultation_id == ConsultationRow.id,
                ConsultationConsultantRow.person_id == person_id,
            ),
        )
        .order_by(
            ConsultationRow.held_on, ConsultationRow.starts_at.nulls_last(), ConsultationRow.id
        )
        .limit(LISTED)
    )
    return lines_of(db, db.scalars(query).all())


def lines_of(db: Session, rows: Sequence[ConsultationRow]) -> tuple[Line, ...]:
    """Make lines of rows, with topics, consultants and cases."""
    parts = _parts(db, [row.id for row in rows])
    return tuple(_line(row, parts) for row in rows)


def of_period(since: date, until: date) -> Select[ConsultationRow]:
    """Ask for the meetings of a half-open period that were not taken away."""
    return select(ConsultationRow).where(
        ConsultationRow.removed_at.is_(None),
        ConsultationRow.held_on >= since,
        ConsultationRow.held_on < until,
    )


def _was_held() -> ColumnElement[bool]:
    return ConsultationRow.status == ConsultationStatus.HELD


def _narrowing(search: Search) -> list[ColumnElement[bool]]:
    clauses: list[ColumnElement[bool]] = []
    if search.status is not None:
        clauses.append(ConsultationRow.status == search.status)
    if search.consultant_id is not None:
        clauses.append(
            exists().where(
                ConsultationConsultantRow.consultation_id == ConsultationRow.id,
                ConsultationConsultantRow.person_id == search.consultant_id,
            )
        )
    if search.topic is not None:
        clauses.append(
            exists().where(
                ConsultationTopicRow.consultation_id == ConsultationRow.id,
                ConsultationTopicRow.topic == search.topic,
            )
        )
    if search.case_id is not None:
        clauses.append(
            exists().where(
                ConsultationCaseRow.consultation_id == ConsultationRow.id,
                ConsultationCaseRow.case_id == search.case_id,
            )
        )
    return clauses


def _line(row: ConsultationRow, parts: _Parts) -> Line:
    return Line(
        id=row.id,
        held_on=row.held_on,
        status=row.status,
        starts_at=row.starts_at,
        form=row.form,
        version=row.version,
        expected_minutes=row.expected_minutes,
        secrecy=row.secrecy,
        topics=tuple(parts.topics[row.id]),
        consultants=tuple(parts.consultants[row.id]),
        cases=tuple(parts.cases[row.id]),
    )


def _parts(db: Session, ids: Sequence[int]) -> _Parts:
    parts = _Parts()
    if not ids:
        return parts
    order = list(Topic)
    topic, consultant, case = ConsultationTopicRow, ConsultationConsultantRow, ConsultationCaseRow
    for id_, code in db.execute(
        select(topic.consultation_id, topic.topic).where(topic.consultation_id.in_(ids))
    ):
        parts.topics[id_].append(code)
    for codes in parts.topics.values():
        codes.sort(key=order.index)
    for id_, person in db.execute(
        select(consultant.consultation_id, consultant.person_id)
        .where(consultant.consultation_id.in_(ids))
        .order_by(consultant.position)
    ):
        parts.consultants[id_].append(person)
    for id_, case_id in db.execute(
        select(case.consultation_id, case.case_id)
        .where(case.consultation_id.in_(ids))
        .order_by(case.case_id)
    ):
        parts.cases[id_].append(case_id)
    return parts


def _guard(db: Session, found: Consultation) -> Guard:
    people, leads = set(found.consultants), frozenset[int]()
    if found.cases:
        members = select(CaseMemberRow.person_id, false()).where(
            CaseMemberRow.case_id.in_(found.cases), CaseMemberRow.until.is_(None)
        )
        lead = select(CaseFileRow.lead_id, true()).where(CaseFileRow.id.in_(found.cases))
        rows = db.execute(union(lead, members)).all()
        people.update(person for person, _leads in rows)
        leads = frozenset(person for person, is_lead in rows if is_lead)
    return Guard(
        case_id=found.cases[0] if found.cases else None,
        members=frozenset(people),
        secrecy=found.secrecy,
        author=found.author_id,
        named=found.named,
        leads=leads,
    )


def _columns(draft: Draft) -> dict[str, object]:
    return {
        "held_on": draft.held_on,
        "starts_at": draft.starts_at,
        "audience": draft.audience,
        "form": draft.form,
        "secrecy": draft.kept_secrecy,
        "expected_minutes": draft.expected_minutes,
    }


def _add_parts(db: Session, id_: int, draft: Draft, already_named: Iterable[int] = ()) -> None:
    people = [work.person_id for work in draft.consultants]
    rows: tuple[tuple[type, list[dict[str, object]]], ...] = (
        (ConsultationTopicRow, [{"topic": topic} for topic in sorted(draft.topics)]),
        (
            ConsultationConsultantRow,
            [{"person_id": person, "position": at} for at, person in enumerate(people)],
        ),
        (ConsultationCaseRow, [{"case_id": case} for case in sorted(draft.cases)]),
        (
            ConsultationNamedRow,
            [{"person_id": person} for person in sorted(draft.named - set(already_named))],
        ),
    )
    for table, values in rows:
        if values:
            db.execute(insert(table), [{"consultation_id": id_, **value} for value in values])

"""The half-yearly roll call."""

from datetime import date

from sqlalchemy import delete, exists, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from casework.domain.consultation import ConsultationStatus
from casework.domain.initiative import InitiativePart
from casework.domain.roll_call import RollAnswer, RollLine
from casework.store.cases import Stamp
from casework.store.visibility import disclosed
from casework.tables import (
    CaseFileRow,
    ConsultationCaseRow,
    ConsultationRow,
    InitiativePersonRow,
    InitiativeRow,
    RollAnswerRow,
    RollCallRow,
)
from core.errors import NotFoundError
from core.i18n import Term
from core.permissions import NoteReach


def add_roll_call(db: Session, half_on: date, stamp: Stamp) -> bool:
    """Begin the roll call of a half-year; False if it has begun already."""
    insert = sqlite.insert if db.get_bind().dialect.name == "sqlite" else postgresql.insert
    made = db.scalar(
        insert(RollCallRow)
        .values(
            half_on=half_on,
            begun_on=stamp.today,
            begun_by=stamp.person_id,
            created_at=stamp.now,
        )
        .on_conflict_do_nothing(index_elements=["half_on"])
        .returning(RollCallRow.id)
    )
    return made is not None


def find_roll_call(db: Session, half_on: date | None = None) -> tuple[int, date] | None:
    """Find the roll call of a half-year, or the latest: its id and first day."""
    query = select(RollCallRow.id, RollCallRow.half_on).order_by(RollCallRow.half_on.desc())
    if half_on is not None:
        query = query.where(RollCallRow.half_on == half_on)
    found = db.execute(query.limit(1)).first()
    return None if found is None else (found[0], found[1])


def load_roll_call(db: Session, roll_call_id: int) -> date:
    """Give the half-year of a roll call. Raises `NotFoundError`."""
    half_on = db.scalar(select(RollCallRow.half_on).where(RollCallRow.id == roll_call_id))
    if half_on is None:
        raise NotFoundError(kind=Term("object.roll_call"), id=roll_call_id)
    return half_on


def list_halves(db: Session) -> tuple[date, ...]:
    """List the half-years that have a roll call, the latest first."""
    return tuple(db.scalars(select(RollCallRow.half_on).order_by(RollCallRow.half_on.desc())))


def list_roll_lines(
    db: Session, roll_call_id: int, reach: NoteReach
) -> tuple[tuple[RollLine, int | None], ...]:
    """List every initiative ever accompanied, by name, each with its leader's id."""
    helped = exists().where(
        CaseFileRow.initiative_id == InitiativeRow.id, CaseFileRow.removed_at.is_(None)
    )
    answered = (RollAnswerRow.initiative_id == InitiativeRow.id) & (
        RollAnswerRow.roll_call_id == roll_call_id
    )
    query = (
        select(InitiativeRow.id, InitiativeRow.name, InitiativeRow.state, RollAnswerRow)
        .outerjoin(RollAnswerRow, answered)
        .where(helped)
        .order_by(InitiativeRow.sort_key, InitiativeRow.id)
    )
    last, leaders = _last_meetings(db, reach), _leaders(db)
    return tuple(
        (RollLine(id_, name, state, last.get(id_), answer=_answer(row)), leaders.get(id_))
        for id_, name, state, row in db.execute(query)
    )


def is_helped(db: Session, initiative_id: int) -> bool:
    """Tell whether an initiative was ever accompanied."""
    query = select(CaseFileRow.id).where(
        CaseFileRow.initiative_id == initiative_id, CaseFileRow.removed_at.is_(None)
    )
    return db.scalar(query.limit(1)) is not None


def find_roll_answer(db: Session, roll_call_id: int, initiative_id: int) -> RollAnswer | None:
    """Find what was learnt of an initiative in a roll call."""
    return _answer(_row(db, roll_call_id, initiative_id))


def find_last_heard(
    db: Session, roll_call_id: int, initiative_id: int, reach: NoteReach
) -> date | None:
    """Find the last contact with an initiative before a roll call.

    It is the latest day of its meetings, as far as they reach, and of earlier roll calls.
    """
    query = select(func.max(RollAnswerRow.last_contact_on)).where(
        RollAnswerRow.initiative_id == initiative_id, RollAnswerRow.roll_call_id < roll_call_id
    )
    days = (db.scalar(query), _last_meetings(db, reach).get(initiative_id))
    return max((day for day in days if day is not None), default=None)


def save_roll_answer(db: Session, of: tuple[int, int], answer: RollAnswer, stamp: Stamp) -> None:
    """Write what was learnt: `of` is the roll call and the initiative."""
    row = _row(db, *of)
    if row is None:
        row = RollAnswerRow(roll_call_id=of[0], initiative_id=of[1], version=0)
        db.add(row)
    row.outcome = answer.outcome
    row.source = answer.source
    row.last_contact_on = answer.last_contact_on
    row.note = answer.note
    row.event_id = answer.event_id
    row.by_id = stamp.person_id or None
    row.answered_at = stamp.now
    row.version += 1
    db.flush()


def delete_roll_answer(db: Session, roll_call_id: int, initiative_id: int) -> None:
    """Forget what was learnt of an initiative in a roll call."""
    db.execute(
        delete(RollAnswerRow).where(
            RollAnswerRow.roll_call_id == roll_call_id,
            RollAnswerRow.initiative_id == initiative_id,
        )
    )


def _row(db: Session, roll_call_id: int, initiative_id: int) -> RollAnswerRow | None:
    query = select(RollAnswerRow).where(
        RollAnswerRow.roll_call_id == roll_call_id, RollAnswerRow.initiative_id == initiative_id
    )
    return db.scalar(query.execution_options(populate_existing=True))


def _last_meetings(db: Session, reach: NoteReach) -> dict[int, date]:
    """Map initiatives to the day of their last meeting that the actor may know of."""
    query = (
        select(CaseFileRow.initiative_id, func.max(ConsultationRow.held_on))
        .join(ConsultationCaseRow, ConsultationCaseRow.case_id == CaseFileRow.id)
        .join(ConsultationRow, ConsultationRow.id == ConsultationCaseRow.consultation_id)
        .where(
            ConsultationRow.removed_at.is_(None),
            ConsultationRow.status == ConsultationStatus.HELD,
            disclosed(reach),
        )
        .group_by(CaseFileRow.initiative_id)
    )
    return {row[0]: row[1] for row in db.execute(query)}


def _leaders(db: Session) -> dict[int, int]:
    query = (
        select(InitiativePersonRow.initiative_id, func.min(InitiativePersonRow.person_id))
        .where(
            InitiativePersonRow.part == InitiativePart.LEADER,
            InitiativePersonRow.removed_at.is_(None),
        )
        .group_by(InitiativePersonRow.initiative_id)
    )
    return {row[0]: row[1] for row in db.execute(query)}


def _answer(row: RollAnswerRow | None) -> RollAnswer | None:
    if row is None:
        return None
    return RollAnswer(
        row.outcome, row.source, row.last_contact_on, row.note, row.event_id, row.version
    )

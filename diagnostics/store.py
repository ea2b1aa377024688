"""Instruments, runs and answers: rows to domain values and back."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from core.errors import NotFoundError
from core.i18n import Term
from diagnostics.domain.assessment import (
    Assessment,
    AssessmentState,
    NewAssessment,
    Response,
    Responses,
)
from diagnostics.domain.instrument import Instrument, Missing
from diagnostics.domain.scoring import Answer
from diagnostics.domain.source import Sheets, content_hash, dump, read_instrument, restore
from diagnostics.domain.views import AssessmentLine, AssessmentSearch, Earlier
from diagnostics.tables import (
    AssessmentNeedRow,
    AssessmentRow,
    InstrumentRow,
    InstrumentVersionRow,
    ResponseRow,
)

KIND: Final = Term("object.assessment")
_parsed: Final[dict[str, Instrument]] = {}
"""Versions by the hash of their content: they never change, so they are parsed once."""


def publish(db: Session, sheets: Sheets, now: datetime) -> tuple[int, bool]:
    """Make a source the current version of its instrument; say its id and whether it is new."""
    instrument, digest = read_instrument(sheets), content_hash(sheets)
    _insert_once(db, InstrumentRow, ("name",), name=instrument.name, current_hash=digest)
    row = db.scalars(
        select(InstrumentRow).where(InstrumentRow.name == instrument.name).with_for_update()
    ).one()
    row.current_hash = digest
    fresh = _insert_once(
        db,
        InstrumentVersionRow,
        ("instrument_id", "content_hash"),
        instrument_id=row.id,
        version=instrument.version,
        content_hash=digest,
        source=dump(sheets),
        published_at=now,
    )
    db.flush()
    return fresh or db.scalars(_current().where(InstrumentRow.id == row.id)).one(), bool(fresh)


def list_current(db: Session) -> tuple[int, ...]:
    """List the current version of every instrument."""
    return tuple(db.scalars(_current().order_by(InstrumentRow.name)))


def load_current(db: Session, name: str) -> int:
    """Give the current version of an instrument."""
    found = db.scalar(_current().where(InstrumentRow.name == name))
    if found is None:
        raise NotFoundError(kind=Term("object.instrument"), id=name[:40])
    return found


def load_instrument(db: Session, version_id: int) -> Instrument:
    """Load an instrument as it was published."""
    digest = db.scalar(
        select(InstrumentVersionRow.content_hash).where(InstrumentVersionRow.id == version_id)
    )
    if digest is None:
        raise NotFoundError(kind=Term("object.instrument"), id=version_id)
    if digest not in _parsed:
        source = db.scalars(
            select(InstrumentVersionRow.source).where(InstrumentVersionRow.id == version_id)
        ).one()
        _parsed[digest] = read_instrument(restore(source))
    return _parsed[digest]


def add_assessment(
    db: Session, new: NewAssessment, *, initiative_id: int, by: int, now: datetime
) -> tuple[int, bool]:
    """Start a run; a form sent twice finds the first one. Say its id and whether it is new."""
    fresh = _insert_once(
        db,
        AssessmentRow,
        ("token",),
        case_id=new.case_id,
        initiative_id=initiative_id,
        version_id=load_current(db, new.instrument),
        kind=new.kind,
        respondents=new.respondents,
        state=AssessmentState.DRAFT,
        held_on=new.held_on,
        started_by=by,
        started_at=now,
        version=1,
        token=new.token,
    )
    if fresh is not None:
        return fresh, True
    query = select(AssessmentRow.id).where(AssessmentRow.token == new.token)
    return db.scalars(query).one(), False


def load_assessment(
    db: Session, assessment_id: int, *, lock: bool = False, removed: bool = False
) -> Assessment:
    """Load the head of a run; a removed one only when asked for."""
    query = select(AssessmentRow).where(
        AssessmentRow.id == assessment_id, AssessmentRow.removed_at.is_not(None) == removed
    )
    query = query.with_for_update() if lock else query
    row = db.scalar(query.execution_options(populate_existing=True))
    if row is None:
        raise NotFoundError(kind=KIND, id=assessment_id)
    return Assessment(
        id=row.id,
        case_id=row.case_id,
        initiative_id=row.initiative_id,
        version_id=row.version_id,
        kind=row.kind,
        respondents=row.respondents,
        state=row.state,
        held_on=row.held_on,
        started_by=row.started_by,
        started_at=row.started_at,
        submitted_at=row.submitted_at,
        version=row.version,
    )


def load_responses(db: Session, assessment_id: int) -> dict[str, Response]:
    """Load what stands under each item of a run."""
    rows = db.scalars(select(ResponseRow).where(ResponseRow.assessment_id == assessment_id))
    return {row.item: Response(_answer(row), row.justification) for row in rows}


def save_responses(
    db: Session, assessment_id: int, responses: Responses, *, by: int, now: datetime
) -> None:
    """Write what stands under some items, and count it as one change of the run."""
    rows = {
        row.item: row
        for row in db.scalars(
            select(ResponseRow).where(
                ResponseRow.assessment_id == assessment_id, ResponseRow.item.in_(responses)
            )
        )
    }
    for item, response in responses.items():
        row = rows.get(item) or ResponseRow(assessment_id=assessment_id, item=item)
        row.level, row.missing = _cells(response.answer)
        row.justification = response.justification
        row.answered_by, row.answered_at = by, now
        db.add(row)
    db.flush()
    _save(db, assessment_id)


def save_submitted(db: Session, assessment_id: int, *, by: int, now: datetime) -> None:
    """Make a draft a submitted run."""
    _save(
        db,
        assessment_id,
        state=AssessmentState.SUBMITTED,
        submitted_by=by,
        submitted_at=now,
    )


def save_draft(db: Session, assessment_id: int) -> None:
    """Make a submitted run a draft again."""
    _save(db, assessment_id, state=AssessmentState.DRAFT, submitted_by=None, submitted_at=None)


def save_removed(db: Session, assessment_id: int, at: datetime | None) -> None:
    """Take a run away, or give it back."""
    _save(db, assessment_id, removed_at=at)


def list_assessments(db: Session, search: AssessmentSearch) -> tuple[AssessmentLine, ...]:
    """List runs, the latest first: one statement. Names and texts are the service's."""
    dealt_with = (
        select(ResponseRow.assessment_id, func.count().label("answered"))
        .where(or_(ResponseRow.level.is_not(None), ResponseRow.missing.is_not(None)))
        .group_by(ResponseRow.assessment_id)
        .subquery()
    )
    query = (
        select(AssessmentRow, func.coalesce(dealt_with.c.answered, 0))
        .outerjoin(dealt_with, dealt_with.c.assessment_id == AssessmentRow.id)
        .where(AssessmentRow.removed_at.is_(None))
        .order_by(AssessmentRow.held_on.desc(), AssessmentRow.id.desc())
    )
    for column, value in (
        (AssessmentRow.state, search.state),
        (AssessmentRow.kind, search.kind),
        (AssessmentRow.case_id, search.case_id),
        (AssessmentRow.initiative_id, search.initiative_id),
        (AssessmentRow.started_by, search.started_by),
    ):
        if value is not None:
            query = query.where(column == value)
    return tuple(
        AssessmentLine(
            id=row.id,
            case_id=row.case_id,
            initiative_id=row.initiative_id,
            version_id=row.version_id,
            kind=row.kind,
            state=row.state,
            held_on=row.held_on,
            started_by=row.started_by,
            answered=answered,
        )
        for row, answered in db.execute(query)
    )


def list_earlier(db: Session, assessment: Assessment) -> tuple[Earlier, ...]:
    """List the submitted runs of the initiative before this one, the latest first."""
    instrument = select(InstrumentVersionRow.instrument_id)
    before = (AssessmentRow.held_on < assessment.held_on) | (
        (AssessmentRow.held_on == assessment.held_on) & (AssessmentRow.id < assessment.id)
    )
    query = (
        select(AssessmentRow.id, AssessmentRow.held_on, AssessmentRow.kind)
        .join(InstrumentVersionRow, InstrumentVersionRow.id == AssessmentRow.version_id)
        .where(
            AssessmentRow.initiative_id == assessment.initiative_id,
            AssessmentRow.state == AssessmentState.SUBMITTED,
            AssessmentRow.removed_at.is_(None),
            InstrumentVersionRow.instrument_id
            == instrument.where(InstrumentVersionRow.id == assessment.version_id)
            .scalar_subquery(),
            before,
        )
        .order_by(AssessmentRow.held_on.desc(), AssessmentRow.id.desc())
    )  # fmt: skip
    return tuple(Earlier(*row) for row in db.execute(query))


def load_needs(db: Session, assessment_id: int) -> dict[str, int]:
    """Map the items of a run to the needs made of their gaps."""
    rows = db.execute(
        select(AssessmentNeedRow.item, AssessmentNeedRow.need_id).where(
            AssessmentNeedRow.assessment_id == assessment_id
        )
    )
    return {row.item: row.need_id for row in rows}


def add_needs(db: Session, assessment_id: int, needs: Mapping[str, int]) -> None:
    """Remember which gaps have become which needs."""
    db.add_all(
        AssessmentNeedRow(assessment_id=assessment_id, item=item, need_id=need_id)
        for item, need_id in needs.items()
    )
    db.flush()


def delete_needs(db: Session, assessment_id: int, need_ids: Iterable[int]) -> None:
    """Forget that these needs came from this run."""
    db.execute(
        delete(AssessmentNeedRow).where(
            AssessmentNeedRow.assessment_id == assessment_id,
            AssessmentNeedRow.need_id.in_(list(need_ids)),
        )
    )


def _current() -> Select[int]:
    return select(InstrumentVersionRow.id).join(
        InstrumentRow,
        (InstrumentRow.id == InstrumentVersionRow.instrument_id)
        & (InstrumentRow.current_hash == InstrumentVersionRow.content_hash),
    )


def _answer(row: ResponseRow) -> Answer:
    return row.missing or row.level or Missing.NOT_ANSWERED


def _cells(answer: Answer) -> tuple[str | None, Missing | None]:
    if not isinstance(answer, Missing):
        return answer, None
    return None, None if answer is Missing.NOT_ANSWERED else answer


def _save(db: Session, assessment_id: int, **values: Any) -> None:  # noqa: ANN401 — columns
    db.execute(
        update(AssessmentRow)
        .where(AssessmentRow.id == assessment_id)
        .values(version=AssessmentRow.version + 1, **values)
        .execution_options(synchronize_session=False)
    )


def _insert_once(
    db: Session,
    table: type[InstrumentRow | InstrumentVersionRow | AssessmentRow],
    unique: tuple[str, ...],
    **values: Any,  # noqa: ANN401 — columns
) -> int | None:
    """Insert a row and give its id; None if its unique columns are already taken."""
    insert = sqlite.insert if db.get_bind().dialect.name == "sqlite" else postgresql.insert
    statement = (
        insert(table)
        .values(**values)
        .on_conflict_do_nothing(index_elements=unique)
        .returning(table.id)
    )
    return db.scalar(statement)

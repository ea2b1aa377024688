"""Agreed next steps."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from casework.domain.need import Origin
from casework.domain.step import NewStep, Step
from casework.store.cases import Stamp
from casework.store.visibility import step_disclosed
from casework.tables import CaseFileRow, NextStepRow
from core.errors import NotFoundError
from core.i18n import Term
from core.permissions import NoteReach


def list_case_steps(db: Session, case_id: int, reach: NoteReach) -> tuple[Step, ...]:
    """List the steps of a case that the actor may know of, the nearest day first."""
    return _steps(db, NextStepRow.case_id == case_id, step_disclosed(reach))


def list_steps_of(db: Session, origin: Origin, *, removed: bool = False) -> tuple[Step, ...]:
    """List the steps that came from one thing, or those of them that were taken away."""
    came = (NextStepRow.origin_type == origin[0], NextStepRow.origin_id == origin[1])
    return _steps(db, *came, removed=removed)


def list_waiting_origins(db: Session, case_id: int, kind: str) -> tuple[int, ...]:
    """List the ids of the things of one kind from which steps of a case came that are not done."""
    query = select(NextStepRow.origin_id).where(
        NextStepRow.case_id == case_id,
        NextStepRow.origin_type == kind,
        NextStepRow.done_on.is_(None),
        NextStepRow.removed_at.is_(None),
    )
    return tuple(one for one in db.scalars(query) if one is not None)


def list_due_steps(db: Session, person_id: int, until: date, reach: NoteReach) -> tuple[Step, ...]:
    """List steps not done that are due by a day.

    They are the person's own, and those of nobody in cases they lead or stand in for.
    """
    led = select(CaseFileRow.id).where(
        CaseFileRow.lead_id.in_({person_id} | reach.stands_in_for), CaseFileRow.removed_at.is_(None)
    )
    mine = or_(
        NextStepRow.responsible_id == person_id,
        NextStepRow.responsible_id.is_(None) & NextStepRow.case_id.in_(led),
    )
    return _steps(
        db,
        mine,
        NextStepRow.done_on.is_(None),
        NextStepRow.due_on.is_not(None),
        NextStepRow.due_on <= until,
        step_disclosed(reach),
    )


def load_step(db: Session, step_id: int, *, removed: bool = False) -> Step:
    """Load one step."""
    row = db.get(NextStepRow, step_id, populate_existing=True)
    if row is None or (row.removed_at is not None and not removed):
        raise NotFoundError(kind=Term("object.step"), id=step_id)
    return _step(row)


def add_step(
    db: Session, case_id: int | None, step: NewStep, origin: Origin | None, stamp: Stamp
) -> int:
    """Write a step."""
    row = NextStepRow(
        case_id=case_id,
        need_id=step.need_id,
        kind=step.kind,
        text=step.text,
        due_on=step.due_on,
        responsible_id=step.responsible_id,
        origin_type=origin[0] if origin else None,
        origin_id=origin[1] if origin else None,
        created_at=stamp.now,
    )
    db.add(row)
    db.flush()
    return row.id


def save_step_done(db: Session, step_id: int, done_on: date | None, by_id: int | None) -> None:
    """Tick a step, or untick it."""
    db.execute(
        update(NextStepRow).where(NextStepRow.id == step_id).values(done_on=done_on, done_by=by_id)
    )


def save_step_removed(db: Session, step_id: int, at: datetime | None) -> None:
    """Take a step away, or give it back."""
    db.execute(update(NextStepRow).where(NextStepRow.id == step_id).values(removed_at=at))


def save_steps_of_removed(
    db: Session, origin: Origin, at: datetime | None, before: datetime | None = None
) -> None:
    """Take the steps of a thing away together with it; or give back those taken `before`."""
    then = NextStepRow.removed_at
    db.execute(
        update(NextStepRow)
        .where(
            NextStepRow.origin_type == origin[0],
            NextStepRow.origin_id == origin[1],
            then.is_(None) if before is None else then == before,
        )
        .values(removed_at=at)
    )


def _steps(
    db: Session, *conditions: ColumnElement[bool], removed: bool = False
) -> tuple[Step, ...]:
    gone = NextStepRow.removed_at.is_not(None) if removed else NextStepRow.removed_at.is_(None)
    rows = db.scalars(
        select(NextStepRow)
        .where(gone, *conditions)
        .order_by(NextStepRow.due_on.is_(None), NextStepRow.due_on, NextStepRow.id)
    )
    return tuple(_step(row) for row in rows)


def _step(row: NextStepRow) -> Step:
    origin = None
    if row.origin_type is not None and row.origin_id is not None:
        origin = (row.origin_type, row.origin_id)
    return Step(
        id=row.id,
        case_id=row.case_id,
        text=row.text,
        due_on=row.due_on,
        responsible_id=row.responsible_id,
        done_on=row.done_on,
        origin=origin,
        kind=row.kind,
        need_id=row.need_id,
    )

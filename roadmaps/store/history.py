"""The history of a plan: every change, there and back."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from roadmaps.domain.chain import Mark
from roadmaps.domain.edit_data import edit_from_data, edit_to_data
from roadmaps.domain.roadmap import PlanEdit
from roadmaps.tables import PlanEditRow


def add_edit(db: Session, roadmap_id: int, edit: PlanEdit, key: str | None = None) -> None:
    """Write one change under its number; `key` names the request that asked for it."""
    db.add(
        PlanEditRow(
            roadmap_id=roadmap_id,
            seq=edit.seq,
            forward=json.dumps(edit_to_data(edit.forward), ensure_ascii=False),
            backward=json.dumps(edit_to_data(edit.backward), ensure_ascii=False),
            by=edit.by,
            made_at=edit.made_at,
            undoes=edit.undoes,
            key=key,
        )
    )


def find_made(db: Session, roadmap_id: int, by: int, key: str) -> PlanEdit | None:
    """Find the change that a request of a person has made already."""
    found = db.scalar(_of(roadmap_id).where(PlanEditRow.by == by, PlanEditRow.key == key))
    return None if found is None else _edit(found)


def find_maker(db: Session, roadmap_id: int) -> tuple[int, datetime] | None:
    """Find who made the latest change of a plan, and when."""
    row = PlanEditRow
    query = select(row.by, row.made_at).where(row.roadmap_id == roadmap_id)
    found = db.execute(query.order_by(row.seq.desc()).limit(1)).first()
    return None if found is None else (found.by, found.made_at)


def find_made_at(db: Session, roadmap_id: int, version: int) -> datetime | None:
    """Find when the change was made that led to a version; None if none did."""
    row = PlanEditRow
    query = select(row.made_at).where(row.roadmap_id == roadmap_id, row.seq == version - 1)
    return db.scalar(query)


def list_edits(db: Session, roadmap_id: int, limit: int | None = None) -> tuple[PlanEdit, ...]:
    """List the changes of a plan, the latest `limit` of them, oldest first."""
    query = _of(roadmap_id).order_by(PlanEditRow.seq.desc()).limit(limit)
    return tuple(_edit(row) for row in reversed(db.scalars(query).all()))


def list_marks(db: Session, roadmap_id: int) -> tuple[Mark, ...]:
    """List the numbers of all changes of a plan, what they take back and by whom, oldest first."""
    query = (
        select(PlanEditRow.seq, PlanEditRow.undoes, PlanEditRow.by)
        .where(PlanEditRow.roadmap_id == roadmap_id)
        .order_by(PlanEditRow.seq)
    )
    return tuple(Mark(*row) for row in db.execute(query))


def load_edit(db: Session, roadmap_id: int, seq: int) -> PlanEdit:
    """Load one change by a number that `list_marks` gave."""
    return _edit(db.scalars(_of(roadmap_id).where(PlanEditRow.seq == seq)).one())


def find_edits_since(db: Session, roadmap_id: int, seq: int) -> tuple[PlanEdit, ...]:
    """List the changes from a number on, oldest first."""
    query = _of(roadmap_id).where(PlanEditRow.seq >= seq).order_by(PlanEditRow.seq)
    return tuple(_edit(row) for row in db.scalars(query))


def _of(roadmap_id: int) -> Select[Any]:
    return select(PlanEditRow).where(PlanEditRow.roadmap_id == roadmap_id)


def _edit(row: PlanEditRow) -> PlanEdit:
    made_at: datetime = row.made_at
    return PlanEdit(
        seq=row.seq,
        forward=edit_from_data(json.loads(row.forward)),
        backward=edit_from_data(json.loads(row.backward)),
        by=row.by,
        made_at=made_at,
        undoes=row.undoes,
    )

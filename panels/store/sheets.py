"""Score sheets and what was adopted from them: rows ↔ values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import ColumnElement, delete, exists, select, update
from sqlalchemy.orm import Session

from core.errors import NotFoundError
from core.i18n import Term
from panels.domain.sheet import Opinion, Score, ScoreSheet, SheetState
from panels.store.panels import Stamp
from panels.tables import (
    AdoptionRow,
    ConflictRow,
    PanelRow,
    ScoreRow,
    ScoreSheetRow,
    SubmissionRow,
)

KIND = Term("object.sheet")
_FRESH: Final = {"populate_existing": True}
"""A sheet is read again once its panel is locked, and must then be as it is now."""


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One sheet in its expert's own list."""

    id: int
    submission_id: int
    title: str
    panel_id: int
    panel_title: str
    due_on: date | None
    state: SheetState
    answered: int
    is_barred: bool
    is_closed: bool
    return_reason: str


@dataclass(frozen=True, slots=True)
class Adoption:
    """A recommendation that became a next step."""

    sheet_id: int
    line: str
    next_step_id: int


def add_sheets(db: Session, pairs: Iterable[tuple[int, int]]) -> None:
    """Write blank sheets for (project, expert) pairs."""
    db.add_all(ScoreSheetRow(submission_id=project, expert_id=expert) for project, expert in pairs)
    db.flush()


def load_sheet(db: Session, sheet_id: int) -> ScoreSheet:
    """Load one sheet with its scores. Raises `NotFoundError`."""
    found = _load(db, ScoreSheetRow.id == sheet_id)
    if not found:
        raise NotFoundError(kind=KIND, id=sheet_id)
    return found[0]


def list_sheets(db: Session, submission_ids: Iterable[int]) -> tuple[ScoreSheet, ...]:
    """Load every sheet on some projects with its scores, in two queries."""
    return _load(db, ScoreSheetRow.submission_id.in_(submission_ids))


def list_own_sheets(db: Session, expert_id: int) -> tuple[SheetLine, ...]:
    """List an expert's sheets: the nearest dates first."""
    barred = exists().where(
        ConflictRow.submission_id == ScoreSheetRow.submission_id,
        ConflictRow.expert_id == ScoreSheetRow.expert_id,
    )
    rows = db.execute(
        select(ScoreSheetRow, SubmissionRow.title, PanelRow, barred)
        .join(SubmissionRow, SubmissionRow.id == ScoreSheetRow.submission_id)
        .join(PanelRow, PanelRow.id == SubmissionRow.panel_id)
        .where(ScoreSheetRow.expert_id == expert_id, SubmissionRow.withdrawn_at.is_(None))
        .order_by(PanelRow.due_on.is_(None), PanelRow.due_on, PanelRow.id, ScoreSheetRow.id)
    ).all()
    scores = _scores(db, [sheet.id for sheet, *_ in rows])
    return tuple(
        SheetLine(
            sheet.id, sheet.submission_id, title, panel.id, panel.title, panel.due_on,
            sheet.state, sum(score.is_answered for score in scores.get(sheet.id, ())),
            is_barred, panel.closed_at is not None, sheet.return_reason,
        )
        for sheet, title, panel, is_barred in rows
    )  # fmt: skip


def save_opinion(db: Session, sheet_id: int, opinion: Opinion) -> None:
    """Replace all that a sheet says, under its next version."""
    db.execute(delete(ScoreRow).where(ScoreRow.sheet_id == sheet_id))
    db.add_all(
        ScoreRow(
            sheet_id=sheet_id,
            criterion_id=score.criterion_id,
            mark=score.mark,
            abstains=score.abstains,
            reason=score.reason,
        )
        for score in opinion.scores
        if score.is_answered or score.reason
    )
    db.execute(
        update(ScoreSheetRow)
        .where(ScoreSheetRow.id == sheet_id)
        .values(
            comment=opinion.comment,
            recommendation=opinion.recommendation,
            version=ScoreSheetRow.version + 1,
        )
    )
    db.flush()


def save_submitted(
    db: Session, sheet_id: int, at: datetime | None, return_reason: str = ""
) -> None:
    """Hand a sheet in, or return it to its expert as a draft."""
    db.execute(
        update(ScoreSheetRow)
        .where(ScoreSheetRow.id == sheet_id)
        .values(
            state=SheetState.DRAFT if at is None else SheetState.SUBMITTED,
            submitted_at=at,
            return_reason=return_reason,
            version=ScoreSheetRow.version + 1,
        )
    )


def list_adoptions(db: Session, sheet_ids: Iterable[int]) -> tuple[Adoption, ...]:
    """List what was adopted from some sheets."""
    rows = db.scalars(
        select(AdoptionRow).where(AdoptionRow.sheet_id.in_(sheet_ids)).order_by(AdoptionRow.id)
    )
    return tuple(Adoption(row.sheet_id, row.line, row.next_step_id) for row in rows)


def add_adoption(db: Session, adoption: Adoption, stamp: Stamp) -> None:
    """Write that a recommendation became a next step."""
    db.add(
        AdoptionRow(
            sheet_id=adoption.sheet_id,
            line=adoption.line,
            next_step_id=adoption.next_step_id,
            adopted_by=stamp.person_id,
            adopted_at=stamp.now,
        )
    )
    db.flush()


def _load(db: Session, wanted: ColumnElement[bool]) -> tuple[ScoreSheet, ...]:
    query = select(ScoreSheetRow).where(wanted).order_by(ScoreSheetRow.id)
    rows = db.scalars(query.execution_options(**_FRESH)).all()
    scores = _scores(db, [row.id for row in rows])
    return tuple(
        ScoreSheet(
            id=row.id,
            submission_id=row.submission_id,
            expert_id=row.expert_id,
            state=row.state,
            opinion=Opinion(scores.get(row.id, ()), row.comment, row.recommendation),
            version=row.version,
            submitted_at=row.submitted_at,
            return_reason=row.return_reason,
        )
        for row in rows
    )


def _scores(db: Session, sheet_ids: Iterable[int]) -> dict[int, tuple[Score, ...]]:
    rows = db.scalars(
        select(ScoreRow)
        .where(ScoreRow.sheet_id.in_(sheet_ids))
        .order_by(ScoreRow.criterion_id)
        .execution_options(**_FRESH)
    )
    found: dict[int, tuple[Score, ...]] = {}
    for row in rows:
        score = Score(row.criterion_id, row.mark, row.abstains, row.reason)
        found[row.sheet_id] = (*found.get(row.sheet_id, ()), score)
    return found

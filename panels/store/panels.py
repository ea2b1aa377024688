"""Panels, their criteria and experts: rows ↔ values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import delete, exists, func, or_, select, update
from sqlalchemy.orm import Session

from core.errors import NotFoundError
from core.i18n import Term
from core.permissions import Guard
from panels.domain.criteria import Criterion, Scale
from panels.domain.panel import NewPanel, Panel, PanelKind
from panels.tables import (
    ConflictRow,
    CriterionRow,
    PanelMemberRow,
    PanelRow,
    ScoreRow,
    ScoreSheetRow,
    SubmissionRow,
)

KIND = Term("object.panel")
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who writes, and when."""

    person_id: int
    now: datetime


@dataclass(frozen=True, slots=True)
class PanelLine:
    """One panel of a list."""

    id: int
    title: str
    kind: PanelKind
    chair_id: int
    due_on: date | None
    is_closed: bool
    expert_ids: tuple[int, ...]
    submissions: int


def load_panel(db: Session, panel_id: int, *, lock: bool = False) -> tuple[Panel, Guard]:
    """Load a panel; its guard has the chair as lead and the experts as members."""
    query = select(PanelRow).where(PanelRow.id == panel_id)
    row = db.scalar(query.with_for_update() if lock else query)
    if row is None:
        raise NotFoundError(kind=KIND, id=panel_id)
    criteria = db.scalars(
        select(CriterionRow)
        .where(CriterionRow.panel_id == panel_id)
        .order_by(CriterionRow.position, CriterionRow.id)
    )
    experts = _experts(db, [panel_id]).get(panel_id, ())
    panel = Panel(
        id=row.id,
        title=row.title,
        kind=row.kind,
        chair_id=row.chair_id,
        due_on=row.due_on,
        criteria=tuple(_criterion(found) for found in criteria),
        expert_ids=experts,
        closed_at=row.closed_at,
        version=row.version,
    )
    return panel, Guard(lead=row.chair_id, members=frozenset(experts))


def list_panels(db: Session, person_id: int | None) -> tuple[PanelLine, ...]:
    """List panels, the open ones and the nearest dates first.

    With a person, only those that this person chairs or is an expert of.
    """
    query = select(PanelRow).order_by(
        PanelRow.closed_at.is_not(None), PanelRow.due_on.is_(None), PanelRow.due_on, PanelRow.id
    )
    if person_id is not None:
        member = exists().where(
            PanelMemberRow.panel_id == PanelRow.id, PanelMemberRow.person_id == person_id
        )
        query = query.where(or_(PanelRow.chair_id == person_id, member))
    rows = db.scalars(query).all()
    ids = [row.id for row in rows]
    experts, counts = _experts(db, ids), _submissions(db, ids)
    return tuple(
        PanelLine(
            row.id, row.title, row.kind, row.chair_id, row.due_on, row.closed_at is not None,
            experts.get(row.id, ()), counts.get(row.id, 0),
        )
        for row in rows
    )  # fmt: skip


def find_by_token(db: Session, token: str | None) -> int | None:
    """Find the panel that this very form has already set up."""
    if token is None:
        return None
    return db.scalar(select(PanelRow.id).where(PanelRow.token == token))


def add_panel(db: Session, new: NewPanel, stamp: Stamp) -> int:
    """Write a panel without criteria and experts."""
    row = PanelRow(
        title=new.title,
        kind=new.kind,
        chair_id=new.chair_id,
        due_on=new.due_on,
        token=new.token,
        created_by=stamp.person_id,
        created_at=stamp.now,
    )
    db.add(row)
    db.flush()
    return row.id


def save_closed(db: Session, panel_id: int, at: datetime | None) -> None:
    """Close a panel, or open it again."""
    db.execute(
        update(PanelRow)
        .where(PanelRow.id == panel_id)
        .values(closed_at=at, version=PanelRow.version + 1)
    )


def add_criterion(db: Session, panel_id: int, criterion: Criterion) -> int:
    """Write a criterion after the panel's others."""
    last = db.scalar(
        select(func.max(CriterionRow.position)).where(CriterionRow.panel_id == panel_id)
    )
    row = CriterionRow(
        panel_id=panel_id,
        position=(last or 0) + 1,
        title=dict(criterion.title),
        question=dict(criterion.question),
        levels={str(mark): dict(texts) for mark, texts in criterion.levels.items()},
        weight_hundredths=int(criterion.weight * _HUNDRED),
        low=criterion.scale.low,
        high=criterion.scale.high,
        is_required=criterion.is_required,
    )
    db.add(row)
    db.flush()
    return row.id


def delete_criterion(db: Session, criterion_id: int) -> None:
    """Take a criterion that nobody has marked out of its panel."""
    db.execute(delete(CriterionRow).where(CriterionRow.id == criterion_id))


def find_criterion_panel(db: Session, criterion_id: int) -> int:
    """Give the panel of a criterion. Raises `NotFoundError`."""
    panel_id = db.scalar(select(CriterionRow.panel_id).where(CriterionRow.id == criterion_id))
    if panel_id is None:
        raise NotFoundError(kind=Term("object.criterion"), id=criterion_id)
    return panel_id


def has_scores(db: Session, panel_id: int) -> bool:
    """Tell whether any expert has marked anything in the panel, drafts included."""
    found = (
        select(ScoreRow.id)
        .join(CriterionRow, CriterionRow.id == ScoreRow.criterion_id)
        .where(CriterionRow.panel_id == panel_id)
        .limit(1)
    )
    return db.scalar(found) is not None


def add_expert(db: Session, panel_id: int, person_id: int, at: datetime) -> None:
    """Write an expert into a panel."""
    db.add(PanelMemberRow(panel_id=panel_id, person_id=person_id, assigned_at=at))
    db.flush()


def delete_expert(db: Session, panel_id: int, person_id: int) -> None:
    """Take an expert and their blank sheets out of a panel."""
    projects = select(SubmissionRow.id).where(SubmissionRow.panel_id == panel_id)
    db.execute(
        delete(ScoreSheetRow).where(
            ScoreSheetRow.expert_id == person_id,
            ScoreSheetRow.submission_id.in_(projects.scalar_subquery()),
        )
    )
    db.execute(
        delete(PanelMemberRow).where(
            PanelMemberRow.panel_id == panel_id, PanelMemberRow.person_id == person_id
        )
    )


def count_sheets(db: Session, panel_ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Count, for some panels, the sheets handed in and the sheets wanted.

    Withdrawn projects and experts with a conflict of interest are left out of both.
    """
    barred = exists().where(
        ConflictRow.submission_id == ScoreSheetRow.submission_id,
        ConflictRow.expert_id == ScoreSheetRow.expert_id,
    )
    rows = db.execute(
        select(
            SubmissionRow.panel_id,
            func.count(ScoreSheetRow.submitted_at),
            func.count(ScoreSheetRow.id),
        )
        .join(ScoreSheetRow, ScoreSheetRow.submission_id == SubmissionRow.id)
        .where(SubmissionRow.panel_id.in_(panel_ids), SubmissionRow.withdrawn_at.is_(None), ~barred)
        .group_by(SubmissionRow.panel_id)
    )
    return {panel_id: (done, wanted) for panel_id, done, wanted in rows}


def _experts(db: Session, panel_ids: Iterable[int]) -> dict[int, tuple[int, ...]]:
    rows = db.execute(
        select(PanelMemberRow.panel_id, PanelMemberRow.person_id)
        .where(PanelMemberRow.panel_id.in_(panel_ids))
        .order_by(PanelMemberRow.assigned_at, PanelMemberRow.person_id)
    )
    found: dict[int, tuple[int, ...]] = {}
    for panel_id, person_id in rows:
        found[panel_id] = (*found.get(panel_id, ()), person_id)
    return found


def _submissions(db: Session, panel_ids: Iterable[int]) -> dict[int, int]:
    rows = db.execute(
        select(SubmissionRow.panel_id, func.count())
        .where(SubmissionRow.panel_id.in_(panel_ids), SubmissionRow.withdrawn_at.is_(None))
        .group_by(SubmissionRow.panel_id)
    )
    return {panel_id: count for panel_id, count in rows}  # noqa: C416 — a typed dict of a Result


def _criterion(row: CriterionRow) -> Criterion:
    return Criterion(
        id=row.id,
        title=row.title,
        question=row.question,
        weight=Decimal(row.weight_hundredths) / _HUNDRED,
        scale=Scale(row.low, row.high),
        levels={int(mark): texts for mark, texts in row.levels.items()},
        is_required=row.is_required,
    )

"""Tables of panels; private to the store."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, UtcDateTime, coded
from panels.domain.panel import PanelKind
from panels.domain.sheet import SheetState


class PanelRow(Base):
    """A council of experts."""

    __tablename__ = "panel"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    kind: Mapped[PanelKind] = mapped_column(coded(PanelKind))
    chair_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    due_on: Mapped[date | None] = mapped_column(index=True)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)
    token: Mapped[str | None] = mapped_column(String(64), unique=True)
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class CriterionRow(Base):
    """One criterion of a panel; wordings by language as JSON."""

    __tablename__ = "criterion"

    id: Mapped[int] = mapped_column(primary_key=True)
    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    title: Mapped[dict[str, str]] = mapped_column(JSON)
    question: Mapped[dict[str, str]] = mapped_column(JSON)
    levels: Mapped[dict[str, Any]] = mapped_column(JSON)
    weight_hundredths: Mapped[int]
    low: Mapped[int]
    high: Mapped[int]
    is_required: Mapped[bool] = mapped_column(default=True)

    __table_args__ = (
        CheckConstraint("weight_hundredths BETWEEN 1 AND 10000", name="weight"),
        CheckConstraint("low >= 1 AND low < high AND high <= 10", name="scale"),
        *Base.__table_args__,
    )


class PanelMemberRow(Base):
    """An expert of a panel."""

    __tablename__ = "panel_member"

    panel_id: Mapped[int] = mapped_column(
        ForeignKey("panel.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    assigned_at: Mapped[datetime] = mapped_column(UtcDateTime)
    __table_args__ = ()


class SubmissionRow(Base):
    """A project before a panel: its text never changes, a rework is a new version."""

    __tablename__ = "submission"

    id: Mapped[int] = mapped_column(primary_key=True)
    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id", ondelete="CASCADE"), index=True)
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"), index=True)
    title: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    version: Mapped[int]
    submitted_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    submitted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawal_reason: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (
        UniqueConstraint("panel_id", "initiative_id", "version"),
        CheckConstraint("version >= 1", name="version"),
        CheckConstraint("length(text) <= 50000", name="text"),
        *Base.__table_args__,
    )


class ScoreSheetRow(Base):
    """The sheet of one expert on one project."""

    __tablename__ = "score_sheet"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(
        ForeignKey("submission.id", ondelete="CASCADE"), index=True
    )
    expert_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[SheetState] = mapped_column(coded(SheetState), default=SheetState.DRAFT)
    comment: Mapped[str] = mapped_column(Text, default="")
    recommendation: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    return_reason: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (
        UniqueConstraint("submission_id", "expert_id"),
        CheckConstraint("(state = 'submitted') = (submitted_at IS NOT NULL)", name="submitted_at"),
        *Base.__table_args__,
    )


class ScoreRow(Base):
    """A mark on one criterion, or an abstention from it."""

    __tablename__ = "score"

    id: Mapped[int] = mapped_column(primary_key=True)
    sheet_id: Mapped[int] = mapped_column(
        ForeignKey("score_sheet.id", ondelete="CASCADE"), index=True
    )
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"), index=True)
    mark: Mapped[int | None]
    abstains: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (
        UniqueConstraint("sheet_id", "criterion_id"),
        CheckConstraint("mark IS NULL OR mark BETWEEN 1 AND 10", name="mark"),
        CheckConstraint("mark IS NULL OR NOT abstains", name="abstains"),
        *Base.__table_args__,
    )


class ConflictRow(Base):
    """An expert who does not score a project."""

    __tablename__ = "conflict_of_interest"

    submission_id: Mapped[int] = mapped_column(
        ForeignKey("submission.id", ondelete="CASCADE"), primary_key=True
    )
    expert_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    reason: Mapped[str] = mapped_column(Text)
    declared_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    declared_at: Mapped[datetime] = mapped_column(UtcDateTime)
    __table_args__ = ()


class AdoptionRow(Base):
    """A recommendation that became a next step of the project's case."""

    __tablename__ = "adopted_recommendation"

    id: Mapped[int] = mapped_column(primary_key=True)
    sheet_id: Mapped[int] = mapped_column(
        ForeignKey("score_sheet.id", ondelete="CASCADE"), index=True
    )
    line: Mapped[str] = mapped_column(Text)
    next_step_id: Mapped[int] = mapped_column(ForeignKey("next_step.id"), index=True)
    adopted_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    adopted_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (UniqueConstraint("sheet_id", "line"), *Base.__table_args__)

"""Cases and what stands in them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from casework.domain.case import CaseStatus, CloseReason
from casework.domain.closing import ClosingState
from casework.domain.need import NeedKind, NeedState
from casework.domain.step import StepKind
from casework.domain.timeline import TimelineKind
from core.database import Base, UtcDateTime, coded


class CaseFileRow(Base):
    """One engagement with an initiative."""

    __tablename__ = "case_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"), index=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), index=True)
    lead_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    title: Mapped[str] = mapped_column(Text, default="")
    status: Mapped[CaseStatus] = mapped_column(coded(CaseStatus))
    close_reason: Mapped[CloseReason | None] = mapped_column(coded(CloseReason))
    opened_on: Mapped[date] = mapped_column(index=True)
    closed_on: Mapped[date | None] = mapped_column(index=True)
    version: Mapped[int] = mapped_column(default=1)
    token: Mapped[str | None] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint(
            "(status = 'closed') = (closed_on IS NOT NULL)"
            " AND (status = 'closed') = (close_reason IS NOT NULL)",
            name="closed_with_reason",
        ),
        Index("ix_case_file_status_opened_on", "status", "opened_on"),
        *Base.__table_args__,
    )


class CaseMemberRow(Base):
    """A span of days on which a person worked on a case."""

    __tablename__ = "case_member"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    since: Mapped[date]
    until: Mapped[date | None]

    __table_args__ = (
        CheckConstraint("until IS NULL OR until >= since", name="span"),
        *Base.__table_args__,
    )


class StatusChangeRow(Base):
    """A move of a case between its states; the first one is its opening."""

    __tablename__ = "case_status_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    status: Mapped[CaseStatus] = mapped_column(coded(CaseStatus))
    reason: Mapped[CloseReason | None] = mapped_column(coded(CloseReason))
    comment: Mapped[str] = mapped_column(Text, default="")
    changed_on: Mapped[date]
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)


class LeadChangeRow(Base):
    """A case passing from one lead to another; what a hand-over passed on stands together."""

    __tablename__ = "case_lead_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    from_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    to_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    changed_on: Mapped[date]
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    is_hand_over: Mapped[bool] = mapped_column(default=False)


class ClosingRow(Base):
    """A lead's asking to close a case, and what a manager said."""

    __tablename__ = "case_closing"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    state: Mapped[ClosingState] = mapped_column(coded(ClosingState), index=True)
    reason: Mapped[CloseReason] = mapped_column(coded(CloseReason))
    outcome: Mapped[str] = mapped_column(Text)
    asked_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    asked_on: Mapped[date]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    decided_on: Mapped[date | None]
    comment: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        CheckConstraint("(decided_by IS NULL) = (decided_on IS NULL)", name="decided"),
        CheckConstraint("state <> 'asked' OR decided_by IS NULL", name="asked"),
        Index(
            "uq_case_closing_asked",
            "case_id",
            unique=True,
            sqlite_where=text("state = 'asked'"),
            postgresql_where=text("state = 'asked'"),
        ),
        *Base.__table_args__,
    )


class NeedRow(Base):
    """What an initiative lacks."""

    __tablename__ = "need"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    kind: Mapped[NeedKind] = mapped_column(coded(NeedKind))
    title: Mapped[str] = mapped_column(Text)
    state: Mapped[NeedState] = mapped_column(coded(NeedState))
    goal: Mapped[str] = mapped_column(Text, default="")
    origin_type: Mapped[str | None] = mapped_column(String(40))
    origin_id: Mapped[int | None]
    noted_on: Mapped[date]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        Index("ix_need_origin", "origin_type", "origin_id"),
        CheckConstraint("(origin_type IS NULL) = (origin_id IS NULL)", name="origin"),
        *Base.__table_args__,
    )


class NextStepRow(Base):
    """What was agreed to do next."""

    __tablename__ = "next_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"), index=True)
    need_id: Mapped[int | None] = mapped_column(ForeignKey("need.id"), index=True)
    kind: Mapped[StepKind] = mapped_column(coded(StepKind), default=StepKind.STEP)
    text: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date | None] = mapped_column(index=True)
    responsible_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    done_on: Mapped[date | None]
    done_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    origin_type: Mapped[str | None] = mapped_column(String(40))
    origin_id: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        Index("ix_next_step_origin", "origin_type", "origin_id"),
        CheckConstraint("(origin_type IS NULL) = (origin_id IS NULL)", name="origin"),
        CheckConstraint("(done_on IS NULL) = (done_by IS NULL)", name="done"),
        CheckConstraint("case_id IS NOT NULL OR origin_id IS NOT NULL", name="belongs"),
        *Base.__table_args__,
    )


class TimelineEntryRow(Base):
    """What a later feature tells on a case's timeline."""

    __tablename__ = "timeline_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    kind: Mapped[TimelineKind] = mapped_column(coded(TimelineKind))
    happened_on: Mapped[date]
    source_type: Mapped[str] = mapped_column(String(40))
    source_id: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        UniqueConstraint("case_id", "kind", "source_type", "source_id", name="uq_timeline_entry"),
        Index("ix_timeline_entry_source", "source_type", "source_id"),
        *Base.__table_args__,
    )

"""The tables of diagnostics; only its store knows them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, UtcDateTime, coded
from diagnostics.domain.assessment import AssessmentState, RespondentKind
from diagnostics.domain.instrument import Missing


class InstrumentRow(Base):
    """A questionnaire by its name; `current_hash` says which version new runs take."""

    __tablename__ = "instrument"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    current_hash: Mapped[str] = mapped_column(String(64))


class InstrumentVersionRow(Base):
    """A questionnaire as it was published: never changed, never deleted."""

    __tablename__ = "instrument_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    instrument_id: Mapped[int] = mapped_column(ForeignKey("instrument.id"), index=True)
    version: Mapped[str] = mapped_column(String(40))
    content_hash: Mapped[str] = mapped_column(String(64))
    source: Mapped[str] = mapped_column(Text)
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (UniqueConstraint("instrument_id", "content_hash"), *Base.__table_args__)


class AssessmentRow(Base):
    """One filling-in of an instrument for a case."""

    __tablename__ = "assessment"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("instrument_version.id"), index=True)
    kind: Mapped[RespondentKind] = mapped_column(coded(RespondentKind))
    respondents: Mapped[int]
    state: Mapped[AssessmentState] = mapped_column(coded(AssessmentState))
    held_on: Mapped[date] = mapped_column(index=True)
    started_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    submitted_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)
    token: Mapped[str | None] = mapped_column(String(64), unique=True)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("respondents BETWEEN 1 AND 100", name="respondents"),
        CheckConstraint(
            "(state = 'submitted') = (submitted_at IS NOT NULL)"
            " AND (state = 'submitted') = (submitted_by IS NOT NULL)",
            name="submitted",
        ),
        *Base.__table_args__,
    )


class ResponseRow(Base):
    """What stands under one item of a run; without level and reason it is not answered."""

    __tablename__ = "response"

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"))
    item: Mapped[str] = mapped_column(String(80))
    level: Mapped[str | None] = mapped_column(String(80))
    missing: Mapped[Missing | None] = mapped_column(coded(Missing))
    justification: Mapped[str] = mapped_column(Text, default="")
    answered_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        UniqueConstraint("assessment_id", "item"),
        CheckConstraint("level IS NULL OR missing IS NULL", name="one_answer"),
        CheckConstraint("missing <> 'not_answered'", name="reason"),
        *Base.__table_args__,
    )


class AssessmentNeedRow(Base):
    """Which gap of a run has become which need of its case."""

    __tablename__ = "assessment_need"

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"))
    item: Mapped[str] = mapped_column(String(80))
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"), unique=True)

    __table_args__ = (UniqueConstraint("assessment_id", "item"), *Base.__table_args__)

"""Consultations, their notes and who opened them."""

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from casework.domain.consultation import Audience, ConsultationForm, ConsultationStatus, Topic
from core.database import Base, UtcDateTime, coded
from core.permissions import Secrecy


class ConsultationRow(Base):
    """One meeting; its minutes are kept by hours, its note apart."""

    __tablename__ = "consultation"

    id: Mapped[int] = mapped_column(primary_key=True)
    held_on: Mapped[date] = mapped_column(index=True)
    starts_at: Mapped[time | None]
    status: Mapped[ConsultationStatus] = mapped_column(coded(ConsultationStatus))
    audience: Mapped[Audience] = mapped_column(coded(Audience))
    form: Mapped[ConsultationForm] = mapped_column(coded(ConsultationForm))
    secrecy: Mapped[Secrecy] = mapped_column(coded(Secrecy))
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    expected_minutes: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=1)
    token: Mapped[str | None] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint(
            "expected_minutes IS NULL OR expected_minutes BETWEEN 0 AND 1440",
            name="expected_minutes",
        ),
        Index("ix_consultation_status_held_on", "status", "held_on"),
        *Base.__table_args__,
    )


class ConsultationCaseRow(Base):
    """A case whose initiative takes part in a consultation."""

    __tablename__ = "consultation_initiative"

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True, index=True)
    __table_args__ = ()


class ConsultationConsultantRow(Base):
    """A person of the centre who leads a consultation."""

    __tablename__ = "consultation_consultant"

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    position: Mapped[int]
    __table_args__ = ()


class ConsultationTopicRow(Base):
    """A topic of a consultation."""

    __tablename__ = "consultation_topic"

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    topic: Mapped[Topic] = mapped_column(coded(Topic), primary_key=True, index=True)
    __table_args__ = ()


class ConsultationNamedRow(Base):
    """A person, beside the author, to whom a private note is open."""

    __tablename__ = "consultation_named"

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    handed_over: Mapped[bool] = mapped_column(default=False)
    __table_args__ = ()


class ConsultationNoteRow(Base):
    """The text of a note, apart from its consultation: lists never load it."""

    __tablename__ = "consultation_note"

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    __table_args__ = (CheckConstraint("length(text) <= 100000", name="length"),)


class NoteOpeningRow(Base):
    """A grant to read a private note again without another audit line."""

    __tablename__ = "note_opening"

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    until: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        Index("ix_note_opening_grant", "consultation_id", "person_id", "until"),
        *Base.__table_args__,
    )


class NoteUnsealingRow(Base):
    """Break-glass: a private note opened by a manager and an administrator together."""

    __tablename__ = "note_unsealing"

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), index=True)
    requested_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(Text)
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reader_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    until: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("approved_by IS NULL OR approved_by <> requested_by", name="two_people"),
        CheckConstraint("(approved_by IS NULL) = (until IS NULL)", name="approved"),
        *Base.__table_args__,
    )

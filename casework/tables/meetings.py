"""What belongs to a consultation: who was there, its series, addenda, feedback."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from casework.domain.attendance import Attendance
from casework.domain.repeat import Rhythm
from core.database import Base, UtcDateTime, coded


class ConsultationParticipantRow(Base):
    """A person of a meeting: one of the centre's books, or only a name."""

    __tablename__ = "consultation_participant"

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(Text, default="")
    attendance: Mapped[Attendance] = mapped_column(coded(Attendance))
    position: Mapped[int]

    __table_args__ = (
        CheckConstraint("person_id IS NOT NULL OR name <> ''", name="somebody"),
        UniqueConstraint("consultation_id", "person_id"),
        *Base.__table_args__,
    )


class ConsultationSeriesRow(Base):
    """A meeting that repeats."""

    __tablename__ = "consultation_series"

    id: Mapped[int] = mapped_column(primary_key=True)
    rhythm: Mapped[Rhythm] = mapped_column(coded(Rhythm))
    token: Mapped[str | None] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ConsultationInSeriesRow(Base):
    """A meeting's place in its series."""

    __tablename__ = "consultation_in_series"

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("consultation_series.id"), index=True)
    position: Mapped[int]
    __table_args__ = ()


class NoteAddendumRow(Base):
    """A correction of a note that is not edited any more; itself never changed."""

    __tablename__ = "note_addendum"

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    token: Mapped[str | None] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ConsultationFeedbackRow(Base):
    """What the initiative said of a meeting."""

    __tablename__ = "consultation_feedback"

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), index=True)
    usefulness: Mapped[int]
    sentence: Mapped[str] = mapped_column(Text, default="")
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("usefulness BETWEEN 1 AND 5", name="usefulness"),
        *Base.__table_args__,
    )

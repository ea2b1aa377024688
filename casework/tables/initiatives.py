"""Initiatives, their people and the events of their lives."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from casework.domain.initiative import InitiativePart
from casework.domain.life import Certainty, InitiativeState, LifeEventType, LifeSource, Precision
from core.database import Base, UtcDateTime, coded


class InitiativeRow(Base):
    """A group of citizens the centre knows.

    State and beginning repeat what the life events say, so that lists can filter by them; only
    the store writes them, and only from the events.
    """

    __tablename__ = "initiative"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    name: Mapped[str] = mapped_column(Text)
    sort_key: Mapped[str] = mapped_column(Text)
    summary: Mapped[str] = mapped_column(Text, default="")
    territory: Mapped[str] = mapped_column(String(40), default="", index=True)
    state: Mapped[InitiativeState] = mapped_column(coded(InitiativeState), index=True)
    founded_on: Mapped[date | None] = mapped_column(index=True)
    founded_precision: Mapped[Precision | None] = mapped_column(coded(Precision))
    registered_on: Mapped[date] = mapped_column(index=True)
    registered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("initiative_import.id"), index=True)
    archived_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    token: Mapped[str | None] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    touched_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        Index("ix_initiative_archived_on_sort_key", "archived_on", "sort_key"),
        *Base.__table_args__,
    )


class InitiativeThemeRow(Base):
    """A theme of an initiative: a code of the catalogue `theme`."""

    __tablename__ = "initiative_theme"

    initiative_id: Mapped[int] = mapped_column(
        ForeignKey("initiative.id", ondelete="CASCADE"), primary_key=True
    )
    theme: Mapped[str] = mapped_column(String(40), primary_key=True, index=True)
    __table_args__ = ()


class InitiativePersonRow(Base):
    """A person of an initiative, in one part; `is_made` if the centre first heard of them here."""

    __tablename__ = "initiative_person"

    id: Mapped[int] = mapped_column(primary_key=True)
    initiative_id: Mapped[int] = mapped_column(
        ForeignKey("initiative.id", ondelete="CASCADE"), index=True
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    part: Mapped[InitiativePart] = mapped_column(coded(InitiativePart))
    is_made: Mapped[bool] = mapped_column(default=False)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        Index(
            "uq_initiative_person_present",
            "initiative_id",
            "person_id",
            "part",
            unique=True,
            sqlite_where=text("removed_at IS NULL"),
            postgresql_where=text("removed_at IS NULL"),
        ),
        *Base.__table_args__,
    )


class LifeEventRow(Base):
    """One event of an initiative's life, and how it is known."""

    __tablename__ = "life_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    initiative_id: Mapped[int] = mapped_column(
        ForeignKey("initiative.id", ondelete="CASCADE"), index=True
    )
    type: Mapped[LifeEventType] = mapped_column(coded(LifeEventType))
    happened_on: Mapped[date] = mapped_column(index=True)
    precision: Mapped[Precision] = mapped_column(coded(Precision))
    source: Mapped[LifeSource] = mapped_column(coded(LifeSource))
    certainty: Mapped[Certainty] = mapped_column(coded(Certainty))
    note: Mapped[str] = mapped_column(Text, default="")
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        Index(
            "uq_life_event_founded",
            "initiative_id",
            unique=True,
            sqlite_where=text("type = 'founded' AND removed_at IS NULL"),
            postgresql_where=text("type = 'founded' AND removed_at IS NULL"),
        ),
        *Base.__table_args__,
    )


class InitiativeImportRow(Base):
    """One import of a list; what it made points at it."""

    __tablename__ = "initiative_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    rows: Mapped[int]
    token: Mapped[str | None] = mapped_column(String(64), unique=True)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

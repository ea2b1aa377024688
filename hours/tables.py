"""Tables of work time and of the hours that were promised."""

from datetime import date

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, coded
from hours.domain.entries import MINUTES_IN_DAY, Activity, EntryStatus, TimeKind


class Agreement(Base):
    """An agreement with somebody who pays for hours."""

    __tablename__ = "agreement"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date | None] = mapped_column(Date)

    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="dates"),
        *Base.__table_args__,
    )


class HourPlan(Base):
    """Minutes promised per quarter for one activity, from a date until another."""

    __tablename__ = "hour_plan"

    id: Mapped[int] = mapped_column(primary_key=True)
    activity: Mapped[Activity] = mapped_column(coded(Activity))
    minutes: Mapped[int]
    valid_from: Mapped[date] = mapped_column(Date)
    valid_until: Mapped[date | None] = mapped_column(Date)
    agreement_id: Mapped[int | None] = mapped_column(ForeignKey("agreement.id"), index=True)

    __table_args__ = (
        CheckConstraint("minutes >= 0", name="minutes"),
        CheckConstraint("valid_until IS NULL OR valid_until > valid_from", name="validity"),
        UniqueConstraint("activity", "agreement_id", "valid_from"),
        # a UNIQUE constraint never compares NULLs: plans under no agreement need their own
        Index(
            "uq_hour_plan_without_agreement", "activity", "valid_from", unique=True,
            sqlite_where=text("agreement_id IS NULL"),
            postgresql_where=text("agreement_id IS NULL"),
        ),
        Index("ix_hour_plan_validity", "valid_from", "valid_until"),
        *Base.__table_args__,
    )  # fmt: skip


class TimeEntry(Base):
    """Minutes of one person and one kind on one local date."""

    __tablename__ = "time_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[TimeKind] = mapped_column(coded(TimeKind))
    minutes: Mapped[int]
    worked_on: Mapped[date] = mapped_column(Date)
    activity: Mapped[Activity] = mapped_column(coded(Activity))
    source_type: Mapped[str] = mapped_column(String(40))
    source_id: Mapped[int]
    agreement_id: Mapped[int | None] = mapped_column(ForeignKey("agreement.id"), index=True)
    status: Mapped[EntryStatus] = mapped_column(coded(EntryStatus))
    is_private: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        CheckConstraint(f"minutes > 0 AND minutes <= {MINUTES_IN_DAY}", name="minutes"),
        UniqueConstraint("source_type", "source_id", "person_id", "kind"),
        # every column that the figures read, so that a quarter is answered by the index alone
        Index(
            "ix_time_entry_figures",
            "activity", "worked_on", "status", "kind", "person_id", "minutes", "is_private",
        ),
        Index("ix_time_entry_days", "person_id", "worked_on", "minutes"),
        Index("ix_time_entry_worked_on", "worked_on"),
        *Base.__table_args__,
    )  # fmt: skip


class TimeEntryTopic(Base):
    """One topic's share of an entry; the shares of an entry add up to its minutes."""

    __tablename__ = "time_entry_topic"

    time_entry_id: Mapped[int] = mapped_column(
        ForeignKey("time_entry.id", ondelete="CASCADE"), primary_key=True
    )
    topic: Mapped[str] = mapped_column(String(40), primary_key=True)
    minutes: Mapped[int]

    __table_args__ = (
        CheckConstraint("minutes > 0", name="minutes"),
        Index("ix_time_entry_topic_topic", "topic", "time_entry_id", "minutes"),
    )

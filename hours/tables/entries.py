"""Tables of work time: entries, their shares, meetings that were held, locked days."""

from datetime import date, datetime, time

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

from core.database import Base, UtcDateTime, coded
from hours.domain.entries import MINUTES_IN_DAY, Activity, EntryStatus, TimeKind


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
    agreement_id: Mapped[int | None] = mapped_column(ForeignKey("agreement.id"))
    status: Mapped[EntryStatus] = mapped_column(coded(EntryStatus))
    is_private: Mapped[bool] = mapped_column(default=False)
    is_outside: Mapped[bool] = mapped_column(default=False)
    starts_at: Mapped[time | None]
    version: Mapped[int] = mapped_column(default=1)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    submitted_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    returned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    returned_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    returned_comment: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (
        CheckConstraint(f"minutes > 0 AND minutes <= {MINUTES_IN_DAY}", name="minutes"),
        UniqueConstraint("source_type", "source_id", "person_id", "kind"),
        # every column that the figures read, the days first: whatever is asked of a quarter is
        # answered by one stretch of the index alone
        Index(
            "ix_time_entry_figures",
            "worked_on", "activity", "kind", "status", "is_outside", "person_id", "minutes",
            "is_private",
        ),
        Index("ix_time_entry_days", "person_id", "worked_on", "minutes"),
        # private time is little, and every figure asks for it: so it is looked up and never sought
        Index(
            "ix_time_entry_private", "worked_on", "person_id",
            sqlite_where=text("is_private = 1"), postgresql_where=text("is_private"),
        ),
        Index("ix_time_entry_agreement", "agreement_id", "activity", "worked_on"),
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
        # with the minutes, so that the sums by topic never read the table itself
        Index("ix_time_entry_topic_entry", "time_entry_id", "topic", "minutes"),
    )


class TimeEntryShare(Base):
    """One subject's share of an entry; the shares of an entry add up to its minutes."""

    __tablename__ = "time_entry_share"

    time_entry_id: Mapped[int] = mapped_column(
        ForeignKey("time_entry.id", ondelete="CASCADE"), primary_key=True
    )
    subject_type: Mapped[str] = mapped_column(String(40), primary_key=True)
    subject_id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int]
    weight: Mapped[int]
    minutes: Mapped[int]

    __table_args__ = (
        CheckConstraint("minutes >= 0", name="minutes"),
        CheckConstraint("weight > 0", name="weight"),
        Index("ix_time_entry_share_subject", "subject_type", "subject_id", "minutes"),
    )


class DaySum(Base):
    """Minutes of one day that are nobody's secret, added up over people: one truth kept twice.

    Private time is in no sum. No agreement is 0, and no topic the empty text, for both are part
    of the key. `hours.store.sums` makes a day's rows anew with each change of its entries.
    """

    __tablename__ = "day_sum"

    worked_on: Mapped[date] = mapped_column(Date, primary_key=True)
    activity: Mapped[Activity] = mapped_column(coded(Activity), primary_key=True)
    kind: Mapped[TimeKind] = mapped_column(coded(TimeKind), primary_key=True)
    status: Mapped[EntryStatus] = mapped_column(coded(EntryStatus), primary_key=True)
    is_outside: Mapped[bool] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(primary_key=True)
    topic: Mapped[str] = mapped_column(String(40), primary_key=True)
    minutes: Mapped[int]

    # the rows of a day lie side by side, without a table beside their key
    __table_args__ = (
        CheckConstraint("minutes > 0", name="minutes"),
        {"sqlite_with_rowid": False},
    )


class HeldEvent(Base):
    """A meeting or training that was held: its length once, and how many attended."""

    __tablename__ = "held_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    source_type: Mapped[str] = mapped_column(String(40))
    source_id: Mapped[int]
    held_on: Mapped[date] = mapped_column(Date)
    minutes: Mapped[int]
    attended: Mapped[int]
    activity: Mapped[Activity] = mapped_column(coded(Activity))
    agreement_id: Mapped[int | None] = mapped_column(ForeignKey("agreement.id"))

    __table_args__ = (
        CheckConstraint(f"minutes > 0 AND minutes <= {MINUTES_IN_DAY}", name="minutes"),
        CheckConstraint("attended >= 0", name="attended"),
        UniqueConstraint("source_type", "source_id"),
        Index("ix_held_event_figures", "activity", "held_on", "minutes", "attended"),
        Index("ix_held_event_agreement", "agreement_id", "activity", "held_on"),
        *Base.__table_args__,
    )


class Work(Base):
    """Work of one person that no consultation and no training tells of."""

    __tablename__ = "work"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    note: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)
    token: Mapped[str | None] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (CheckConstraint("length(note) <= 500", name="note"), *Base.__table_args__)


class DayLock(Base):
    """One day of one person whose time stays; each day is locked by itself."""

    __tablename__ = "day_lock"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    locked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    locked_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    __table_args__ = ()


class LockOverride(Base):
    """A locked day that was opened for a change, and why; kept for good."""

    __tablename__ = "lock_override"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    day: Mapped[date] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("length(reason) BETWEEN 1 AND 2000", name="reason"),
        Index("ix_lock_override_person_day", "person_id", "day"),
        Index("ix_lock_override_day", "day"),
        *Base.__table_args__,
    )

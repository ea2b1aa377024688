"""Tables of the hours that were promised, and of the rules by which they count."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, UtcDateTime, coded
from hours.domain.agreements import Measure, ProRata
from hours.domain.entries import Activity, TimeKind


class Agreement(Base):
    """An agreement with somebody who pays for hours."""

    __tablename__ = "agreement"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date | None] = mapped_column(Date)
    payer: Mapped[str] = mapped_column(Text, default="")
    period_months: Mapped[int | None]
    pro_rata: Mapped[ProRata] = mapped_column(coded(ProRata), default=ProRata.WORKING_DAYS)
    carries_over: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="dates"),
        CheckConstraint("period_months IS NULL OR period_months BETWEEN 1 AND 60", name="period"),
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


class AgreementPlan(Base):
    """Minutes of one measure promised in each period of an agreement, by all or by one person."""

    __tablename__ = "agreement_plan"

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id", ondelete="CASCADE"))
    activity: Mapped[Activity] = mapped_column(coded(Activity))
    measure: Mapped[Measure] = mapped_column(coded(Measure))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    minutes: Mapped[int]

    __table_args__ = (
        CheckConstraint("minutes > 0", name="minutes"),
        CheckConstraint("person_id IS NULL OR measure = 'staff'", name="person"),
        UniqueConstraint("agreement_id", "activity", "measure", "person_id"),
        # a UNIQUE constraint never compares NULLs: plans of the whole centre need their own
        Index(
            "uq_agreement_plan_of_all", "agreement_id", "activity", "measure", unique=True,
            sqlite_where=text("person_id IS NULL"),
            postgresql_where=text("person_id IS NULL"),
        ),
        *Base.__table_args__,
    )  # fmt: skip


class ServedAgreement(Base):
    """The agreement that new minutes of an activity serve, from a date on; None serves none."""

    __tablename__ = "served_agreement"

    id: Mapped[int] = mapped_column(primary_key=True)
    activity: Mapped[Activity] = mapped_column(coded(Activity))
    valid_from: Mapped[date] = mapped_column(Date)
    agreement_id: Mapped[int | None] = mapped_column(ForeignKey("agreement.id"), index=True)

    __table_args__ = (
        UniqueConstraint("activity", "valid_from"),
        *Base.__table_args__,
    )


class CountingRule(Base):
    """What counts from a date on; the kinds of each activity stand in `counted_kind`."""

    __tablename__ = "counting_rule"

    id: Mapped[int] = mapped_column(primary_key=True)
    valid_from: Mapped[date] = mapped_column(Date, unique=True)
    outside_counts: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)


class CountedKind(Base):
    """One kind of time that counts for one activity under a rule."""

    __tablename__ = "counted_kind"

    rule_id: Mapped[int] = mapped_column(
        ForeignKey("counting_rule.id", ondelete="CASCADE"), primary_key=True
    )
    activity: Mapped[Activity] = mapped_column(coded(Activity), primary_key=True)
    kind: Mapped[TimeKind] = mapped_column(coded(TimeKind), primary_key=True)
    __table_args__ = ()

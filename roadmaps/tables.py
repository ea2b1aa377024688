"""The tables of roadmaps; only their store knows them."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    DateTime,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, UtcDateTime, coded
from roadmaps.domain.plan import LinkKind, PlanUnit
from roadmaps.domain.template import TemplateTheme
from roadmaps.domain.terms import ConstraintKind, Counting

_WALL = DateTime(timezone=False)  # plans are kept in the centre's wall time


class RoadmapRow(Base):
    """The head of a plan; its version counts the changes of anything in it.

    `own_calendar` is JSON, for a plan that came with its own; else `calendar_id` names one.
    `calendars`, `resources` and `assignments` are JSON too: those of tasks, and who does what.
    `length` [units] and `finishes_on` repeat what the schedule says, for lists.
    """

    __tablename__ = "roadmap"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    need_id: Mapped[int | None] = mapped_column(ForeignKey("need.id"), index=True)
    title: Mapped[str] = mapped_column(Text)
    sort_key: Mapped[str] = mapped_column(Text)
    unit: Mapped[PlanUnit] = mapped_column(coded(PlanUnit))
    starts_on: Mapped[date]
    starts_minute: Mapped[int] = mapped_column(default=0)
    calendar_id: Mapped[str] = mapped_column(String(20))
    own_calendar: Mapped[str | None] = mapped_column(Text)
    calendars: Mapped[str | None] = mapped_column(Text)
    resources: Mapped[str | None] = mapped_column(Text)
    assignments: Mapped[str | None] = mapped_column(Text)
    status_at: Mapped[datetime | None] = mapped_column(_WALL)
    length: Mapped[int] = mapped_column(default=0)
    finishes_on: Mapped[date] = mapped_column(index=True)
    version: Mapped[int] = mapped_column(default=1)
    token: Mapped[str | None] = mapped_column(String(64), unique=True)
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("starts_minute >= 0 AND starts_minute < 1440", name="starts_minute"),
        CheckConstraint("length >= 0", name="length"),
        *Base.__table_args__,
    )


class TaskRow(Base):
    """A task of a plan; `starts_on` and `finishes_on` repeat its early dates, for lists.

    `calendar` names one of the roadmap's calendars. What has happened stands in `started_at`,
    `finished_at` and `remaining` [units].
    """

    __tablename__ = "task"

    id: Mapped[int] = mapped_column(primary_key=True)
    roadmap_id: Mapped[int] = mapped_column(ForeignKey("roadmap.id"), index=True)
    uid: Mapped[str] = mapped_column(String(64))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"), index=True)
    position: Mapped[int]
    title: Mapped[str] = mapped_column(Text)
    duration: Mapped[int]
    responsible_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    responsible: Mapped[str] = mapped_column(Text, default="")
    done_percent: Mapped[int] = mapped_column(default=0)
    counting: Mapped[Counting] = mapped_column(
        coded(Counting), default=Counting.WORKING, server_default=Counting.WORKING.value
    )
    calendar: Mapped[str] = mapped_column(Text, default="", server_default="")
    constraint_kind: Mapped[ConstraintKind | None] = mapped_column(coded(ConstraintKind))
    constraint_at: Mapped[datetime | None] = mapped_column(_WALL)
    deadline: Mapped[datetime | None] = mapped_column(_WALL)
    placed_at: Mapped[datetime | None] = mapped_column(_WALL)
    off_path: Mapped[bool] = mapped_column(default=False, server_default=false())
    optimistic: Mapped[int | None]
    likely: Mapped[int | None]
    pessimistic: Mapped[int | None]
    started_at: Mapped[datetime | None] = mapped_column(_WALL)
    finished_at: Mapped[datetime | None] = mapped_column(_WALL)
    remaining: Mapped[int | None]
    starts_on: Mapped[date | None]
    finishes_on: Mapped[date | None]

    __table_args__ = (
        UniqueConstraint("roadmap_id", "uid", name="uq_task_roadmap_id_uid"),
        CheckConstraint("duration >= 0", name="duration"),
        CheckConstraint("done_percent BETWEEN 0 AND 100", name="done_percent"),
        CheckConstraint("parent_id IS NULL OR parent_id <> id", name="parent"),
        CheckConstraint("constraint_at IS NULL OR constraint_kind IS NOT NULL", name="constraint"),
        CheckConstraint(
            "(optimistic IS NULL AND likely IS NULL AND pessimistic IS NULL)"
            " OR (optimistic IS NOT NULL AND likely IS NOT NULL AND pessimistic IS NOT NULL"
            " AND 0 <= optimistic AND optimistic <= likely AND likely <= pessimistic)",
            name="estimate",
        ),
        CheckConstraint("remaining >= 0", name="remaining"),
        CheckConstraint(
            "finished_at IS NULL OR (started_at IS NOT NULL AND started_at <= finished_at)",
            name="finished",
        ),
        Index("ix_task_finishes_on_done_percent", "finishes_on", "done_percent"),
        *Base.__table_args__,
    )


class DependencyRow(Base):
    """One task waits for another of the same plan."""

    __tablename__ = "dependency"

    id: Mapped[int] = mapped_column(primary_key=True)
    roadmap_id: Mapped[int] = mapped_column(ForeignKey("roadmap.id"), index=True)
    predecessor_id: Mapped[int] = mapped_column(ForeignKey("task.id"), index=True)
    successor_id: Mapped[int] = mapped_column(ForeignKey("task.id"), index=True)
    kind: Mapped[LinkKind] = mapped_column(coded(LinkKind))
    lag: Mapped[int] = mapped_column(default=0)
    counting: Mapped[Counting] = mapped_column(
        coded(Counting), default=Counting.WORKING, server_default=Counting.WORKING.value
    )

    __table_args__ = (
        UniqueConstraint("predecessor_id", "successor_id", "kind", name="uq_dependency_ends"),
        CheckConstraint("predecessor_id <> successor_id", name="ends"),
        *Base.__table_args__,
    )


class BaselineRow(Base):
    """The dates of a plan as they were once agreed; those that came in a file have no taker."""

    __tablename__ = "baseline"

    id: Mapped[int] = mapped_column(primary_key=True)
    roadmap_id: Mapped[int] = mapped_column(ForeignKey("roadmap.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(Text, default="")
    taken_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    taken_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)

    __table_args__ = (
        UniqueConstraint("roadmap_id", "number", name="uq_baseline_roadmap_id_number"),
        CheckConstraint("number >= 0", name="number"),
        *Base.__table_args__,
    )


class BaselineDateRow(Base):
    """When one task was to be done; `task_id` may name a task that is gone since, so no key."""

    __tablename__ = "baseline_date"

    id: Mapped[int] = mapped_column(primary_key=True)
    baseline_id: Mapped[int] = mapped_column(ForeignKey("baseline.id", ondelete="CASCADE"))
    task_id: Mapped[int]
    starts_at: Mapped[datetime | None] = mapped_column(_WALL)
    finishes_at: Mapped[datetime | None] = mapped_column(_WALL)
    duration: Mapped[int | None]

    __table_args__ = (
        UniqueConstraint("baseline_id", "task_id", name="uq_baseline_date_baseline_id_task_id"),
        CheckConstraint("duration >= 0", name="duration"),
        *Base.__table_args__,
    )


class PlanEditRow(Base):
    """One change of a plan, there and back, as JSON; `undoes` is the number it takes back.

    `key` names the request of its person that asked for it, so that one sent twice is made once.
    """

    __tablename__ = "plan_edit"

    id: Mapped[int] = mapped_column(primary_key=True)
    roadmap_id: Mapped[int] = mapped_column(ForeignKey("roadmap.id"), index=True)
    seq: Mapped[int]
    forward: Mapped[str] = mapped_column(Text)
    backward: Mapped[str] = mapped_column(Text)
    by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    undoes: Mapped[int | None]
    key: Mapped[str | None] = mapped_column(String(64))

    __table_args__ = (
        UniqueConstraint("roadmap_id", "seq", name="uq_plan_edit_roadmap_id_seq"),
        Index("uq_plan_edit_roadmap_id_by_key", "roadmap_id", "by", "key", unique=True),
        *Base.__table_args__,
    )


class TemplateRow(Base):
    """A template of the centre; `plan` is JSON, without people and dates.

    `steps` and `length` [working days] repeat what the plan says, for lists.
    """

    __tablename__ = "roadmap_template"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    sort_key: Mapped[str] = mapped_column(Text)
    theme: Mapped[TemplateTheme] = mapped_column(coded(TemplateTheme))
    about: Mapped[str] = mapped_column(Text)
    plan: Mapped[str] = mapped_column(Text)
    steps: Mapped[int]
    length: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    token: Mapped[str | None] = mapped_column(String(64), unique=True)
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("steps >= 0 AND length >= 0", name="counts"),
        *Base.__table_args__,
    )


class RemarkRow(Base):
    """What somebody of the initiative wrote on a roadmap by their private link.

    `task_id` is no foreign key: a task that is removed leaves its remarks, and undo brings it
    back under the same id.
    """

    __tablename__ = "roadmap_remark"

    id: Mapped[int] = mapped_column(primary_key=True)
    roadmap_id: Mapped[int] = mapped_column(ForeignKey("roadmap.id"), index=True)
    task_id: Mapped[int | None]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

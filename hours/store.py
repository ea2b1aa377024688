"""Rows of work time and plans to values and back; the sums are made by the database."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from hours.domain.counting import COUNTED_STATUSES, counted_in
from hours.domain.entries import (
    Activity,
    EntryStatus,
    TimeLine,
    TimeSource,
    share_topics,
)
from hours.domain.figures import HourRow, HoursFigure, HoursQuery, WorkLine, largest_first
from hours.domain.periods import Period
from hours.domain.plans import Agreement, HourPlan
from hours.domain.secrecy import PrivateWork
from hours.tables import Agreement as AgreementRow
from hours.tables import HourPlan as PlanRow
from hours.tables import TimeEntry, TimeEntryTopic

_LISTED = 5000
_NOBODY = 0  # a reader to whom every private meeting is somebody else's


def load_lines(db: Session, source: TimeSource, *, lock: bool = False) -> tuple[TimeLine, ...]:
    """Return the lines of a source in the order they were recorded; empty when it has none."""
    query = sa.select(TimeEntry).where(*_of(source)).order_by(TimeEntry.id)
    entries = db.scalars(query.with_for_update() if lock else query).all()
    topics = _topics_of(db, [entry.id for entry in entries])
    return tuple(
        TimeLine(
            person_id=entry.person_id,
            kind=entry.kind,
            minutes=entry.minutes,
            worked_on=entry.worked_on,
            activity=entry.activity,
            topics=topics.get(entry.id, ()),
            is_private=entry.is_private,
            agreement_id=entry.agreement_id,
        )
        for entry in entries
    )


def find_locked(db: Session, source: TimeSource) -> date | None:
    """Return a day of the source whose time is locked, None when all of it is open."""
    query = sa.select(TimeEntry.worked_on).where(
        *_of(source), TimeEntry.status == EntryStatus.LOCKED
    )
    return db.scalar(query.limit(1))


def delete_lines(db: Session, source: TimeSource) -> int:
    """Delete the lines of a source and return how many there were."""
    ids = db.scalars(sa.select(TimeEntry.id).where(*_of(source))).all()
    if ids:
        db.execute(sa.delete(TimeEntryTopic).where(TimeEntryTopic.time_entry_id.in_(ids)))
        db.execute(sa.delete(TimeEntry).where(TimeEntry.id.in_(ids)))
    return len(ids)


def add_lines(db: Session, source: TimeSource, lines: Sequence[TimeLine]) -> None:
    """Write the lines of a source, each divided among its topics."""
    entries = [
        TimeEntry(
            person_id=line.person_id,
            kind=line.kind,
            minutes=line.minutes,
            worked_on=line.worked_on,
            activity=line.activity,
            source_type=source.type,
            source_id=source.id,
            agreement_id=line.agreement_id,
            status=EntryStatus.SUBMITTED,
            is_private=line.is_private,
        )
        for line in lines
    ]
    db.add_all(entries)
    db.flush()
    shares = [
        {"time_entry_id": entry.id, "topic": topic, "minutes": minutes}
        for entry, line in zip(entries, lines, strict=True)
        for topic, minutes in share_topics(line.minutes, sorted(line.topics))
    ]
    if shares:
        db.execute(sa.insert(TimeEntryTopic), shares)


def list_states(db: Session, source: TimeSource) -> tuple[EntryStatus, ...]:
    """Return the state of each entry of a source."""
    return tuple(db.scalars(sa.select(TimeEntry.status).where(*_of(source))))


def minutes_by_source(db: Session, source_type: str, ids: Sequence[int]) -> dict[int, int]:
    """Return the minutes of each source that has any, all its people together [min]."""
    if not ids:
        return {}
    query = (
        sa.select(TimeEntry.source_id, sa.func.sum(TimeEntry.minutes))
        .where(TimeEntry.source_type == source_type, TimeEntry.source_id.in_(ids))
        .group_by(TimeEntry.source_id)
    )
    return {source_id: int(minutes) for source_id, minutes in db.execute(query)}


def minutes_by_day(
    db: Session, days: Iterable[tuple[int, date]], *, apart_from: TimeSource
) -> dict[tuple[int, date], int]:
    """Return the minutes of each person and date from all other sources [min]."""
    wanted = sorted(set(days))
    if not wanted:
        return {}
    query = (
        sa.select(TimeEntry.person_id, TimeEntry.worked_on, sa.func.sum(TimeEntry.minutes))
        .where(
            sa.or_(
                *(
                    sa.and_(TimeEntry.person_id == person, TimeEntry.worked_on == day)
                    for person, day in wanted
                )
            ),
            sa.not_(sa.and_(*_of(apart_from))),
        )
        .group_by(TimeEntry.person_id, TimeEntry.worked_on)
    )
    return {(person, day): int(minutes) for person, day, minutes in db.execute(query)}


def read_figure(db: Session, query: HoursQuery, *, reader_id: int) -> HoursFigure:
    """Add up what is open to the reader, and its breakdowns, in three sums by the database."""
    days: dict[date, int] = {}
    kinds: dict[Any, int] = {}
    for day, kind, minutes in _sums(db, query, reader_id, TimeEntry.worked_on, TimeEntry.kind):
        days[day] = days.get(day, 0) + minutes
        kinds[kind] = kinds.get(kind, 0) + minutes
    total = sum(days.values())
    topics: list[tuple[str | None, int]] = list(_topic_sums(db, query, reader_id))
    without = total - sum(minutes for _, minutes in topics)
    if without:
        topics.append((None, without))
    people: list[Any] = _sums(db, query, reader_id, TimeEntry.person_id)
    return HoursFigure(
        minutes=total,
        by_day=tuple(sorted(days.items())),
        by_person=largest_first(people),
        by_topic=largest_first(topics),
        by_kind=largest_first(kinds.items()),
    )


def list_private(db: Session, query: HoursQuery, *, reader_id: int) -> tuple[PrivateWork, ...]:
    """List the private work of others in the period and activity of a query, of every person."""
    by = (
        TimeEntry.person_id, TimeEntry.activity, TimeEntry.worked_on, TimeEntry.source_type,
        TimeEntry.source_id,
    )  # fmt: skip
    statement = (
        sa.select(*by, sa.func.sum(TimeEntry.minutes))
        .where(*_within(query), sa.not_(_open_to(reader_id)))
        .group_by(*by)
    )
    return tuple(
        PrivateWork(person, activity, day, TimeSource(type_, source_id), int(minutes))
        for person, activity, day, type_, source_id, minutes in db.execute(statement)
    )


def has_private(db: Session, person_id: int) -> bool:
    """Tell whether any time of the person is private."""
    found = sa.exists().where(TimeEntry.person_id == person_id, TimeEntry.is_private)
    return bool(db.scalar(sa.select(found)))


def find_first_day(db: Session) -> date | None:
    """Return the earliest day with any time, None when there is none."""
    return db.scalar(sa.select(sa.func.min(TimeEntry.worked_on)))


def list_rows(db: Session, query: HoursQuery, *, reader_id: int) -> tuple[HourRow, ...]:
    """List the entries behind a figure that are open to the reader, newest first.

    At most 5,000 rows: more than three quarters of a centre of six.
    """
    statement = (
        _narrowed(
            sa.select(
                TimeEntry.id, TimeEntry.worked_on, _counted(query), TimeEntry.person_id,
                TimeEntry.activity, TimeEntry.kind, TimeEntry.source_type, TimeEntry.source_id,
            ),
            query,
            reader_id,
        )
        .order_by(TimeEntry.worked_on.desc(), TimeEntry.id.desc())
        .limit(_LISTED)
    )  # fmt: skip
    found = db.execute(statement).all()
    topics = _topics_of(db, [entry[0] for entry in found])
    return tuple(
        HourRow(
            worked_on=day,
            minutes=minutes,
            person_id=person,
            activity=activity,
            kind=kind,
            topics=topics.get(entry_id, ()),
            source=TimeSource(type_, source_id),
        )
        for entry_id, day, minutes, person, activity, kind, type_, source_id in found
    )


def list_work(db: Session, query: HoursQuery) -> tuple[WorkLine, ...]:
    """List the entries behind a figure that are not private, the earliest first.

    Each comes with the shares of its topics.
    """
    entries = sa.select(
        TimeEntry.id, TimeEntry.source_type, TimeEntry.source_id, TimeEntry.worked_on,
        TimeEntry.kind, TimeEntry.minutes,
    )  # fmt: skip
    ordered = _narrowed(entries, query, _NOBODY).order_by(TimeEntry.worked_on, TimeEntry.id)
    topics = sa.select(TimeEntryTopic.time_entry_id, TimeEntryTopic.topic, TimeEntryTopic.minutes)
    shares: dict[int, list[tuple[str, int]]] = {}
    parts = _narrowed(topics, query, _NOBODY, by_topic=True).order_by(TimeEntryTopic.topic)
    for entry_id, topic, minutes in db.execute(parts):
        shares.setdefault(entry_id, []).append((topic, minutes))
    return tuple(
        WorkLine(TimeSource(type_, id_), day, kind, minutes, tuple(shares.get(key, ())))
        for key, type_, id_, day, kind, minutes in db.execute(ordered)
    )


def list_plans(db: Session, period: Period) -> tuple[HourPlan, ...]:
    """List the plans that hold on some day of the period, oldest first."""
    query = (
        sa.select(PlanRow)
        .where(
            PlanRow.valid_from < period.ends_before,
            sa.or_(PlanRow.valid_until.is_(None), PlanRow.valid_until > period.starts_on),
        )
        .order_by(PlanRow.valid_from, PlanRow.id)
    )
    return tuple(_plan(row) for row in db.scalars(query))


def list_neighbours(
    db: Session, activity: Activity, agreement_id: int | None, *, lock: bool = False
) -> tuple[HourPlan, ...]:
    """List every plan of one activity under one agreement, oldest first; `lock` for a change."""
    query = (
        sa.select(PlanRow)
        .where(
            PlanRow.activity == activity, PlanRow.agreement_id.is_not_distinct_from(agreement_id)
        )
        .order_by(PlanRow.valid_from)
    )
    if lock:  # whoever waited for the locks looks again: plans may have been added meanwhile
        db.execute(query.with_for_update())
        db.expire_all()
    return tuple(_plan(row) for row in db.scalars(query))


def save_plan(db: Session, plan: HourPlan) -> int:
    """Write a plan, a new one when it has no id, and return its id."""
    row = PlanRow() if plan.id is None else db.get_one(PlanRow, plan.id)
    row.activity, row.minutes = plan.activity, plan.minutes
    row.valid_from, row.valid_until = plan.valid_from, plan.valid_until
    row.agreement_id = plan.agreement_id
    db.add(row)
    db.flush()
    return row.id


def delete_plan(db: Session, plan_id: int | None) -> None:
    """Delete a plan."""
    db.execute(sa.delete(PlanRow).where(PlanRow.id == plan_id))


def add_agreement(db: Session, agreement: Agreement) -> Agreement:
    """Write a new agreement and return it with its id."""
    row = AgreementRow(
        name=agreement.name, starts_on=agreement.starts_on, ends_on=agreement.ends_on
    )
    db.add(row)
    db.flush()
    return replace(agreement, id=row.id)


def list_agreements(db: Session) -> tuple[Agreement, ...]:
    """List the agreements, newest first."""
    rows = db.scalars(sa.select(AgreementRow).order_by(AgreementRow.starts_on.desc()))
    return tuple(Agreement(row.id, row.name, row.starts_on, row.ends_on) for row in rows)


def _of(source: TimeSource) -> tuple[sa.ColumnElement[bool], ...]:
    return TimeEntry.source_type == source.type, TimeEntry.source_id == source.id


def _topics_of(db: Session, entry_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    if not entry_ids:
        return {}
    query = (
        sa.select(TimeEntryTopic.time_entry_id, TimeEntryTopic.topic)
        .where(TimeEntryTopic.time_entry_id.in_(entry_ids))
        .order_by(TimeEntryTopic.time_entry_id, TimeEntryTopic.topic)
    )
    found: dict[int, tuple[str, ...]] = {}
    for entry_id, topic in db.execute(query):
        found[entry_id] = (*found.get(entry_id, ()), topic)
    return found


def _counted(query: HoursQuery) -> InstrumentedAttribute[int]:
    return TimeEntry.minutes if query.topic is None else TimeEntryTopic.minutes


def _narrowed(
    statement: sa.Select[*tuple[Any, ...]],
    query: HoursQuery,
    reader_id: int,
    *,
    by_topic: bool = False,
) -> sa.Select[*tuple[Any, ...]]:
    """Keep the entries that answer a query and are open to the reader."""
    narrowed = statement.select_from(TimeEntry).where(*_within(query), _open_to(reader_id))
    if query.person_id is not None:
        narrowed = narrowed.where(TimeEntry.person_id == query.person_id)
    if query.kind is not None:
        narrowed = narrowed.where(TimeEntry.kind == query.kind)
    if by_topic or query.topic is not None:
        narrowed = narrowed.join(TimeEntryTopic, TimeEntryTopic.time_entry_id == TimeEntry.id)
    if query.topic is not None:
        narrowed = narrowed.where(TimeEntryTopic.topic == query.topic)
    return narrowed


def _within(query: HoursQuery) -> tuple[sa.ColumnElement[bool], ...]:
    """Turn the period and the activity of a query into the clause of every figure."""
    return (
        TimeEntry.worked_on >= query.period.starts_on,
        TimeEntry.worked_on < query.period.ends_before,
        TimeEntry.status.in_(sorted(COUNTED_STATUSES)),
        _counts(query),
    )


def _open_to(reader_id: int) -> sa.ColumnElement[bool]:
    """Keep what is not somebody else's private work."""
    return sa.or_(TimeEntry.is_private.is_(False), TimeEntry.person_id == reader_id)


def _counts(query: HoursQuery) -> sa.ColumnElement[bool]:
    """Turn the dated rule of what counts into a clause."""
    activities = Activity if query.activity is None else (query.activity,)
    return sa.or_(
        sa.false(),
        *(
            sa.and_(
                TimeEntry.worked_on >= stretch.period.starts_on,
                TimeEntry.worked_on < stretch.period.ends_before,
                TimeEntry.activity == activity,
                TimeEntry.kind.in_(sorted(stretch.kinds[activity])),
            )
            for stretch in counted_in(query.period)
            for activity in activities
        ),
    )


def _sums(
    db: Session, query: HoursQuery, reader_id: int, *by: InstrumentedAttribute[Any]
) -> list[tuple[Any, ...]]:
    sums = sa.select(*by, sa.func.sum(_counted(query)))
    statement = _narrowed(sums, query, reader_id).group_by(*by)
    return [(*row[:-1], int(row[-1])) for row in db.execute(statement)]


def _topic_sums(db: Session, query: HoursQuery, reader_id: int) -> list[tuple[str, int]]:
    sums = sa.select(TimeEntryTopic.topic, sa.func.sum(TimeEntryTopic.minutes))
    narrowed = _narrowed(sums, query, reader_id, by_topic=True)
    found = db.execute(narrowed.group_by(TimeEntryTopic.topic))
    return [(topic, int(minutes)) for topic, minutes in found]


def _plan(row: PlanRow) -> HourPlan:
    return HourPlan(
        id=row.id,
        activity=row.activity,
        minutes=row.minutes,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        agreement_id=row.agreement_id,
    )

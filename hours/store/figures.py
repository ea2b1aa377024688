"""What the figures of hours add up, and the rows behind them; the sums are made by the database."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from hours.domain.counting import COUNTED_STATUSES, CountingRule, counted_in
from hours.domain.entries import Activity, EntryStatus, TimeKind, TimeSource
from hours.domain.figures import (
    WITHOUT,
    HourRow,
    HoursFigure,
    HoursQuery,
    WorkLine,
    largest_first,
)
from hours.domain.secrecy import PrivateWork
from hours.store.entries import topics_of
from hours.store.rules import load_rules
from hours.store.sums import are_settled
from hours.tables import DaySum, TimeEntry, TimeEntryTopic

_LISTED = 5000
_Summed: TypeAlias = type[TimeEntry] | type[DaySum]
_Sums: TypeAlias = tuple[list[tuple[Any, ...]], list[tuple[str | None, int]]]
_NOBODY = 0  # a reader to whom every private meeting is somebody else's


def read_figure(db: Session, query: HoursQuery, *, reader_id: int) -> HoursFigure:
    """Add up the minutes of a query that are open to the reader, and their breakdowns.

    Where nobody is asked for by name, all but the people comes from the sums of days, to which
    the reader's own private time is added; the rest is added up from the entries.
    """
    days: Counter[date] = Counter()
    kinds: Counter[TimeKind | None] = Counter()
    states: Counter[EntryStatus] = Counter()
    topics: Counter[str | None] = Counter()
    for lines, shares in _parts(db, query, reader_id):
        for day, kind, status, minutes in lines:
            days[day] += minutes
            kinds[kind] += minutes
            states[status] += minutes
        for topic, minutes in shares:
            topics[topic] += minutes
    people: list[Any] = _sums(db, query, _open_to(reader_id), TimeEntry.person_id)
    return HoursFigure(
        minutes=sum(days.values()),
        by_day=tuple(sorted(days.items())),
        by_person=largest_first(people),
        by_topic=largest_first(topics.items()),
        by_kind=largest_first(kinds.items()),
        by_status=tuple((status, states[status]) for status in EntryStatus if status in states),
    )


def list_private(db: Session, query: HoursQuery, *, reader_id: int) -> tuple[PrivateWork, ...]:
    """List the private work of others in the period, activity and agreement of a query."""
    by = (
        TimeEntry.person_id, TimeEntry.activity, TimeEntry.worked_on, TimeEntry.source_type,
        TimeEntry.source_id, TimeEntry.status, TimeEntry.agreement_id,
    )  # fmt: skip
    statement = (
        sa.select(*by, sa.func.sum(TimeEntry.minutes))
        .where(*_within(db, query), TimeEntry.is_private, TimeEntry.person_id != reader_id)
        .group_by(*by)
    )
    return tuple(
        PrivateWork(
            person, activity, day, TimeSource(type_, source_id), int(minutes), status, agreement
        )
        for person, activity, day, type_, source_id, status, agreement, minutes in db.execute(
            statement
        )
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
            db,
            sa.select(
                TimeEntry.id, TimeEntry.worked_on, _counted(query), TimeEntry.person_id,
                TimeEntry.activity, TimeEntry.kind, TimeEntry.source_type, TimeEntry.source_id,
            ),
            query,
            _open_to(reader_id),
        )
        .order_by(TimeEntry.worked_on.desc(), TimeEntry.id.desc())
        .limit(_LISTED)
    )  # fmt: skip
    found = db.execute(statement).all()
    topics = topics_of(db, [entry[0] for entry in found])
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
        TimeEntry.activity, TimeEntry.kind, TimeEntry.minutes,
    )  # fmt: skip
    ordered = _narrowed(db, entries, query, _open_to(_NOBODY)).order_by(
        TimeEntry.worked_on, TimeEntry.id
    )
    topics = sa.select(TimeEntryTopic.time_entry_id, TimeEntryTopic.topic, TimeEntryTopic.minutes)
    shares: dict[int, list[tuple[str, int]]] = {}
    parts = _narrowed(db, topics, query, _open_to(_NOBODY), by_topic=True).order_by(
        TimeEntryTopic.topic
    )
    for entry_id, topic, minutes in db.execute(parts):
        shares.setdefault(entry_id, []).append((topic, minutes))
    return tuple(
        WorkLine(TimeSource(type_, id_), day, activity, kind, minutes, tuple(shares.get(key, ())))
        for key, type_, id_, day, activity, kind, minutes in db.execute(ordered)
    )


def _counted(query: HoursQuery) -> InstrumentedAttribute[int]:
    return TimeEntry.minutes if query.topic in {None, WITHOUT} else TimeEntryTopic.minutes


def _narrowed(
    db: Session,
    statement: sa.Select[*tuple[Any, ...]],
    query: HoursQuery,
    of: sa.ColumnElement[bool],
    *,
    by_topic: bool = False,
) -> sa.Select[*tuple[Any, ...]]:
    """Keep the entries that answer a query, of those that a clause lets through."""
    narrowed = statement.select_from(TimeEntry).where(*_within(db, query), of)
    if query.person_id is not None:
        narrowed = narrowed.where(TimeEntry.person_id == query.person_id)
    if query.kind is not None:
        narrowed = narrowed.where(TimeEntry.kind == query.kind)
    if query.topic == WITHOUT:
        has_topic = sa.exists().where(TimeEntryTopic.time_entry_id == TimeEntry.id)
        narrowed = narrowed.where(sa.not_(has_topic.correlate(TimeEntry)))
    if by_topic or query.topic not in {None, WITHOUT}:
        narrowed = narrowed.join(TimeEntryTopic, TimeEntryTopic.time_entry_id == TimeEntry.id)
    if query.topic not in {None, WITHOUT}:
        narrowed = narrowed.where(TimeEntryTopic.topic == query.topic)
    return narrowed


def _within(
    db: Session, query: HoursQuery, of: _Summed = TimeEntry
) -> tuple[sa.ColumnElement[bool], ...]:
    """Turn the period, the activity and the agreement of a query into the clause of every figure."""
    within = (
        of.worked_on >= query.period.starts_on,
        of.worked_on < query.period.ends_before,
        of.status.in_(sorted(COUNTED_STATUSES)),
        _counts(query, load_rules(db), of),
    )
    if query.agreement_id is None:
        return within
    return (*within, of.agreement_id == query.agreement_id)


def _open_to(reader_id: int) -> sa.ColumnElement[bool]:
    """Keep what is not somebody else's private work."""
    return sa.or_(TimeEntry.is_private.is_(False), TimeEntry.person_id == reader_id)


def _own_private(reader_id: int) -> sa.ColumnElement[bool]:
    """Keep the reader's own private work: what is open to nobody else."""
    return sa.and_(TimeEntry.is_private, TimeEntry.person_id == reader_id)


def _counts(
    query: HoursQuery, rules: tuple[CountingRule, ...], of: _Summed
) -> sa.ColumnElement[bool]:
    """Turn the dated rule of what counts into a clause; a rule for all its days names no dates."""
    activities = Activity if query.activity is None else (query.activity,)
    counted = []
    for stretch in counted_in(query.period, rules):
        is_part = stretch.period != query.period
        dates = (
            of.worked_on >= stretch.period.starts_on,
            of.worked_on < stretch.period.ends_before,
        )
        kinds = [
            sa.and_(of.activity == each, of.kind.in_(sorted(stretch.kinds.get(each, ()))))
            for each in activities
        ]
        inside = () if stretch.outside_counts else (of.is_outside.is_(False),)
        counted.append(sa.and_(sa.or_(*kinds), *inside, *(dates if is_part else ())))
    return sa.or_(sa.false(), *counted)


def _parts(db: Session, query: HoursQuery, reader_id: int) -> Iterator[_Sums]:
    """Give sums by day, kind and state, and by topic; what is asked for is all of them together."""
    if query.person_id is not None or not are_settled(db):
        yield _entry_sums(db, query, _open_to(reader_id))
        return
    yield _day_sums(db, query)
    if reader_id != _NOBODY:
        yield _entry_sums(db, query, _own_private(reader_id))


def _day_sums(db: Session, query: HoursQuery) -> _Sums:
    within = list(_within(db, query, DaySum))
    if query.kind is not None:
        within.append(DaySum.kind == query.kind)
    if query.topic is not None:
        within.append(DaySum.topic == ("" if query.topic == WITHOUT else query.topic))

    def sums(*by: InstrumentedAttribute[Any]) -> Iterator[tuple[Any, ...]]:
        found = db.execute(sa.select(*by, sa.func.sum(DaySum.minutes)).where(*within).group_by(*by))
        return ((*row[:-1], int(row[-1])) for row in found)

    lines = list(sums(DaySum.worked_on, DaySum.kind, DaySum.status))
    return lines, [(topic or None, minutes) for topic, minutes in sums(DaySum.topic)]


def _entry_sums(db: Session, query: HoursQuery, of: sa.ColumnElement[bool]) -> _Sums:
    lines = _sums(db, query, of, TimeEntry.worked_on, TimeEntry.kind, TimeEntry.status)
    shares: list[tuple[str | None, int]] = [*_topic_sums(db, query, of)]
    without = sum(line[-1] for line in lines) - sum(minutes for _topic, minutes in shares)
    return lines, [*shares, (None, without)] if without else shares


def _sums(
    db: Session, query: HoursQuery, of: sa.ColumnElement[bool], *by: InstrumentedAttribute[Any]
) -> list[tuple[Any, ...]]:
    sums = sa.select(*by, sa.func.sum(_counted(query)))
    statement = _narrowed(db, sums, query, of).group_by(*by)
    return [(*row[:-1], int(row[-1])) for row in db.execute(statement)]


def _topic_sums(
    db: Session, query: HoursQuery, of: sa.ColumnElement[bool]
) -> list[tuple[str, int]]:
    sums = sa.select(TimeEntryTopic.topic, sa.func.sum(TimeEntryTopic.minutes))
    narrowed = _narrowed(db, sums, query, of, by_topic=True)
    found = db.execute(narrowed.group_by(TimeEntryTopic.topic))
    return [(topic, int(minutes)) for topic, minutes in found]

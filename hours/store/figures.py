"""What the figures of hours add up, and the rows behind them; the sums are made by the database."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from hours.domain.counting import COUNTED_STATUSES, CountingRule, counted_in
from hours.domain.entries import Activity, EntryStatus, TimeSource
from hours.domain.figures import HourRow, HoursFigure, HoursQuery, redacted
from hours.store.entries import topics_of
from hours.store.rules import load_rules
from hours.tables import TimeEntry, TimeEntryTopic

_LISTED = 5000


def read_figure(db: Session, query: HoursQuery) -> HoursFigure:
    """Add up the minutes of a query and its breakdowns, in three sums by the database."""
    days: dict[date, int] = {}
    kinds: dict[Any, int] = {}
    states: dict[Any, int] = {}
    parts = (TimeEntry.worked_on, TimeEntry.kind, TimeEntry.status)
    for day, kind, status, minutes in _sums(db, query, *parts):
        days[day] = days.get(day, 0) + minutes
        kinds[kind] = kinds.get(kind, 0) + minutes
        states[status] = states.get(status, 0) + minutes
    total = sum(days.values())
    topics: list[tuple[str | None, int]] = list(_topic_sums(db, query))
    without = total - sum(minutes for _, minutes in topics)
    if without:
        topics.append((None, without))
    return HoursFigure(
        minutes=total,
        by_day=tuple(sorted(days.items())),
        by_person=_largest_first(_sums(db, query, TimeEntry.person_id)),
        by_topic=_largest_first(topics),
        by_kind=_largest_first(kinds.items()),
        by_status=tuple((status, states[status]) for status in EntryStatus if status in states),
    )


def find_first_day(db: Session) -> date | None:
    """Return the earliest day with any time, None when there is none."""
    return db.scalar(sa.select(sa.func.min(TimeEntry.worked_on)))


def list_rows(db: Session, query: HoursQuery, *, reader_id: int) -> tuple[HourRow, ...]:
    """List the entries behind a figure, newest first.

    Somebody else's private work is redacted for every reader. At most 5,000 rows: more than
    three quarters of a centre of six.
    """
    statement = (
        _narrowed(
            db,
            sa.select(
                TimeEntry.id, TimeEntry.worked_on, _counted(query), TimeEntry.person_id,
                TimeEntry.activity, TimeEntry.kind, TimeEntry.source_type, TimeEntry.source_id,
                TimeEntry.is_private,
            ),
            query,
        )
        .order_by(TimeEntry.worked_on.desc(), TimeEntry.id.desc())
        .limit(_LISTED)
    )  # fmt: skip
    found = db.execute(statement).all()
    topics = topics_of(db, [entry[0] for entry in found])
    rows: list[HourRow] = []
    for entry_id, day, minutes, person, activity, kind, type_, source_id, is_private in found:
        row = HourRow(
            worked_on=day,
            minutes=minutes,
            person_id=person,
            activity=activity,
            kind=kind,
            topics=topics.get(entry_id, ()),
            source=TimeSource(type_, source_id),
        )
        rows.append(redacted(row) if is_private and person != reader_id else row)
    return tuple(rows)


def _counted(query: HoursQuery) -> InstrumentedAttribute[int]:
    return TimeEntry.minutes if query.topic is None else TimeEntryTopic.minutes


def _narrowed(
    db: Session,
    statement: sa.Select[*tuple[Any, ...]],
    query: HoursQuery,
    *,
    by_topic: bool = False,
) -> sa.Select[*tuple[Any, ...]]:
    """Keep the entries that answer a query: the only WHERE clause of the figures."""
    narrowed = statement.select_from(TimeEntry).where(
        TimeEntry.worked_on >= query.period.starts_on,
        TimeEntry.worked_on < query.period.ends_before,
        TimeEntry.status.in_(sorted(COUNTED_STATUSES)),
        _counts(query, load_rules(db)),
    )
    if query.agreement_id is not None:
        narrowed = narrowed.where(TimeEntry.agreement_id == query.agreement_id)
    if query.person_id is not None:
        narrowed = narrowed.where(TimeEntry.person_id == query.person_id)
    if query.kind is not None:
        narrowed = narrowed.where(TimeEntry.kind == query.kind)
    if by_topic or query.topic is not None:
        narrowed = narrowed.join(TimeEntryTopic, TimeEntryTopic.time_entry_id == TimeEntry.id)
    if query.topic is not None:
        narrowed = narrowed.where(TimeEntryTopic.topic == query.topic)
    return narrowed


def _counts(query: HoursQuery, rules: tuple[CountingRule, ...]) -> sa.ColumnElement[bool]:
    """Turn the dated rule of what counts into a clause."""
    activities = Activity if query.activity is None else (query.activity,)
    return sa.or_(
        sa.false(),
        *(
            sa.and_(
                TimeEntry.worked_on >= stretch.period.starts_on,
                TimeEntry.worked_on < stretch.period.ends_before,
                TimeEntry.activity == activity,
                TimeEntry.kind.in_(sorted(stretch.kinds.get(activity, ()))),
                sa.true() if stretch.outside_counts else TimeEntry.is_outside.is_(False),
            )
            for stretch in counted_in(query.period, rules)
            for activity in activities
        ),
    )


def _sums(db: Session, query: HoursQuery, *by: InstrumentedAttribute[Any]) -> list[tuple[Any, ...]]:
    statement = _narrowed(db, sa.select(*by, sa.func.sum(_counted(query))), query).group_by(*by)
    return [(*row[:-1], int(row[-1])) for row in db.execute(statement)]


def _topic_sums(db: Session, query: HoursQuery) -> list[tuple[str, int]]:
    sums = sa.select(TimeEntryTopic.topic, sa.func.sum(TimeEntryTopic.minutes))
    statement = _narrowed(db, sums, query, by_topic=True).group_by(TimeEntryTopic.topic)
    return [(topic, int(minutes)) for topic, minutes in db.execute(statement)]


def _largest_first(pairs: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(sorted(pairs, key=lambda pair: (-pair[1], str(pair[0]))))

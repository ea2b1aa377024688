"""States of entries month by month, locked days, and the days that were opened again."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from core.database import rows_changed
from hours.domain.entries import EntryStatus, TimeSource
from hours.domain.months import MonthEntry, PersonMonth
from hours.domain.periods import Period
from hours.domain.states import MOVES, Act, Override, Seen
from hours.store.entries import topics_of
from hours.store.sums import touch_days
from hours.tables import DayLock, LockOverride, TimeEntry


def find_locked(db: Session, days: Iterable[tuple[int, date]]) -> set[tuple[int, date]]:
    """Return which of these people's days are locked."""
    wanted = sorted(set(days))
    if not wanted:
        return set()
    keys = sa.tuple_(DayLock.person_id, DayLock.day)
    found = db.execute(sa.select(DayLock.person_id, DayLock.day).where(keys.in_(wanted)))
    return {(person, day) for person, day in found}


def find_opened(db: Session, days: Iterable[tuple[int, date]]) -> set[tuple[int, date]]:
    """Return which of these people's days are open by an override."""
    wanted = sorted(set(days))
    if not wanted:
        return set()
    keys = sa.tuple_(LockOverride.person_id, LockOverride.day)
    found = db.execute(
        sa.select(LockOverride.person_id, LockOverride.day).where(
            keys.in_(wanted), LockOverride.closed_at.is_(None)
        )
    )
    return {(person, day) for person, day in found}


def list_locked_days(db: Session, person_id: int, period: Period) -> tuple[date, ...]:
    """List the locked days of a person in a period."""
    query = (
        sa.select(DayLock.day)
        .where(DayLock.person_id == person_id, _within(DayLock.day, period))
        .order_by(DayLock.day)
    )
    return tuple(db.scalars(query))


def add_locks(db: Session, person_id: int, days: Sequence[date], by: int, at: datetime) -> int:
    """Lock days of a person that are not locked yet, and return how many were not."""
    known = set(db.scalars(sa.select(DayLock.day).where(
        DayLock.person_id == person_id, DayLock.day.in_(days)
    )))  # fmt: skip
    fresh = [day for day in days if day not in known]
    if fresh:
        db.execute(
            sa.insert(DayLock),
            [
                {"person_id": person_id, "day": day, "locked_at": at, "locked_by": by}
                for day in fresh
            ],
        )
    db.execute(
        sa.update(LockOverride)
        .where(
            LockOverride.person_id == person_id,
            LockOverride.day.in_(days),
            LockOverride.closed_at.is_(None),
        )
        .values(closed_at=at)
    )
    return len(fresh)


def delete_lock(db: Session, person_id: int, day: date) -> bool:
    """Unlock a day of a person; tell whether it was locked."""
    statement = sa.delete(DayLock).where(DayLock.person_id == person_id, DayLock.day == day)
    return rows_changed(db, statement) > 0


def add_override(
    db: Session, *, person_id: int, day: date, reason: str, by: int, at: datetime
) -> int:
    """Write that a locked day was opened, and return the id."""
    row = LockOverride(person_id=person_id, day=day, reason=reason, made_at=at, made_by=by)
    db.add(row)
    db.flush()
    return row.id


def list_overrides(
    db: Session, period: Period, person_id: int | None = None
) -> tuple[Override, ...]:
    """List the overrides of days in a period, of one person or of everybody, newest first."""
    query = (
        sa.select(LockOverride)
        .where(_within(LockOverride.day, period))
        .order_by(LockOverride.day.desc(), LockOverride.id.desc())
    )
    if person_id is not None:
        query = query.where(LockOverride.person_id == person_id)
    return tuple(
        Override(
            row.id, row.person_id, row.day, row.reason, row.made_at, row.made_by,
            is_open=row.closed_at is None,
        )
        for row in db.scalars(query)
    )  # fmt: skip


def move_entries(
    db: Session,
    act: Act,
    of: sa.ColumnElement[bool],
    **values: datetime | int | str | None,
) -> int:
    """Move entries by an act from any state in which it is possible; return how many moved."""
    sources, target = MOVES[act]
    days = db.scalars(
        sa.update(TimeEntry)
        .where(of, TimeEntry.status.in_(sorted(sources)))
        .values(status=target, version=TimeEntry.version + 1, **values)
        .returning(TimeEntry.worked_on)
    ).all()
    touch_days(db, days)
    return len(days)


def of_month(person_id: int, period: Period) -> sa.ColumnElement[bool]:
    """Make the clause of a person's entries in a period."""
    return sa.and_(TimeEntry.person_id == person_id, _within(TimeEntry.worked_on, period))


def of_days(person_id: int, days: Sequence[date]) -> sa.ColumnElement[bool]:
    """Make the clause of a person's entries on some days."""
    return sa.and_(TimeEntry.person_id == person_id, TimeEntry.worked_on.in_(days))


def list_days(db: Session, person_id: int, period: Period, status: EntryStatus) -> tuple[date, ...]:
    """List the days of a period on which a person has entries in a state."""
    query = (
        sa.select(TimeEntry.worked_on)
        .where(of_month(person_id, period), TimeEntry.status == status)
        .distinct()
        .order_by(TimeEntry.worked_on)
    )
    return tuple(db.scalars(query))


def of_entry(entry_id: int, version: int) -> sa.ColumnElement[bool]:
    """Make the clause of one entry as somebody saw it."""
    return sa.and_(TimeEntry.id == entry_id, TimeEntry.version == version)


def of_last_approval(
    db: Session, person_id: int, period: Period, by: int
) -> sa.ColumnElement[bool]:
    """Make the clause of what somebody approved last of a person's period."""
    theirs = sa.and_(
        of_month(person_id, period),
        TimeEntry.status == EntryStatus.APPROVED,
        TimeEntry.approved_by == by,
    )
    last = db.scalar(sa.select(sa.func.max(TimeEntry.approved_at)).where(theirs))
    return sa.and_(theirs, TimeEntry.approved_at == last)


def last_id_of(db: Session, batch: sa.ColumnElement[bool]) -> int:
    """Give the latest id among entries, 0 if there are none."""
    return db.scalar(sa.select(sa.func.max(TimeEntry.id)).where(batch)) or 0


def lock_month(db: Session, person_id: int, period: Period) -> None:
    """Let nobody else change a person's entries of a period until the transaction ends."""
    query = sa.select(TimeEntry.id).where(of_month(person_id, period)).order_by(TimeEntry.id)
    db.execute(query.with_for_update()).all()


def read_seen(db: Session, person_id: int, period: Period, status: EntryStatus) -> Seen:
    """Say what a batch holds now, to compare with what somebody saw."""
    found = db.execute(
        sa.select(
            sa.func.count(), sa.func.sum(TimeEntry.minutes),
            sa.func.sum(TimeEntry.version), sa.func.max(TimeEntry.id),
        ).where(of_month(person_id, period), TimeEntry.status == status)
    ).one()  # fmt: skip
    return Seen(*(int(part or 0) for part in found))


def read_months(db: Session, period: Period) -> tuple[PersonMonth, ...]:
    """Add up each person's minutes of a period by state, and count locked days and overrides."""
    sums = db.execute(
        sa.select(TimeEntry.person_id, TimeEntry.status, sa.func.sum(TimeEntry.minutes))
        .where(_within(TimeEntry.worked_on, period))
        .group_by(TimeEntry.person_id, TimeEntry.status)
    )
    minutes: dict[int, dict[EntryStatus, int]] = {}
    for person, status, total in sums:
        minutes.setdefault(person, {})[status] = int(total)
    locked = _counts(db, DayLock.person_id, DayLock.day, period)
    overrides = _counts(db, LockOverride.person_id, LockOverride.day, period)
    people = sorted({*minutes, *locked, *overrides})
    return tuple(
        PersonMonth(
            person,
            tuple((status, minutes.get(person, {}).get(status, 0)) for status in EntryStatus),
            locked.get(person, 0),
            overrides.get(person, 0),
        )
        for person in people
    )


def count_returned(db: Session, person_id: int) -> tuple[tuple[date, int], ...]:
    """Count a person's drafts that were given back with a comment, by the first of their month."""
    days = db.scalars(
        sa.select(TimeEntry.worked_on).where(
            TimeEntry.person_id == person_id,
            TimeEntry.status == EntryStatus.DRAFT,
            TimeEntry.returned_comment != "",
        )
    )
    return tuple(sorted(Counter(day.replace(day=1) for day in days).items()))


def list_submitted(db: Session, period: Period) -> tuple[tuple[int, date, int], ...]:
    """Add up what each person has submitted: who, the first of the month, minutes."""
    parts = (sa.extract("year", TimeEntry.worked_on), sa.extract("month", TimeEntry.worked_on))
    found = db.execute(
        sa.select(TimeEntry.person_id, *parts, sa.func.sum(TimeEntry.minutes))
        .where(_within(TimeEntry.worked_on, period), TimeEntry.status == EntryStatus.SUBMITTED)
        .group_by(TimeEntry.person_id, *parts)
    )
    return tuple(
        (person, date(int(year), int(month), 1), int(minutes))
        for person, year, month, minutes in found
    )


def list_month(
    db: Session, person_id: int, period: Period, *, reader_id: int
) -> tuple[MonthEntry, ...]:
    """List a person's entries of a period, newest first; private ones tell no more than time."""
    query = (
        sa.select(TimeEntry)
        .where(of_month(person_id, period))
        .order_by(TimeEntry.worked_on.desc(), TimeEntry.id.desc())
    )
    rows = db.scalars(query).all()
    topics = topics_of(db, [row.id for row in rows])
    found: list[MonthEntry] = []
    for row in rows:
        entry = MonthEntry(
            row.id, row.version, row.worked_on, row.minutes, row.status,
            kind=row.kind, activity=row.activity, topics=topics.get(row.id, ()),
            source=TimeSource(row.source_type, row.source_id), starts_at=row.starts_at,
            comment=row.returned_comment,
        )  # fmt: skip
        is_hidden = row.is_private and row.person_id != reader_id
        found.append(entry.redacted() if is_hidden else entry)
    return tuple(found)


def find_entry(db: Session, entry_id: int) -> tuple[int, date, EntryStatus, int] | None:
    """Return whose an entry is, its date, its state and its version; None if there is none."""
    row = db.execute(
        sa.select(
            TimeEntry.person_id, TimeEntry.worked_on, TimeEntry.status, TimeEntry.version
        ).where(TimeEntry.id == entry_id)
    ).one_or_none()
    return None if row is None else (row[0], row[1], row[2], row[3])


def _counts(
    db: Session,
    person: InstrumentedAttribute[int],
    day: InstrumentedAttribute[date],
    period: Period,
) -> dict[int, int]:
    found = db.execute(
        sa.select(person, sa.func.count()).where(_within(day, period)).group_by(person)
    )
    return {who: int(count) for who, count in found}


def _within(day: InstrumentedAttribute[date], period: Period) -> sa.ColumnElement[bool]:
    return sa.and_(day >= period.starts_on, day < period.ends_before)

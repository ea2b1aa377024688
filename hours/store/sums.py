"""Sums of days, kept by the ledger's own writes, and the proof that they equal the entries.

A write names the days it touched; before the transaction commits, their rows are made anew
from the entries. A transaction that has written reads the entries themselves until then.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session

from hours.domain.sums import Difference, SumKey, differences
from hours.tables import DaySum, TimeEntry, TimeEntryTopic

_TOUCHED: Final = "hours.days_touched"
_LOCK: Final = 0x686F_7572  # any constant: the advisory lock under which days are added up
_KEY: Final = (
    DaySum.worked_on, DaySum.activity, DaySum.kind, DaySum.status, DaySum.is_outside,
    DaySum.agreement_id, DaySum.topic,
)  # fmt: skip


def touch_days(db: Session, days: Iterable[date]) -> None:
    """Say that entries of these days change: their sums are made anew at the commit."""
    if _TOUCHED not in db.info:
        db.info[_TOUCHED] = set()
        event.listen(db, "before_commit", _settle)
    db.info[_TOUCHED].update(days)


def are_settled(db: Session) -> bool:
    """Tell whether the sums are those of the entries that this transaction sees."""
    return not db.info.get(_TOUCHED)


def list_differences(db: Session) -> tuple[Difference, ...]:
    """Add every entry up and name each sum that is not what is kept; none when all is equal."""
    stored = db.execute(sa.select(*_KEY, DaySum.minutes))
    counted = db.execute(_counted())
    return differences(
        {SumKey(*row[:-1]): row[-1] for row in stored},
        {SumKey(*row[:-1]): int(row[-1]) for row in counted},
    )


def hold_sums(db: Session) -> None:
    """Let one transaction after another add days up, each seeing what those before it wrote.

    This is the last thing a transaction waits for, so none waits for one that waits for it.
    """
    if db.get_bind().dialect.name == "postgresql":  # SQLite has one writer anyway
        db.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))


def rebuild_sums(db: Session) -> int:
    """Make the sums of every day anew; return how many there are."""
    hold_sums(db)
    db.execute(sa.delete(DaySum))
    _add(db)
    return db.scalar(sa.select(sa.func.count()).select_from(DaySum)) or 0


def _settle(db: Session) -> None:
    if db.in_nested_transaction():  # a savepoint is no end: the transaction goes on
        return
    days = sorted(db.info.pop(_TOUCHED, ()))
    if not days:
        return
    db.flush()
    hold_sums(db)
    db.execute(sa.delete(DaySum).where(DaySum.worked_on.in_(days)))
    _add(db, TimeEntry.worked_on.in_(days))


def _add(db: Session, *of: sa.ColumnElement[bool]) -> None:
    db.execute(sa.insert(DaySum).from_select([column.key for column in (*_KEY, DaySum.minutes)],
                                             _counted(*of)))  # fmt: skip


def _counted(*of: sa.ColumnElement[bool]) -> sa.Select[*tuple[Any, ...]]:
    """Add up entries as they stand: each topic's share of them, or the whole without topics."""
    key = (
        TimeEntry.worked_on, TimeEntry.activity, TimeEntry.kind, TimeEntry.status,
        TimeEntry.is_outside, sa.func.coalesce(TimeEntry.agreement_id, sa.literal_column("0")),
        sa.func.coalesce(TimeEntryTopic.topic, sa.literal_column("''")),
    )  # fmt: skip
    minutes = sa.func.sum(sa.func.coalesce(TimeEntryTopic.minutes, TimeEntry.minutes))
    return (
        sa.select(*key, minutes)
        .select_from(TimeEntry)
        .outerjoin(TimeEntryTopic, TimeEntryTopic.time_entry_id == TimeEntry.id)
        .where(TimeEntry.is_private.is_(False), *of)
        .group_by(*key)
    )

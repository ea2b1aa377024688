"""The audit trail: append-only lines chained by hashes, in the transaction of the change.

A line says who did what to which object and when. Its details hold ids, codes, dates and
counts, never names or texts, so that erasing a person never breaks the chain.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, Final, TypeAlias, cast

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.database import Base, UtcDateTime
from core.i18n import sort_key

GENESIS: Final = "0" * 64
_LOCK: Final = 0x6361_7365  # any constant: the advisory lock under which lines are chained
_CODE: Final = re.compile(r"[a-z][a-z0-9_.:\-]{0,79}")

Detail: TypeAlias = "int | bool | date | StrEnum | Iterable[Detail] | None"


class AuditEntry(Base):
    """One line of the trail."""

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    person_id: Mapped[int | None] = mapped_column(index=True)
    action: Mapped[str] = mapped_column(sa.String(80), index=True)
    object: Mapped[str] = mapped_column(sa.String(80), index=True)
    details: Mapped[str] = mapped_column(sa.Text)
    previous_hash: Mapped[str] = mapped_column(sa.String(64))
    hash: Mapped[str] = mapped_column(sa.String(64), unique=True)


_TABLE: Final = cast("sa.Table", AuditEntry.__table__)


@dataclass(frozen=True, slots=True)
class Line:
    """One line to be written."""

    action: str
    subject: str
    details: str


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One line as it is read."""

    id: int
    at: datetime
    person_id: int | None
    action: str
    subject: str
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check of the whole chain found; `broken_at` is the first bad line's id."""

    lines: int
    broken_at: int | None


def line(action: str, subject: str, details: Mapping[str, Detail]) -> Line:
    """Prepare a line; a text among the details is a mistake in the program."""
    plain = {name: _plain(value) for name, value in details.items()}
    return Line(action, subject, json.dumps(plain, sort_keys=True, separators=(",", ":")))


def hold(db: Session) -> None:
    """Let no other transaction add to the trail until this one ends."""
    if db.get_bind().dialect.name == "postgresql":  # SQLite has one writer anyway
        db.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))


def append(db: Session, lines: list[Line], *, person_id: int | None, at: datetime) -> None:
    """Chain the lines to the trail, just before the commit."""
    if not lines:
        return
    hold(db)
    previous = _last_hash(db)
    rows = []
    for entry in lines:
        digest = _digest(previous, at, person_id, entry.action, entry.subject, entry.details)
        rows.append(
            {
                "at": at,
                "person_id": person_id,
                "action": entry.action,
                "object": entry.subject,
                "details": entry.details,
                "previous_hash": previous,
                "hash": digest,
            }
        )
        previous = digest
    db.connection().execute(_TABLE.insert(), rows)


def verify(db: Session) -> Verdict:
    """Recompute the whole chain; O(lines), streamed."""
    previous, count = GENESIS, 0
    for row in db.execute(
        sa.select(AuditEntry.__table__).order_by(AuditEntry.id).execution_options(yield_per=1000)
    ):
        digest = _digest(previous, row.at, row.person_id, row.action, row.object, row.details)
        if row.previous_hash != previous or row.hash != digest:
            return Verdict(count, row.id)
        previous, count = digest, count + 1
    return Verdict(count, None)


def find_lines(
    db: Session,
    *,
    person_id: int | None = None,
    text: str = "",
    since: datetime | None = None,
    before_id: int | None = None,
    limit: int = 100,
) -> tuple[AuditLine, ...]:
    """Search the trail, newest first; `text` is part of an action or an object."""
    query = sa.select(AuditEntry).order_by(AuditEntry.id.desc()).limit(limit)
    if person_id is not None:
        query = query.where(AuditEntry.person_id == person_id)
    if text:
        wanted = sort_key(text)
        query = query.where(
            AuditEntry.action.contains(wanted, autoescape=True)
            | AuditEntry.object.contains(wanted, autoescape=True)
        )
    if since is not None:
        query = query.where(AuditEntry.at >= since)
    if before_id is not None:
        query = query.where(AuditEntry.id < before_id)
    return tuple(
        AuditLine(e.id, e.at, e.person_id, e.action, e.object, json.loads(e.details))
        for e in db.scalars(query)
    )


def _last_hash(db: Session) -> str:
    last = db.scalar(sa.select(AuditEntry.hash).order_by(AuditEntry.id.desc()).limit(1))
    return last or GENESIS


def _digest(
    previous: str, at: datetime, person_id: int | None, action: str, subject: str, details: str
) -> str:
    instant = at.astimezone(UTC).isoformat(timespec="microseconds")
    canonical = json.dumps(
        [previous, instant, person_id, action, subject, details], separators=(",", ":")
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


def _plain(value: Detail) -> object:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, str):
        if _CODE.fullmatch(value):
            return value
        msg = "the audit trail holds ids, codes, dates and counts, never texts"
        raise TypeError(msg)
    return [_plain(item) for item in value]

"""Sign-ins and failed tries at one, to values and back."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from accounts.tables import Account, Person, PersonRole, SignIn, SignInFailure
from core.database import rows_changed
from core.permissions import Actor


def add_sign_in(db: Session, person_id: int, *, token_hash: str, family: str, now: datetime) -> int:
    """Open a sign-in session."""
    row = SignIn(
        token_hash=token_hash, family=family, person_id=person_id, created_at=now, seen_at=now
    )
    db.add(row)
    db.flush()
    return row.id


def find_actor(
    db: Session, token_hash: str, *, now: datetime, idle: timedelta, absolute: timedelta
) -> Actor | None:
    """Recognise the person behind a token: one indexed statement."""
    rows = db.execute(
        sa.select(Person.id, Person.name, Person.language, PersonRole.role)
        .select_from(SignIn)
        .join(Account, Account.person_id == SignIn.person_id)
        .join(Person, Person.id == SignIn.person_id)
        .outerjoin(PersonRole, PersonRole.person_id == SignIn.person_id)
        .where(
            SignIn.token_hash == token_hash,
            SignIn.seen_at > now - idle,
            SignIn.created_at > now - absolute,
            Account.active,
        )
    ).all()
    if not rows:
        return None
    roles = frozenset(row.role for row in rows if row.role is not None)
    return Actor(rows[0].id, roles, rows[0].name, rows[0].language)


def find_sign_in(db: Session, sign_in_id: int) -> tuple[int, str] | None:
    """Find the person and family of a sign-in."""
    row = db.execute(
        sa.select(SignIn.person_id, SignIn.family).where(SignIn.id == sign_in_id)
    ).one_or_none()
    return None if row is None else (row.person_id, row.family)


def touch_sign_in(db: Session, token_hash: str, *, now: datetime, older_than: timedelta) -> bool:
    """Note that a session is in use, if that was noted long enough ago."""
    noted = rows_changed(
        db,
        sa.update(SignIn)
        .where(SignIn.token_hash == token_hash, SignIn.seen_at < now - older_than)
        .values(seen_at=now),
    )
    return bool(noted)


def needs_touch(db: Session, token_hash: str, *, now: datetime, older_than: timedelta) -> bool:
    """Tell whether a session's last use was noted too long ago."""
    seen = db.scalar(sa.select(SignIn.seen_at).where(SignIn.token_hash == token_hash))
    return seen is not None and seen < now - older_than


def end_family(db: Session, token_hash: str) -> int | None:
    """End a sign-in in all its tabs; returns whose it was."""
    row = db.execute(
        sa.select(SignIn.family, SignIn.person_id).where(SignIn.token_hash == token_hash)
    ).one_or_none()
    if row is None:
        return None
    db.execute(sa.delete(SignIn).where(SignIn.family == row.family))
    return int(row.person_id)


def end_all(db: Session, person_id: int) -> None:
    """End every sign-in of a person."""
    db.execute(sa.delete(SignIn).where(SignIn.person_id == person_id))


def count_sign_ins(db: Session, *, since: datetime) -> int:
    """Count the sign-in sessions used since an instant."""
    return (
        db.scalar(sa.select(sa.func.count()).select_from(SignIn).where(SignIn.seen_at > since)) or 0
    )


def sweep(db: Session, *, ended_before: datetime, failures_before: datetime) -> None:
    """Forget sessions and failures past their time."""
    db.execute(sa.delete(SignIn).where(SignIn.created_at < ended_before))
    db.execute(sa.delete(SignInFailure).where(SignInFailure.at < failures_before))


def add_failures(db: Session, buckets: Iterable[str], *, now: datetime) -> None:
    """Count one failed sign-in in each bucket."""
    db.add_all(SignInFailure(bucket=bucket, at=now) for bucket in buckets)
    db.flush()


def count_failures(db: Session, bucket: str, *, since: datetime) -> int:
    """Count the failures of a bucket in the window."""
    query = (
        sa.select(sa.func.count())
        .select_from(SignInFailure)
        .where(SignInFailure.bucket == bucket, SignInFailure.at > since)
    )
    return db.scalar(query) or 0


def forget_failures(db: Session, bucket: str) -> None:
    """Forget a bucket's failures after a success."""
    db.execute(sa.delete(SignInFailure).where(SignInFailure.bucket == bucket))

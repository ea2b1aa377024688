"""Links that open one thing to whoever holds them: invitations, tickets, feeds.

Only the SHA-256 of a token is stored, so a stolen database opens nothing.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.database import Base, UtcDateTime, rows_changed
from core.errors import DomainError


class LinkEndedError(DomainError):
    """The link is unknown, revoked, used up or expired: all look the same from outside."""

    code = "error.link_ended"


class Link(Base):
    """One link."""

    __tablename__ = "link"

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[str] = mapped_column(sa.String(40), index=True)
    subject: Mapped[str] = mapped_column(sa.String(80), index=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[int | None]
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    uses: Mapped[int] = mapped_column(default=0)
    max_uses: Mapped[int | None]
    __table_args__ = (
        sa.CheckConstraint("uses >= 0", name="uses"),
        {"sqlite_autoincrement": True},
    )


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link opens."""

    id: int
    purpose: str
    subject: str
    expires_at: datetime

    @property
    def subject_id(self) -> int:
        """The id within a subject such as `person:5`."""
        return int(self.subject.rpartition(":")[2])


def digest(token: str) -> str:
    """Hash a token as it is stored."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_token() -> str:
    """Make a token of 256 random bits."""
    return secrets.token_urlsafe(32)


def derived(token: str, purpose: str) -> str:
    """Make of a link's token that of a lesser one: whoever holds the first knows the second.

    The second tells nothing of the first, so it may be given to others, say to a calendar.
    """
    made = hmac.digest(token.encode(), purpose.encode(), "sha256")
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()


def create(  # noqa: PLR0913 — the fields of a link
    db: Session,
    purpose: str,
    subject: str,
    *,
    now: datetime,
    lives: timedelta,
    max_uses: int | None = 1,
    created_by: int | None = None,
    token: str | None = None,
) -> str:
    """Make a link and return its token, which is shown once and kept nowhere.

    `token` is one `derived` from another link's; else a new one is drawn.
    """
    token = token or new_token()
    db.add(
        Link(
            purpose=purpose,
            subject=subject,
            token_hash=digest(token),
            created_at=now,
            created_by=created_by,
            expires_at=now + lives,
            max_uses=max_uses,
        )
    )
    db.flush()
    return token


def look(db: Session, purpose: str, token: str, *, now: datetime) -> Opened:
    """Say what a link opens without using it. Raises `LinkEndedError`."""
    found = db.scalar(sa.select(Link).where(Link.token_hash == digest(token)))
    if (
        found is None
        or found.purpose != purpose
        or found.revoked_at is not None
        or found.expires_at <= now
        or (found.max_uses is not None and found.uses >= found.max_uses)
    ):
        raise LinkEndedError
    return Opened(found.id, found.purpose, found.subject, found.expires_at)


def use(db: Session, purpose: str, token: str, *, now: datetime) -> Opened:
    """Use a link once; of two that use the last time at once, one gets `LinkEndedError`."""
    opened = look(db, purpose, token, now=now)
    used = rows_changed(
        db,
        sa.update(Link)
        .where(
            Link.id == opened.id,
            Link.revoked_at.is_(None),
            sa.or_(Link.max_uses.is_(None), Link.uses < Link.max_uses),
        )
        .values(uses=Link.uses + 1),
    )
    if not used:
        raise LinkEndedError
    return opened


def is_live(db: Session, purpose: str, subject: str, *, now: datetime) -> bool:
    """Tell whether any link of a purpose to a subject still opens."""
    return bool(live_subjects(db, purpose, [subject], now=now))


def live_subjects(
    db: Session, purpose: str, subjects: Collection[str], *, now: datetime
) -> frozenset[str]:
    """Give those of the subjects to which a link of a purpose still opens, by one query."""
    found = db.scalars(
        sa.select(Link.subject)
        .where(
            Link.purpose == purpose,
            Link.subject.in_(subjects),
            Link.revoked_at.is_(None),
            Link.expires_at > now,
            sa.or_(Link.max_uses.is_(None), Link.uses < Link.max_uses),
        )
        .distinct()
    )
    return frozenset(found)


def revoke(db: Session, purpose: str, subject: str, *, now: datetime) -> int:
    """End every live link of a purpose to a subject; returns how many."""
    return rows_changed(
        db,
        sa.update(Link)
        .where(Link.purpose == purpose, Link.subject == subject, Link.revoked_at.is_(None))
        .values(revoked_at=now),
    )


def sweep(db: Session, *, before: datetime) -> None:
    """Forget links that ended before an instant."""
    db.execute(sa.delete(Link).where(Link.expires_at < before))

"""Drafts: what a person has typed into a note and not yet saved.

A draft belongs to its author alone, writes no audit line and is forgotten after 30 days. The
browser sends the whole text with a sequence number; two windows that wrote apart are noticed
here, and the overtaken text is kept beside the newest one until the person lets it go.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, UtcDateTime
from core.errors import InvalidError, SignedOutError, TooLongError
from core.i18n import Term
from core.workspace import Transaction, Workspace

MAX_CHARACTERS: Final = 100_000
LIFETIME: Final = timedelta(days=30)
_KEY: Final = re.compile(r"[a-z][a-z_]*(:[a-z0-9_-]+)+")
_KEY_LENGTH: Final = 80
_WRITER_LENGTH: Final = 40
_OPENING: Final = 120


class Draft(Base):
    """The newest text of one person's note, or the mark that it has been saved."""

    __tablename__ = "draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(sa.String(_KEY_LENGTH))
    text: Mapped[str] = mapped_column(sa.Text)
    other: Mapped[str | None] = mapped_column(sa.Text)
    basis: Mapped[str] = mapped_column(sa.String(64))
    version: Mapped[int]
    writer: Mapped[str] = mapped_column(sa.String(_WRITER_LENGTH))
    sequence: Mapped[int]
    is_cleared: Mapped[bool]
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    __table_args__ = (sa.UniqueConstraint("person_id", "key"), *Base.__table_args__)


@dataclass(frozen=True, slots=True)
class Piece:
    """What a window sends.

    `writer` names the window, `heir_of` the one whose unsent text it took over, `sequence`
    grows with every change, `base` is the version the text grew from, `basis` the digest of
    the stored text it began with. `other` replaces the overtaken text: None leaves it as it
    is, an empty text lets it go.
    """

    key: str
    text: str
    writer: str
    sequence: int
    base: int
    basis: str = ""
    heir_of: str = ""
    other: str | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft as the database has it; `other` is the text of a window it overtook."""

    text: str
    version: int
    is_cleared: bool
    other: str
    basis: str
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class DraftBrief:
    """A draft in a list: its key (`consultation:5`), how its text begins, and when."""

    key: str
    opening: str
    updated_at: datetime


def digest(text: str) -> str:
    """Name a stored text, so that a draft knows which one it began with."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def keep_draft(workspace: Workspace, piece: Piece, *, person_id: int) -> Kept:
    """Keep what a window of a person sends and say what the database now has.

    A text that comes after its note was saved (`base` older than the saving) is not kept.

    Raises
    ------
    TooLongError
        If the text exceeds 100,000 characters; nothing changes.
    SignedOutError
        If the browser now belongs to another person than the window.
    """
    _check(piece)
    with workspace.transaction() as tx:
        if tx.actor.person_id != person_id:
            raise SignedOutError
        row = _locked(tx, piece.key)
        if row.is_cleared and piece.base < row.version:
            return _kept(row)
        if not row.is_cleared and _is_apart(row, piece):
            row.other = row.text
        if row.is_cleared:
            row.other = None
        if piece.other is not None:
            row.other = _storable(piece.other) or None
        row.text, row.basis = _storable(piece.text), piece.basis
        row.writer, row.sequence = piece.writer, piece.sequence
        row.version += 1
        row.is_cleared = False
        row.updated_at = tx.now
        return _kept(row)


def find_draft(workspace: Workspace, key: str) -> Kept | None:
    """Give the actor's draft, or the mark that it was saved; None if there is neither."""
    with workspace.reading() as tx:
        return load_draft(tx, key)


def load_draft(tx: Transaction, key: str) -> Kept | None:
    """Do what `find_draft` does, in an open transaction."""
    row = tx.db.scalar(_mine(tx, key).where(Draft.updated_at >= tx.now - LIFETIME))
    return None if row is None else _kept(row)


def clear_draft(tx: Transaction, key: str) -> None:
    """Forget the actor's draft of a note, in the transaction that saves the note.

    A mark stays behind, so that a text still on its way does not bring the draft back.
    """
    row = _locked(tx, key)
    row.text, row.other, row.basis = "", None, ""
    row.version += 1
    row.is_cleared = True
    row.updated_at = tx.now
    tx.db.flush()


def my_drafts(workspace: Workspace) -> tuple[DraftBrief, ...]:
    """List the actor's unsaved notes, newest first."""
    with workspace.reading() as tx:
        rows = tx.db.execute(
            sa.select(Draft.key, sa.func.substr(Draft.text, 1, _OPENING), Draft.updated_at)
            .where(
                Draft.person_id == tx.actor.person_id,
                ~Draft.is_cleared,
                Draft.text != "",
                Draft.updated_at >= tx.now - LIFETIME,
            )
            .order_by(Draft.updated_at.desc(), Draft.id.desc())
        )
        return tuple(DraftBrief(*row) for row in rows)


def _check(piece: Piece) -> None:
    if not _KEY.fullmatch(piece.key) or len(piece.key) > _KEY_LENGTH:
        raise InvalidError(field=Term("field.draft"), value=piece.key)
    if len(piece.writer) > _WRITER_LENGTH or len(piece.basis) not in {0, 64}:
        raise InvalidError(field=Term("field.draft"), value=piece.writer)
    for text in (piece.text, piece.other or ""):
        if len(text) > MAX_CHARACTERS:
            raise TooLongError(field=Term("field.note"), limit=MAX_CHARACTERS, length=len(text))


def _storable(text: str) -> str:
    """Replace what no database holds: NUL, and half of a character pair cut by the browser."""
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole.replace("\0", "\ufffd")


def _is_apart(row: Draft, piece: Piece) -> bool:
    """Tell whether another window wrote what this piece has not seen."""
    own = row.writer in {piece.writer, piece.heir_of} and row.sequence <= piece.sequence
    differs = bool(row.text) and row.text != piece.text
    return differs and row.version != piece.base and not own


def _mine(tx: Transaction, key: str) -> sa.Select[Draft]:
    return sa.select(Draft).where(Draft.person_id == tx.actor.person_id, Draft.key == key)


def _locked(tx: Transaction, key: str) -> Draft:
    """Load the row for writing, made if need be; expired drafts of everybody go."""
    query = _mine(tx, key).with_for_update()
    row = tx.db.scalar(query)
    if row is not None:
        return row
    tx.db.execute(sa.delete(Draft).where(Draft.updated_at < tx.now - LIFETIME))
    insert = sqlite.insert if tx.db.get_bind().dialect.name == "sqlite" else postgresql.insert
    tx.db.execute(
        insert(Draft)
        .values(
            person_id=tx.actor.person_id, key=key, text="", basis="", version=0, writer="",
            sequence=0, is_cleared=False, updated_at=tx.now,
        )
        .on_conflict_do_nothing()
    )  # fmt: skip
    return tx.db.scalars(query).one()


def _kept(row: Draft) -> Kept:
    return Kept(row.text, row.version, row.is_cleared, row.other or "", row.basis, row.updated_at)

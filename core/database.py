"""The database: SQLite by default, PostgreSQL by `DATABASE_URL`.

Writing transactions begin IMMEDIATE on SQLite, so that a read inside one cannot go stale
before its write; on PostgreSQL services lock their aggregate's root. Reading ones see one
snapshot: a deferred BEGIN in WAL mode, REPEATABLE READ READ ONLY on PostgreSQL.
"""

import errno
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, CursorResult, Engine
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.sql.dml import Delete, Insert, Update

from core.errors import (
    BusyError,
    DatabaseUnavailableError,
    DomainError,
    StorageFullError,
)

ROOT: Final = Path(__file__).resolve().parent.parent
BUSY_TIMEOUT_SECONDS: Final = 10
_NAMING: Final = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The root of every table: names of constraints, ids never reused."""

    metadata = sa.MetaData(naming_convention=_NAMING)
    __table_args__: Any = ({"sqlite_autoincrement": True},)


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """An instant: aware in Python, UTC in the database."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self, value: datetime | None, dialect: sa.engine.Dialect
    ) -> datetime | None:
        """Refuse a naive value; SQLite stores the UTC wall time."""
        if value is None:
            return None
        if value.tzinfo is None:
            msg = "an instant needs a time zone"
            raise ValueError(msg)
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(
        self, value: datetime | None, dialect: sa.engine.Dialect
    ) -> datetime | None:
        """Give the instant back as aware UTC."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def coded(kind: type[StrEnum]) -> sa.Enum:
    """Make the column type of a coded value: VARCHAR of its codes, checked by the database."""
    return sa.Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda members: [member.value for member in members],
        name=kind.__name__.lower(),
    )


@dataclass(slots=True)
class Tally:
    """What one piece of work (a page's run, a request) asked of the database."""

    statements: int = 0
    seconds: float = 0.0


_tally: ContextVar[Tally | None] = ContextVar("tally", default=None)


@contextmanager
def tallied() -> Iterator[Tally]:
    """Count the statements run inside the block, and the time waited for them."""
    tally = Tally()
    token = _tally.set(tally)
    try:
        yield tally
    finally:
        _tally.reset(token)


def rows_changed(db: Session, statement: Update | Delete | Insert) -> int:
    """Run a writing statement and say how many rows it changed."""
    result = db.execute(statement)
    return result.rowcount if isinstance(result, CursorResult) else 0


class Database:
    """One database and its connections.

    `durable=False` lets SQLite answer before the disk has the data: for a new file that is
    thrown away if the making of it is interrupted.
    """

    def __init__(self, url: str, *, durable: bool = True) -> None:
        self.url = sa.make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        if self.is_sqlite and self.url.database:
            Path(self.url.database).parent.mkdir(parents=True, exist_ok=True)
        self.engine = (
            _sqlite_engine(self.url, durable=durable)
            if self.is_sqlite
            else _server_engine(self.url)
        )
        self._reader = self.engine.execution_options(
            **({"readonly": True} if self.is_sqlite else _READ_ONLY)
        )
        _count_statements(self.engine)
        _mend_texts(self.engine)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Open a writing transaction; commit at the end, roll back on any exception."""
        with _expected_failures(), Session(self.engine, expire_on_commit=False) as session:
            session.connection()
            yield session
            session.commit()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a reading transaction: one snapshot, no write lock."""
        with _expected_failures(), Session(self._reader, expire_on_commit=False) as session:
            yield session

    def dispose(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()


_READ_ONLY: Final[dict[str, Any]] = {
    "isolation_level": "REPEATABLE READ",
    "postgresql_readonly": True,
}


def data_dir() -> Path:
    """Give the folder of the database, documents and caches (`DATA_DIR`, else `data`)."""
    return Path(os.environ.get("DATA_DIR") or ROOT / "data")


def database_url() -> str:
    """Give the address of the database the program runs on."""
    return os.environ.get("DATABASE_URL") or f"sqlite:///{data_dir() / 'casework.db'}"


def the_database() -> Database:
    """Give this process's database: one per address, opened at first use."""
    return _open(database_url())


@cache
def _open(url: str) -> Database:
    return Database(url)


def _sqlite_engine(url: sa.URL, *, durable: bool) -> Engine:
    engine = sa.create_engine(
        url, connect_args={"timeout": BUSY_TIMEOUT_SECONDS}, pool_size=20, max_overflow=40
    )

    @event.listens_for(engine, "connect")
    def _pragmas(dbapi: sqlite3.Connection, _record: object) -> None:
        dbapi.isolation_level = None  # SQLAlchemy's "begin" below says how to begin
        for pragma in (
            "journal_mode=WAL",
            f"synchronous={'FULL' if durable else 'OFF'}",
            "foreign_keys=ON",
            f"busy_timeout={BUSY_TIMEOUT_SECONDS * 1000}",
            "cache_size=-16000",
        ):
            dbapi.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        read_only = connection.get_execution_options().get("readonly")
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return engine


def _server_engine(url: sa.URL) -> Engine:
    return sa.create_engine(
        url,
        pool_size=10,
        max_overflow=20,
        pool_pre_ping=True,
        connect_args={"options": f"-c lock_timeout={BUSY_TIMEOUT_SECONDS * 1000}"},
    )


def _count_statements(engine: Engine) -> None:
    @event.listens_for(engine, "before_cursor_execute")
    def _before(*args: Any) -> None:  # noqa: ANN401 — SQLAlchemy's own signature, six arguments
        if _tally.get() is not None:
            args[4].started = time.perf_counter()

    @event.listens_for(engine, "after_cursor_execute")
    def _after(*args: Any) -> None:  # noqa: ANN401 — as above
        tally = _tally.get()
        if tally is not None:
            tally.statements += 1
            tally.seconds += time.perf_counter() - getattr(args[4], "started", 0.0)


def _mend_texts(engine: Engine) -> None:
    """Let no text break a statement: both databases get the same, which both can hold."""

    @event.listens_for(engine, "before_cursor_execute", retval=True)
    def _before(*args: Any) -> tuple[str, Any]:  # noqa: ANN401 — SQLAlchemy's own signature, six arguments
        return args[2], _storable(args[3])


def _storable(value: Any) -> Any:  # noqa: ANN401 — whatever a statement is given
    """Put U+FFFD for what no database holds: NUL, and halves of surrogate pairs."""
    if isinstance(value, str):
        if value.isascii():
            return value.replace("\0", "\ufffd")
        return (
            value.replace("\0", "\ufffd")
            .encode("utf-16-le", "surrogatepass")
            .decode("utf-16-le", "replace")
        )
    if isinstance(value, dict):
        return {name: _storable(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_storable(one) for one in value]
    if type(value) is tuple:
        return tuple(_storable(one) for one in value)
    return value


@contextmanager
def _expected_failures() -> Iterator[None]:
    """Turn a locked database, a full disk and a lost server into errors with words."""
    try:
        yield
    except DBAPIError as error:
        expected = _expected(error)
        if expected is None:
            raise
        raise expected from error
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise StorageFullError from error
        raise


_REFUSALS: Final[dict[str, type[DomainError]]] = {
    "55P03": BusyError,
    "40001": BusyError,
    "40P01": BusyError,
    "53100": StorageFullError,
}
"""What PostgreSQL's states mean to a person."""
_WORDS: Final[tuple[tuple[str, type[DomainError]], ...]] = (
    ("locked", BusyError),
    ("busy", BusyError),
    ("full", StorageFullError),
    ("disk i/o", StorageFullError),
    ("unable to open", DatabaseUnavailableError),
)
"""What SQLite's messages mean to a person."""


def _expected(error: DBAPIError) -> DomainError | None:
    original = error.orig
    if isinstance(original, sqlite3.OperationalError):
        text = str(original).lower()
        return next((kind() for word, kind in _WORDS if word in text), None)
    refusal = _REFUSALS.get(getattr(original, "sqlstate", None) or "")
    if refusal is not None:
        return refusal()
    lost = isinstance(error, OperationalError) and not isinstance(original, sqlite3.Error)
    return DatabaseUnavailableError() if lost else None

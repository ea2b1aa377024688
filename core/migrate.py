"""Bringing the database's schema up to the program's, at start.

Safe when several processes start together: a file lock beside an SQLite database, an
advisory lock on PostgreSQL. Each run is one transaction: all revisions or none.
"""

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from filelock import FileLock
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import NullPool

from core.database import ROOT
from core.errors import DomainError

COPIES_KEPT: Final = 5
SCRIPTS: Final = ROOT / "migrations"
_ADVISORY_LOCK: Final = 0x636173657770  # any number, the same in every process


class SchemaTooNewError(DomainError):
    """A newer program has migrated this database; details: revision."""

    code = "error.schema_too_new"


def migrate(url: str | sa.URL, to: str = "head", scripts: Path = SCRIPTS) -> None:
    """Migrate the database at `url`; nothing happens where it is current.

    An SQLite database that holds something is copied to `backups/` beside it first.

    Raises `SchemaTooNewError`, and changes nothing, if the schema is newer than the program.
    """
    address = sa.make_url(url)
    engine = migrating_engine(address)
    target = _Target(to, scripts)
    try:
        if address.get_backend_name() == "sqlite":
            _migrate_file(engine, Path(address.database or ""), target)
        else:
            _migrate_server(engine, target)
    finally:
        engine.dispose()


def is_current(engine: Engine) -> bool:
    """Tell whether the schema is exactly the program's."""
    with engine.execution_options(readonly=True).connect() as connection:
        return _revisions(connection) == set(_history(SCRIPTS).get_heads())


def migrating_engine(address: sa.URL) -> Engine:
    """Make an engine of the migration's own, without foreign keys on SQLite.

    Altering a table there means making it anew, and dropping the old one would delete the
    rows that point at it.
    """
    engine = sa.create_engine(address, poolclass=NullPool)
    if engine.dialect.name == "sqlite":
        Path(address.database or "").parent.mkdir(parents=True, exist_ok=True)

        @event.listens_for(engine, "connect")
        def _open(dbapi: sqlite3.Connection, _record: object) -> None:
            dbapi.isolation_level = None
            dbapi.execute("PRAGMA foreign_keys=OFF")
            dbapi.execute("PRAGMA busy_timeout=10000")

        @event.listens_for(engine, "begin")
        def _begin(connection: Connection) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def upgrade(connection: Connection, to: str = "head") -> None:
    """Migrate inside a transaction that is already open on the migrations' engine.

    Raises `SchemaTooNewError` if this program does not know the revision.
    """
    target = _Target(to, SCRIPTS)
    if to != "head":
        target.is_due({to})
    if target.is_due(_revisions(connection)):
        target.upgrade(connection)


def revision_of(connection: Connection) -> str:
    """Name the revision a database is at; empty for none."""
    return ", ".join(sorted(_revisions(connection)))


@dataclass(frozen=True)
class _Target:
    """The revision to reach, and where the revisions lie."""

    to: str
    scripts: Path

    def is_due(self, found: set[str]) -> bool:
        """Tell whether a database at `found` has still to be migrated."""
        history = _history(self.scripts)
        unknown = found - {script.revision for script in history.walk_revisions()}
        if unknown:
            raise SchemaTooNewError(revision=", ".join(sorted(unknown)))
        return found != ({self.to} if self.to != "head" else set(history.get_heads()))

    def upgrade(self, connection: Connection) -> None:
        """Run the revisions that are missing, on this connection."""
        config = _config(self.scripts)
        config.attributes["connection"] = connection
        command.upgrade(config, self.to)


def _migrate_file(engine: Engine, path: Path, target: _Target) -> None:
    with FileLock(f"{path}.lock"):
        with engine.connect() as connection:
            found = _revisions(connection)
        if not target.is_due(found):
            return
        if found:
            _copy(path, "-".join(sorted(found)))
        with engine.begin() as connection:
            target.upgrade(connection)
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if broken:
                raise RuntimeError(f"the migration would break {len(broken)} links: {broken[:5]}")


def _migrate_server(engine: Engine, target: _Target) -> None:
    with engine.begin() as connection:
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_ADVISORY_LOCK)))
        if target.is_due(_revisions(connection)):
            target.upgrade(connection)


def _copy(path: Path, revision: str) -> Path:
    """Copy a database as of its last commit; only this account may read the copy."""
    folder = path.parent / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    copy = folder / f"{path.stem}-{stamp}-before-leaving-{revision}.db"
    os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with closing(sqlite3.connect(path, isolation_level=None)) as source:
        source.execute("VACUUM INTO ?", (str(copy),))
    copies = sorted(folder.glob(f"{path.stem}-*-before-leaving-*.db"))
    for old in copies[:-COPIES_KEPT]:
        old.unlink()
    return copy


def _revisions(connection: Connection) -> set[str]:
    return set(MigrationContext.configure(connection).get_current_heads())


@cache
def _history(scripts: Path) -> ScriptDirectory:
    return ScriptDirectory.from_config(_config(scripts))


def _config(scripts: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(scripts))
    return config

"""One archive with everything the centre has: tables, documents, settings.

Tables travel as JSON lines, read in one snapshot while others write, so an archive of SQLite
can be restored on PostgreSQL and the reverse. Restoring replaces all that is there; the
server must be stopped.
"""

import base64
import hashlib
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.schema import AddConstraint, DropConstraint

from core.database import Database, data_dir
from core.errors import DomainError
from core.migrate import migrate, migrating_engine, revision_of, upgrade

FORMAT: Final = 1
_VERSION_TABLE: Final = "alembic_version"
_ROWS_AT_ONCE: Final = 500


class NotABackupError(DomainError):
    """The file is no archive of this program, or a damaged one; details: file."""

    code = "error.not_a_backup"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive says about itself."""

    revision: str
    made_at: str
    rows: Mapping[str, int] = field(default_factory=dict)
    last_ids: Mapping[str, int] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)
    format: int = FORMAT


def backup_folder() -> Path:
    """Give the folder where archives lie."""
    return data_dir() / "backups"


def last_backup_at(folder: Path) -> datetime | None:
    """Tell when the newest archive of a folder was made."""
    made = [path.stat().st_mtime for path in folder.glob("*.tar.gz")]
    return datetime.fromtimestamp(max(made), UTC) if made else None


def back_up(database: Database, documents: Path, folder: Path) -> Path:
    """Write an archive into `folder` and return its path; only this account may read it.

    Documents are copied after the tables: they are never changed, so all that the tables
    point at are there.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    made_at = datetime.now(UTC)
    target = folder / f"casework-{made_at:%Y%m%dT%H%M%SZ}.tar.gz"
    part = target.with_suffix(".part")
    with tempfile.TemporaryDirectory(dir=folder) as temporary:
        tables = Path(temporary)
        manifest = _write_tables(database, tables, made_at)
        files = {f"tables/{name}.jsonl": tables / f"{name}.jsonl" for name in manifest.rows}
        files |= _documents(documents)
        manifest = replace(manifest, digests={name: _digest(path) for name, path in files.items()})
        (tables / "manifest.json").write_text(json.dumps(asdict(manifest)), encoding="utf-8")
        os.close(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
        with tarfile.open(part, "w:gz", compresslevel=6) as archive:
            for name, path in {"manifest.json": tables / "manifest.json", **files}.items():
                archive.add(path, name)
    part.replace(target)
    return target


def put_aside(database: Database, documents: Path, folder: Path) -> Path | None:
    """Keep what a restore is about to replace: as an archive, or as it is if it is broken."""
    path = Path(database.url.database or "") if database.is_sqlite else None
    if path is not None and not path.exists():
        return None
    try:
        return back_up(database, documents, folder)
    except (DomainError, sa.exc.DBAPIError):
        if path is None:
            raise
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        kept = folder / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{path.name}"
        shutil.copy2(path, kept)
        log = path.with_name(f"{path.name}-wal")
        if log.exists():
            shutil.copy2(log, f"{kept}-wal")
        return kept


def restore(archive: Path, url: str, documents: Path) -> Manifest:
    """Replace the database at `url` and the documents by those of an archive.

    Raises `NotABackupError`, and changes nothing, if the file is not whole;
    `SchemaTooNewError` if a newer program made it.
    """
    documents.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=documents.parent) as temporary:
        unpacked = Path(temporary)
        manifest = _unpack(archive, unpacked)
        if sa.make_url(url).get_backend_name() == "sqlite":
            _restore_file(url, manifest, unpacked)
        else:
            _restore_server(url, manifest, unpacked)
        _replace_folder(unpacked / "documents", documents)
    migrate(url)
    return manifest


def _documents(folder: Path) -> dict[str, Path]:
    """Name the files of a folder as the archive does; those being written are not there yet."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        f"documents/{path.relative_to(folder).as_posix()}": path
        for path in found
        if not path.name.startswith("tmp")
    }


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_tables(database: Database, folder: Path, made_at: datetime) -> Manifest:
    with database.reading() as db:
        connection = db.connection()
        rows: dict[str, int] = {}
        tables = _tables(connection)
        for table in tables:
            with (folder / f"{table.name}.jsonl").open("w", encoding="utf-8") as lines:
                rows[table.name] = _write_rows(connection, table, lines.write)
        return Manifest(
            revision=revision_of(connection),
            made_at=made_at.isoformat(),
            rows=rows,
            last_ids=_last_ids(connection, tables),
        )


def _write_rows(connection: Connection, table: sa.Table, write: Callable[[str], object]) -> int:
    count = 0
    query = sa.select(table).execution_options(yield_per=_ROWS_AT_ONCE)
    for row in connection.execute(query):
        write(json.dumps([_encode(value) for value in row], ensure_ascii=False) + "\n")
        count += 1
    return count


def _restore_file(url: str, manifest: Manifest, unpacked: Path) -> None:
    """Make the database anew beside the old one, then put it in its place in one step."""
    target = Path(sa.make_url(url).database or "")
    made = target.with_name(f"{target.name}.restoring")
    made.unlink(missing_ok=True)
    with migrating_engine(sa.make_url(f"sqlite:///{made}")).begin() as connection:
        _fill(connection, manifest, unpacked)
    if target.exists():  # its write-ahead log must not meet the new file
        with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(target)) as old:
            old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for suffix in ("-wal", "-shm"):
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    made.replace(target)


def _restore_server(url: str, manifest: Manifest, unpacked: Path) -> None:
    """Drop every table in the transaction that makes and fills them again."""
    with migrating_engine(sa.make_url(url)).begin() as connection:
        for name in sa.inspect(connection).get_table_names():
            connection.exec_driver_sql(f'DROP TABLE "{name}" CASCADE')
        _fill(connection, manifest, unpacked)


def _fill(connection: Connection, manifest: Manifest, unpacked: Path) -> None:
    upgrade(connection, manifest.revision)
    tables = _tables(connection)
    with _without_links(connection, tables):
        for table in tables:
            connection.execute(sa.delete(table))  # what a revision has put there
        for table in tables:
            _read_rows(connection, table, unpacked / "tables" / f"{table.name}.jsonl")
    _set_last_ids(connection, tables, manifest.last_ids)


def _read_rows(connection: Connection, table: sa.Table, path: Path) -> None:
    names = [column.name for column in table.columns]
    decoders = [_decoder(column.type) for column in table.columns]
    batch: list[dict[str, Any]] = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            values = json.loads(line)
            batch.append(
                {
                    name: None if value is None else decode(value)
                    for name, decode, value in zip(names, decoders, values, strict=True)
                }
            )
            if len(batch) == _ROWS_AT_ONCE:
                connection.execute(sa.insert(table), batch)
                batch = []
    if batch:
        connection.execute(sa.insert(table), batch)


def _tables(connection: Connection) -> list[sa.Table]:
    metadata = sa.MetaData()
    metadata.reflect(connection)
    return [metadata.tables[name] for name in sorted(metadata.tables) if name != _VERSION_TABLE]


@contextmanager
def _without_links(connection: Connection, tables: list[sa.Table]) -> Iterator[None]:
    """Take foreign keys away while rows arrive in any order, and check them all after."""
    if connection.dialect.name == "sqlite":  # the migrations' engine has them off
        yield
        if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise NotABackupError(file="")
        return
    links = [key for table in tables for key in table.foreign_key_constraints]
    for key in links:
        connection.execute(DropConstraint(key))
    yield
    for key in links:
        connection.execute(AddConstraint(key))


def _last_ids(connection: Connection, tables: list[sa.Table]) -> dict[str, int]:
    """Read the highest id each table has ever given: ids are never given again."""
    if connection.dialect.name == "sqlite":
        found = connection.exec_driver_sql("SELECT name, seq FROM sqlite_sequence").all()
        return {name: last for name, last in found if name != _VERSION_TABLE}
    last_ids = {}
    for name, sequence in _sequences(connection, tables):
        last, is_called = connection.exec_driver_sql(
            f"SELECT last_value, is_called FROM {sequence}"  # noqa: S608 — named by the database
        ).one()
        if is_called:
            last_ids[name] = last
    return last_ids


def _set_last_ids(
    connection: Connection, tables: list[sa.Table], last_ids: Mapping[str, int]
) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("DELETE FROM sqlite_sequence")
        for name, last in last_ids.items():
            connection.exec_driver_sql("INSERT INTO sqlite_sequence VALUES (?, ?)", (name, last))
        return
    for name, sequence in _sequences(connection, tables):
        if name in last_ids:
            connection.execute(sa.select(sa.func.setval(sequence, last_ids[name])))


def _sequences(connection: Connection, tables: list[sa.Table]) -> Iterator[tuple[str, str]]:
    for table in tables:
        if "id" in table.columns:
            query = sa.select(sa.func.pg_get_serial_sequence(f'"{table.name}"', "id"))
            sequence = connection.scalar(query)
            if sequence:
                yield table.name, sequence


def _unpack(archive: Path, folder: Path) -> Manifest:
    try:
        with tarfile.open(archive, "r:gz") as packed:
            packed.extractall(folder, filter="data")
        manifest = Manifest(**json.loads((folder / "manifest.json").read_text(encoding="utf-8")))
        for name, count in manifest.rows.items():
            with (folder / "tables" / f"{name}.jsonl").open(encoding="utf-8") as lines:
                if sum(1 for _line in lines) != count:
                    raise NotABackupError(file=archive.name)
        for name, digest in manifest.digests.items():
            if _digest(folder / name) != digest:
                raise NotABackupError(file=archive.name)
    except (OSError, EOFError, tarfile.TarError, ValueError, TypeError) as error:
        raise NotABackupError(file=archive.name) from error
    return manifest


def _replace_folder(new: Path, old: Path) -> None:
    new.mkdir(exist_ok=True)
    aside = old.with_name(f"{old.name}.replaced")
    shutil.rmtree(aside, ignore_errors=True)
    if old.exists():
        old.rename(aside)
    new.rename(old)
    shutil.rmtree(aside, ignore_errors=True)


def _encode(value: object) -> object:
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    return str(value) if isinstance(value, Decimal) else value


def _decoder(kind: sa.types.TypeEngine[Any]) -> Callable[[Any], Any]:
    if isinstance(kind, sa.DateTime):
        aware = bool(kind.timezone)
        return lambda text: _instant(text, aware=aware)
    known: tuple[tuple[type[Any], Callable[[Any], Any]], ...] = (
        (sa.Date, date.fromisoformat),
        (sa.Time, time.fromisoformat),
        (sa.LargeBinary, base64.b64decode),
        (sa.Boolean, bool),
    )
    return next((decode for types, decode in known if isinstance(kind, types)), lambda value: value)


def _instant(text: str, *, aware: bool) -> datetime:
    instant = datetime.fromisoformat(text).astimezone(UTC)
    return instant if aware else instant.replace(tzinfo=None)

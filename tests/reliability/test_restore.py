"""A centre is backed up while people write, destroyed and restored."""

import shutil
import threading
import time
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa

from casework.service import record_consultation
from core import audit, backup
from core.database import Database
from core.documents import add_document, folder, keep_file, path_of
from core.migrate import migrate
from core.permissions import Actor, Role
from core.workspace import Workspace
from tests import factories, postgres
from tests.reliability.test_kills import rows_of
from tests.reliability.writing_server import PARTS, consultation

pytestmark = pytest.mark.slow
WRITERS = 3


@pytest.fixture(params=["sqlite", "postgresql"])
def centre(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of an empty, migrated database."""
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'data' / 'casework.db'}"
    else:
        url = postgres.fresh_database("restored")
    migrate(url)
    return url


def test_what_was_backed_up_under_load_comes_back_whole(centre, tmp_path) -> None:
    database = Database(centre)
    with database.writing() as db:
        first = factories.make_person(db, roles=[Role.CONSULTANT])
        second = factories.make_person(db, roles=[Role.CONSULTANT])
        case_id = factories.make_case(db, first, members=[second])
    stop, numbers = threading.Event(), count(1)

    def write() -> None:
        here = Workspace.of(database, Actor(first, frozenset({Role.CONSULTANT})))
        while not stop.is_set():
            number = next(numbers)
            record_consultation(here, draft=consultation((first, second), case_id, number))
            file = keep_file(f"{number}.txt", f"letter {number}".encode())
            with here.transaction() as tx:
                add_document(tx, file, subjects=[f"case:{case_id}"])

    writers = [threading.Thread(target=write) for _each in range(WRITERS)]
    for writer in writers:
        writer.start()
    try:
        archives = []
        for round_ in range(1, 5):
            wait_for(database, rows=10 * round_)
            archives.append(backup.back_up(database, folder(), tmp_path / f"b{round_}"))
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    last = backup.back_up(database, folder(), tmp_path / "last")
    before = everything(database)
    files_before = files()

    for archive in archives:
        destroy(database)
        backup.restore(archive, centre, folder())
        check(database)
    destroy(database)
    backup.restore(last, centre, folder())

    assert everything(database) == before
    assert files() == files_before
    check(database)
    database.dispose()


def wait_for(database: Database, rows: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with database.reading() as db:
            if db.scalar(sa.text("SELECT count(*) FROM consultation")) >= rows:
                return
        time.sleep(0.02)
    raise TimeoutError


def destroy(database: Database) -> None:
    """Lose the disk: the database's file, or every table of the server; and all documents."""
    if database.is_sqlite:
        database.dispose()
        for path in Path(database.url.database or "").parent.glob("casework.db*"):
            path.unlink()
    else:
        with database.engine.begin() as connection:
            connection.execute(sa.text("DROP SCHEMA public CASCADE"))
            connection.execute(sa.text("CREATE SCHEMA public"))
        database.dispose()
    shutil.rmtree(folder())


def check(database: Database) -> None:
    """Every consultation has all its parts, every document its file, the trail is whole."""
    with database.reading() as db:
        stored = list(db.scalars(sa.text("SELECT id FROM consultation")))
        assert stored
        for table, parts in PARTS.items():
            assert rows_of(db, table) == dict.fromkeys(stored, parts)
        digests = set(db.scalars(sa.text("SELECT sha256 FROM document")))
        assert all(path_of(digest).is_file() for digest in digests)
        assert audit.verify(db).broken_at is None


def everything(database: Database) -> dict[str, list[str]]:
    metadata = sa.MetaData()
    with database.reading() as db:
        metadata.reflect(db.connection())
        return {
            name: sorted(repr(tuple(row)) for row in db.execute(sa.select(table)))
            for name, table in metadata.tables.items()
        }


def files() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder().rglob("*") if path.is_file()}

"""Backup and restore: everything, on both databases, while others write."""

import stat
import tarfile
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from core import backup
from core.database import Database
from core.migrate import SchemaTooNewError, is_current
from tests.migrated import empty_database, filled_database

KINDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture
def centre(request: pytest.FixtureRequest, tmp_path: Path):
    """A migrated database with a few rows in every table."""
    database = Database(filled_database(getattr(request, "param", "sqlite"), tmp_path, "centre"))
    yield database
    database.dispose()


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    (folder / "ab").mkdir(parents=True)
    (folder / "ab" / "cdef").write_bytes(b"\x00\xffwhat a letter said")
    return folder


def content(database: Database) -> dict[str, list[list[object]]]:
    """Read every table, in forms that both databases share."""
    metadata = sa.MetaData()
    with database.reading() as db:
        metadata.reflect(db.connection())
        return {
            name: sorted(
                [[backup._encode(value) for value in row] for row in db.execute(sa.select(table))],
                key=repr,
            )
            for name, table in metadata.tables.items()
        }


@pytest.mark.parametrize("to", KINDS)
@pytest.mark.parametrize("centre", KINDS, indirect=True)
def test_every_table_and_document_comes_back(centre, to, documents, tmp_path) -> None:
    before = content(centre)
    archive = backup.back_up(centre, documents, tmp_path / "backups")
    url = empty_database(to, tmp_path, "restored")

    backup.restore(archive, url, tmp_path / "elsewhere" / "documents")

    restored = Database(url)
    assert content(restored) == before
    assert is_current(restored.engine)
    restored.dispose()
    copy = tmp_path / "elsewhere" / "documents" / "ab" / "cdef"
    assert copy.read_bytes() == b"\x00\xffwhat a letter said"


@pytest.mark.parametrize("centre", KINDS, indirect=True)
def test_restoring_replaces_what_was_done_since(centre, documents, tmp_path) -> None:
    before = content(centre)
    archive = backup.back_up(centre, documents, tmp_path / "backups")
    with centre.engine.begin() as connection:
        connection.execute(sa.text("UPDATE person SET name = 'Somebody else'"))
    (documents / "new").write_text("since")
    url = centre.url.render_as_string(hide_password=False)
    centre.dispose()

    backup.restore(archive, url, documents)

    assert content(centre) == before
    assert sorted(path.name for path in documents.iterdir()) == ["ab"]


@pytest.mark.parametrize("centre", KINDS, indirect=True)
def test_ids_are_not_given_again_after_a_restore(centre, documents, tmp_path) -> None:
    url = centre.url.render_as_string(hide_password=False)
    with centre.engine.begin() as connection:
        person = sa.Table("person", sa.MetaData(), autoload_with=connection)
        row = connection.execute(sa.select(person).limit(1)).mappings().one()
        new = {name: value for name, value in row.items() if name != "id"}
        last = connection.execute(sa.insert(person).values(new)).inserted_primary_key.id
        connection.execute(sa.delete(person).where(person.c.id == last))
    archive = backup.back_up(centre, documents, tmp_path / "backups")
    centre.dispose()

    backup.restore(archive, url, documents)

    with centre.engine.begin() as connection:
        assert connection.execute(sa.insert(person).values(new)).inserted_primary_key.id > last


def test_a_backup_under_load_is_one_moment(centre, documents, tmp_path) -> None:
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            with centre.writing() as db:  # both tables change together, always
                db.execute(sa.text("UPDATE person SET name = name || '.'"))
                db.execute(sa.text("UPDATE catalogue_item SET label_en = label_en || '.'"))

    with centre.writing() as db:
        db.execute(sa.text("UPDATE person SET name = ''"))
        db.execute(sa.text("UPDATE catalogue_item SET label_en = ''"))
    writer = threading.Thread(target=write)
    writer.start()
    try:
        archives = [backup.back_up(centre, documents, tmp_path / f"b{n}") for n in range(5)]
    finally:
        stop.set()
        writer.join()

    for archive in archives:
        url = f"sqlite:///{archive.parent / 'restored.db'}"
        backup.restore(archive, url, archive.parent / "documents")
        with sa.create_engine(url).connect() as connection:
            names = connection.scalars(sa.text("SELECT name FROM person")).all()
            labels = connection.scalars(sa.text("SELECT label_en FROM catalogue_item")).all()
        assert len({*names, *labels}) == 1


def test_an_archive_is_readable_by_its_owner_alone(centre, documents, tmp_path) -> None:
    archive = backup.back_up(centre, documents, tmp_path / "backups")
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    assert [path.name for path in archive.parent.iterdir()] == [archive.name]
    assert backup.last_backup_at(archive.parent) is not None


@pytest.mark.parametrize("damage", ["cut", "other", "short"])
def test_a_damaged_archive_changes_nothing(centre, documents, tmp_path, damage) -> None:
    archive = backup.back_up(centre, documents, tmp_path / "backups")
    before = content(centre)
    if damage == "cut":
        archive.write_bytes(archive.read_bytes()[:-2000])
    elif damage == "other":
        archive.write_text("a letter, not an archive")
    else:
        with tarfile.open(archive) as packed:
            packed.extractall(tmp_path / "opened", filter="data")
        (tmp_path / "opened" / "tables" / "person.jsonl").write_text("")
        with tarfile.open(archive, "w:gz") as packed:
            packed.add(tmp_path / "opened", "")
    with pytest.raises(backup.NotABackupError):
        backup.restore(archive, centre.url.render_as_string(), documents)
    assert content(centre) == before


def test_an_archive_of_a_newer_program_is_refused(centre, documents, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(backup, "revision_of", lambda _connection: "tomorrow")
    archive = backup.back_up(centre, documents, tmp_path / "backups")
    before = content(centre)
    with pytest.raises(SchemaTooNewError):
        backup.restore(archive, centre.url.render_as_string(), documents)
    assert content(centre) == before

"""`python -m core …`: backing up, restoring and checking, as an administrator types it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from core import running
from core.database import Database
from core.permissions import Actor, Role
from core.workspace import Workspace
from tests import factories
from tests.migrated import migrated_database

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def centre(tmp_path: Path) -> Database:
    database = Database(migrated_database("sqlite", tmp_path, "casework"))
    with database.writing() as db:
        person = factories.make_person(db, name="Anna", roles=[Role.CONSULTANT])
    here = Workspace.of(database, Actor(person, frozenset({Role.CONSULTANT})))
    for number in range(3):
        with here.transaction() as tx:
            tx.audit("case.opened", f"case:{number}")
    (tmp_path / "documents" / "ab").mkdir(parents=True)
    (tmp_path / "documents" / "ab" / "abcd").write_bytes(b"letter")
    return database


def run(centre: Database, *words: str) -> subprocess.CompletedProcess[str]:
    folder = Path(centre.url.database or "").parent
    environment = os.environ | {
        "DATA_DIR": str(folder), "DATABASE_URL": "", "LANG": "en_GB.UTF-8",
    }  # fmt: skip
    return subprocess.run(
        [sys.executable, "-m", "core", *words], cwd=ROOT, env=environment,
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def names(centre: Database) -> list[str]:
    with centre.reading() as db:
        return list(db.scalars(sa.text("SELECT name FROM person")))


def test_a_backup_is_restored_and_what_was_there_is_kept(centre, tmp_path) -> None:
    archive = Path(run(centre, "backup").stdout.strip())
    with centre.writing() as db:
        db.execute(sa.text("UPDATE person SET name = 'Somebody else'"))
    (tmp_path / "documents" / "ab" / "abcd").unlink()
    centre.dispose()

    done = run(centre, "restore", str(archive))

    assert done.returncode == 0, done.stderr
    assert "audit trail whole: 3 lines" in done.stdout
    assert names(centre) == ["Anna"]
    assert (tmp_path / "documents" / "ab" / "abcd").read_bytes() == b"letter"
    (kept,) = (tmp_path / "backups" / "before-restore").iterdir()
    assert kept.stat().st_mode & 0o077 == 0


def test_a_backup_clears_away_what_nothing_names_but_keeps_it_in_the_archive(
    centre, tmp_path
) -> None:
    old, young = tmp_path / "documents" / "ab" / "abcd", tmp_path / "documents" / "cd" / "cdef"
    young.parent.mkdir()
    young.write_bytes(b"on its way")
    os.utime(old, (0, 0))

    archive = Path(run(centre, "backup").stdout.strip())

    assert (old.exists(), young.exists()) == (False, True)
    assert run(centre, "restore", str(archive)).returncode == 0
    assert (old.read_bytes(), young.read_bytes()) == (b"letter", b"on its way")


@pytest.mark.slow
def test_a_broken_database_is_replaced_and_kept_as_it_is(centre, tmp_path) -> None:
    archive = Path(run(centre, "backup").stdout.strip())
    centre.dispose()
    for suffix in ("-wal", "-shm"):
        Path(f"{centre.url.database}{suffix}").unlink(missing_ok=True)
    Path(centre.url.database or "").write_bytes(b"no database at all " * 1000)

    done = run(centre, "restore", str(archive))

    assert done.returncode == 0, done.stderr
    assert names(centre) == ["Anna"]
    (kept,) = (tmp_path / "backups" / "before-restore").glob("*.db")
    assert kept.read_bytes().startswith(b"no database at all")


@pytest.mark.slow
def test_nothing_is_restored_under_a_running_server(centre, tmp_path, monkeypatch) -> None:
    archive = Path(run(centre, "backup").stdout.strip())
    with centre.writing() as db:
        db.execute(sa.text("UPDATE person SET name = 'Somebody else'"))
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setattr(running, "_HELD", {})

    running.mark()
    refused = run(centre, "restore", str(archive))

    assert refused.returncode == 1
    assert refused.stderr.strip() == "A server works on this data. Stop it first, then restore."
    assert names(centre) == ["Somebody else"]
    for file in running._HELD.values():
        file.close()
    centre.dispose()
    assert run(centre, "restore", str(archive)).returncode == 0


def test_a_letter_is_no_archive(centre, tmp_path) -> None:
    letter = tmp_path / "letter.tar.gz"
    letter.write_text("Dear centre")

    refused = run(centre, "restore", str(letter))

    assert refused.returncode == 1
    assert "letter.tar.gz" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert names(centre) == ["Anna"]


def test_a_changed_line_of_the_audit_trail_is_found(centre) -> None:
    assert run(centre, "verify-audit").stdout.strip() == "audit trail whole: 3 lines"
    with centre.writing() as db:
        db.execute(sa.text("UPDATE audit_entry SET object = 'case:9' WHERE id = 2"))

    found = run(centre, "verify-audit")

    assert (found.returncode, found.stderr.strip()) == (1, "audit trail broken at line 2")

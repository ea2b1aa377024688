"""Migrations at start: together, never lossy, never backwards."""

import contextlib
import shutil
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from core.database import Database
from core.migrate import SCRIPTS, SchemaTooNewError, is_current, migrate
from migrations.tables import METADATA
from tests.filling import counts, fill
from tests.migrated import empty_database, migrated_database

HISTORY = ScriptDirectory(str(SCRIPTS))
REVISIONS = [script.revision for script in reversed(list(HISTORY.walk_revisions()))]
DROPPED: set[str] = set()  # tables that a revision took away on purpose

REMAKES_A_PARENT = """
import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{after}"


def upgrade():
    remake = "always" if op.get_bind().dialect.name == "sqlite" else "never"
    with op.batch_alter_table("person", recreate=remake) as batch:
        batch.add_column(sa.Column("shoe_size", sa.Integer()))
"""
BREAKS_LINKS = """
from alembic import op

revision = "{revision}"
down_revision = "{after}"


def upgrade():
    op.execute("DELETE FROM person")
"""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def kind(request: pytest.FixtureRequest) -> str:
    """Each kind of database in turn."""
    return str(request.param)


@pytest.fixture
def url(kind: str, tmp_path: Path) -> str:
    """Address of an empty database."""
    return empty_database(kind, tmp_path, "centre")


@pytest.fixture
def current(kind: str, tmp_path: Path) -> str:
    """Address of a database with the program's schema."""
    return migrated_database(kind, tmp_path, "centre")


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    """A copy of the history, to which a test adds."""
    return Path(shutil.copytree(SCRIPTS, tmp_path / "history"))


def add_revision(scripts: Path, text: str, revision: str, after: str | None = None) -> None:
    filled = text.format(revision=revision, after=after or REVISIONS[-1])
    (scripts / "versions" / f"{revision}.py").write_text(filled, encoding="utf-8")


def engine_of(url: str) -> sa.Engine:
    return sa.create_engine(url, poolclass=sa.pool.NullPool)


def test_migrations_make_the_tables_the_program_expects(current) -> None:
    with engine_of(current).connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "target_metadata": METADATA}
        )
        assert compare_metadata(context, METADATA) == []


def test_migrations_make_the_checks_the_program_expects(current, kind, tmp_path) -> None:
    declared = empty_database(kind, tmp_path, "declared")
    METADATA.create_all(engine_of(declared))

    assert checks_of(declared) == checks_of(current)


def test_no_table_forgets_which_ids_it_has_given(tmp_path) -> None:
    current = migrated_database("sqlite", tmp_path, "centre")
    declared = empty_database("sqlite", tmp_path, "declared")
    METADATA.create_all(engine_of(declared))
    assert counting_on(declared) == counting_on(current)


def counting_on(url: str) -> set[str]:
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%'"
    with engine_of(url).connect() as connection:
        return set(connection.scalars(sa.text(query)))


def test_a_table_made_anew_gives_no_id_again(tmp_path, scripts) -> None:
    url = migrated_database("sqlite", tmp_path, "centre")
    with engine_of(url).begin() as connection:  # fifty people came and went
        connection.execute(sa.text("INSERT INTO sqlite_sequence VALUES ('person', 50)"))
    add_revision(scripts, REMAKES_A_PARENT.replace("remake)", KEEPS), "9999")
    migrate(url, scripts=scripts)
    with engine_of(url).connect() as connection:
        last = sa.text("SELECT seq FROM sqlite_sequence WHERE name = 'person'")
        assert connection.scalars(last).all() == [50]


KEEPS = "remake, table_kwargs=dict(sqlite_autoincrement=True))"


def checks_of(url: str) -> dict[str, set[tuple[str | None, str]]]:
    inspector = sa.inspect(engine_of(url))
    return {
        name: {(check["name"], check["sqltext"]) for check in inspector.get_check_constraints(name)}
        for name in inspector.get_table_names()
        if name != "alembic_version"
    }


def test_two_processes_that_start_together_migrate_once(url) -> None:
    command = [sys.executable, "-c", f"from core.migrate import migrate; migrate({url!r})"]
    both = [subprocess.Popen(command, cwd=SCRIPTS.parent) for _ in range(2)]
    assert [process.wait(60) for process in both] == [0, 0]
    assert is_current(engine_of(url))


def test_a_second_start_changes_nothing(current) -> None:
    with engine_of(current).begin() as connection:
        filled = fill(connection)
    migrate(current)
    with engine_of(current).connect() as connection:
        assert counts(connection) == filled


def test_an_older_program_refuses_a_newer_schema(current) -> None:
    with engine_of(current).begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = 'tomorrow'"))
    assert not is_current(engine_of(current))
    with pytest.raises(SchemaTooNewError) as refused:
        migrate(current)
    assert refused.value.details == {"revision": "tomorrow"}


def test_an_empty_database_is_not_current(url) -> None:
    assert not is_current(engine_of(url))


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_filled_database_of_an_earlier_revision_keeps_every_row(url, revision) -> None:
    migrate(url, to=revision)
    with engine_of(url).begin() as connection:
        filled = fill(connection, rows=3)
    assert all(filled.values())
    migrate(url)
    with engine_of(url).connect() as connection:
        after = counts(connection)
    assert {name: after.get(name) for name in filled if name not in DROPPED} == {
        name: count for name, count in filled.items() if name not in DROPPED
    }


def test_requests_written_before_they_had_states_are_assigned(url) -> None:
    migrate(url, to="0001")
    with engine_of(url).begin() as connection:
        fill(connection, rows=3)
    migrate(url)
    with engine_of(url).connect() as connection:
        states = connection.execute(sa.text("SELECT state, source, version FROM request")).all()
    assert [tuple(state) for state in states] == [("assigned", None, 1)] * 3


def test_remaking_a_table_keeps_the_rows_that_point_at_it(current, scripts) -> None:
    with engine_of(current).begin() as connection:
        filled = fill(connection)
    add_revision(scripts, REMAKES_A_PARENT, "wider")
    migrate(current, scripts=scripts)
    with engine_of(current).connect() as connection:
        assert counts(connection) == filled


def test_a_revision_that_breaks_links_changes_nothing(tmp_path, scripts) -> None:
    url = migrated_database("sqlite", tmp_path, "centre")
    with engine_of(url).begin() as connection:
        filled = fill(connection)
    add_revision(scripts, BREAKS_LINKS, "broken")
    with pytest.raises(RuntimeError, match="would break"):
        migrate(url, scripts=scripts)
    with engine_of(url).connect() as connection:
        assert counts(connection) == filled
    assert is_current(engine_of(url))


def test_a_copy_with_every_commit_is_made_before_a_migration(tmp_path, scripts) -> None:
    url = migrated_database("sqlite", tmp_path, "centre")
    assert not (tmp_path / "backups").exists()  # a new database holds nothing to lose

    database = Database(url)
    with database.engine.begin() as connection:
        filled = fill(connection)
    # `database` stays open: what it committed still lies in the write-ahead log.
    add_revision(scripts, REMAKES_A_PARENT, "wider")
    migrate(url, scripts=scripts)
    database.dispose()

    (copy,) = (tmp_path / "backups").iterdir()
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with engine_of(f"sqlite:///{copy}").connect() as connection:
        assert counts(connection) == filled


def test_the_last_five_copies_are_kept(tmp_path, scripts) -> None:
    url = migrated_database("sqlite", tmp_path, "centre")
    after = REVISIONS[-1]
    for step in range(7):
        text = REMAKES_A_PARENT.replace("shoe_size", f"shoe_size_{step}")
        add_revision(scripts, text, f"step{step}", after)
        after = f"step{step}"
        migrate(url, to=after, scripts=Path(shutil.copytree(scripts, tmp_path / after)))

    copies = sorted((tmp_path / "backups").iterdir())
    assert len(copies) == 5
    with contextlib.closing(sqlite3.connect(copies[-1])) as newest:
        assert newest.execute("SELECT version_num FROM alembic_version").fetchall() == [("step5",)]

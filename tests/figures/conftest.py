"""The planted quarter: planted once for all tests on SQLite, copied for each."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.database import Database
from core.permissions import Actor, Role
from core.workspace import Workspace
from tests import factories
from tests.conftest import SettableClock
from tests.figures.planted import Planted, plant


@dataclass(frozen=True)
class _Seed:
    """A file with the planted quarter, and who is who in it."""

    path: Path
    people: tuple[tuple[Role, int, str], ...]
    agreement: int


@pytest.fixture(scope="session")
def _planted_once(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> _Seed:
    path = tmp_path_factory.mktemp("planted") / "planted.db"
    shutil.copy(empty_sqlite, path)
    database, clock = Database(f"sqlite:///{path}"), SettableClock()
    people: list[tuple[Role, int, str]] = []

    def workspaces(role: Role, *, name: str) -> Workspace:
        with database.writing() as db:
            person_id = factories.make_person(db, name=name, roles=[role])
        people.append((role, person_id, name))
        return Workspace.of(database, Actor(person_id, frozenset({role}), name), clock)

    agreement = plant(database, workspaces).agreement
    with database.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.dispose()
    return _Seed(path, tuple(people), agreement)


@pytest.fixture
def planted(
    database: Database, workspaces: Callable[..., Workspace], request: pytest.FixtureRequest
) -> Planted:
    """The planted quarter in the test's own database."""
    if not database.is_sqlite:
        return plant(database, workspaces)
    seed: _Seed = request.getfixturevalue("_planted_once")
    with (
        closing(sqlite3.connect(seed.path)) as source,
        closing(sqlite3.connect(str(database.url.database))) as own,
    ):
        source.backup(own)
    manager, anna, boris = (
        workspaces(role, person_id=person, name=name) for role, person, name in seed.people
    )
    return Planted(manager, anna, boris, (seed.people[1][1], seed.people[2][1]), seed.agreement)

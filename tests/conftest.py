"""What every test stands on: real databases, workspaces of people, pages that run."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from sqlalchemy.orm import Session

import migrations.tables  # noqa: F401 — registers every table
from core.cache import forget
from core.database import Base, Database
from core.permissions import Actor, Role
from core.workspace import Workspace
from tests import factories, postgres

ROOT = Path(__file__).resolve().parent.parent
BOTH = ("sqlite", "postgresql")
_STORED = ("test_store", "test_service", "/store/", "/service/")

# How long an example takes says more about the machine's other work than about the code.
settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")


class SettableClock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what touches a database on both of them where stores and services are tested."""
    if "database" not in metafunc.fixturenames:
        return
    path = metafunc.definition.path.as_posix()
    both = any(part in path for part in _STORED) or metafunc.definition.get_closest_marker("both")
    kinds = BOTH if both else BOTH[:1]
    metafunc.parametrize("database", kinds, indirect=True, scope="function")


@pytest.fixture(scope="session", autouse=True)
def _own_data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what tests write, such as documents, out of the program's own folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATA_DIR", str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "empty.db"
    database = Database(f"sqlite:///{path}")
    Base.metadata.create_all(database.engine)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.dispose()
    return path


@dataclass(frozen=True)
class WholeDemo:
    """The demo centre at its full size, in a file that is copied before it is written to."""

    path: Path
    password: str


@pytest.fixture(scope="session")
def whole_demo(tmp_path_factory: pytest.TempPathFactory) -> WholeDemo:
    """Make the demo centre once for all tests of a run."""
    from dashboards.demo.making import open_demo
    from dashboards.demo.stage import Options

    folder = tmp_path_factory.mktemp("whole_demo")
    path = folder / "demo.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATA_DIR", str(folder))
        mark, _is_new = open_demo(f"sqlite:///{path}", Options(), progress=lambda *_at: None)
    return WholeDemo(path, mark.password)


@pytest.fixture(scope="session")
def _postgresql(request: pytest.FixtureRequest) -> Iterator[Database]:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    database = Database(postgres.fresh_database(worker))
    Base.metadata.create_all(database.engine)
    yield database
    database.dispose()


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database with every table."""
    if request.param == "sqlite":
        path = tmp_path / "test.db"
        shutil.copy(request.getfixturevalue("_sqlite_template"), path)
        own = Database(f"sqlite:///{path}")
        yield own
        own.dispose()
        return
    shared: Database = request.getfixturevalue("_postgresql")
    yield shared
    emptied(shared)


_MOVED = sa.text("SELECT format('%I', sequencename) FROM pg_sequences WHERE last_value IS NOT NULL")


def emptied(database: Database) -> None:
    """Delete every row and begin every id anew.

    Only what a test touched: truncating all tables takes a second, and most of them are empty.
    """
    tables = list(reversed(Base.metadata.sorted_tables))
    filled = " UNION ALL ".join(
        f'SELECT {place} WHERE EXISTS (SELECT 1 FROM "{table.name}")'
        for place, table in enumerate(tables)
    )
    with database.engine.begin() as connection:
        for place in sorted(connection.execute(sa.text(filled)).scalars()):
            connection.execute(tables[place].delete())
        if database.is_sqlite:
            connection.exec_driver_sql("DELETE FROM sqlite_sequence")
        else:
            for sequence in connection.execute(_MOVED).scalars():
                connection.exec_driver_sql(f"ALTER SEQUENCE {sequence} RESTART")
    forget(database.engine)


@pytest.fixture
def clock() -> SettableClock:
    """A clock at 2026-11-23 06:00 UTC: eleven in the morning in Perm."""
    return SettableClock()


@pytest.fixture
def workspaces(database: Database, clock: SettableClock) -> Callable[..., Workspace]:
    """Make the workspace of a new person with these roles, or of a given person."""

    def make(*roles: Role, person_id: int | None = None, name: str = "") -> Workspace:
        if person_id is None:
            with database.writing() as db:
                person_id = factories.make_person(db, name=name, roles=roles)
        return Workspace.of(database, Actor(person_id, frozenset(roles), name), clock)

    return make


@pytest.fixture
def workspace(workspaces: Callable[..., Workspace]) -> Workspace:
    """The workspace of one consultant."""
    return workspaces(Role.CONSULTANT)


@pytest.fixture
def db(database: Database) -> Iterator[Session]:
    """One writing session for tests of stores; committed at the end."""
    with database.writing() as session:
        yield session


@pytest.fixture
def open_page(
    database: Database, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Any]:
    """Run a page by its address as a person with a role, in a language; returns the AppTest."""
    from streamlit.testing.v1 import AppTest

    from core.ui import desk

    url = database.url.render_as_string(hide_password=False)
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setattr(desk._Door, "clock", staticmethod(clock))

    def open_(
        page: str,
        role: Role | tuple[Role, ...] = Role.CONSULTANT,
        language: str = "ru",
        person_id: int | None = None,
        **query: object,
    ) -> AppTest:
        from core.ui import navigation

        roles = role if isinstance(role, tuple) else (role,)
        with database.writing() as db:
            if person_id is None:
                person_id = factories.make_person(db, roles=roles, language=language)
            token = factories.make_sign_in(db, person_id, now=clock.now)
        test = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=30)
        test.session_state["token"] = token
        test.session_state["language"] = language
        test.run()
        for name, value in query.items():
            test.query_params[name] = str(value)
        return test.switch_page(navigation.page(page).path).run()

    return open_

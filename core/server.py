"""Starting and ending the one process: migrate, warm up, freeze, and dispose at the end."""

import gc
import os
import socket
import stat
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Any, Final, TypeAlias

import anyio.to_thread

from core import jobs, migrate, running, telemetry
from core.database import Database, database_url, the_database
from core.errors import DatabaseUnavailableError, DomainError
from core.i18n import translator

WARM: Final = ("pandas", "plotly.graph_objects", "networkx", "babel.dates", "openpyxl")
# The oldest generation holds what is kept between requests: searching it stops all of them for
# 30 to 45 ms, and by Python's own setting does so every two seconds.
_COLLECTING: Final = (700, 10, 200)
_DESCRIPTORS: Final = Path("/dev/fd")  # on Linux and on macOS
Hook: TypeAlias = Callable[[Database], None]
Lifespan: TypeAlias = Callable[[Any], AbstractAsyncContextManager[None]]


class SchemaNotReadyError(DomainError):
    """The database is there, but its schema is not this program's."""

    code = "error.schema_not_ready"


def lifespan(hooks: Sequence[Hook], modules: Sequence[str] = ()) -> Lifespan:
    """Make the application's lifespan; hooks run once the schema is current."""

    @asynccontextmanager
    async def live(_app: Any) -> AsyncIterator[None]:  # noqa: ANN401 — Streamlit's App
        await anyio.to_thread.run_sync(start, hooks, modules)
        yield
        the_database().dispose()

    return live


def start(hooks: Sequence[Hook] = (), modules: Sequence[str] = ()) -> None:
    """Migrate, run the hooks, import what pages need; a refusal is one sentence and the end."""
    telemetry.start_logging(os.environ.get("LOG_LEVEL") or "INFO")
    running.mark()
    try:
        migrate.migrate(database_url())
        for hook in (*hooks, jobs.start_jobs):
            hook(the_database())
    except DomainError as error:
        for language in ("ru", "en"):
            sys.stderr.write(translator(language).error(error) + "\n")
        raise SystemExit(1) from error
    listeners = send_at_once()
    for name in (*WARM, *modules):
        import_module(name)
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECTING)
    telemetry.log("started", listeners=listeners)


def send_at_once() -> int:
    """Have no answer wait for the receipt of the one before; how many listening sockets were told.

    Streamlit binds a socket without naming TCP, and asyncio then leaves Nagle's algorithm on:
    the second of two small messages waits until the browser has confirmed the first, 40 ms on
    this machine and a round trip on a slow line. Connections inherit what their listener is told.
    """
    told = 0
    for entry in _DESCRIPTORS.iterdir():
        with suppress(OSError):  # closed meanwhile, the listing's own one say
            if stat.S_ISSOCK(os.fstat(int(entry.name)).st_mode):
                told += _told_at_once(socket.socket(fileno=os.dup(int(entry.name))))
    return told


def _told_at_once(copy: socket.socket) -> bool:
    with copy:
        by_tcp = copy.family in {socket.AF_INET, socket.AF_INET6}
        if not by_tcp or not copy.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
            return False
        copy.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return True


def database_answers() -> None:
    """Check that the database answers. Raises `DatabaseUnavailableError`."""
    with the_database().reading() as db:
        if db.connection().exec_driver_sql("SELECT 1").scalar() != 1:
            raise DatabaseUnavailableError


def schema_current() -> None:
    """Check that the schema is this program's. Raises `SchemaNotReadyError`."""
    if not migrate.is_current(the_database().engine):
        raise SchemaNotReadyError

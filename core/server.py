"""Starting and ending the one process: migrate, warm up, freeze, and dispose at the end."""

import gc
import os
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib import import_module
from typing import Any, Final, TypeAlias

import anyio.to_thread

from core import jobs, migrate, running, telemetry
from core.database import Database, database_url, the_database
from core.errors import DatabaseUnavailableError, DomainError
from core.i18n import translator

WARM: Final = ("pandas", "plotly.graph_objects", "networkx", "babel.dates", "openpyxl")
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
    for name in (*WARM, *modules):
        import_module(name)
    gc.collect()
    gc.freeze()
    telemetry.log("started")


def database_answers() -> None:
    """Check that the database answers. Raises `DatabaseUnavailableError`."""
    with the_database().reading() as db:
        if db.connection().exec_driver_sql("SELECT 1").scalar() != 1:
            raise DatabaseUnavailableError


def schema_current() -> None:
    """Check that the schema is this program's. Raises `SchemaNotReadyError`."""
    if not migrate.is_current(the_database().engine):
        raise SchemaNotReadyError

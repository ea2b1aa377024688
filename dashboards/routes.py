"""The server's own side: what it does at start, and what it says of itself."""

import sys
from collections.abc import Callable
from datetime import timedelta
from importlib.util import find_spec
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from accounts import service as accounts
from casework.service import builtin_catalogues
from core import backup, jobs, links
from core.catalogue import add_missing
from core.database import Database, the_database
from core.permissions import Actor
from core.web import Gauge, public_url
from core.workspace import Transaction, Workspace, system_clock
from diagnostics.service import publish_builtin

_SYSTEM: Final = Actor(0, frozenset())
_LIVE: Final = timedelta(minutes=30)


def publish(database: Database) -> None:
    """Bring the built-in catalogues and instruments into the database, where they lack."""
    steps: tuple[Callable[[Transaction], object], ...] = (
        lambda tx: add_missing(tx.db, builtin_catalogues()),
        publish_builtin,
        lambda tx: links.sweep(tx.db, before=tx.now - timedelta(days=30)),
    )
    with Workspace.of(database, _SYSTEM).transaction() as tx:
        for step in steps:
            step(tx)


def print_set_up_link(database: Database) -> None:
    """Print the one-time link by which an empty server is claimed."""
    token = accounts.offer_set_up(database)
    if token:
        sys.stdout.write(
            "\n    This server has no owner yet. Open this link once:\n"
            f"\n    {public_url()}/?setup={token}\n\n"
        )
        sys.stdout.flush()


def people_gauge() -> dict[str, float]:
    """Say how many sign-in sessions were used in the last half hour."""
    since = system_clock() - _LIVE
    with the_database().reading() as db:
        return {"sessions": accounts.count_sign_ins(db, since=since)}


def jobs_gauge() -> dict[str, float]:
    """Say how many jobs wait or run."""
    return {"jobs": jobs.count_open(the_database())}


def backup_gauge() -> dict[str, float]:
    """Say how old the last backup is [s]; absent when there is none."""
    made_at = backup.last_backup_at(backup.backup_folder())
    return (
        {}
        if made_at is None
        else {"backup_age_seconds": (system_clock() - made_at).total_seconds()}
    )


async def _to_the_desk(request: Request) -> Response:
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"/{query}", status_code=307)


ROUTES: Final = (Route("/desk", _to_the_desk), Route("/desk/", _to_the_desk))
"""Streamlit serves its first page at / alone; whoever types its name comes there too."""
HOOKS: Final = (publish, jobs.start_jobs, print_set_up_link)
GAUGES: Final[tuple[Gauge, ...]] = (people_gauge, jobs_gauge, backup_gauge)
MODULES: Final = tuple(
    name
    for feature in ("hours", "casework", "diagnostics", "roadmaps", "panels", "dashboards")
    for name in (f"{feature}.service", f"{feature}.charts", f"{feature}.domain.warm")
    if find_spec(name)
)

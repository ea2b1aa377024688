"""Databases with the program's schema, made by migrating once and copying."""

import functools
import os
import shutil
import tempfile
from pathlib import Path

from core.database import Database
from core.migrate import migrate
from tests.filling import fill
from tests.postgres import fresh_database

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")


def empty_database(kind: str, folder: Path, name: str) -> str:
    """Give the address of a database without tables."""
    if kind == "sqlite":
        return f"sqlite:///{folder / name}.db"
    return fresh_database(f"{WORKER}_{name}")


def migrated_database(kind: str, folder: Path, name: str) -> str:
    """Give the address of a new database with every table and no rows."""
    return _copied(_migrated(kind), kind, folder, name)


def filled_database(kind: str, folder: Path, name: str) -> str:
    """Give the address of a new database with a few rows in every table."""
    return _copied(_filled(kind), kind, folder, name)


def _copied(url: str, kind: str, folder: Path, name: str) -> str:
    if kind == "sqlite":
        path = folder / f"{name}.db"
        shutil.copy(url.removeprefix("sqlite:///"), path)
        return f"sqlite:///{path}"
    return fresh_database(f"{WORKER}_{name}", like=url)


@functools.cache
def _migrated(kind: str) -> str:
    url = empty_database(kind, Path(tempfile.mkdtemp()), "template")
    migrate(url)
    return url


@functools.cache
def _filled(kind: str) -> str:
    url = migrated_database(kind, Path(tempfile.mkdtemp()), "filled")
    database = Database(url)
    with database.engine.begin() as connection:
        fill(connection)
    database.dispose()
    return url

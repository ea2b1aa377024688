"""Databases with the program's schema, made by migrating once and copying."""

import functools
import os
import shutil
import tempfile
from pathlib import Path

from core.migrate import migrate
from tests.postgres import fresh_database

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")


def empty_database(kind: str, folder: Path, name: str) -> str:
    """Give the address of a database without tables."""
    if kind == "sqlite":
        return f"sqlite:///{folder / name}.db"
    return fresh_database(f"{WORKER}_{name}")


def migrated_database(kind: str, folder: Path, name: str) -> str:
    """Give the address of a new database with every table and no rows."""
    if kind == "sqlite":
        path = folder / f"{name}.db"
        shutil.copy(_migrated(kind).removeprefix("sqlite:///"), path)
        return f"sqlite:///{path}"
    return fresh_database(f"{WORKER}_{name}", like=_migrated(kind))


@functools.cache
def _migrated(kind: str) -> str:
    url = empty_database(kind, Path(tempfile.mkdtemp()), "template")
    migrate(url)
    return url

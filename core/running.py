"""A mark on the data folder that a server runs there, so that no restore happens under it."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from core.database import data_dir
from core.errors import DomainError

_HELD: Final[dict[Path, IO[bytes]]] = {}


class ServerRunningError(DomainError):
    """A server works on this data folder: stop it first."""

    code = "error.server_running"


def mark() -> None:
    """Say that this process serves; several may. The mark ends with the process."""
    path = _path()
    if path not in _HELD:
        _HELD[path] = _open(path)
        fcntl.flock(_HELD[path], fcntl.LOCK_SH)


@contextmanager
def alone() -> Iterator[None]:
    """Keep servers out while something is done. Raises `ServerRunningError` if one runs."""
    with _open(_path()) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ServerRunningError from error
        yield


def _path() -> Path:
    return data_dir() / "server.lock"


def _open(path: Path) -> IO[bytes]:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.open("ab")

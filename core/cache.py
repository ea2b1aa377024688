"""Aggregates kept between reruns: language-free values, never rows, figures or translated text.

The key of an aggregate is (function, arguments, what the reader may see, revision of the
area). A changed revision is a new key, so nothing is ever stale and nothing needs clearing;
what is no longer asked for falls off the end.
"""

import os
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Final, Generic, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import Pool

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)
KEPT: Final = 1024
SWITCH: Final = "CASEWORK_CACHES"

_shelves: Final[WeakKeyDictionary[Pool, OrderedDict[Hashable, Any]]] = WeakKeyDictionary()
_lock: Final = Lock()


def remembered(db: Session, key: Hashable, compute: Callable[[], T]) -> T:
    """Return the value kept under a key, computing it when it is asked for first.

    Values are kept per database (its pool of connections), the `KEPT` last used ones. Two
    threads may compute the same value at once; both get an equal one. A writing transaction
    computes every time: what it sees is not yet a revision. `CASEWORK_CACHES=off` in the
    environment computes every time too: for benchmarks.
    """
    engine = db.get_bind().engine
    if os.environ.get(SWITCH) == "off" or not _is_reading(engine):
        return compute()
    shelf = _shelf(engine)
    with _lock:
        if key in shelf:
            shelf.move_to_end(key)
            kept: T = shelf[key]
            return kept
    value = compute()
    with _lock:
        shelf[key] = value
        while len(shelf) > KEPT:
            shelf.popitem(last=False)
    return value


class Shelf(Generic[K, T]):
    """Values whose keys say all about them: the same in whatever transaction they are read.

    Kept per database, the `most` last used ones. Whoever keeps a value vouches that it is
    committed: what a writing transaction makes may still be rolled back.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._by_pool: WeakKeyDictionary[Pool, OrderedDict[K, T]] = WeakKeyDictionary()
        with _lock:
            _all_shelves.append(self)

    def find(self, engine: Engine, key: K) -> T | None:
        """Give the value kept under a key."""
        if os.environ.get(SWITCH) == "off":
            return None
        with _lock:
            values = self._by_pool.get(engine.pool)
            if values is None or key not in values:
                return None
            values.move_to_end(key)
            return values[key]

    def keep(self, engine: Engine, key: K, value: T) -> T:
        """Keep a value that never changes, and give it back."""
        with _lock:
            values = self._by_pool.setdefault(engine.pool, OrderedDict())
            values[key] = value
            while len(values) > self._most:
                values.popitem(last=False)
        return value

    def drop(self, pool: Pool) -> None:
        """Forget what is kept of a database; under the lock."""
        self._by_pool.pop(pool, None)


_all_shelves: Final[list[Shelf[Any, Any]]] = []


def forget(engine: Engine) -> None:
    """Drop what is kept of a database whose revisions begin anew: emptied or restored."""
    with _lock:
        _shelves.pop(engine.pool, None)
        for shelf in _all_shelves:
            shelf.drop(engine.pool)


def _is_reading(engine: Engine) -> bool:
    options = engine.get_execution_options()
    return bool(options.get("readonly") or options.get("postgresql_readonly"))


def _shelf(engine: Engine) -> OrderedDict[Hashable, Any]:
    with _lock:
        return _shelves.setdefault(engine.pool, OrderedDict())

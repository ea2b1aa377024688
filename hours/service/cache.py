"""What a transaction reads once, and the revision under which answers are kept."""

from collections.abc import Callable, Hashable
from typing import Final, TypeVar

from core.revision import revision
from core.workspace import Transaction

AREA: Final = "hours"
T = TypeVar("T")


def hours_revision(tx: Transaction) -> int:
    """Read the revision once per transaction: within a snapshot it does not change.

    A writing transaction may read an older one than its own, but keeps nothing by it.
    """
    return once(tx, "hours.revision", lambda: revision(tx.db, AREA))


def once(tx: Transaction, name: Hashable, read: Callable[[], T]) -> T:
    """Keep what was read until the end of the transaction."""
    if name not in tx.db.info:
        tx.db.info[name] = read()
    kept: T = tx.db.info[name]
    return kept

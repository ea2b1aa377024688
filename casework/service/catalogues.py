"""The centre's lists of themes and territories."""

import csv
from collections.abc import Iterator
from typing import Final

from casework.domain.initiative import Codes
from core.catalogue import Item, list_items
from core.database import ROOT
from core.workspace import Transaction

_FOLDER: Final = ROOT / "data" / "catalogues"
_FILES: Final = {"theme": "themes.csv", "territory": "territories.csv"}


def builtin_catalogues() -> tuple[Item, ...]:
    """Read the lists that a new centre begins with."""
    return tuple(item for kind, name in _FILES.items() for item in _read(kind, name))


def known_codes(tx: Transaction, already: Codes | None = None) -> Codes:
    """Give the codes that may be chosen now, and those already chosen, retired or not."""
    kept = already or Codes()
    return Codes(
        themes=kept.themes | {item.code for item in list_items(tx.db, "theme")},
        territories=kept.territories | {item.code for item in list_items(tx.db, "territory")},
    )


def _read(kind: str, name: str) -> Iterator[Item]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as source:
        for position, row in enumerate(csv.DictReader(source)):
            labels = {"en": row["en"], "ru": row["ru"]}
            yield Item(kind, row["code"], labels, position)

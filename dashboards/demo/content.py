"""The texts of the invented centre, read from data/demo_centre in one language."""

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Final, TypeAlias

from core.database import ROOT
from core.i18n import LANGUAGES

FOLDER: Final = ROOT / "data" / "demo_centre"
Row: TypeAlias = Mapping[str, str]


@dataclass(frozen=True)
class Content:
    """Every list of texts by its file's name; the columns of the other languages are gone."""

    language: str
    lists: Mapping[str, tuple[Row, ...]]

    def rows(self, name: str, **wanted: str) -> tuple[Row, ...]:
        """List the rows of a file that have these values."""
        return tuple(
            row for row in self.lists[name] if all(row[key] == v for key, v in wanted.items())
        )

    def words(self, key: str) -> str:
        """Give a single text."""
        return self.rows("words", key=key)[0]["text"]

    def drawn(self, rng: Random, name: str, **wanted: str) -> Row:
        """Draw a row; the same draw gives the same row in either language."""
        return rng.choice(self.rows(name, **wanted))


@cache
def load_content(language: str) -> Content:
    """Read all files in one language."""
    return Content(
        language, {path.stem: _read(path, language) for path in sorted(FOLDER.glob("*.csv"))}
    )


def templates(content: Content) -> Mapping[str, tuple[Row, ...]]:
    """Group the tasks of roadmaps by template."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in content.rows("tasks"):
        found[row["template"]].append(row)
    return {name: tuple(rows) for name, rows in found.items()}


def _read(path: Path, language: str) -> tuple[Row, ...]:
    with path.open(encoding="utf-8", newline="") as source:
        return tuple(_in(row, language) for row in csv.DictReader(source, delimiter=";"))


def _in(row: Row, language: str) -> Row:
    """Drop the language from the names of its columns, and the columns of the others."""
    kept: dict[str, str] = {}
    for column, text in row.items():
        name, _, tail = column.rpartition("_")
        if tail not in LANGUAGES:
            kept[column] = text
        elif tail == language:
            kept[name] = text
    return kept

"""Names that may mean the same initiative."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Final

from core.i18n import sort_key

_THRESHOLD: Final = 0.7  # share of common letter triples; found by trying names by hand
_SHORTEST: Final = 6  # letters that a contained name must have to say anything
_GENERIC: Final = frozenset({
    "инициатива", "инициативная", "группа", "проект", "клуб", "общественная", "общественный",
    "организация", "движение", "объединение", "ано", "нко", "тос", "роо", "центр",
    "сообщество", "the", "of", "initiative", "group", "project", "club",
})  # fmt: skip


class NameIndex:
    """Known names, to be asked for those like a new one.

    Two names are alike when most of their letter triples are common, or when the words of one
    stand among the words of the other; words such as "club" and "initiative" do not count.
    """

    def __init__(self, names: Iterable[tuple[int, str]] = ()) -> None:
        self._triples: dict[int, frozenset[str]] = {}
        self._words: dict[int, frozenset[str]] = {}
        self._holding: dict[str, list[int]] = defaultdict(list)
        for key, name in names:
            self.add(key, name)

    def add(self, key: int, name: str) -> None:
        """Remember a name under a key."""
        words = _words(name)
        triples = _triples(words)
        self._words[key], self._triples[key] = frozenset(words), triples
        for triple in triples:
            self._holding[triple].append(key)

    def find(self, name: str, limit: int = 5) -> tuple[int, ...]:
        """Give the keys of the names most like this one, the likest first."""
        words = _words(name)
        triples = _triples(words)
        common = Counter(key for triple in triples for key in self._holding.get(triple, ()))
        scores = {
            key: max(
                2 * count / (len(triples) + len(self._triples[key])),
                float(_contains(frozenset(words), self._words[key])),
            )
            for key, count in common.items()
        }
        alike = [key for key, score in scores.items() if score >= _THRESHOLD]
        return tuple(sorted(alike, key=lambda key: (-scores[key], key))[:limit])


def _words(name: str) -> list[str]:
    spaced = "".join(letter if letter.isalnum() else " " for letter in sort_key(name))
    words = spaced.split()
    return [word for word in words if word not in _GENERIC] or words


def _triples(words: list[str]) -> frozenset[str]:
    text = f" {' '.join(words)} "
    return frozenset(text[start : start + 3] for start in range(len(text) - 2))


def _contains(one: frozenset[str], other: frozenset[str]) -> bool:
    smaller = min(one, other, key=len)
    return (one <= other or other <= one) and sum(map(len, smaller)) >= _SHORTEST

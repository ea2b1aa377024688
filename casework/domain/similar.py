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
        self._by_triple: dict[str, list[int]] = defaultdict(list)
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for key, name in names:
            self.add(key, name)

    def add(self, key: int, name: str) -> None:
        """Remember a name under a key."""
        words = _words(name)
        self._words[key], self._triples[key] = frozenset(words), _triples(words)
        for triple in self._triples[key]:
            self._by_triple[triple].append(key)
        for word in self._words[key]:
            self._by_word[word].append(key)

    def find(self, name: str, limit: int = 5) -> tuple[int, ...]:
        """Give the keys of the names most like this one, the likest first."""
        words = _words(name)
        scores = self._alike(_triples(words)) | self._contained(frozenset(words))
        alike = [key for key, score in scores.items() if score >= _THRESHOLD]
        return tuple(sorted(alike, key=lambda key: (-scores[key], key))[:limit])

    def _alike(self, triples: frozenset[str]) -> dict[int, float]:
        """Score by common triples (Dice) the names that can reach the threshold.

        Such a name shares more than half of the triples, so also one of the rarer half: the
        common ones, which stand in most names, need not be followed.
        """
        rare_first = sorted(
            triples, key=lambda triple: (len(self._by_triple.get(triple, ())), triple)
        )
        followed = rare_first[: len(triples) // 2 + 1]
        candidates = {key for triple in followed for key in self._by_triple.get(triple, ())}
        return {
            key: 2 * len(triples & self._triples[key]) / (len(triples) + len(self._triples[key]))
            for key in candidates
        }

    def _contained(self, words: frozenset[str]) -> dict[int, float]:
        """Find the names all of whose words are here, and those that hold all words from here."""
        common = Counter(key for word in words for key in self._by_word.get(word, ()))
        return {
            key: 1.0
            for key, count in common.items()
            if count == min(len(words), len(self._words[key]))
            and sum(map(len, words & self._words[key])) >= _SHORTEST
        }


def _words(name: str) -> list[str]:
    spaced = "".join(letter if letter.isalnum() else " " for letter in sort_key(name))
    words = spaced.split()
    return [word for word in words if word not in _GENERIC] or words


def _triples(words: list[str]) -> frozenset[str]:
    text = f" {' '.join(words)} "
    return frozenset(text[start : start + 3] for start in range(len(text) - 2))

"""An instrument as published: its domains, items, levels and what may be left unanswered."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from core.i18n import LANGUAGES, Coded

Labels: TypeAlias = Mapping[str, str]
"""A text by language; a language that is absent has not been translated."""


class Missing(Coded):
    """Why an item has no level. None of these is a zero."""

    NOT_ANSWERED = "not_answered"
    DONT_KNOW = "dont_know"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Level:
    """One step of an item's scale, with its own behavioural description."""

    code: str
    score: int
    labels: Labels


@dataclass(frozen=True, slots=True)
class Scale:
    """The levels of one item, lowest first, and the ways out that the item offers."""

    levels: tuple[Level, ...]
    ways_out: Mapping[Missing, Labels]

    @property
    def low(self) -> int:
        """The score of the lowest level."""
        return self.levels[0].score

    @property
    def high(self) -> int:
        """The score of the highest level."""
        return self.levels[-1].score

    def level(self, code: str) -> Level | None:
        """Find a level by its code."""
        return next((level for level in self.levels if level.code == code), None)


@dataclass(frozen=True, slots=True)
class Item:
    """One question. `short` names what is asked about in a few words."""

    name: str
    domain: str
    labels: Labels
    hints: Labels
    short: Labels
    scale: Scale
    weight: Fraction
    wanted: int


@dataclass(frozen=True, slots=True)
class Domain:
    """One area of the instrument and its items."""

    name: str
    labels: Labels
    hints: Labels
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Instrument:
    """A questionnaire as published. All its scales have the same lowest and highest score."""

    name: str
    version: str
    titles: Labels
    intro: Labels
    domains: tuple[Domain, ...]

    @property
    def items(self) -> Iterator[Item]:
        """Every item, in the order of the instrument."""
        return (item for domain in self.domains for item in domain.items)

    @property
    def bounds(self) -> tuple[int, int]:
        """The lowest and the highest score a level can have."""
        scale = self.domains[0].items[0].scale
        return scale.low, scale.high

    def item(self, name: str) -> Item | None:
        """Find an item by its name."""
        return next((item for item in self.items if item.name == name), None)

    def domain(self, name: str) -> Domain | None:
        """Find a domain by its name."""
        return next((domain for domain in self.domains if domain.name == name), None)


def text(labels: Labels, language: str) -> str:
    """Give a text in the reader's language; another language's is marked as such."""
    own = labels.get(language)
    if own:
        return own
    for other in (*LANGUAGES, *labels):
        if labels.get(other):
            return f"{labels[other]} ({other})"
    return ""

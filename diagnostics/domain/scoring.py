"""From answers to a profile, its gaps, and what changed since an earlier run.

docs/methods.md states every rule and its reason.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final, TypeAlias

from diagnostics.domain.instrument import Domain, Instrument, Item, Level, Missing

COVERAGE_FLOOR: Final = Fraction(60, 100)
_LETTERS: Final = re.compile(r"\W+")

Answer: TypeAlias = str | Missing
"""The code of a level, or why there is none."""

Answers: TypeAlias = Mapping[str, Answer]
"""Answers by item name; an item that is absent is not answered."""


@dataclass(frozen=True, slots=True)
class DomainScore:
    """One domain of a profile.

    `level` is None below the coverage floor. `wanted` is the mean of what the same answered
    items want (of all applicable ones where none is answered). `total` counts every item,
    `applicable` those that concern this initiative, `unknown` those answered "don't know".
    """

    domain: str
    level: float | None
    wanted: float
    answered: int
    applicable: int
    unknown: int
    total: int

    @property
    def coverage(self) -> float | None:
        """The share of applicable items that have a level; None where nothing applies."""
        return self.answered / self.applicable if self.applicable else None

    @property
    def gap(self) -> float | None:
        """How far the domain is below what is wanted [levels]; negative when above."""
        return None if self.level is None else self.wanted - self.level


@dataclass(frozen=True, slots=True)
class Profile:
    """The scores of one run, a domain each, in the order of the instrument.

    There is no total: the centre ranks no initiative by its diagnostics.
    """

    scores: tuple[DomainScore, ...]

    def score(self, domain: str) -> DomainScore:
        """Give one domain's score."""
        return next(score for score in self.scores if score.domain == domain)

    @property
    def answered(self) -> int:
        """How many items have a level."""
        return sum(score.answered for score in self.scores)

    @property
    def applicable(self) -> int:
        """How many items concern this initiative."""
        return sum(score.applicable for score in self.scores)


@dataclass(frozen=True, slots=True)
class Gap:
    """An item whose level is below the wanted one."""

    item: str
    domain: str
    level: int
    wanted: int
    weight: Fraction

    @property
    def size(self) -> int:
        """How many levels are missing."""
        return self.wanted - self.level


@dataclass(frozen=True, slots=True)
class Change:
    """One domain then and now, over the items that both runs can compare."""

    domain: str
    before: float | None
    now: float | None
    shared: int

    @property
    def difference(self) -> float | None:
        """Now less before [levels]; None where too few items can be compared."""
        if self.before is None or self.now is None:
            return None
        return self.now - self.before


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs side by side.

    `same_items` have one meaning in both versions, of `total` in the newer one;
    `shared` of them have a level in both runs.
    """

    changes: tuple[Change, ...]
    same_items: int
    shared: int
    total: int

    def change(self, domain: str) -> Change:
        """Give one domain's change."""
        return next(change for change in self.changes if change.domain == domain)


@dataclass(frozen=True, slots=True)
class Run:
    """One filling-in: the instrument as it was then, and its answers."""

    instrument: Instrument
    answers: Answers


def score(instrument: Instrument, answers: Answers) -> Profile:
    """Score every domain: the weighted mean of its answered items.

    Parameters
    ----------
    instrument
        Domains of items with weights and scales.
    answers
        By item name; an absent item counts as not answered. Names that the instrument does
        not have are ignored.

    Returns
    -------
    Profile
        One score per domain, in the instrument's order. "Not applicable" leaves the
        denominator of the coverage; "don't know" and "not answered" stay in it, so that
        they lower the coverage but never the level. Below 60 % coverage there is no level.

    Notes
    -----
    Sums are exact fractions, so a level never leaves the range of the answers.
    """
    return Profile(tuple(_score(domain, answers) for domain in instrument.domains))


def rounded(level: float) -> float:
    """Round a level to tenths, halves up, as it is shown everywhere."""
    return float(Decimal(repr(level)).quantize(Decimal("0.1"), ROUND_HALF_UP))


def gaps(instrument: Instrument, answers: Answers) -> tuple[Gap, ...]:
    """List the items below their wanted level: the widest and weightiest first."""
    found = [
        Gap(item.name, item.domain, level, item.wanted, item.weight)
        for item in instrument.items
        if (level := _level(item, answers)) is not None and level < item.wanted
    ]
    return tuple(sorted(found, key=lambda gap: (-gap.size, -gap.weight)))


def unknowns(instrument: Instrument, answers: Answers) -> tuple[Item, ...]:
    """List the items answered "don't know": what is to be found out."""
    return tuple(item for item in instrument.items if answers.get(item.name) is Missing.DONT_KNOW)


def same_items(one: Instrument, other: Instrument) -> frozenset[str]:
    """Name the items that mean the same in two versions.

    The same are name and levels: their codes, scores and descriptions, punctuation and
    capitals aside, in every language that both versions have.
    """
    theirs = {item.name: item for item in other.items}
    return frozenset(
        item.name
        for item in one.items
        if item.name in theirs and _means_the_same(item, theirs[item.name])
    )


def compare(now: Run, before: Run) -> Comparison:
    """Put an earlier run beside a newer one, over what both have in common.

    Both levels of a domain are means over the same items, with the newer version's weights:
    those with the same meaning in both versions and a level in both runs. Where they are
    fewer than 60 % of what concerns the initiative now, the domain is not compared.
    """
    same = same_items(now.instrument, before.instrument)
    earlier = {item.name: item for item in before.instrument.items}
    changes = []
    for domain in now.instrument.domains:
        pairs = [
            (item, level, past)
            for item in domain.items
            if item.name in same
            and (level := _level(item, now.answers)) is not None
            and (past := _level(earlier[item.name], before.answers)) is not None
        ]
        enough = _enough(len(pairs), len(_applicable(domain, now.answers)))
        changes.append(
            Change(
                domain=domain.name,
                before=_mean((item.weight, past) for item, _, past in pairs) if enough else None,
                now=_mean((item.weight, level) for item, level, _ in pairs) if enough else None,
                shared=len(pairs),
            )
        )
    return Comparison(
        changes=tuple(changes),
        same_items=len(same),
        shared=sum(change.shared for change in changes),
        total=sum(1 for _ in now.instrument.items),
    )


def _score(domain: Domain, answers: Answers) -> DomainScore:
    applicable = _applicable(domain, answers)
    levels = [(item, level) for item in applicable if (level := _level(item, answers)) is not None]
    basis = [item for item, _ in levels] or applicable or list(domain.items)
    enough = _enough(len(levels), len(applicable))
    return DomainScore(
        domain=domain.name,
        level=_mean((item.weight, level) for item, level in levels) if enough else None,
        wanted=_mean((item.weight, item.wanted) for item in basis),
        answered=len(levels),
        applicable=len(applicable),
        unknown=sum(answers.get(item.name) is Missing.DONT_KNOW for item in applicable),
        total=len(domain.items),
    )


def _applicable(domain: Domain, answers: Answers) -> list[Item]:
    return [item for item in domain.items if answers.get(item.name) is not Missing.NOT_APPLICABLE]


def _enough(answered: int, applicable: int) -> bool:
    return answered > 0 and Fraction(answered, applicable) >= COVERAGE_FLOOR


def _level(item: Item, answers: Answers) -> int | None:
    answer = answers.get(item.name)
    if answer is None or isinstance(answer, Missing):
        return None
    level = item.scale.level(answer)
    return None if level is None else level.score


def _mean(weighted: Iterable[tuple[Fraction, int]]) -> float:
    pairs = list(weighted)
    return float(sum(w * value for w, value in pairs) / sum(w for w, _ in pairs))


def _means_the_same(one: Item, other: Item) -> bool:
    if len(one.scale.levels) != len(other.scale.levels):
        return False
    return all(map(_same_level, one.scale.levels, other.scale.levels))


def _same_level(one: Level, other: Level) -> bool:
    languages = one.labels.keys() & other.labels.keys()
    return (
        (one.code, one.score) == (other.code, other.score)
        and bool(languages)
        and all(_folded(one.labels[la]) == _folded(other.labels[la]) for la in languages)
    )


def _folded(text: str) -> str:
    return _LETTERS.sub(" ", text.casefold().replace("ё", "е")).strip()

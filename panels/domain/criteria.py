"""Criteria, their scale and what each mark means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from core.errors import OutOfRangeError, RequiredError, TooLongError
from core.i18n import Term
from panels.domain.errors import MixedScalesError

LOWEST_MARK: Final = 1
HIGHEST_MARK: Final = 10
SMALLEST_WEIGHT: Final = Decimal("0.01")
LARGEST_WEIGHT: Final = Decimal(100)
LONGEST_TITLE: Final = 200
LONGEST_DESCRIPTION: Final = 1_000

Texts = Mapping[str, str]
"""One wording by language: {"ru": "…", "en": "…"}."""


def said(texts: Texts, language: str) -> str:
    """Give the wording in a language, else in the first language there is; "" if none."""
    return texts.get(language) or next((text for text in texts.values() if text), "")


@dataclass(frozen=True, slots=True)
class Scale:
    """Whole marks from `low` to `high`; never below 1, so that 0 cannot be taken for a mark."""

    low: int = LOWEST_MARK
    high: int = 5

    @property
    def marks(self) -> range:
        """Give every mark, the lowest first."""
        return range(self.low, self.high + 1)

    @property
    def length(self) -> int:
        """Give the distance between the best and the worst mark."""
        return self.high - self.low


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing to judge, its weight and the description of each mark."""

    id: int
    title: Texts
    question: Texts
    weight: Decimal
    scale: Scale
    levels: Mapping[int, Texts]
    is_required: bool = True

    def level(self, mark: int, language: str) -> str:
        """Say what a mark means; "" when nobody described it."""
        return said(self.levels.get(mark, {}), language)


@dataclass(frozen=True, slots=True)
class CriteriaSet:
    """Criteria that go together, as published under `data/criteria`; their ids are 0."""

    code: str
    title: Texts
    criteria: tuple[Criterion, ...]


def check_criterion(criterion: Criterion, others: Sequence[Criterion]) -> None:
    """Refuse a criterion that could not be marked or averaged with the others.

    Raises
    ------
    RequiredError, TooLongError
        The title is empty; a text is too long.
    OutOfRangeError
        The weight is not from 0.01 to 100, or the scale not inside 1…10.
    MixedScalesError
        The panel's other criteria use another scale: their mean would mean nothing.
    """
    if not said(criterion.title, "").strip():
        raise RequiredError(field=Term("field.title"))
    _check_length(criterion.title, Term("field.title"), LONGEST_TITLE)
    _check_length(criterion.question, Term("field.question"), LONGEST_DESCRIPTION)
    for texts in criterion.levels.values():
        _check_length(texts, Term("field.level"), LONGEST_DESCRIPTION)
    weight = criterion.weight
    if not (weight.is_finite() and SMALLEST_WEIGHT <= weight <= LARGEST_WEIGHT):
        raise OutOfRangeError(
            field=Term("field.weight"), low=float(SMALLEST_WEIGHT), high=int(LARGEST_WEIGHT)
        )
    scale = criterion.scale
    if not LOWEST_MARK <= scale.low < scale.high <= HIGHEST_MARK:
        raise OutOfRangeError(field=Term("field.scale"), low=LOWEST_MARK, high=HIGHEST_MARK)
    if any(other.scale != scale for other in others):
        raise MixedScalesError(low=others[0].scale.low, high=others[0].scale.high)


def _check_length(texts: Texts, field: Term, limit: int) -> None:
    longest = max((len(text) for text in texts.values()), default=0)
    if longest > limit:
        raise TooLongError(field=field, limit=limit, length=longest)

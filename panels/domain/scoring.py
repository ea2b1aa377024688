"""Weighted means, spread and places.

Everything is computed in exact fractions and rounded once, where it is reported: to
hundredths, halves up. What is not marked enters nothing and is never a zero.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final

from panels.domain.criteria import Criterion, Scale
from panels.domain.panel import Conflict
from panels.domain.sheet import Opinion, ScoreSheet

GRAIN: Final = 2
SUBMISSION_GAP: Final = Fraction(1, 4)
CRITERION_GAP: Final = Fraction(1, 2)
_FEWEST_FOR_SPREAD: Final = 2


@dataclass(frozen=True, slots=True)
class Spread:
    """How a handful of values lies, at report grain; `sd` needs two values."""

    count: int
    mean: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    sd: Decimal | None = None


@dataclass(frozen=True, slots=True)
class CriterionSummary:
    """The marks of all experts on one criterion."""

    criterion_id: int
    spread: Spread
    disagrees: bool


@dataclass(frozen=True, slots=True)
class Summary:
    """What a panel thinks of one project: experts' weighted means and their spread."""

    submission_id: int
    spread: Spread
    criteria: tuple[CriterionSummary, ...]
    disagrees: bool


def round_half_up(value: Fraction | Decimal, places: int = GRAIN) -> Decimal:
    """Round to `places` decimals, halves away from zero; exact, unlike binary floats."""
    scaled = Fraction(value) * int(10**places)
    whole = (2 * abs(scaled.numerator) + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole if scaled >= 0 else -whole).scaleb(-places)


def weighted_mean(opinion: Opinion, criteria: Sequence[Criterion]) -> Fraction | None:
    """Average one expert's marks over the criteria, by weight.

    Criteria without a mark (abstentions, optional ones left out) leave the sum and
    the divisor alike; a sheet without any mark has no mean (None), not 0.
    """
    marked = [
        (Fraction(criterion.weight), mark)
        for criterion in criteria
        if (mark := opinion.score(criterion.id).mark) is not None
    ]
    if not marked:
        return None
    return sum((weight * mark for weight, mark in marked), Fraction()) / sum(
        weight for weight, _ in marked
    )


def coverage(opinion: Opinion, criteria: Sequence[Criterion]) -> Fraction:
    """Give the share of the weights that carry a mark: 0 to 1; 0 without criteria."""
    total = sum((Fraction(criterion.weight) for criterion in criteria), Fraction())
    marked = sum(
        (Fraction(c.weight) for c in criteria if opinion.score(c.id).mark is not None),
        Fraction(),
    )
    return marked / total if total else Fraction()


def spread(values: Iterable[Fraction]) -> Spread:
    """Describe some values: mean, least, greatest, sample standard deviation (n - 1)."""
    known = list(values)
    if not known:
        return Spread(count=0)
    mean = sum(known, Fraction()) / len(known)
    sd = None
    if len(known) >= _FEWEST_FOR_SPREAD:
        squares = sum(((value - mean) * (value - mean) for value in known), Fraction())
        variance = squares / (len(known) - 1)
        root = (Decimal(variance.numerator) / Decimal(variance.denominator)).sqrt()
        sd = root.quantize(Decimal(1).scaleb(-GRAIN), rounding=ROUND_HALF_UP)
    low, high = round_half_up(min(known)), round_half_up(max(known))
    return Spread(len(known), round_half_up(mean), low, high, sd)


def summarise(
    submission_id: int, criteria: Sequence[Criterion], sheets: Iterable[ScoreSheet]
) -> Summary:
    """Sum up the sheets on one project that count; drafts and bare abstentions do not.

    The project's mean is the plain mean of the experts' weighted means. A project is
    flagged when these lie apart by a quarter of the scale or more; a criterion, when
    its marks lie apart by half of the scale or more.
    """
    opinions = [sheet.opinion for sheet in sheets if sheet.counts]
    means = [mean for one in opinions if (mean := weighted_mean(one, criteria)) is not None]
    return Summary(
        submission_id=submission_id,
        spread=spread(means),
        criteria=tuple(_criterion(criterion, opinions) for criterion in criteria),
        disagrees=bool(criteria) and _apart(means, criteria[0].scale, SUBMISSION_GAP),
    )


def eligible(sheets: Iterable[ScoreSheet], conflicts: Iterable[Conflict]) -> tuple[ScoreSheet, ...]:
    """Leave out the sheets of experts with a conflict of interest on their project."""
    barred = {(conflict.submission_id, conflict.expert_id) for conflict in conflicts}
    return tuple(s for s in sheets if (s.submission_id, s.expert_id) not in barred)


def places(means: Sequence[Decimal | None]) -> tuple[int | None, ...]:
    """Give each project its place by its reported mean; equal means share a place.

    1, 2, 2, 4: nobody is put before another by a difference that is not reported.
    """
    known = [mean for mean in means if mean is not None]
    return tuple(
        None if mean is None else 1 + sum(other > mean for other in known) for mean in means
    )


def _criterion(criterion: Criterion, opinions: Sequence[Opinion]) -> CriterionSummary:
    marks = [
        Fraction(mark) for one in opinions if (mark := one.score(criterion.id).mark) is not None
    ]
    return CriterionSummary(
        criterion.id, spread(marks), _apart(marks, criterion.scale, CRITERION_GAP)
    )


def _apart(values: Sequence[Fraction], scale: Scale, gap: Fraction) -> bool:
    return bool(values) and max(values) - min(values) >= gap * scale.length

"""Which minutes count towards which plan: the one place that says so.

Funders change this rule (one agency excluded preparation until a September and included it
from October), so each version holds from a date on and the past keeps the rule of its time.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from hours.domain.entries import Activity, EntryStatus, TimeKind
from hours.domain.periods import Period

COUNTED_STATUSES: Final = frozenset(EntryStatus) - {EntryStatus.DRAFT}


@dataclass(frozen=True)
class CountingRule:
    """The kinds of time that count for each activity, from a date on.

    `outside_counts` says whether minutes of outside experts, people who are neither
    consultants nor managers of the centre, count as well.
    """

    valid_from: date
    kinds: Mapping[Activity, frozenset[TimeKind]]
    outside_counts: bool = False
    id: int | None = None
    made_at: datetime | None = None
    made_by: int | None = None


@dataclass(frozen=True)
class CountedKinds:
    """What counts within a stretch of days that one rule governs."""

    period: Period
    kinds: Mapping[Activity, frozenset[TimeKind]]
    outside_counts: bool = False


_WITH_PEOPLE: Final = frozenset(
    {
        TimeKind.CONTACT, TimeKind.PREPARATION, TimeKind.TRAVEL,
        TimeKind.FOLLOW_UP, TimeKind.ROADMAP,
    }
)  # fmt: skip

RULES: Final = (
    CountingRule(
        date.min,
        MappingProxyType(
            {
                Activity.CONSULTING: _WITH_PEOPLE,
                Activity.TRAINING: _WITH_PEOPLE - {TimeKind.ROADMAP},
                Activity.OTHER: frozenset(TimeKind),
            }
        ),
    ),
)
"""What counts until a manager says otherwise."""


def rules_with(stored: Iterable[CountingRule]) -> tuple[CountingRule, ...]:
    """Put the stored rules, oldest first, after the one that holds from the beginning."""
    later = sorted(stored, key=lambda rule: rule.valid_from)
    return (*RULES, *later)


def counted_in(period: Period, rules: tuple[CountingRule, ...] = RULES) -> tuple[CountedKinds, ...]:
    """Cut a period where the rule changes.

    `rules` stand in the order of their dates, the first one holding from the
    beginning. The stretches together are the period; an empty period has none.
    """
    starts = [rule.valid_from for rule in rules]
    stretches = [Period(*edge) for edge in pairwise([*starts, date.max])]
    return tuple(
        CountedKinds(common, rule.kinds, rule.outside_counts)
        for rule, stretch in zip(rules, stretches, strict=True)
        if (common := stretch.common(period)).days
    )

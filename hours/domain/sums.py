"""The sums of days that are kept beside the entries, and where the two differ."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from hours.domain.entries import Activity, EntryStatus, TimeKind


class SumKey(NamedTuple):
    """Of which minutes a sum is; no agreement is 0, no topic the empty text."""

    worked_on: date
    activity: Activity
    kind: TimeKind
    status: EntryStatus
    is_outside: bool
    agreement_id: int
    topic: str


class Difference(NamedTuple):
    """A sum that is not what the entries say [min]; 0 stands for none."""

    key: SumKey
    kept: int
    counted: int


def differences(
    kept: Mapping[SumKey, int], counted: Mapping[SumKey, int]
) -> tuple[Difference, ...]:
    """Compare the sums that are kept with those counted anew, row by row, by their keys."""
    found = (
        Difference(key, kept.get(key, 0), counted.get(key, 0))
        for key in sorted(kept.keys() | counted.keys())
    )
    return tuple(each for each in found if each.kept != each.counted)

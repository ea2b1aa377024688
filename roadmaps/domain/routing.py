"""Dependencies as lines of straight pieces between the bars of a chart."""

from dataclasses import dataclass
from typing import NamedTuple

from roadmaps.domain.plan import Dependency, LinkKind
from roadmaps.domain.schedule import Slot


class Point(NamedTuple):
    """A place on the chart: days across, rows down."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Route:
    """A dependency as a line of straight pieces from its predecessor to its successor."""

    link: Dependency
    points: tuple[Point, ...]
    is_critical: bool
    is_driving: bool = False


def polyline(kind: LinkKind, first: Point, last: Point, bend: float) -> tuple[Point, ...]:
    """Leave sideways, run down between the rows, arrive sideways; at most five pieces.

    A line leaves and meets the end of a bar that its kind names, `bend` days away from it.
    """
    out = 1 if kind.leaves_finish else -1
    into = 1 if kind.meets_finish else -1
    leave, arrive = first.x + out * bend, last.x + into * bend
    if out == into:
        side = max(leave, arrive) if out > 0 else min(leave, arrive)
        middle = [Point(side, first.y), Point(side, last.y)]
    elif out * (arrive - leave) >= 0:
        middle = [Point(leave, first.y), Point(leave, last.y)]
    else:
        between = last.y - 0.5 if last.y > first.y else last.y + 0.5
        middle = [
            Point(leave, first.y),
            Point(leave, between),
            Point(arrive, between),
            Point(arrive, last.y),
        ]
    return (first, *middle, last)


def is_driving(link: Dependency, before: Slot, after: Slot) -> bool:
    """Tell whether the successor stands where it does because of this link."""
    held = (before.early_finish if link.kind.leaves_finish else before.early_start) + link.lag
    return held == (after.early_finish if link.kind.meets_finish else after.early_start)


def is_critical_link(link: Dependency, before: Slot, after: Slot) -> bool:
    """Tell whether the longest path runs through this link."""
    return before.is_critical and after.is_critical and is_driving(link, before, after)

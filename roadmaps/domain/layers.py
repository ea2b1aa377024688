"""Layers of a drawn network: in which order their items stand so that few lines cross, and where.

Items are tasks (their ids) and the places where longer lines pass a layer (negative numbers).
"""

from bisect import bisect_right, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, TypeAlias

Lines: TypeAlias = Mapping[int, Sequence[int]]
"""For each item those in the layer below (or above) to which a line leads."""

WAY_WIDTH: Final = 0.3
"""Width of a passing line, in boxes."""
_SWEEPS: Final = 12
_SETTLINGS: Final = 8
_EXCHANGES: Final = 6


def crossings(rows: Iterable[Sequence[int]], below: Lines) -> int:
    """Count the pairs of lines that cross between neighbouring layers.

    Two lines cross if one begins to the left of the other and ends to the right of it. Lines to
    other than the next layer are not counted. O(m log m) comparisons for m lines.
    """
    return sum(_between(upper, lower, below) for upper, lower in pairwise(rows))


def untangled(rows: Sequence[Sequence[int]], below: Lines) -> list[list[int]]:
    """Order every layer so that few lines cross; never worse than it was.

    Twelve sweeps to and fro that put each item at the mean place of its neighbours (Sugiyama,
    Tagawa and Toda, 1981); after each, neighbours change places where that takes a crossing
    away (Gansner, Koutsofios, North and Vo, 1993). The best order found is kept.
    """
    above = _turned(below)
    now = [list(row) for row in rows]
    best, fewest = now, crossings(now, below)
    for sweep in range(_SWEEPS):
        if not fewest:
            break
        now = _swept(now, below if sweep % 2 else above, is_up=bool(sweep % 2))
        now = _exchanged(now, above, below)
        count = crossings(now, below)
        if count < fewest:
            best, fewest = now, count
    return best


def placed(rows: Sequence[Sequence[int]], below: Lines) -> dict[int, float]:
    """Give the middle of every item across, in boxes: near its neighbours, in its layer's order.

    Boxes are 1 wide, passing lines 0.3; nothing overlaps. The drawing's middle is at 0.
    """
    above = _turned(below)
    places = {item: x for row in rows for item, x in _packed(row)}
    for turn in range(_SETTLINGS):
        around = above if turn % 2 == 0 else below
        for row in rows if turn % 2 == 0 else reversed(rows):
            wanted = [_mean(places, around.get(item, ()), places[item]) for item in row]
            places.update(zip(row, _settled(row, wanted), strict=True))
    sides = [(x - width_of(item) / 2, x + width_of(item) / 2) for item, x in places.items()]
    middle = (min(sides)[0] + max(right for _left, right in sides)) / 2 if sides else 0.0
    return {item: x - middle for item, x in places.items()}


def width_of(item: int) -> float:
    """Give the width of a task or of a passing line, in boxes."""
    return 1.0 if item > 0 else WAY_WIDTH


def _between(upper: Sequence[int], lower: Sequence[int], below: Lines) -> int:
    rank = {item: place for place, item in enumerate(lower)}
    passed: list[int] = []
    count = 0
    for item in upper:
        ends = sorted(rank[x] for x in below.get(item, ()) if x in rank)
        count += sum(len(passed) - bisect_right(passed, end) for end in ends)
        for end in ends:
            insort(passed, end)
    return count


def _turned(below: Lines) -> dict[int, list[int]]:
    above: dict[int, list[int]] = {}
    for item, ends in below.items():
        for end in ends:
            above.setdefault(end, []).append(item)
    return above


def _swept(rows: list[list[int]], around: Lines, *, is_up: bool) -> list[list[int]]:
    """Order each layer, one after another, by the mean place of its neighbours."""
    places = {item: x for row in rows for item, x in _packed(row)}
    done = []
    for row in reversed(rows) if is_up else rows:
        wanted = {item: _mean(places, around.get(item, ()), places[item]) for item in row}
        ordered = sorted(row, key=wanted.__getitem__)
        places.update(_packed(ordered))
        done.append(ordered)
    return done[::-1] if is_up else done


def _exchanged(rows: list[list[int]], above: Lines, below: Lines) -> list[list[int]]:
    """Let neighbours change places as long as crossings go by it."""
    rank = {item: place for row in rows for place, item in enumerate(row)}
    now = [list(row) for row in rows]
    for _turn in range(_EXCHANGES):
        is_better = False
        for row in now:
            for place in range(len(row) - 1):
                left, right = row[place], row[place + 1]
                if sum(_gain(left, right, lines, rank) for lines in (above, below)) > 0:
                    row[place], row[place + 1] = right, left
                    rank[left], rank[right] = place + 1, place
                    is_better = True
        if not is_better:
            break
    return now


def _gain(left: int, right: int, lines: Lines, rank: Mapping[int, int]) -> int:
    """Give by how many crossings fewer there are if two neighbours change places."""
    ends = [rank[x] for x in lines.get(right, ())]
    if not ends:
        return 0
    crossed = kept = 0
    for one in lines.get(left, ()):
        place = rank[one]
        for end in ends:
            crossed += place > end
            kept += place < end
    return crossed - kept


def _packed(row: Sequence[int]) -> Iterator[tuple[int, float]]:
    """Give the middle of each item of a layer without gaps, the middle of the layer at 0."""
    x = -sum(map(width_of, row)) / 2
    for item in row:
        width = width_of(item)
        yield item, x + width / 2
        x += width


def _settled(row: Sequence[int], wanted: Sequence[float]) -> list[float]:
    """Give the places nearest to the wanted ones that keep the order and do not overlap.

    Least squares by pooling whoever would overlap: the pool-adjacent-violators algorithm
    (Ayer, Brunk, Ewing, Reid and Silverman, 1955).
    """
    steps = [x for _item, x in _packed(row)]
    pools: list[tuple[float, int]] = []
    for want, step in zip(wanted, steps, strict=True):
        mean, count = want - step, 1
        while pools and pools[-1][0] > mean:
            other, more = pools.pop()
            mean, count = (mean * count + other * more) / (count + more), count + more
        pools.append((mean, count))
    shifts = (mean for mean, count in pools for _one in range(count))
    return [step + shift for step, shift in zip(steps, shifts, strict=True)]


def _mean(places: Mapping[int, float], around: Sequence[int], own: float) -> float:
    return sum(places[x] for x in around) / len(around) if around else own

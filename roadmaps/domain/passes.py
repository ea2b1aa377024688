"""The passes of the critical-path method over arrays, compiled to machine code.

Tasks are numbered in topological order; the links into task `j` are those from `first[j]` up
to `first[j + 1]`. A link's `kind` has bit 1 where it leaves the finish of its predecessor, bit
2 where it meets the finish of its successor. Positions are whole units. `driver[j]` is the link
that holds task `j`, `AT_START` (nothing does) or `AT_BOUND` (a date of its own).

Without OpenMP, numba's own threads abort the process when two threads call them, so nothing
here is parallel; the interpreter's lock is released instead.
"""

# The loops of a compiled pass stand together: calls would hide what is fused.
from typing import Final

import numpy as np
from numba import njit

LEAVES_FINISH: Final = 1
MEETS_FINISH: Final = 2
AT_START: Final = -1
AT_BOUND: Final = -2
NEVER: Final = -(1 << 60)
ALWAYS: Final = 1 << 60

_I4, _I8, _U1 = "int32[::1]", "int64[::1]", "uint8[::1]"


@njit(f"Tuple((int32, {_I4}, {_I4}, {_I4}))(int32, {_I4}, {_I4})", nogil=True, cache=True)
def arrange(n, src, dst):
    """Order tasks so that each comes after all it waits for, and their links by successor.

    Gives the number of tasks that could be ordered (fewer than n: some wait for each other),
    the order, `first` and the links' places, links of one successor in the order given.
    """
    m = len(src)
    out = np.zeros(n + 1, np.int32)
    waits = np.zeros(n, np.int32)
    for e in range(m):
        out[src[e] + 1] += 1
        waits[dst[e]] += 1
    for i in range(n):
        out[i + 1] += out[i]
    after = np.empty(m, np.int32)
    place = out[:n].copy()
    for e in range(m):
        after[place[src[e]]] = dst[e]
        place[src[e]] += 1
    order = np.empty(n, np.int32)
    rank = np.zeros(n, np.int32)
    ready = 0
    for i in range(n):
        if waits[i] == 0:
            order[ready] = i
            ready += 1
    head = 0
    while head < ready:
        i = order[head]
        rank[i] = head
        head += 1
        for p in range(out[i], out[i + 1]):
            j = after[p]
            waits[j] -= 1
            if waits[j] == 0:
                order[ready] = j
                ready += 1
    first = np.zeros(n + 1, np.int32)
    links = np.empty(m, np.int32)
    if ready < n:
        return np.int32(ready), order, first, links
    for e in range(m):
        first[rank[dst[e]] + 1] += 1
    for i in range(n):
        first[i + 1] += first[i]
    spot = first[:n].copy()
    for e in range(m):
        r = rank[dst[e]]
        links[spot[r]] = e
        spot[r] += 1
    return np.int32(ready), order, first, links


@njit(
    f"void({_I4}, {_I4}, {_U1}, {_I4}, {_I4}, {_I8}, {_I4}, {_I8}, {_I8}, {_I4})",
    nogil=True,
    cache=True,
)
def forward(first, src, kind, lag, duration, lower, group, early, lengths, driver):
    """Fill `early`, `driver` and the length of each group: the earliest start of every task.

    One pass over links in the order of their successors: O(n + m).
    """
    for j in range(len(duration)):
        best, held = lower[j], AT_START
        if best > 0:
            held = AT_BOUND
        own = duration[j]
        for e in range(first[j], first[j + 1]):
            i = src[e]
            bound = early[i] + lag[e]
            if kind[e] & LEAVES_FINISH:
                bound += duration[i]
            if kind[e] & MEETS_FINISH:
                bound -= own
            if bound > best or (bound == best and held < 0):
                best, held = bound, e
        early[j], driver[j] = best, held
        lengths[group[j]] = max(lengths[group[j]], best + own)


@njit(
    f"void({_I4}, {_I4}, {_U1}, {_I4}, {_I4}, {_I8}, {_I4}, {_I8}, {_I8}, {_I8}, {_I8}, {_I4})",
    nogil=True,
    cache=True,
)
def backward(first, src, kind, lag, duration, upper, group, early, lengths, late, free, presser):
    """Fill `late`, `free` and `presser`: the latest start of every task, its free float.

    `presser` is to the latest start what `driver` is to the earliest.

    The links into a task are read once more, last task first; when a task is reached, all
    that wait for it have been.
    """
    for j in range(len(duration)):
        end = lengths[group[j]] - duration[j]
        late[j], free[j] = min(end, upper[j]), end - early[j]
        presser[j] = AT_BOUND if upper[j] < end else AT_START
    for j in range(len(duration) - 1, -1, -1):
        latest, placed, own = late[j], early[j], duration[j]
        for e in range(first[j], first[j + 1]):
            i = src[e]
            shift = -lag[e]
            if kind[e] & MEETS_FINISH:
                shift += own
            if kind[e] & LEAVES_FINISH:
                shift -= duration[i]
            if latest + shift < late[i]:
                late[i], presser[i] = latest + shift, e
            free[i] = min(free[i], placed + shift - early[i])

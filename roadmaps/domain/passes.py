"""The passes of the critical-path method over arrays, compiled to machine code.

Tasks are numbered in topological order; the links into task `j` are those from `first[j]` up
to `first[j + 1]`. A link's `kind` has bit 1 where it leaves the finish of its predecessor, bit
2 where it meets the finish of its successor. Positions are whole units; a row of `nodes` keeps
what is asked of one task together: early start, duration, late start, free room, so that a look
at a predecessor costs one line of the cache. `driver[j]` is the link
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
EARLY, DURATION, LATE, ROOM = 0, 1, 2, 3
NEVER: Final = -(1 << 60)
ALWAYS: Final = 1 << 60

_I4, _U1, _N = "int32[::1]", "uint8[::1]", "int32[:, ::1]"


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
    f"void({_I4}, {_I4}, {_U1}, {_I4}, {_N}, {_I4}, {_I4}, {_I4}, {_I4})",
    nogil=True,
    cache=True,
)
def forward(first, src, kind, lag, nodes, lower, group, lengths, driver):
    """Fill the early starts of `nodes`, `driver` and the length of each group.

    One pass over links in the order of their successors: O(n + m).
    """
    for j in range(len(nodes)):
        best = np.int64(lower[j])
        held = AT_BOUND if best > 0 else AT_START
        own = np.int64(nodes[j, DURATION])
        for e in range(first[j], first[j + 1]):
            i = src[e]
            leaves, meets = kind[e] & LEAVES_FINISH, kind[e] >> 1  # factors spare two jumps
            bound = np.int64(nodes[i, EARLY]) + lag[e] + nodes[i, DURATION] * leaves - own * meets
            if bound > best or (bound == best and held < 0):
                best, held = bound, e
        nodes[j, EARLY], driver[j] = best, held
        lengths[group[j]] = max(lengths[group[j]], best + own)


@njit(
    f"void({_I4}, {_I4}, {_U1}, {_I4}, {_N}, {_I4}, {_I4}, {_I4}, {_I4})",
    nogil=True,
    cache=True,
)
def backward(first, src, kind, lag, nodes, upper, group, lengths, presser):
    """Fill the late starts and the free rooms of `nodes`, and `presser`.

    The links into a task are read once more, last task first; when a task is reached, all
    that wait for it have been. `presser` is to the latest start what `driver` is to the
    earliest; the free room is the latest start that moves no other task.
    """
    for j in range(len(nodes)):
        end = lengths[group[j]] - nodes[j, DURATION]
        nodes[j, LATE], nodes[j, ROOM] = min(end, upper[j]), end
        presser[j] = AT_BOUND if upper[j] < end else AT_START
    for j in range(len(nodes) - 1, -1, -1):
        latest, placed, own = nodes[j, LATE], nodes[j, EARLY], nodes[j, DURATION]
        for e in range(first[j], first[j + 1]):
            i = src[e]
            leaves, meets = kind[e] & LEAVES_FINISH, kind[e] >> 1
            shift = own * meets - lag[e] - nodes[i, DURATION] * leaves
            if latest + shift < nodes[i, LATE]:
                nodes[i, LATE], presser[i] = latest + shift, e
            nodes[i, ROOM] = min(nodes[i, ROOM], placed + shift)

"""The passes where tasks have calendars of their own, run day and night, or are under way.

Every task keeps its position in units of its own line; a link between two lines goes through
the ticks that both share. A line is three rows of a table: where its stretches open and close
[ticks], and the units before them. `begins` holds, for each line, its first column and the one
after its last; the first tick, how many ticks one entry of its index covers (as a power of 2)
and where that index begins; and the same three for units. An entry of an index is the last
stretch at or before it, so that a search is one look-up and a step or two. Tick 0
is the midnight that begins the plan's first day; unit 0 of a calendar's line is the first that
can be worked in the plan. On the line of tasks that run day and night units are ticks.

Each bound that a link puts on its successor is a monotone function of where the predecessor
stands, so the latest place of the predecessor is the greatest argument that keeps the bound: the
backward pass takes each step of the forward one back by its upper adjoint.
"""

from typing import Final

import numpy as np
from numba import njit

from roadmaps.domain.passes import (
    ALWAYS,
    AT_BOUND,
    AT_START,
    LEAVES_FINISH,
    MEETS_FINISH,
    NEVER,
)

FIXED: Final = 1  # stands where a hand or the past has put it
STARTED: Final = 2  # its start is past; what moves is the rest of its work
FIRST_OF: Final = 4  # stands at the earliest of its bounds: the start of a stage
OFF_PATH: Final = 8
DONE: Final = 16
LATE: Final = 32  # as late as its successors allow
ENDS: Final = 64  # the date that holds it is one of finish

WORKING, CALENDAR, ELAPSED = 0, 1, 2
HEAD: Final = 8
_I4, _I8, _U1, _T = "int32[::1]", "int64[::1]", "uint8[::1]", "int64[:, ::1]"
_LINKS = f"{_I4}, {_I4}, {_U1}, {_U1}, {_I8}"
_TASKS = f"{_I4}, {_I4}, {_I8}, {_U1}"
_LINES = f"{_T}, {_I4}, int64"


@njit(f"int64({_T}, {_I4}, int32, int64)", nogil=True, cache=True, inline="always")
def count(table, begins, line, tick):
    """Count the units of a line before a tick."""
    head = np.int64(line) * HEAD
    i = np.int64(begins[head + 1]) - 1
    if tick < table[0, i]:
        away = tick - begins[head + 2]
        i = np.int64(begins[head])
        if away >= 0:
            i += begins[begins[head + 4] + (away >> begins[head + 3])]
            while table[0, i + 1] <= tick:
                i += 1
    return table[2, i] + min(tick, table[1, i]) - table[0, i]


@njit(f"int64({_T}, {_I4}, int32, int64)", nogil=True, cache=True, inline="always")
def begin(table, begins, line, unit):
    """Give the tick at which a unit of a line begins."""
    head = np.int64(line) * HEAD
    i = np.int64(begins[head + 1]) - 1
    if unit < table[2, i]:
        away = unit - begins[head + 5]
        i = np.int64(begins[head])
        if away >= 0:
            i += begins[begins[head + 7] + (away >> begins[head + 6])]
            while table[2, i + 1] <= unit:
                i += 1
    return table[0, i] + unit - table[2, i]


@njit(f"int64({_T}, {_I4}, int64, int32, int64)", nogil=True, cache=True)
def rolled(table, begins, day, line, tick):
    """Give the end of work on the day of a tick's eve, or on the next day that is worked.

    `day` is its length in ticks.
    """
    eve = (tick - 1) // day
    before, after = (
        count(table, begins, line, eve * day),
        count(table, begins, line, (eve + 1) * day),
    )
    if before == after:
        eve = begin(table, begins, line, before) // day
        after = count(table, begins, line, (eve + 1) * day)
    return begin(table, begins, line, after - 1) + 1


@njit(f"int64({_T}, {_I4}, int64, int32, int64)", nogil=True, cache=True)
def unrolled(table, begins, day, line, tick):
    """Give the last tick that `rolled` brings to this one or an earlier one."""
    done = count(table, begins, line, tick)
    eve = begin(table, begins, line, done - 1) // day
    if count(table, begins, line, (eve + 1) * day) > done:
        done = count(table, begins, line, eve * day)
        eve = begin(table, begins, line, done - 1) // day
    return (eve + 1) * day


@njit(f"int64({_LINES}, int32, int64, int64)", nogil=True, cache=True, inline="always")
def finish_of(table, begins, day, own, duration, at):
    """Give where a task ends that begins at `at`; `own` is the calendar to roll by, or -1."""
    if own < 0:
        return at + duration
    return rolled(table, begins, day, own, at + duration)


@njit(f"int64({_LINES}, int32, int64, int64)", nogil=True, cache=True, inline="always")
def start_by(table, begins, day, own, duration, end):
    """Give where a task begins at the latest that ends by `end`."""
    if own < 0:
        return end - duration
    return unrolled(table, begins, day, own, end) - duration


@njit(
    f"int64({_LINES}, int32, int32, uint8, uint8, int64, int64)",
    nogil=True,
    cache=True,
    inline="always",
)
def carried(table, begins, day, line, calendar, kind, counting, lag, tick):
    """Carry the end of a predecessor over to the line of its successor: the bound there."""
    rest = np.int64(0)
    if counting == ELAPSED:
        tick += lag
    elif counting == CALENDAR:
        tick += lag
        if lag > 0:
            tick = rolled(table, begins, day, calendar, tick)
    elif line == calendar:
        rest = lag
    elif lag > 0:
        unit = count(table, begins, calendar, tick) + lag
        tick = begin(table, begins, calendar, unit - 1) + 1
    elif lag < 0:
        tick = begin(table, begins, calendar, count(table, begins, calendar, tick) + lag)
    if kind & MEETS_FINISH:
        return count(table, begins, line, tick - 1) + 1 + rest
    return count(table, begins, line, tick) + rest


@njit(
    f"int64({_LINES}, int32, int32, uint8, uint8, int64, int64)",
    nogil=True,
    cache=True,
    inline="always",
)
def taken_back(table, begins, day, line, calendar, kind, counting, lag, bound):
    """Give the last tick of a predecessor's end that `carried` brings to this bound."""
    if counting == WORKING and line == calendar:
        bound -= lag
    if kind & MEETS_FINISH:
        tick = begin(table, begins, line, bound - 1) + 1
    else:
        tick = begin(table, begins, line, bound)
    if counting == ELAPSED:
        return tick - lag
    if counting == CALENDAR:
        if lag > 0:
            return unrolled(table, begins, day, calendar, tick) - lag
        return tick - lag
    if line == calendar or lag == 0:
        return tick
    if lag > 0:
        unit = count(table, begins, calendar, tick)
    else:
        unit = count(table, begins, calendar, tick + 1) - 1
    return begin(table, begins, calendar, unit - lag)


@njit(
    f"void({_T}, {_I4}, {_I4}, {_U1}, {_I8}, {_U1}, {_T}, int64, int64, int64, int64)",
    nogil=True,
    cache=True,
    inline="always",
)
def set_place(table, begins, line, flags, started, evening, out, j, at, end, held_at):
    """Write where a task begins and ends, in units and in ticks.

    A milestone that ends work stands where the last of its line ends; where what holds it ends
    later, on days off, it stands there: at tick `held_at`.
    """
    begun = started[j] if flags[j] & (STARTED | DONE) else at
    out[0, j], out[1, j], out[4, j] = begun, end, at
    out[2, j] = begin(table, begins, line[j], begun)
    out[3, j] = begin(table, begins, line[j], end - 1) + 1
    if begun == end:
        if evening[j]:
            out[3, j] = max(out[3, j], min(held_at, out[2, j]))
            out[2, j] = out[3, j]
        else:
            out[3, j] = out[2, j]


@njit(
    f"int64({_I4}, {_I4}, {_U1}, {_U1}, {_I8}, {_T}, {_I4}, int32, {_T}, int64, int64, int64)",
    nogil=True,
    cache=True,
)
def end_before(first, src, kind, counting, lag, table, begins, line, out, j, unit, start):
    """Give the last tick at which what holds a milestone ends, all on the eve of its unit.

    Units do not tell it where that is on days off: they are the same from the last work before
    to the next. A lag in working or calendar time ends in work, so that units tell it. What a
    negative lag would lead to before the plan, at tick `start` or earlier, is nowhere.
    """
    found = NEVER
    for e in range(first[j], first[j + 1]):
        if kind[e] & MEETS_FINISH or (lag[e] != 0 and counting[e] != ELAPSED):
            continue
        i = src[e]
        tick = (out[3, i] if kind[e] & LEAVES_FINISH else out[2, i]) + lag[e]
        if lag[e] < 0 and tick <= start:
            continue
        if tick > found and count(table, begins, line, tick) == unit:
            found = tick
    return found


@njit(
    f"void({_LINKS}, {_TASKS}, {_LINES}, {_I4}, {_I8}, {_I8}, {_T}, {_I4}, {_U1}, int64)",
    nogil=True,
    cache=True,
)
def forward(
    first, src, kind, counting, lag, line, roll, duration, flags,
    table, begins, day, calendar, lower, started, out, driver, evening, start,
):  # fmt: skip
    """Fill the rows of `out`: start, finish [units], start, finish [ticks], and `driver`.

    `evening` marks milestones that end the work before them instead of beginning what follows;
    the plan starts at tick `start`.
    """
    for j in range(len(duration)):
        mine, own = line[j], duration[j]
        best, held = lower[j], AT_START
        if lower[j] > 0 or flags[j] & (FIXED | STARTED):
            held = AT_BOUND
        if flags[j] & FIRST_OF:
            best = ALWAYS
        entering = range(first[j], first[j + 1])
        if flags[j] & FIXED:
            entering = range(0)
        for e in entering:
            i = src[e]
            from_finish = kind[e] & LEAVES_FINISH
            if mine == line[i] and counting[e] == WORKING and mine == calendar[j]:
                bound = (out[1, i] if from_finish else out[0, i]) + lag[e]
            else:
                tick = out[3, i] if from_finish else out[2, i]
                bound = carried(
                    table, begins, day, mine, calendar[j], kind[e], counting[e],
                    lag[e], tick,
                )  # fmt: skip
            if kind[e] & MEETS_FINISH:
                if roll[j] >= 0:
                    bound = unrolled(table, begins, day, roll[j], bound - 1) + 1
                bound -= own
            if flags[j] & FIRST_OF:
                if bound < best:
                    best, held = bound, e
            elif bound > best or (bound == best and held < 0 and bound > NEVER):
                best, held = bound, e
        evening[j] = 0
        if own == 0 and best == lower[j] and best > 0 and mine != 0:
            evening[j] = 1 if flags[j] & ENDS else 0
        elif own == 0 and held >= 0:
            i = src[held]
            is_point = duration[i] == 0 and not flags[i] & STARTED
            if is_point and lag[held] == 0:
                evening[j] = evening[i]
            elif lag[held] != 0 or kind[held] & LEAVES_FINISH:
                evening[j] = 1
        held_at = NEVER
        if evening[j] and not flags[j] & (FIRST_OF | FIXED):
            held_at = end_before(
                first, src, kind, counting, lag, table, begins, mine, out, j, best, start
            )
            if best <= 0 and held_at == NEVER and lag[held] < 0:
                evening[j] = 0  # nothing ends before the plan: it begins with the plan
        end = finish_of(table, begins, day, roll[j], own, best)
        set_place(table, begins, line, flags, started, evening, out, j, best, end, held_at)
        driver[j] = held


@njit(
    f"int64({_LINES}, int32, int32, int32, uint8, uint8, int64, uint8, int64, int64)",
    nogil=True,
    cache=True,
    inline="always",
)
def brought_back(
    table, begins, day, line, after, calendar, kind, counting, lag, ends, place, eve,
):  # fmt: skip
    """Bring a place on the line of a successor back to that of its predecessor.

    `ends`: whether it is the end of work there. `eve`: where a milestone that closes a day stands;
    its unit begins only with the next work, and what ends there would be past it.
    """
    tick = taken_back(table, begins, day, after, calendar, kind, counting, lag, place)
    if eve != ALWAYS and not kind & MEETS_FINISH and (lag == 0 or counting == ELAPSED):
        tick = min(tick, eve - lag)
    if ends:
        return count(table, begins, line, tick)
    return count(table, begins, line, tick + 1) - 1


@njit(
    f"void({_LINKS}, {_TASKS}, {_LINES}, {_I4}, {_T}, {_I4}, {_U1}, {_U1}, int64, {_I8}, {_I8},"
    f" {_I8}, {_I4}, uint8)",
    nogil=True,
    cache=True,
)
def backward(
    first, src, kind, counting, lag, line, roll, duration, flags,
    table, begins, day, calendar, out, driver, evening, counts, end, upper, late, room, presser,
    places,
):  # fmt: skip
    """Fill `late` and `room`: where the moving part of each task may begin at the latest.

    `late` keeps the end of the plan [ticks] and every date that presses; `room` keeps only
    what moves no other task. `presser` is to `late` what `driver` is to the start. With `places`, tasks marked `LATE` are moved there and then, and
    `room` is what is left beside them.
    """
    n = len(duration)
    last = end
    for j in range(n):
        last = max(last, out[3, j])
    for j in range(n):
        until = count(table, begins, line[j], end if counts[j] else last)
        limit = start_by(table, begins, day, roll[j], duration[j], until)
        late[j], room[j] = min(limit, upper[j]), limit
        presser[j] = AT_BOUND if upper[j] < limit else AT_START
    for j in range(n - 1, -1, -1):
        at = out[4, j]
        if flags[j] & DONE:
            late[j] = at
            room[j] = at
        still = at
        if places and flags[j] & LATE and not flags[j] & (FIXED | STARTED):
            at = max(at, min(room[j], late[j]))
            out[4, j] = at
        by_hand = flags[j] & FIXED
        if by_hand and flags[j] & DONE:
            continue
        latest = max(late[j], at) if by_hand else late[j]
        eve = out[3, j] if places and evening[j] and at == still else ALWAYS
        for e in range(first[j], first[j + 1]):
            i = src[e]
            off_path = counts[i] and not counts[j]
            if flags[j] & FIRST_OF and driver[j] != e:
                continue
            if not kind[e] & LEAVES_FINISH and flags[i] & STARTED:
                continue
            for which in range(1 if off_path else 0, 2):
                place = at if which else latest
                if kind[e] & MEETS_FINISH:
                    place = finish_of(table, begins, day, roll[j], duration[j], place)
                if line[i] == line[j] and counting[e] == WORKING and line[j] == calendar[j]:
                    bound = place - lag[e]
                else:
                    bound = brought_back(
                        table, begins, day, line[i], line[j], calendar[j], kind[e], counting[e],
                        lag[e], evening[i] if duration[i] == 0 else kind[e] & LEAVES_FINISH,
                        place, eve if which else ALWAYS,
                    )  # fmt: skip
                if kind[e] & LEAVES_FINISH:
                    bound = start_by(table, begins, day, roll[i], duration[i], bound)
                if by_hand:  # a link that the hand has broken presses nobody
                    bound = max(bound, out[4, i])
                if which:
                    room[i] = min(room[i], bound)
                elif bound < late[i]:
                    late[i], presser[i] = bound, e


@njit(f"void({_I4}, {_I4}, {_U1}, {_U1})", nogil=True, cache=True)
def mark_counting(first, src, flags, counts):
    """Mark the tasks that the end of the plan is measured by: those on the path, and before."""
    for j in range(len(flags)):
        counts[j] = 0 if flags[j] & OFF_PATH else 1
    for j in range(len(flags) - 1, -1, -1):
        if counts[j]:
            for e in range(first[j], first[j + 1]):
                counts[src[e]] = 1

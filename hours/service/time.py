"""Record the time that other features earn, in their open transaction."""

from collections.abc import Iterable
from dataclasses import replace

from accounts.service import person_names
from core.workspace import Transaction
from hours import store
from hours.domain.entries import EntryStatus, LockedTimeError, TimeLine, TimeSource, check_lines
from hours.service.cache import AREA


def replace_time(tx: Transaction, source: tuple[str, int], lines: Iterable[TimeLine]) -> None:
    """Make these lines the whole time of a source, say `("consultation", 5)`.

    The caller has already asked for permission. Nothing is written when nothing changes.

    Raises
    ------
    MinutesError, FutureTimeError, RepeatedKindError, TwoActivitiesError, LongDayError
        If a line cannot have been worked; names the person and the date.
    LockedTimeError
        If time of this source is locked.
    """
    lines, where = tuple(lines), TimeSource(*source)
    before = store.load_lines(tx.db, where, lock=True)
    if _same(before, lines):
        return
    if before:
        _refuse_locked(tx, where)
    check_lines(
        lines,
        today=tx.today,
        elsewhere=store.minutes_by_day(
            tx.db, ((line.person_id, line.worked_on) for line in lines), apart_from=where
        ),
        name_of=lambda person_id: person_names(tx, [person_id]).get(person_id, ""),
    )

    if before:
        store.delete_lines(tx.db, where)
    store.add_lines(tx.db, where, lines)
    minutes = sum(line.minutes for line in lines)
    tx.audit("hours.recorded", where.subject, entries=len(lines), minutes=minutes)
    tx.touched(AREA)


def remove_time(tx: Transaction, source: tuple[str, int]) -> None:
    """Take all time of a source away; the caller has already asked for permission.

    Raises `LockedTimeError` if time of this source is locked.
    """
    where = TimeSource(*source)
    _refuse_locked(tx, where)
    removed = store.delete_lines(tx.db, where)
    if removed:
        tx.audit("hours.removed", where.subject, entries=removed)
        tx.touched(AREA)


def minutes_of(tx: Transaction, source: tuple[str, int]) -> tuple[TimeLine, ...]:
    """Return the lines of a source in the order they were recorded."""
    return store.load_lines(tx.db, TimeSource(*source))


def minutes_by_source(tx: Transaction, source_type: str, ids: Iterable[int]) -> dict[int, int]:
    """Return the minutes of each of many sources of one type; one without time is absent [min]."""
    return store.minutes_by_source(tx.db, source_type, sorted(set(ids)))


def state_of(tx: Transaction, source: tuple[str, int]) -> EntryStatus | None:
    """Return the least open state of a source's entries, say approved; None without time."""
    order = list(EntryStatus)
    return max(store.list_states(tx.db, TimeSource(*source)), key=order.index, default=None)


def _refuse_locked(tx: Transaction, source: TimeSource) -> None:
    locked_on = store.find_locked(tx.db, source)
    if locked_on is not None:
        raise LockedTimeError(day=locked_on)


def _same(before: tuple[TimeLine, ...], after: tuple[TimeLine, ...]) -> bool:
    """Tell whether two sets of lines are the same time; topics are divided in sorted order."""

    def canonical(lines: tuple[TimeLine, ...]) -> list[TimeLine]:
        ordered = (replace(line, topics=tuple(sorted(set(line.topics)))) for line in lines)
        return sorted(ordered, key=lambda line: (line.person_id, line.kind, line.worked_on))

    return canonical(before) == canonical(after)

"""Record the time that other features earn, in their open transaction.

Every path by which time comes in (a form, a grid, an import, one's own work) ends in
`replace_time`, so the same checks hold on all of them.
"""

from collections.abc import Iterable
from dataclasses import replace

from accounts.service import find_left, find_roles, hold_people, person_names
from core.permissions import Role
from core.workspace import Transaction
from hours import store
from hours.domain.agreements import served_on
from hours.domain.changes import Changes, Entry, changes
from hours.domain.entries import (
    ApprovedTimeError,
    Around,
    EntryStatus,
    LockedTimeError,
    TimeKind,
    TimeLine,
    TimeSource,
    check_lines,
)
from hours.domain.states import least_open
from hours.service.cache import AREA
from hours.service.closing import require_open

_STAFF = frozenset({Role.CONSULTANT, Role.MANAGER})


def replace_time(
    tx: Transaction,
    source: tuple[str, int],
    lines: Iterable[TimeLine],
    *,
    status: EntryStatus = EntryStatus.SUBMITTED,
) -> None:
    """Make these lines the whole time of a source, say `("consultation", 5)`.

    The caller has already asked for permission. Only what differs is written, and gets the
    given state; an entry that stays as it was keeps its own.

    Raises
    ------
    MinutesError, FutureTimeError, RepeatedKindError, TwoActivitiesError, LeftPersonError,
    LongDayError, OverlapError
        If a line cannot have been worked; names the person and the date.
    LockedTimeError, ApprovedTimeError
        If a line would change a day that is locked, or time that is approved.
    """
    where = TimeSource(*source)
    before = store.load_entries(tx.db, where, lock=True)
    lines = _served(tx, before, lines)
    wanted = changes(before, lines)
    if not wanted:
        return
    _require_changeable(tx, wanted)
    _check(tx, where, lines, wanted)

    people = frozenset(line.person_id for line in wanted.fresh)
    staff = {who for who, roles in find_roles(tx, people).items() if roles & _STAFF}
    written = store.Written(status, tx.actor.person_id, tx.now, outside=people - staff)
    store.delete_entries(tx.db, [entry.id for entry in wanted.removed])
    store.save_lines(tx.db, wanted.edited, written)
    store.add_lines(tx.db, where, wanted.added, written)
    for entry, line in wanted.reshaded:
        store.save_privacy(tx.db, entry.id, is_private=line.is_private)
    minutes = sum(line.minutes for line in lines)
    tx.audit("hours.recorded", where.subject, entries=len(lines), minutes=minutes)
    tx.touched(AREA)


def remove_time(tx: Transaction, source: tuple[str, int]) -> None:
    """Take all time of a source away; the caller has already asked for permission.

    Raises `LockedTimeError` or `ApprovedTimeError` as `replace_time` does.
    """
    where = TimeSource(*source)
    before = store.load_entries(tx.db, where, lock=True)
    _require_changeable(tx, changes(before, ()))
    store.delete_entries(tx.db, [entry.id for entry in before])
    if before:
        tx.audit("hours.removed", where.subject, entries=len(before))
        tx.touched(AREA)


def minutes_of(tx: Transaction, source: tuple[str, int]) -> tuple[TimeLine, ...]:
    """Return the lines of a source in the order they were recorded."""
    return tuple(entry.line for entry in store.load_entries(tx.db, TimeSource(*source)))


def minutes_by_source(tx: Transaction, source_type: str, ids: Iterable[int]) -> dict[int, int]:
    """Return the minutes of each of many sources of one type; one without time is absent [min]."""
    return store.minutes_by_source(tx.db, source_type, sorted(set(ids)))


def minutes_by_subject(tx: Transaction, subject_type: str, ids: Iterable[int]) -> dict[int, int]:
    """Return the staff minutes spent on each of many subjects, say cases [min].

    A consultation for several of them is divided, so no minute counts twice; one without time
    is absent.
    """
    return store.minutes_by_subject(tx.db, subject_type, sorted(set(ids)))


def state_of(tx: Transaction, source: tuple[str, int]) -> EntryStatus | None:
    """Return the least open state of a source's entries, say approved; None without time."""
    return least_open(store.list_states(tx.db, TimeSource(*source)))


def _served(
    tx: Transaction, before: tuple[Entry, ...], lines: Iterable[TimeLine]
) -> tuple[TimeLine, ...]:
    """Give each line the agreement it counts in; a line that was there keeps its own."""
    known = {(entry.key, entry.line.worked_on, entry.line.activity): entry for entry in before}
    rules = store.list_served(tx.db)
    found: list[TimeLine] = []
    for line in lines:
        if line.agreement_id is None:
            entry = known.get(((line.person_id, line.kind), line.worked_on, line.activity))
            serves = (
                served_on(rules, line.activity, line.worked_on)
                if entry is None
                else entry.line.agreement_id
            )
            found.append(replace(line, agreement_id=serves))
        else:
            found.append(line)
    return tuple(found)


def _require_changeable(tx: Transaction, wanted: Changes) -> None:
    """Refuse to touch locked days and approved time; who may see it is no touch."""
    for entry in wanted.touched:
        if entry.status is EntryStatus.LOCKED:
            raise LockedTimeError(day=entry.line.worked_on)
        if entry.status is EntryStatus.APPROVED:
            raise ApprovedTimeError(day=entry.line.worked_on)
    lines = (*(entry.line for entry in wanted.touched), *wanted.fresh)
    hold_people(tx, {line.person_id for line in lines})  # a day is not locked in between
    require_open(tx, ((line.person_id, line.worked_on) for line in lines))


def _check(
    tx: Transaction, where: TimeSource, lines: tuple[TimeLine, ...], wanted: Changes
) -> None:
    days = [(line.person_id, line.worked_on) for line in lines]
    fresh: frozenset[tuple[int, TimeKind]] = frozenset(
        (line.person_id, line.kind) for line in wanted.fresh
    )
    clocked = [(line.person_id, line.worked_on) for line in wanted.fresh if line.starts_at]
    check_lines(
        lines,
        Around(
            today=tx.today,
            elsewhere=store.minutes_by_day(tx.db, days, apart_from=where),
            busy=store.list_spans(tx.db, clocked, apart_from=where),
            left=find_left(tx, {who for who, _kind in fresh}),
        ),
        lambda person_id: person_names(tx, [person_id]).get(person_id, ""),
        fresh,
    )

"""A month from submitting to locking: every act that moves entries from state to state."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from accounts.service import hold_people, people_in, person_names
from core.errors import NotFoundError, RequiredError, StaleError, TooLongError
from core.i18n import Term, sort_key
from core.permissions import Guard, Permission, Role, may
from core.workspace import Transaction, Workspace
from hours import store
from hours.domain.entries import EntryStatus, LockedTimeError
from hours.domain.months import MonthView, PersonMonth, PersonMonthView
from hours.domain.periods import Period, month_of, month_or_this
from hours.domain.states import (
    COMMENT_LIMIT,
    Act,
    DayOpenError,
    NothingToApproveError,
    OpenEntriesError,
    Override,
    OwnHoursError,
    Seen,
    lockable,
    moved,
)
from hours.service.cache import AREA
from hours.service.closing import closed_days

_NOBODY = tuple((status, 0) for status in EntryStatus)


def view_month(workspace: Workspace, code: str = "") -> MonthView:
    """Show everybody's month by state; this one without a code.

    Raises `InvalidError` if the code names no month.
    """
    with workspace.reading() as tx:
        workspace.require(Permission.APPROVE_HOURS)
        period = month_or_this(code, tx.today)
        months = {month.person_id: month for month in store.read_months(tx.db, period)}
        names = person_names(tx, months) | {
            person.id: person.name for person in people_in(tx, Role.CONSULTANT)
        }
        ordered = dict(sorted(names.items(), key=lambda each: sort_key(each[1])))
        overrides = store.list_overrides(tx.db, period)
        return MonthView(
            tx.today, period,
            ordered | person_names(tx, {override.made_by for override in overrides} - set(names)),
            {person: months.get(person, PersonMonth(person, _NOBODY)) for person in ordered},
            overrides,
        )  # fmt: skip


def view_person_month(workspace: Workspace, person_id: int, code: str = "") -> PersonMonthView:
    """Show one person's month with its entries; private ones tell no more than their time.

    Raises `InvalidError` if the code names no month, `NotFoundError` if the person is unknown.
    """
    with workspace.reading() as tx:
        workspace.require(Permission.APPROVE_HOURS)
        period = month_or_this(code, tx.today)
        months = {month.person_id: month for month in store.read_months(tx.db, period)}
        overrides = store.list_overrides(tx.db, period, person_id)
        return PersonMonthView(
            today=tx.today,
            period=period,
            name=_name(tx, person_id),
            month=months.get(person_id, PersonMonth(person_id, _NOBODY)),
            entries=store.list_month(tx.db, person_id, period, reader_id=tx.actor.person_id),
            overrides=overrides,
            locked=store.list_locked_days(tx.db, person_id, period),
            seen=_seen(tx, person_id, period),
            is_own=person_id == tx.actor.person_id,
            names=person_names(tx, {override.made_by for override in overrides}),
            events=store.list_month_events(
                tx.db, person_id, period, reader_id=tx.actor.person_id
            ),
        )  # fmt: skip


def overrides_in(
    tx: Transaction, period: Period, person_id: int | None = None
) -> tuple[Override, ...]:
    """List the locked days that were opened in a period: what a report on it has to say.

    Reasons are told to those who approve hours and to the person whose day it is.
    """
    tells_all = may(tx.actor, Permission.APPROVE_HOURS)
    return tuple(
        override
        if tells_all or override.person_id == tx.actor.person_id
        else replace(override, reason="")
        for override in store.list_overrides(tx.db, period, person_id)
    )


def submit_month(workspace: Workspace, code: str = "") -> int:
    """Hand in the actor's own drafts of a month; give how many were handed in.

    Drafts of closed days stay drafts: one closed day blocks no other. Raises `LockedTimeError`
    if all of them are.
    """
    with workspace.transaction() as tx:
        me = tx.actor.person_id
        workspace.require(Permission.RECORD_HOURS, Guard(author=me))
        period = month_or_this(code, tx.today)
        _hold(tx, me, period)
        days = {(me, day) for day in store.list_days(tx.db, me, period, EntryStatus.DRAFT)}
        closed = closed_days(tx, days)
        if days and closed == days:
            raise LockedTimeError(day=min(day for _person, day in days))
        open_days = [day for _person, day in days - closed]
        count = store.move_entries(
            tx.db, Act.SUBMIT, store.of_days(me, open_days), submitted_at=tx.now, submitted_by=me
        )
        tx.audit("hours.submitted", f"person:{me}", month=period.starts_on, entries=count)
        tx.touched(AREA)
    return count


def approve_month(workspace: Workspace, *, person_id: int, month: str, seen: Seen) -> int:
    """Approve everything a person has submitted in a month; give how many entries that was.

    Raises
    ------
    OwnHoursError
        If it is the actor's own time, and no right to approve that is theirs.
    StaleError
        If something was submitted, changed or returned since the actor saw it.
    NothingToApproveError
        If nothing is submitted.
    """
    with workspace.transaction() as tx:
        workspace.require(Permission.APPROVE_HOURS)
        is_own = _require_other(tx, person_id)
        _name(tx, person_id)
        period = month_or_this(month, tx.today)
        _hold(tx, person_id, period)
        now = _seen(tx, person_id, period)
        if now != seen:
            raise StaleError(kind=Term("object.month"), current=_told(now), yours=_told(seen))
        if not now.entries:
            raise NothingToApproveError
        store.move_entries(
            tx.db, Act.APPROVE, store.of_month(person_id, period),
            approved_at=tx.now, approved_by=tx.actor.person_id,
        )  # fmt: skip
        tx.audit(
            "hours.own_approved" if is_own else "hours.approved", f"person:{person_id}",
            month=period.starts_on, entries=now.entries, minutes=now.minutes, events=now.events,
        )  # fmt: skip
        tx.touched(AREA)
    return now.entries


def withdraw_approval(
    workspace: Workspace, *, person_id: int, month: str, entries: int, last_id: int
) -> None:
    """Take back what the actor approved last of a person's month: it is submitted again.

    `entries` and `last_id` say which approval is meant: how many it held, and the latest id.

    Raises
    ------
    OwnHoursError
        As `approve_month` does.
    StaleError
        If that is another by now, or not whole: some are locked, returned or changed since.
    """
    with workspace.transaction() as tx:
        workspace.require(Permission.APPROVE_HOURS)
        is_own = _require_other(tx, person_id)
        period = month_or_this(month, tx.today)
        _hold(tx, person_id, period)
        batch = store.of_last_approval(tx.db, person_id, period, tx.actor.person_id)
        latest = store.last_id_of(tx.db, batch)
        count = store.move_entries(tx.db, Act.UNAPPROVE, batch, approved_at=None, approved_by=None)
        if not count or (count, latest) != (entries, last_id):
            field = Term("field.entries")
            raise StaleError(
                kind=Term("object.month"), current={field: count}, yours={field: entries}
            )
        tx.audit(
            "hours.own_approval_withdrawn" if is_own else "hours.approval_withdrawn",
            f"person:{person_id}", month=period.starts_on, entries=count,
        )  # fmt: skip
        tx.touched(AREA)


def return_entry(workspace: Workspace, *, entry_id: int, version: int, comment: str) -> None:
    """Give an entry back to its owner as a draft, with a comment that says why.

    Raises `StaleError` if it changed since, `EntryMoveError` if it is a draft or locked,
    `LockedTimeError` if its day is closed, `RequiredError`, `TooLongError`.
    """
    with workspace.transaction() as tx:
        workspace.require(Permission.APPROVE_HOURS)
        comment = _text(comment, Term("field.comment"))
        found = store.find_entry(tx.db, entry_id)
        if found is None:
            raise NotFoundError(kind=Term("object.time_entry"), id=entry_id)
        person_id, day, status, current = found
        moved(status, Act.RETURN)
        if closed_days(tx, {(person_id, day)}):
            raise LockedTimeError(day=day)
        count = store.move_entries(
            tx.db, Act.RETURN, store.of_entry(entry_id, version),
            returned_at=tx.now, returned_by=tx.actor.person_id, returned_comment=comment,
            approved_at=None, approved_by=None,
        )  # fmt: skip
        if not count:
            state = Term("field.version")
            raise StaleError(
                kind=Term("object.time_entry"), current={state: current}, yours={state: version}
            )
        tx.audit("hours.returned", f"time_entry:{entry_id}", day=day)
        tx.touched(AREA)


def lock_month(workspace: Workspace, *, person_ids: Iterable[int], month: str) -> int:
    """Lock the days of a month that have come, person by person; give how many days that was.

    Raises `OpenEntriesError` if somebody's time is not all approved, `OwnHoursError` as
    `approve_month` does, and locks nothing then.
    """
    with workspace.transaction() as tx:
        workspace.require(Permission.APPROVE_HOURS)
        period = lockable(month_or_this(month, tx.today), tx.today)
        count = sum(_lock(tx, person_id, period) for person_id in sorted(set(person_ids)))
        tx.touched(AREA)
    return count


def override_day(workspace: Workspace, *, person_id: int, day: date, reason: str) -> int:
    """Open a closed day of one person for a change, and say why; give the override's id.

    What was locked on it is submitted again, so it is approved and locked anew. Every report on
    the day lists the override. Raises `DayOpenError` if the day is not closed, `OwnHoursError`,
    `RequiredError`, `TooLongError`.
    """
    with workspace.transaction() as tx:
        workspace.require(Permission.OVERRIDE_LOCK)
        is_own = _require_other(tx, person_id)
        reason = _text(reason, Term("field.reason"))
        _name(tx, person_id)
        _hold(tx, person_id, month_of(day))
        if not closed_days(tx, {(person_id, day)}):
            raise DayOpenError(day=day)
        store.delete_lock(tx.db, person_id, day)
        count = store.move_entries(
            tx.db, Act.OVERRIDE, store.of_days(person_id, [day]), approved_at=None, approved_by=None
        )
        override_id = store.add_override(
            tx.db, person_id=person_id, day=day, reason=reason, by=tx.actor.person_id, at=tx.now
        )
        tx.audit(
            "hours.own_overridden" if is_own else "hours.overridden", f"person:{person_id}",
            day=day, override=override_id, entries=count,
        )  # fmt: skip
        tx.touched(AREA)
    return override_id


def _lock(tx: Transaction, person_id: int, period: Period) -> int:
    is_own = _require_other(tx, person_id)
    name = _name(tx, person_id)
    _hold(tx, person_id, period)
    waiting = sum(
        store.read_seen(tx.db, person_id, period, status).entries
        for status in (EntryStatus.DRAFT, EntryStatus.SUBMITTED)
    )
    if waiting:
        raise OpenEntriesError(person=name, count=waiting)
    count = store.add_locks(tx.db, person_id, period.dates(), tx.actor.person_id, tx.now)
    entries = store.move_entries(tx.db, Act.LOCK, store.of_month(person_id, period))
    tx.audit(
        "hours.own_locked" if is_own else "hours.locked", f"person:{person_id}",
        month=month_of(period.starts_on).starts_on, days=count, entries=entries,
    )  # fmt: skip
    return count


def _hold(tx: Transaction, person_id: int, period: Period) -> None:
    """Let nobody else record or move this person's time: entries first, as recording does."""
    store.lock_month(tx.db, person_id, period)
    hold_people(tx, [person_id])


def _seen(tx: Transaction, person_id: int, period: Period) -> Seen:
    """Say what an approval would approve: the submitted entries, and the meetings with them."""
    entries = store.read_seen(tx.db, person_id, period, EntryStatus.SUBMITTED)
    events, minutes, attended = store.read_seen_events(tx.db, person_id, period)
    return replace(entries, events=events, event_minutes=minutes, attended=attended)


def _require_other(tx: Transaction, person_id: int) -> bool:
    """Refuse the actor's own time, but to who may; tell whether it is their own."""
    is_own = person_id == tx.actor.person_id
    if is_own and not may(tx.actor, Permission.APPROVE_OWN_HOURS):
        raise OwnHoursError
    return is_own


def _name(tx: Transaction, person_id: int) -> str:
    names = person_names(tx, [person_id])
    if person_id not in names:
        raise NotFoundError(kind=Term("object.person"), id=person_id)
    return names[person_id]


def _text(text: str, field: Term) -> str:
    text = text.strip()
    if not text:
        raise RequiredError(field=field)
    if len(text) > COMMENT_LIMIT:
        raise TooLongError(field=field, limit=COMMENT_LIMIT, length=len(text))
    return text


def _told(seen: Seen) -> dict[Term, object]:
    return {Term("field.entries"): seen.entries, Term("field.minutes"): seen.minutes}

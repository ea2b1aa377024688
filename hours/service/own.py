"""My own hours: the month as the person who worked it sees it."""

from datetime import date

from core.permissions import Guard, Permission
from core.workspace import Transaction, Workspace
from hours import store
from hours.domain.entries import EntryStatus
from hours.domain.figures import HoursQuery
from hours.domain.months import OwnHours, PersonMonth
from hours.domain.periods import Period, month_of, period_of
from hours.domain.states import closes_on
from hours.service.closing import policy_in
from hours.service.figures import figure_in, rows_in
from hours.service.months import overrides_in
from hours.service.promises import over_own
from hours.service.work import SOURCE


def view_own_hours(workspace: Workspace, code: str = "") -> OwnHours:
    """Show the actor's own time in the period that a code names; in this month without one.

    Raises `InvalidError` if the code names no period.
    """
    with workspace.reading() as tx:
        workspace.require(Permission.VIEW_OWN_HOURS, Guard(author=tx.actor.person_id))
        return _own(tx, code)


def export_own_hours(workspace: Workspace, code: str = "") -> OwnHours:
    """Give the actor's own time to a file, and write so into the trail."""
    with workspace.transaction() as tx:
        workspace.require(Permission.VIEW_OWN_HOURS, Guard(author=tx.actor.person_id))
        workspace.require(Permission.EXPORT, Guard(author=tx.actor.person_id))
        view = _own(tx, code)
        tx.audit(
            "hours.exported", "hours:own",
            rows=len(view.entries), since=view.period.starts_on, until=view.period.ends_before,
        )  # fmt: skip
    return view


def _own(tx: Transaction, code: str) -> OwnHours:
    me = tx.actor.person_id
    period = period_of(code) if code else month_of(tx.today)
    own = HoursQuery(period, person_id=me)
    entries = store.list_month(tx.db, me, period, reader_id=me)
    minutes = dict.fromkeys(EntryStatus, 0)
    for entry in entries:
        minutes[entry.status] += entry.minutes
    works = [entry.source.id for entry in entries if entry.source and entry.source.type == SOURCE]
    locked = store.list_locked_days(tx.db, me, period)
    return OwnHours(
        today=tx.today,
        period=period,
        figure=figure_in(tx, own),
        rows=rows_in(tx, own),
        month=PersonMonth(me, tuple(minutes.items()), len(locked)),
        entries=entries,
        notes=store.notes_of(tx.db, works),
        overrides=overrides_in(tx, period, me),
        closes_on=_closes_on(tx, period),
        over=over_own(tx, me),
    )


def _closes_on(tx: Transaction, period: Period) -> date | None:
    policy = policy_in(tx)
    if policy.closing is None or period.last_day < policy.closing:
        return None
    return closes_on(period.last_day, policy.grace_days)

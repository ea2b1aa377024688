"""Answer every question about hours: the one place that adds minutes up."""

from collections.abc import Sequence
from datetime import date

from core.cache import remembered
from core.calendar import WorkCalendar, load_calendar
from core.errors import ForbiddenError
from core.permissions import Actor, Permission, Scope, scope
from core.settings import load_centre
from core.workspace import Transaction, Workspace
from hours import store
from hours.domain.entries import Activity
from hours.domain.figures import HourRow, HoursFigure, HoursQuery, WorkLine
from hours.domain.pace import Pace, pace
from hours.domain.periods import Period
from hours.domain.plans import promised
from hours.domain.secrecy import PrivateWork, private_part, with_private, with_private_rows
from hours.service.cache import hours_revision, once
from hours.service.plans import plans_in


def figure(workspace: Workspace, query: HoursQuery) -> HoursFigure:
    """Answer one question about hours: the minutes and their parts."""
    with workspace.reading() as tx:
        return figure_in(tx, query)


def figure_in(tx: Transaction, query: HoursQuery) -> HoursFigure:
    """Answer one question about hours inside a transaction: the one place that adds minutes.

    Raises `ForbiddenError` if the actor may not see these hours.
    """
    _require(tx.actor, query)
    reader_id = _reader(tx)

    def count() -> HoursFigure:
        open_part = store.read_figure(tx.db, query, reader_id=reader_id)
        return with_private(open_part, private_part(query, _private(tx, query, reader_id)))

    return remembered(tx.db, ("hours.figure", query, reader_id, hours_revision(tx)), count)


def rows_behind(workspace: Workspace, query: HoursQuery) -> tuple[HourRow, ...]:
    """List the entries that a figure adds up, newest first.

    Of somebody else's private work a row tells its date and minutes and nothing else; where
    the query is narrower than a period and an activity, see `hours.domain.secrecy`.
    """
    with workspace.reading() as tx:
        return rows_in(tx, query)


def rows_in(tx: Transaction, query: HoursQuery) -> tuple[HourRow, ...]:
    """List the entries behind a figure inside a transaction, see `rows_behind`."""
    _require(tx.actor, query)
    reader_id = _reader(tx)
    rows = store.list_rows(tx.db, query, reader_id=reader_id)
    return with_private_rows(rows, private_part(query, _private(tx, query, reader_id)))


def work_in(tx: Transaction, query: HoursQuery) -> tuple[WorkLine, ...]:
    """List the entries behind a figure that paper may tell: every one that is not private.

    The earliest comes first. Raises `ForbiddenError` if the actor may not see these hours.
    """
    _require(tx.actor, query)
    return store.list_work(tx.db, query)


def pace_in(
    tx: Transaction, activity: Activity, period: Period, facts: HoursFigure | None = None
) -> Pace:
    """Measure the promise of one activity for a period against its figure.

    `facts` is that figure, where the caller has it already.
    """
    known = facts or figure_in(tx, HoursQuery(period, activity))
    plan = promised(plans_in(tx, period), activity, period)
    return pace(plan, dict(known.by_day), period, tx.today, calendar_in(tx))


def first_day_in(tx: Transaction) -> date | None:
    """Return the earliest day on which anybody worked, None in an empty centre."""
    key = ("hours.first_day", hours_revision(tx))
    return remembered(tx.db, key, lambda: store.find_first_day(tx.db))


def _require(actor: Actor, query: HoursQuery) -> None:
    """Refuse hours that the actor may not see: all but their own, for most."""
    if scope(actor, Permission.VIEW_ALL_HOURS) is Scope.ALL:
        return
    own = query.person_id == actor.person_id
    if not own or scope(actor, Permission.VIEW_OWN_HOURS) is Scope.NONE:
        raise ForbiddenError(permission=Permission.VIEW_ALL_HOURS)


def _reader(tx: Transaction) -> int:
    """Say whose private work is open in the answer: the visibility part of every key.

    0 for who has no private time: all such readers share what is kept.
    """
    person_id = tx.actor.person_id

    def own_private() -> bool:
        key = ("hours.has_private", person_id, hours_revision(tx))
        return remembered(tx.db, key, lambda: store.has_private(tx.db, person_id))

    return person_id if once(tx, "hours.has_private", own_private) else 0


def _private(tx: Transaction, query: HoursQuery, reader_id: int) -> Sequence[PrivateWork]:
    """Read the private work of others in the period, activity and agreement of a query.

    The figures of one page ask for the same period activity by activity: one reading serves
    them all, until the transaction writes.
    """
    whole = HoursQuery(query.period, agreement_id=query.agreement_id)
    if not store.are_settled(tx.db):
        return store.list_private(tx.db, query, reader_id=reader_id)
    works = once(
        tx, ("hours.private", whole), lambda: store.list_private(tx.db, whole, reader_id=reader_id)
    )
    return [work for work in works if query.activity in {None, work.activity}]


def calendar_in(tx: Transaction) -> WorkCalendar:
    """Give the centre's calendar of working days."""
    return once(tx, "hours.calendar", lambda: load_calendar(tx.db, load_centre(tx.db).calendar))

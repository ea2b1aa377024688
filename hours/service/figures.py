"""Answer every question about hours: the one place that adds minutes up."""

from datetime import date

from core.cache import remembered
from core.calendar import WorkCalendar, load_calendar
from core.errors import ForbiddenError
from core.permissions import Actor, Permission, Scope, scope
from core.settings import load_centre
from core.workspace import Transaction, Workspace
from hours import store
from hours.domain.entries import Activity
from hours.domain.figures import HourRow, HoursFigure, HoursQuery
from hours.domain.pace import Pace, pace
from hours.domain.periods import Period
from hours.domain.plans import promised
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
    key = ("hours.figure", query, _reach(tx.actor, query), hours_revision(tx))
    return remembered(tx.db, key, lambda: store.read_figure(tx.db, query))


def rows_behind(workspace: Workspace, query: HoursQuery) -> tuple[HourRow, ...]:
    """List the entries that a figure adds up, newest first.

    Of somebody else's private work a row tells its date and minutes and nothing else.
    """
    with workspace.reading() as tx:
        return rows_in(tx, query)


def rows_in(tx: Transaction, query: HoursQuery) -> tuple[HourRow, ...]:
    """List the entries behind a figure inside a transaction, see `rows_behind`."""
    _reach(tx.actor, query)
    return store.list_rows(tx.db, query, reader_id=tx.actor.person_id)


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


def _reach(actor: Actor, query: HoursQuery) -> tuple[str, int]:
    """Say whose hours the answer may hold: the visibility part of every key."""
    if scope(actor, Permission.VIEW_ALL_HOURS) is Scope.ALL:
        return ("all", 0)
    own = query.person_id == actor.person_id
    if own and scope(actor, Permission.VIEW_OWN_HOURS) is not Scope.NONE:
        return ("own", actor.person_id)
    raise ForbiddenError(permission=Permission.VIEW_ALL_HOURS)


def calendar_in(tx: Transaction) -> WorkCalendar:
    """Give the centre's calendar of working days."""
    return once(tx, "hours.calendar", lambda: load_calendar(tx.db, load_centre(tx.db).calendar))

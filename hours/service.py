"""Record work time, promise hours, and answer every question about hours.

Features that earn hours hand their open transaction to `replace_time` and `remove_time`.
Every figure of hours anywhere comes from `figure` (or `figure_in` a transaction).
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from accounts.service import Entry, checked_hash, claim_server, person_names
from core.cache import remembered
from core.calendar import WorkCalendar, load_calendar
from core.database import Database
from core.errors import ForbiddenError, OutOfRangeError, RequiredError, TooLongError
from core.i18n import Term
from core.permissions import Actor, Guard, Permission, Scope, scope
from core.revision import revision
from core.settings import Centre, centre_version, change_centre, load_centre
from core.workspace import Transaction, Workspace
from hours import store
from hours.domain.entries import (
    MINUTES_IN_HOUR,
    Activity,
    LockedTimeError,
    TimeKind,
    TimeLine,
    TimeSource,
    check_lines,
)
from hours.domain.figures import HourRow, HoursFigure, HoursQuery, OwnHours
from hours.domain.pace import Pace, PaceState, WeekPace, pace
from hours.domain.periods import Period, Quarter, month_of, period_of
from hours.domain.plans import Agreement, HourPlan, promised

__all__ = [
    "AREA",
    "Activity",
    "Agreement",
    "HourPlan",
    "HourRow",
    "HoursFigure",
    "HoursQuery",
    "OwnHours",
    "Pace",
    "PaceState",
    "Period",
    "Quarter",
    "TimeKind",
    "TimeLine",
    "TimeSource",
    "WeekPace",
    "add_agreement",
    "current_plans",
    "edit_centre",
    "figure",
    "figure_in",
    "first_day_in",
    "list_agreements",
    "minutes_by_source",
    "minutes_of",
    "month_of",
    "pace_in",
    "plans_in",
    "remove_time",
    "replace_time",
    "rows_behind",
    "rows_in",
    "set_first_plan",
    "set_plan",
    "set_up_centre",
    "today",
    "view_centre",
    "view_own_hours",
]  # fmt: skip

AREA = "hours"
_LONGEST_NAME = 200
_MOST_HOURS = 10_000


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
    _refuse_locked(tx, where)
    check_lines(
        lines,
        today=tx.today,
        elsewhere=store.minutes_by_day(
            tx.db, ((line.person_id, line.worked_on) for line in lines), apart_from=where
        ),
        name_of=lambda person_id: person_names(tx, [person_id]).get(person_id, ""),
    )

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


def figure(workspace: Workspace, query: HoursQuery) -> HoursFigure:
    """Answer one question about hours: the minutes and their parts."""
    with workspace.reading() as tx:
        return figure_in(tx, query)


def figure_in(tx: Transaction, query: HoursQuery) -> HoursFigure:
    """Answer one question about hours inside a transaction: the one place that adds minutes.

    Raises `ForbiddenError` if the actor may not see these hours.
    """
    key = ("hours.figure", query, _reach(tx.actor, query), revision(tx.db, AREA))
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


def view_own_hours(workspace: Workspace, code: str = "") -> OwnHours:
    """Show the actor's own time in the period that a code names; in this month without one.

    Raises `InvalidError` if the code names no period.
    """
    with workspace.reading() as tx:
        workspace.require(Permission.VIEW_OWN_HOURS, Guard(author=tx.actor.person_id))
        period = period_of(code) if code else month_of(tx.today)
        own = HoursQuery(period, person_id=tx.actor.person_id)
        return OwnHours(tx.today, period, figure_in(tx, own), rows_in(tx, own))


def export_own_hours(workspace: Workspace, code: str = "") -> OwnHours:
    """Give the actor's own time to a file, and write so into the trail."""
    with workspace.transaction() as tx:
        workspace.require(Permission.EXPORT, Guard(author=tx.actor.person_id))
        period = period_of(code) if code else month_of(tx.today)
        own = HoursQuery(period, person_id=tx.actor.person_id)
        view = OwnHours(tx.today, period, figure_in(tx, own), rows_in(tx, own))
        tx.audit(
            "hours.exported", "hours:own",
            rows=len(view.rows), since=period.starts_on, until=period.ends_before,
        )  # fmt: skip
    return view


def pace_in(tx: Transaction, activity: Activity, period: Period) -> Pace:
    """Measure the promise of one activity for a period against its figure."""
    facts = figure_in(tx, HoursQuery(period, activity))
    plan = promised(plans_in(tx, period), activity, period)
    return pace(plan, dict(facts.by_day), period, tx.today, _calendar(tx))


def first_day_in(tx: Transaction) -> date | None:
    """Return the earliest day on which anybody worked, None in an empty centre."""
    key = ("hours.first_day", revision(tx.db, AREA))
    return remembered(tx.db, key, lambda: store.find_first_day(tx.db))


def plans_in(tx: Transaction, period: Period) -> tuple[HourPlan, ...]:
    """List the plans that hold on some day of the period, oldest first."""
    key = ("hours.plans", period, revision(tx.db, AREA))
    return remembered(tx.db, key, lambda: store.list_plans(tx.db, period))


def set_plan(workspace: Workspace, plan: HourPlan) -> None:
    """Promise hours for one activity from a date on.

    The plan in force until then ends on that day; a plan that begins on the same
    day is replaced; one that begins later stays and ends this one.

    Raises `OutOfRangeError` if the minutes are no sensible promise.
    """
    with workspace.transaction() as tx:
        workspace.require(Permission.EDIT_PLANS)
        _set_plan(tx, plan)


def set_first_plan(
    tx: Transaction, consulting_minutes: int, training_minutes: int, valid_from: date
) -> None:
    """Promise the hours that the set-up page asked for; the caller has checked the token.

    Raises `OutOfRangeError` if the minutes are no sensible promise.
    """
    _set_plan(tx, HourPlan(Activity.CONSULTING, consulting_minutes, valid_from))
    _set_plan(tx, HourPlan(Activity.TRAINING, training_minutes, valid_from))


def set_up_centre(
    database: Database,
    token: str,
    *,
    centre: Centre,
    hours: tuple[int, int],
    person: tuple[str, str, str],
) -> Entry:
    """Claim an empty server: the centre, its promise of hours, its first administrator.

    Parameters
    ----------
    hours
        Promised per quarter for consulting and for training [h].
    person
        Name, sign-in address and password of the administrator.

    Raises
    ------
    LinkEndedError
        If the token is not the one printed at the last start, or the server is claimed.
    """
    name, address, password = person
    stored = checked_hash(password, password, address)
    door = Workspace.of(database, Actor(0, frozenset()))
    with door.transaction() as tx:
        entry = claim_server(
            tx, token, centre=centre.checked(), name=name, address=address, password_hash=stored
        )
        first = Quarter.of(tx.today).period.starts_on
        set_first_plan(tx, hours[0] * MINUTES_IN_HOUR, hours[1] * MINUTES_IN_HOUR, first)
    return entry


def today(workspace: Workspace) -> date:
    """Say the centre's local date."""
    with workspace.reading() as tx:
        return tx.today


def view_centre(workspace: Workspace) -> tuple[Centre, int]:
    """Show the centre's settings and their version."""
    with workspace.reading() as tx:
        workspace.require(Permission.EDIT_PLANS)
        return load_centre(tx.db), centre_version(tx.db)


def current_plans(workspace: Workspace) -> dict[Activity, HourPlan]:
    """Show the promise of hours that holds today, by activity."""
    with workspace.reading() as tx:
        workspace.require(Permission.EDIT_PLANS)
        today = Period(tx.today, tx.today + timedelta(days=1))
        return {plan.activity: plan for plan in plans_in(tx, today)}


def edit_centre(workspace: Workspace, centre: Centre, *, seen_version: int) -> None:
    """Change the centre's name, time zone and language. Raises `StaleError`."""
    with workspace.transaction() as tx:
        workspace.require(Permission.EDIT_SETTINGS)
        change_centre(tx.db, centre.checked(), seen_version)
        tx.audit("centre.edited", "centre:1")
        tx.touched("settings", AREA)


def add_agreement(
    workspace: Workspace, *, name: str, starts_on: date, ends_on: date | None = None
) -> int:
    """Record an agreement for which hours may be promised and return its id."""
    with workspace.transaction() as tx:
        workspace.require(Permission.EDIT_PLANS)
        name = name.strip()
        if not name:
            raise RequiredError(field=Term("field.agreement"))
        if len(name) > _LONGEST_NAME:
            raise TooLongError(field=Term("field.agreement"), limit=_LONGEST_NAME, length=len(name))
        if ends_on is not None and ends_on < starts_on:
            raise OutOfRangeError(field=Term("field.ends_on"), low=starts_on, high=date.max)
        agreement = store.add_agreement(tx.db, Agreement(0, name, starts_on, ends_on))
        tx.audit("hours.agreement_added", f"agreement:{agreement.id}", starts_on=starts_on)
        tx.touched(AREA)
    return agreement.id


def list_agreements(workspace: Workspace) -> tuple[Agreement, ...]:
    """List the agreements, newest first."""
    with workspace.reading() as tx:
        workspace.require(Permission.VIEW_ALL_HOURS)
        return store.list_agreements(tx.db)


def _set_plan(tx: Transaction, plan: HourPlan) -> None:
    if not 0 <= plan.minutes <= _MOST_HOURS * MINUTES_IN_HOUR:
        raise OutOfRangeError(field=Term("field.hours_per_quarter"), low=0, high=_MOST_HOURS)
    neighbours = store.list_neighbours(tx.db, plan.activity, plan.agreement_id)
    same = next((old for old in neighbours if old.valid_from == plan.valid_from), None)
    earlier = [old for old in neighbours if old.valid_from < plan.valid_from]
    later = [old for old in neighbours if old.valid_from > plan.valid_from]
    ends = [*(old.valid_from for old in later[:1]), plan.valid_until or date.max]
    if earlier and earlier[-1].validity.ends_before > plan.valid_from:
        store.save_plan(tx.db, replace(earlier[-1], valid_until=plan.valid_from))
    fresh = replace(plan, id=same.id if same else None, valid_until=_open_end(min(ends)))
    plan_id = store.save_plan(tx.db, fresh)
    tx.audit(
        "hours.plan_set", f"hour_plan:{plan_id}",
        activity=plan.activity, minutes=plan.minutes, valid_from=plan.valid_from,
    )  # fmt: skip
    tx.touched(AREA)


def _open_end(day: date) -> date | None:
    return None if day == date.max else day


def _reach(actor: Actor, query: HoursQuery) -> tuple[str, int]:
    """Say whose hours the answer may hold: the visibility part of every key."""
    if scope(actor, Permission.VIEW_ALL_HOURS) is Scope.ALL:
        return ("all", 0)
    own = query.person_id == actor.person_id
    if own and scope(actor, Permission.VIEW_OWN_HOURS) is not Scope.NONE:
        return ("own", actor.person_id)
    raise ForbiddenError(permission=Permission.VIEW_ALL_HOURS)


def _refuse_locked(tx: Transaction, source: TimeSource) -> None:
    locked_on = store.find_locked(tx.db, source)
    if locked_on is not None:
        raise LockedTimeError(day=locked_on)


def _calendar(tx: Transaction) -> WorkCalendar:
    return load_calendar(tx.db, load_centre(tx.db).calendar)


def _same(before: tuple[TimeLine, ...], after: tuple[TimeLine, ...]) -> bool:
    """Tell whether two sets of lines are the same time; topics are divided in sorted order."""

    def canonical(lines: tuple[TimeLine, ...]) -> list[TimeLine]:
        ordered = (replace(line, topics=tuple(sorted(set(line.topics)))) for line in lines)
        return sorted(ordered, key=lambda line: (line.person_id, line.kind, line.worked_on))

    return canonical(before) == canonical(after)

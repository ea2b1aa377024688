"""Promise hours, for good or under an agreement."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from core.cache import remembered
from core.errors import OutOfRangeError, require_seen
from core.i18n import Term
from core.permissions import Permission
from core.workspace import Transaction, Workspace
from hours import store
from hours.domain.entries import MINUTES_IN_HOUR, Activity
from hours.domain.periods import Period
from hours.domain.plans import HourPlan, Promise, promise_of
from hours.service.cache import AREA, hours_revision

_MOST_HOURS: Final = 10_000


def plans_in(tx: Transaction, period: Period) -> tuple[HourPlan, ...]:
    """List the plans that hold on some day of the period, oldest first."""
    key = ("hours.plans", period, hours_revision(tx))
    return remembered(tx.db, key, lambda: store.list_plans(tx.db, period))


def list_promises(
    workspace: Workspace, *, agreement_id: int | None = None
) -> dict[Activity, tuple[Promise, ...]]:
    """Show every promise of hours under an agreement, or under none, oldest first."""
    with workspace.reading() as tx:
        workspace.require(Permission.EDIT_PLANS)
        return {
            activity: tuple(map(promise_of, store.list_neighbours(tx.db, activity, agreement_id)))
            for activity in Activity
        }


def set_plan(
    workspace: Workspace, plan: HourPlan, *, seen: Sequence[Promise]
) -> tuple[Promise, ...]:
    """Promise hours for one activity from a date on, knowing the promises that were `seen`.

    The plan in force until then ends on that day; a plan that begins on the same
    day is replaced; one that begins later stays and ends this one. Gives what stands then.

    Raises
    ------
    OutOfRangeError
        If the minutes are no sensible promise.
    StaleError
        If somebody else has promised something since.
    """
    with workspace.transaction() as tx:
        workspace.require(Permission.EDIT_PLANS)
        stand = store.list_neighbours(tx.db, plan.activity, plan.agreement_id, lock=True)
        wanted = {start: minutes for start, _end, minutes in seen} | {plan.valid_from: plan.minutes}
        _require_seen(seen, stand, wanted)
        _set_plan(tx, plan)
        after = store.list_neighbours(tx.db, plan.activity, plan.agreement_id)
        return tuple(map(promise_of, after))


def put_back_plans(
    workspace: Workspace, *, activity: str, before: Sequence[Promise], seen: Sequence[Promise]
) -> None:
    """Take a promise under no agreement back: all stand as before. Raises `StaleError`."""
    with workspace.transaction() as tx:
        workspace.require(Permission.EDIT_PLANS)
        stand = store.list_neighbours(tx.db, Activity(activity), None, lock=True)
        _require_seen(seen, stand, {start: minutes for start, _end, minutes in before})
        known = {plan.valid_from: plan.id for plan in stand}
        for start in known.keys() - {start for start, _end, _minutes in before}:
            store.delete_plan(tx.db, known[start])
        for start, end, minutes in before:
            plan = HourPlan(Activity(activity), minutes, start, end, id=known.get(start))
            store.save_plan(tx.db, plan)
        tx.audit("hours.plan_put_back", f"activity:{activity}", plans=len(before))
        tx.touched(AREA)


def set_first_plan(
    tx: Transaction, consulting_minutes: int, training_minutes: int, valid_from: date
) -> None:
    """Promise the hours that the set-up page asked for; the caller has checked the token.

    Raises `OutOfRangeError` if the minutes are no sensible promise.
    """
    _set_plan(tx, HourPlan(Activity.CONSULTING, consulting_minutes, valid_from))
    _set_plan(tx, HourPlan(Activity.TRAINING, training_minutes, valid_from))


def _require_seen(
    seen: Sequence[Promise], stand: Sequence[HourPlan], wanted: Mapping[date, int]
) -> None:
    def shown(plans: Iterable[tuple[date, int]]) -> dict[Term, object]:
        hours = {day: minutes / MINUTES_IN_HOUR for day, minutes in sorted(plans)}
        return {Term("field.hours_per_quarter"): hours}

    require_seen(
        Term("object.hour_plan"),
        original=shown((start, minutes) for start, _end, minutes in seen),
        current=shown((plan.valid_from, plan.minutes) for plan in stand),
        yours=shown(wanted.items()),
    )


def _set_plan(tx: Transaction, plan: HourPlan) -> None:
    if not 0 <= plan.minutes <= _MOST_HOURS * MINUTES_IN_HOUR:
        raise OutOfRangeError(field=Term("field.hours_per_quarter"), low=0, high=_MOST_HOURS)
    neighbours = store.list_neighbours(tx.db, plan.activity, plan.agreement_id, lock=True)
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

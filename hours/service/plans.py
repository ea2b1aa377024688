"""Promise hours, for good or under an agreement."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from core.cache import remembered
from core.errors import OutOfRangeError
from core.i18n import Term
from core.permissions import Permission
from core.workspace import Transaction, Workspace
from hours import store
from hours.domain.entries import MINUTES_IN_HOUR, Activity
from hours.domain.periods import Period
from hours.domain.plans import HourPlan
from hours.service.cache import AREA, hours_revision

_MOST_HOURS: Final = 10_000


def plans_in(tx: Transaction, period: Period) -> tuple[HourPlan, ...]:
    """List the plans that hold on some day of the period, oldest first."""
    key = ("hours.plans", period, hours_revision(tx))
    return remembered(tx.db, key, lambda: store.list_plans(tx.db, period))


def current_plans(workspace: Workspace) -> dict[Activity, HourPlan]:
    """Show the promise of hours that holds today, by activity."""
    with workspace.reading() as tx:
        workspace.require(Permission.EDIT_PLANS)
        today = Period(tx.today, tx.today + timedelta(days=1))
        return {plan.activity: plan for plan in plans_in(tx, today)}


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

"""Whether a day still takes time: locked days, the grace after a month, days opened again."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from core.settings import load_setting
from core.workspace import Transaction
from hours import store
from hours.domain.entries import LockedTimeError
from hours.domain.policy import HoursPolicy
from hours.domain.states import is_closed_by_time
from hours.service.cache import once

POLICY: Final = "hours"


def policy_in(tx: Transaction) -> HoursPolicy:
    """Read what the centre decided about its hours."""
    return once(tx, "hours.policy", lambda: load_setting(tx.db, POLICY, HoursPolicy))


def closed_days(tx: Transaction, days: Iterable[tuple[int, date]]) -> set[tuple[int, date]]:
    """Return which people's days take no more time: locked, or past their month's grace.

    A day that a manager has opened takes time until it is locked again.
    """
    wanted = set(days)
    policy = policy_in(tx)
    past = {
        (person, day)
        for person, day in wanted
        if is_closed_by_time(day, tx.today, policy.grace_days, policy.closing)
    }
    closed = store.find_locked(tx.db, wanted) | past
    return closed - store.find_opened(tx.db, closed)


def require_open(tx: Transaction, days: Iterable[tuple[int, date]]) -> None:
    """Refuse to touch time of closed days. Raises `LockedTimeError`, of the earliest one."""
    closed = closed_days(tx, days)
    if closed:
        raise LockedTimeError(day=min(day for _person, day in closed))

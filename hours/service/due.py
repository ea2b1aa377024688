"""What hours ask of a person: entries given back to them, months that wait for their word."""

from datetime import date, timedelta
from typing import Final

from accounts.service import person_names
from core.i18n import sort_key
from core.permissions import Permission, Scope, may, scope
from core.workspace import Transaction
from hours import store
from hours.domain.months import HoursDue, WaitingMonth
from hours.domain.periods import Period

_YEAR: Final = timedelta(days=365)
"""How far back the months that wait are looked for."""


def hours_due_in(tx: Transaction) -> HoursDue:
    """Tell whose months wait for the actor's approval, and which entries came back to them.

    Nobody is told of their own month unless they may approve it. Months of the last year are
    told, oldest first; what a person did is not.
    """
    returned: tuple[tuple[date, int], ...] = ()
    if scope(tx.actor, Permission.RECORD_HOURS) is not Scope.NONE:
        returned = store.count_returned(tx.db, tx.actor.person_id)
    return HoursDue(returned, _waiting(tx) if may(tx.actor, Permission.APPROVE_HOURS) else ())


def _waiting(tx: Transaction) -> tuple[WaitingMonth, ...]:
    first = (tx.today - _YEAR).replace(day=1)
    found = store.list_submitted(tx.db, Period(first, tx.today + timedelta(days=1)))
    me = None if may(tx.actor, Permission.APPROVE_OWN_HOURS) else tx.actor.person_id
    names = person_names(tx, {person for person, _day, _minutes in found})
    months = [
        WaitingMonth(person, names.get(person, ""), day, minutes)
        for person, day, minutes in found
        if person != me
    ]
    return tuple(sorted(months, key=lambda month: (month.starts_on, sort_key(month.name))))

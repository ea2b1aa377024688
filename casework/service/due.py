"""What waits for the actor beside their meetings and steps."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from accounts.service import person_names
from casework import store
from casework.domain.closing import ClosingLine
from casework.domain.due import Due
from casework.domain.substitution import SubstitutionLine
from casework.service.substitutions import named
from core.permissions import Permission, Scope, may, scope
from core.workspace import Transaction, Workspace

_AHEAD: Final = timedelta(days=3)
"""How long before its day an answer is told of."""


def whats_due(workspace: Workspace) -> Due:
    """Tell what waits for the actor, as far as their roles have to do with it."""
    with workspace.reading() as tx:
        workspace.require(Permission.VIEW_CASE)
        requests, oldest_on = 0, None
        if may(tx.actor, Permission.TRIAGE_REQUEST):
            requests, oldest_on = store.count_waiting(tx.db)
        return Due(
            today=tx.today,
            requests=requests,
            oldest_on=oldest_on,
            closings=_closings(tx),
            substitutions=_substitutions(tx),
            awaited=store.list_awaited(
                tx.db, {tx.actor.person_id} | tx.actor.stands_in_for, tx.today + _AHEAD
            ),
            harms=_harms(tx),
            me=tx.actor.person_id,
        )


def _closings(tx: Transaction) -> tuple[ClosingLine, ...]:
    """List the askings that the actor may decide on as a manager: not their own."""
    if not may(tx.actor, Permission.APPROVE_CLOSING):
        return ()
    me = tx.actor.person_id
    waiting = store.list_waiting_closings(tx.db)
    names = person_names(tx, {asker for _line, asker, _lead in waiting})
    return tuple(
        replace(line, asked_by=names.get(asker, ""))
        for line, asker, lead in waiting
        if me not in {asker, lead}
    )


def _harms(tx: Transaction) -> int:
    if scope(tx.actor, Permission.VIEW_HARM) is not Scope.ALL:
        return 0
    return store.count_harms(tx.db, tx.today, tx.today).open


def _substitutions(tx: Transaction) -> tuple[SubstitutionLine, ...]:
    me = tx.actor.person_id
    found = store.list_substitutions(tx.db, tx.today)
    now = (one for one in found if one.holds_on(tx.today))
    return named(tx, (one for one in now if me in {one.person_id, one.substitute_id}))

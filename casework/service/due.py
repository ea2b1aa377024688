"""What waits for the actor beside their meetings and steps."""

from casework import store
from casework.domain.due import Due
from core.permissions import Permission, may
from core.workspace import Workspace


def whats_due(workspace: Workspace) -> Due:
    """Tell what waits for the actor, as far as their roles have to do with it."""
    with workspace.reading() as tx:
        workspace.require(Permission.VIEW_CASE)
        requests, oldest_on = 0, None
        if may(tx.actor, Permission.TRIAGE_REQUEST):
            requests, oldest_on = store.count_waiting(tx.db)
        return Due(today=tx.today, requests=requests, oldest_on=oldest_on)

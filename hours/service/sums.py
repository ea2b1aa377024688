"""Prove the sums of days equal to the entries, and make them anew."""

from core import audit
from core.permissions import Permission
from core.workspace import Workspace
from hours import store
from hours.domain.sums import Difference
from hours.service.cache import AREA


def check_summaries(workspace: Workspace) -> tuple[Difference, ...]:
    """Add every entry up and name each sum that is not what is kept; empty when all is equal."""
    with workspace.reading() as tx:
        workspace.require(Permission.EDIT_SETTINGS)
        return store.list_differences(tx.db)


def rebuild_summaries(workspace: Workspace) -> tuple[tuple[Difference, ...], int]:
    """Make every sum anew from the entries; give what differed, and how many sums there are."""
    with workspace.transaction() as tx:
        workspace.require(Permission.EDIT_SETTINGS)
        audit.hold(tx.db)  # in the order of every writer: the trail first, the sums last
        store.hold_sums(tx.db)
        found = store.list_differences(tx.db)
        sums = store.rebuild_sums(tx.db)
        tx.audit("hours.sums_rebuilt", "hours:sums", differences=len(found), sums=sums)
        tx.touched(AREA)
    return found, sums

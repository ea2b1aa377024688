"""What leaves the program about panels, and the line that remains of it."""

from core.permissions import Permission
from core.workspace import Workspace
from panels import store
from panels.service.access import Standing, chaired, standing_of


def record_export(workspace: Workspace, *, panel_id: int, rows: int) -> None:
    """Say in the trail that a panel's figures were taken away; refused to its experts."""
    with workspace.transaction() as tx:
        panel, guard = store.load_panel(tx.db, panel_id)
        workspace.require(Permission.VIEW_PANEL, guard)
        workspace.require(Permission.EXPORT, guard)
        if standing_of(tx.actor, panel.chair_id, panel.expert_ids) is Standing.EXPERT:
            workspace.require(Permission.MANAGE_PANEL, chaired(guard))
        tx.audit("panel.exported", f"panel:{panel_id}", rows=rows)

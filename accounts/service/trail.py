"""Reading the audit trail, with the names of those who acted."""

import json
from dataclasses import dataclass
from datetime import datetime, tzinfo

from accounts import store
from core import audit
from core.permissions import Permission
from core.workspace import Workspace


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One line as the administrator reads it."""

    id: int
    at: datetime
    zone: tzinfo
    who: str
    action: str
    subject: str
    details: str


def search_audit(
    workspace: Workspace,
    *,
    text: str = "",
    person_id: int | None = None,
    before_id: int | None = None,
    limit: int = 200,
) -> tuple[TrailLine, ...]:
    """Search the trail by a part of an action or object, newest first."""
    with workspace.reading() as tx:
        workspace.require(Permission.VIEW_AUDIT)
        lines = audit.find_lines(
            tx.db, text=text, person_id=person_id, before_id=before_id, limit=limit
        )
        names = store.find_names(tx.db, {n.person_id for n in lines if n.person_id})
        zone = tx.zone
    return tuple(
        TrailLine(
            id=entry.id,
            at=entry.at,
            zone=zone,
            who=names.get(entry.person_id or 0, ""),
            action=entry.action,
            subject=entry.subject,
            details=json.dumps(entry.details, ensure_ascii=False) if entry.details else "",
        )
        for entry in lines
    )

"""A roadmap used again, whole or a stage of it."""

import secrets
from dataclasses import dataclass, replace
from datetime import date

from casework.service import case_guard
from casework.service.seams import initiative_of
from core.permissions import Permission
from core.workspace import Transaction, Workspace
from roadmaps import store
from roadmaps.domain.checks import check_plan
from roadmaps.domain.copying import fresh_copy, part_of
from roadmaps.domain.laid import Laid, lay
from roadmaps.domain.plan import Plan
from roadmaps.service.common import require_case, time_of
from roadmaps.service.roadmaps import NewPlan, write_roadmap


@dataclass(frozen=True, slots=True)
class Source:
    """What is copied: a roadmap, or one stage of it."""

    roadmap_id: int
    stage_id: int | None = None


def preview_copy(
    workspace: Workspace, *, source: Source, case_id: int | None, starts_on: date
) -> Laid:
    """Show the plan that a copy for a case would have; nothing is saved.

    While no case is chosen it is that of a case of another initiative.
    """
    with workspace.reading() as tx:
        plan = _copied(workspace, tx, source, case_id, starts_on)
        check_plan(plan)
        return lay(plan, time_of(tx, plan).days)


def copy_roadmap(workspace: Workspace, *, source: Source, new: NewPlan) -> int:
    """Make a roadmap of a case like another one, and give its id; `new.plan` says its start.

    Nothing is done in it yet. Those responsible go along only within one initiative. Sent
    twice, the same form makes one.
    """
    with workspace.transaction() as tx:
        require_case(workspace, tx, new.case_id)
        plan = _copied(workspace, tx, source, new.case_id, new.plan.starts_on)
        tx.audit(
            "roadmap.copied",
            f"roadmap:{source.roadmap_id}",
            case=new.case_id,
            stage=source.stage_id,
            tasks=len(plan.tasks),
        )
        return write_roadmap(tx, replace(new, plan=plan))


def _copied(
    workspace: Workspace, tx: Transaction, source: Source, case_id: int | None, starts_on: date
) -> Plan:
    roadmap, plan = store.load_plan(tx.db, source.roadmap_id)
    workspace.require(Permission.VIEW_ROADMAP, case_guard(tx, roadmap.case_id))
    guard = None if case_id is None else case_guard(tx, case_id)
    workspace.require(Permission.EDIT_ROADMAP, guard)
    if source.stage_id is not None:
        plan = part_of(plan, source.stage_id)
    is_same = case_id is not None and (
        initiative_of(tx, roadmap.case_id) == initiative_of(tx, case_id)
    )
    return fresh_copy(plan, starts_on, mark=secrets.token_hex(4), with_people=is_same)

"""Roadmaps from files: a look before importing, and the import."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from casework.service import case_guard
from core.permissions import Permission
from core.workspace import Workspace
from roadmaps.domain.checks import check_plan
from roadmaps.domain.plan import Plan, PlanUnit, Task
from roadmaps.domain.schedule import critical_tasks, schedule
from roadmaps.domain.table import plan_of
from roadmaps.formats.plan_csv import read_plan_csv
from roadmaps.formats.project_json import read_project
from roadmaps.service.common import time_of
from roadmaps.service.roadmaps import NewPlan, write_roadmap


@dataclass(frozen=True, slots=True)
class File:
    """A file to be handed to a person, or one they gave."""

    name: str
    data: bytes
    mime: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What importing a file would make; nothing is saved."""

    title: str
    plan: Plan
    length: int
    start: datetime
    finish: datetime
    critical: tuple[Task, ...]
    ignored: tuple[str, ...]


def preview_import(
    workspace: Workspace,
    *,
    case_id: int,
    file: File,
    starts_on: date,
    unit: PlanUnit = PlanUnit.DAY,
) -> Preview:
    """Read a file and say what it would make of it, saving nothing."""
    with workspace.reading() as tx:
        workspace.require(Permission.EDIT_ROADMAP, case_guard(tx, case_id))
        title, plan, ignored = _read(file, starts_on, unit)
        check_plan(plan)
        when = time_of(tx, plan)
        result = schedule(plan, when.days)
        return Preview(
            title=title,
            plan=plan,
            length=result.length,
            start=when.begin(0),
            finish=when.end(result.length),
            critical=critical_tasks(plan, result),
            ignored=ignored,
        )


def import_roadmap(
    workspace: Workspace, *, new: NewPlan, file: File, unit: PlanUnit = PlanUnit.DAY
) -> int:
    """Make a roadmap of a file and give its id; `new.plan` says when it starts."""
    with workspace.transaction() as tx:
        workspace.require(Permission.EDIT_ROADMAP, case_guard(tx, new.case_id, lock=True))
        title, plan, _ignored = _read(file, new.plan.starts_on, unit)
        tx.audit("roadmap.imported", f"case:{new.case_id}", tasks=len(plan.tasks))
        return write_roadmap(tx, replace(new, plan=plan, title=new.title or title))


def _read(file: File, starts_on: date, unit: PlanUnit) -> tuple[str, Plan, tuple[str, ...]]:
    """Read a file by its content; a project in JSON keeps its own start and unit."""
    if file.data.lstrip()[:1] in {b"{", b"["} or file.name.lower().endswith(".json"):
        title, plan = read_project(file.data)
        return title, plan, ()
    rows, ignored = read_plan_csv(file.data, file.name)
    return "", plan_of(Plan(starts_on, unit=unit), rows), ignored

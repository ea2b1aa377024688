"""Looking at roadmaps: the list, one plan, its latest change."""

from collections.abc import Iterable
from dataclasses import replace

from accounts.service import person_names
from casework.domain.need import Need
from casework.domain.views import CaseSearch
from casework.service import NeedState, case_guard, case_names, list_cases, need_of
from core.calendar import WorkCalendar
from core.permissions import Permission, may
from core.workspace import Transaction, Workspace
from roadmaps import store
from roadmaps.domain.chain import chain_of
from roadmaps.domain.roadmap import (
    LastChange,
    PlanView,
    Pulse,
    RoadmapLine,
    RoadmapSearch,
)
from roadmaps.service.kept import lay_loaded, load, load_rest, load_version


def list_roadmaps(
    workspace: Workspace, search: RoadmapSearch | None = None
) -> tuple[RoadmapLine, ...]:
    """List roadmaps, the latest changed first."""
    wanted = search or RoadmapSearch()
    case_ids = _cases_of(workspace, wanted)
    with workspace.reading() as tx:
        workspace.require(Permission.VIEW_ROADMAP)
        found = store.list_roadmaps(tx.db, tx.today, wanted.text, case_ids)
        names = case_names(tx, {line.case_id for line in found})
        lines = (replace(line, initiative=names.get(line.case_id, "")) for line in found)
        return tuple(line for line in lines if _is_wanted(line, wanted))


def list_case_roadmaps(tx: Transaction, case_ids: Iterable[int]) -> tuple[RoadmapLine, ...]:
    """List the roadmaps of some cases inside a transaction: for my desk and reports."""
    return store.list_roadmaps(tx.db, tx.today, case_ids=sorted(set(case_ids)))


def view_plan(workspace: Workspace, *, roadmap_id: int) -> PlanView:
    """Show one roadmap: its plan, its schedule and the dates of every task."""
    with workspace.reading() as tx:
        roadmap, plan = load(tx, roadmap_id)
        guard = case_guard(tx, roadmap.case_id)
        workspace.require(Permission.VIEW_ROADMAP, guard)
        laid = lay_loaded(tx, roadmap, plan)
        days, last = laid.when.days, laid.finish.date()
        people = {t.responsible_id for t in plan.tasks if t.responsible_id is not None}
        people |= {x.taken_by for x in plan.baselines if x.taken_by is not None}
        return PlanView(
            roadmap=roadmap,
            laid=laid,
            today=tx.today,
            initiative=case_names(tx, [roadmap.case_id]).get(roadmap.case_id, ""),
            people=person_names(tx, people),
            preliminary_years=days.preliminary_years(plan.starts_on, last)
            if isinstance(days, WorkCalendar)
            else (),
            may_edit=may(tx.actor, Permission.EDIT_ROADMAP, guard),
            zone=tx.zone,
            chain=chain_of(store.list_marks(tx.db, roadmap_id), tx.actor.person_id),
            need_is_open=_need_is_open(tx, roadmap.need_id),
        )


def view_last_change(workspace: Workspace, *, roadmap_id: int) -> LastChange | None:
    """Show the latest change of a plan and what it moved; None if nothing was changed yet."""
    with workspace.reading() as tx:
        head = store.load_head(tx.db, roadmap_id)
        workspace.require(Permission.VIEW_ROADMAP, case_guard(tx, head.case_id))
        version = load_version(tx, head, load_rest(tx, head))
        if version.made is None or version.outcome is None:
            return None
        by = version.made.by
        return LastChange(version.made, person_names(tx, {by}).get(by, ""), version.outcome)


def plan_pulse(workspace: Workspace, *, roadmap_id: int) -> Pulse:
    """Tell the version of a plan and who made it, by a few small queries: for what polls."""
    with workspace.reading() as tx:
        head = store.load_head(tx.db, roadmap_id)
        workspace.require(Permission.VIEW_ROADMAP, case_guard(tx, head.case_id))
        last = store.find_maker(tx.db, roadmap_id)
        if last is None:
            return Pulse(head.version)
        by, at = last
        name = person_names(tx, {by}).get(by, "")
        return Pulse(head.version, name, by == tx.actor.person_id, at)


def view_need(workspace: Workspace, *, case_id: int, need_id: int) -> Need | None:
    """Show the need that a new roadmap would answer; None if the case has no such need."""
    with workspace.reading() as tx:
        workspace.require(Permission.VIEW_CASE, case_guard(tx, case_id))
        need = need_of(tx, need_id)
        return need if need.case_id == case_id else None


def _cases_of(workspace: Workspace, search: RoadmapSearch) -> set[int] | None:
    if search.initiative_id is None and search.case_id is None:
        return None
    if search.initiative_id is None:
        return {search.case_id} if search.case_id is not None else None
    lines = list_cases(workspace, CaseSearch(initiative_id=search.initiative_id))
    return {line.id for line in lines if search.case_id in (None, line.id)}


def _is_wanted(line: RoadmapLine, search: RoadmapSearch) -> bool:
    if search.late_only and not line.late:
        return False
    return search.state is None or line.state is search.state


def _need_is_open(tx: Transaction, need_id: int | None) -> bool:
    if need_id is None:
        return False
    return need_of(tx, need_id).state in {NeedState.OPEN, NeedState.PLANNED}

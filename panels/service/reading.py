"""What a person may read of panels. Nothing leaves here that the rule of sight withholds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from accounts.service import person_names
from casework.service import initiative_names
from core.permissions import Permission, Scope, scope
from core.workspace import Transaction, Workspace
from panels import store
from panels.domain.errors import OwnSheetFirstError
from panels.domain.panel import Conflict, Panel, Submission
from panels.domain.scoring import Summary, eligible
from panels.domain.scoring import summarise as sum_up
from panels.domain.sheet import Progress, ScoreSheet
from panels.domain.visibility import Sight, Viewer, shown_sheets, sight
from panels.service.access import Standing, standing_of, viewer_of
from panels.store import Adoption, PanelLine


@dataclass(frozen=True, slots=True)
class PanelBrief:
    """One panel of the reader's list; progress only where the reader may know it."""

    line: PanelLine
    standing: Standing
    chair: str
    done: int | None
    wanted: int | None


@dataclass(frozen=True, slots=True)
class SubmissionView:
    """A project as the reader may see it; `sheets` are the readable ones, own included."""

    submission: Submission
    sight: Sight
    own: ScoreSheet | None
    sheets: tuple[ScoreSheet, ...]
    conflicts: tuple[Conflict, ...]
    summary: Summary | None
    adoptions: tuple[Adoption, ...]
    progress: Mapping[int, Progress] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PanelView:
    """A panel as the reader may see it; `people` and `initiatives` are names by id."""

    panel: Panel
    standing: Standing
    submissions: tuple[SubmissionView, ...]
    people: Mapping[int, str]
    initiatives: Mapping[int, str]
    criteria_are_frozen: bool


def list_panels(workspace: Workspace) -> tuple[PanelBrief, ...]:
    """List the panels the actor chairs or sits in; a manager's list has them all."""
    with workspace.reading() as tx:
        workspace.require(Permission.VIEW_PANEL)
        everything = scope(tx.actor, Permission.VIEW_PANEL) is Scope.ALL
        lines = store.list_panels(tx.db, None if everything else tx.actor.person_id)
        counts = store.count_sheets(tx.db, [line.id for line in lines])
        chairs = person_names(tx, {line.chair_id for line in lines})
        return tuple(_brief(tx, line, counts.get(line.id, (0, 0)), chairs) for line in lines)


def view_panel(workspace: Workspace, panel_id: int) -> PanelView:
    """Show a panel with its projects, without their texts."""
    with workspace.reading() as tx:
        panel, guard = store.load_panel(tx.db, panel_id)
        workspace.require(Permission.VIEW_PANEL, guard)
        projects = store.list_submissions(tx.db, panel_id)
        return _view(tx, panel, projects)


def view_submission(workspace: Workspace, submission_id: int) -> PanelView:
    """Show one project with its text: a panel view that holds this project alone."""
    with workspace.reading() as tx:
        project = store.load_submission(tx.db, submission_id)
        panel, guard = store.load_panel(tx.db, project.panel_id)
        workspace.require(Permission.VIEW_PANEL, guard)
        return _view(tx, panel, [project])


def summarise(workspace: Workspace, *, submission_id: int) -> Summary:
    """Sum up what the experts think of a project.

    Raises `OwnSheetFirstError` if the actor is an expert whose own sheet is not in.
    """
    view = view_submission(workspace, submission_id)
    summary = view.submissions[0].summary
    if summary is None:
        raise OwnSheetFirstError
    return summary


def list_submissions_of_case(workspace: Workspace, case_id: int) -> tuple[Submission, ...]:
    """List what of a case came before panels, as far as the actor may view these panels."""
    with workspace.reading() as tx:
        workspace.require(Permission.VIEW_PANEL)
        everything = scope(tx.actor, Permission.VIEW_PANEL) is Scope.ALL
        lines = store.list_panels(tx.db, None if everything else tx.actor.person_id)
        known = {line.id for line in lines}
        found = store.list_submissions_of_case(tx.db, case_id)
        return tuple(project for project in found if project.panel_id in known)


def _brief(
    tx: Transaction, line: PanelLine, counts: tuple[int, int], chairs: Mapping[int, str]
) -> PanelBrief:
    standing = standing_of(tx.actor, line.chair_id, line.expert_ids)
    done, wanted = counts if standing is not Standing.EXPERT else (None, None)
    return PanelBrief(line, standing, chairs.get(line.chair_id, ""), done, wanted)


def _view(tx: Transaction, panel: Panel, projects: Sequence[Submission]) -> PanelView:
    viewer = viewer_of(tx.actor, panel)
    ids = [project.id for project in projects]
    sheets, conflicts = store.list_sheets(tx.db, ids), store.list_conflicts(tx.db, ids)
    views = tuple(
        _submission(
            viewer,
            panel,
            project,
            [sheet for sheet in sheets if sheet.submission_id == project.id],
            [conflict for conflict in conflicts if conflict.submission_id == project.id],
        )
        for project in projects
    )
    shown = [sheet.id for view in views for sheet in view.sheets]
    adopted = store.list_adoptions(tx.db, shown) if viewer.is_chair else ()
    return PanelView(
        panel=panel,
        standing=standing_of(tx.actor, panel.chair_id, panel.expert_ids),
        submissions=tuple(_with_adoptions(view, adopted) for view in views),
        people=person_names(tx, {panel.chair_id, *panel.expert_ids}),
        initiatives=initiative_names(tx, {project.initiative_id for project in projects}),
        criteria_are_frozen=viewer.is_chair and store.has_scores(tx.db, panel.id),
    )


def _submission(
    viewer: Viewer,
    panel: Panel,
    project: Submission,
    sheets: Sequence[ScoreSheet],
    conflicts: Sequence[Conflict],
) -> SubmissionView:
    reach = sight(viewer, sheets, conflicts)
    own = next((sheet for sheet in sheets if sheet.expert_id == viewer.person_id), None)
    known = tuple(c for c in conflicts if viewer.is_chair or c.expert_id == viewer.person_id)
    is_barred = any(conflict.expert_id == viewer.person_id for conflict in conflicts)
    counted = eligible(sheets, conflicts)
    return SubmissionView(
        submission=replace(project, text="") if is_barred else project,
        sight=reach,
        own=own,
        sheets=shown_sheets(viewer, sheets, conflicts),
        conflicts=known,
        summary=sum_up(project.id, panel.criteria, counted) if reach else None,
        adoptions=(),
        progress=_progress(sheets, conflicts) if viewer.is_chair else {},
    )


def _progress(sheets: Sequence[ScoreSheet], conflicts: Sequence[Conflict]) -> dict[int, Progress]:
    barred = {conflict.expert_id for conflict in conflicts}
    return {
        sheet.expert_id: Progress.BARRED if sheet.expert_id in barred else sheet.progress
        for sheet in sheets
    }


def _with_adoptions(view: SubmissionView, adopted: Sequence[Adoption]) -> SubmissionView:
    own = {sheet.id for sheet in view.sheets}
    return replace(view, adoptions=tuple(one for one in adopted if one.sheet_id in own))

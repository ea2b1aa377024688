"""Setting up a panel: its criteria, its experts, its end."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from accounts import store as people
from accounts.domain.person import PersonBrief
from accounts.service import active_roles
from core.errors import NotFoundError, RequiredError
from core.i18n import Term, sort_key
from core.permissions import Permission, Role
from core.workspace import Transaction, Workspace
from panels import store
from panels.domain.criteria import CriteriaSet, Criterion, check_criterion
from panels.domain.errors import (
    AlreadyAssignedError,
    ChairScoresError,
    CriteriaFrozenError,
    HasScoredError,
    NotAnExpertError,
)
from panels.domain.panel import NewPanel, Panel, check_open, required_text
from panels.domain.sheet import Progress
from panels.formats import built_in_sets
from panels.service.access import chaired, stamp

_CHAIR_ROLES = frozenset({Role.MANAGER, Role.CONSULTANT, Role.EXPERT})


@dataclass(frozen=True, slots=True)
class Candidates:
    """People to choose from, names by id; `own_id` is the one who chooses."""

    own_id: int
    chairs: Mapping[int, str]
    experts: Mapping[int, str]


def list_candidates(workspace: Workspace, *, panel_id: int | None = None) -> Candidates:
    """List who can chair a panel and who can be its expert.

    For a panel that exists, its chair asks; seated experts and the chair are left out.
    """
    with workspace.reading() as tx:
        taken: set[int] = set()
        if panel_id is None:
            workspace.require(Permission.CREATE_PANEL)
        else:
            panel, guard = store.load_panel(tx.db, panel_id)
            workspace.require(Permission.MANAGE_PANEL, chaired(guard))
            taken = {panel.chair_id, *panel.expert_ids}
        known = {role: people.list_people(tx.db, role) for role in _CHAIR_ROLES}
        everybody = sorted({p for found in known.values() for p in found}, key=_by_name)
        return Candidates(
            own_id=tx.actor.person_id,
            chairs={person.id: person.name for person in everybody},
            experts={p.id: p.name for p in known[Role.EXPERT] if p.id not in taken},
        )


def list_criteria_sets() -> tuple[CriteriaSet, ...]:
    """List the built-in sets of criteria; they are public and need no permission."""
    return tuple(built_in_sets().values())


def create_panel(workspace: Workspace, *, new: NewPanel) -> int:
    """Set up a panel with its chair, and, if given, a built-in set and experts.

    The same form sent twice (same token) sets up one panel.
    """
    with workspace.transaction() as tx:
        workspace.require(Permission.CREATE_PANEL)
        already = store.find_by_token(tx.db, new.token)
        if already is not None:
            return already
        title = required_text(new.title, Term("field.title"))
        if not active_roles(tx, new.chair_id) & _CHAIR_ROLES:
            raise RequiredError(field=Term("field.chair"))

        panel_id = store.add_panel(tx.db, replace(new, title=title), stamp(tx))
        if new.criteria_set:
            _add_set(tx, panel_id, _set(new.criteria_set))
        panel, _guard = store.load_panel(tx.db, panel_id)
        for expert_id in dict.fromkeys(new.expert_ids):
            _check_expert(tx, panel, expert_id)
            store.add_expert(tx.db, panel_id, expert_id, tx.now)
        tx.audit("panel.created", f"panel:{panel_id}", kind=new.kind, chair=new.chair_id,
                 experts=new.expert_ids)  # fmt: skip
        tx.touched("panels")
    return panel_id


def add_criterion(workspace: Workspace, *, panel_id: int, criterion: Criterion) -> int:
    """Add one criterion; refused once anybody has marked anything."""
    with workspace.transaction() as tx:
        panel = _locked(workspace, tx, panel_id)
        _check_unscored(tx, panel)
        check_criterion(criterion, panel.criteria)

        criterion_id = store.add_criterion(tx.db, panel_id, criterion)
        tx.audit("panel.criterion_added", f"panel:{panel_id}", criterion=criterion_id)
        tx.touched("panels")
    return criterion_id


def add_criteria_set(workspace: Workspace, *, panel_id: int, code: str) -> tuple[int, ...]:
    """Add every criterion of a built-in set; refused once anybody has marked anything."""
    with workspace.transaction() as tx:
        panel = _locked(workspace, tx, panel_id)
        _check_unscored(tx, panel)
        chosen = _set(code)
        for criterion in chosen.criteria:
            check_criterion(criterion, panel.criteria)

        ids = _add_set(tx, panel_id, chosen)
        tx.audit("panel.criteria_added", f"panel:{panel_id}", criteria=ids)
        tx.touched("panels")
    return ids


def remove_criterion(workspace: Workspace, *, criterion_id: int) -> None:
    """Take a criterion out of a panel in which nobody has marked anything."""
    with workspace.transaction() as tx:
        panel_id = store.find_criterion_panel(tx.db, criterion_id)
        panel = _locked(workspace, tx, panel_id)
        _check_unscored(tx, panel)

        store.delete_criterion(tx.db, criterion_id)
        tx.audit("panel.criterion_removed", f"panel:{panel_id}", criterion=criterion_id)
        tx.touched("panels")


def assign_expert(workspace: Workspace, *, panel_id: int, person_id: int) -> None:
    """Seat an expert in a panel and lay a blank sheet for every project before them."""
    with workspace.transaction() as tx:
        panel = _locked(workspace, tx, panel_id)
        _check_expert(tx, panel, person_id)

        store.add_expert(tx.db, panel_id, person_id, tx.now)
        projects = store.list_submissions(tx.db, panel_id)
        store.add_sheets(tx.db, [(project.id, person_id) for project in projects])
        tx.audit("panel.expert_assigned", f"panel:{panel_id}", person=person_id)
        tx.touched("panels")


def remove_expert(workspace: Workspace, *, panel_id: int, person_id: int) -> None:
    """Let an expert who has not begun to score leave the panel."""
    with workspace.transaction() as tx:
        panel = _locked(workspace, tx, panel_id)
        if person_id not in panel.expert_ids:
            raise NotFoundError(kind=Term("object.person"), id=person_id)
        if _has_begun(tx, panel_id, person_id):
            raise HasScoredError

        store.delete_expert(tx.db, panel_id, person_id)
        tx.audit("panel.expert_removed", f"panel:{panel_id}", person=person_id)
        tx.touched("panels")


def close_panel(workspace: Workspace, *, panel_id: int) -> None:
    """End the scoring: sheets, experts and projects stay as they are."""
    with workspace.transaction() as tx:
        _locked(workspace, tx, panel_id)
        store.save_closed(tx.db, panel_id, tx.now)
        tx.audit("panel.closed", f"panel:{panel_id}")
        tx.touched("panels")


def reopen_panel(workspace: Workspace, *, panel_id: int) -> None:
    """Let the scoring go on."""
    with workspace.transaction() as tx:
        _panel, guard = store.load_panel(tx.db, panel_id, lock=True)
        workspace.require(Permission.MANAGE_PANEL, chaired(guard))
        store.save_closed(tx.db, panel_id, None)
        tx.audit("panel.reopened", f"panel:{panel_id}")
        tx.touched("panels")


def _by_name(person: PersonBrief) -> tuple[str, int]:
    return sort_key(person.name), person.id


def _locked(workspace: Workspace, tx: Transaction, panel_id: int) -> Panel:
    panel, guard = store.load_panel(tx.db, panel_id, lock=True)
    workspace.require(Permission.MANAGE_PANEL, chaired(guard))
    check_open(panel)
    return panel


def _set(code: str) -> CriteriaSet:
    found = built_in_sets().get(code)
    if found is None:
        raise NotFoundError(kind=Term("object.criteria_set"), id=code)
    return found


def _add_set(tx: Transaction, panel_id: int, chosen: CriteriaSet) -> tuple[int, ...]:
    criteria: Iterable[Criterion] = chosen.criteria
    return tuple(store.add_criterion(tx.db, panel_id, criterion) for criterion in criteria)


def _check_unscored(tx: Transaction, panel: Panel) -> None:
    if store.has_scores(tx.db, panel.id):
        raise CriteriaFrozenError


def _check_expert(tx: Transaction, panel: Panel, person_id: int) -> None:
    if person_id == panel.chair_id:
        raise ChairScoresError
    if person_id in panel.expert_ids:
        raise AlreadyAssignedError
    if Role.EXPERT not in active_roles(tx, person_id):
        raise NotAnExpertError


def _has_begun(tx: Transaction, panel_id: int, person_id: int) -> bool:
    projects = [project.id for project in store.list_submissions(tx.db, panel_id)]
    return any(
        sheet.progress is not Progress.NOT_BEGUN
        for sheet in store.list_sheets(tx.db, projects)
        if sheet.expert_id == person_id
    )

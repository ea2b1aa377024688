"""Projects before a panel, and who must not judge them."""

from casework.service import TimelineKind, add_to_timeline, case_guard, initiative_names
from casework.service.seams import initiative_of
from core.drafts import clear_draft
from core.errors import NotFoundError, RequiredError
from core.i18n import Term
from core.permissions import Permission
from core.workspace import Transaction, Workspace
from panels import store
from panels.domain.errors import DuplicateSubmissionError
from panels.domain.panel import (
    LONGEST_REASON,
    LONGEST_TEXT,
    Conflict,
    NewSubmission,
    Submission,
    check_open,
    next_version,
    required_text,
)
from panels.service.access import chaired, seated, stamp


def submission_draft(panel_id: int) -> str:
    """Name the draft of the text that is being laid before a panel."""
    return f"panel:{panel_id}:submission"


def add_submission(workspace: Workspace, *, panel_id: int, new: NewSubmission) -> int:
    """Lay a project before a panel, its text frozen, with a blank sheet for each expert.

    A reworked text of the same initiative becomes its next version. Raises
    `DuplicateSubmissionError` if the panel has this very text already.
    """
    with workspace.transaction() as tx:
        panel, guard = store.load_panel(tx.db, panel_id, lock=True)
        workspace.require(Permission.MANAGE_PANEL, chaired(guard))
        check_open(panel)
        initiative_id = _initiative(workspace, tx, new)
        project = Submission(
            id=0,
            panel_id=panel_id,
            initiative_id=initiative_id,
            case_id=new.case_id,
            title=required_text(new.title, Term("field.title")),
            text=required_text(new.text, Term("field.submission_text"), LONGEST_TEXT),
            version=next_version(store.list_submissions(tx.db, panel_id), initiative_id),
            submitted_at=tx.now,
        )
        if store.has_same_text(tx.db, project):
            raise DuplicateSubmissionError

        project_id = store.add_submission(tx.db, project, tx.actor.person_id)
        store.add_sheets(tx.db, [(project_id, expert) for expert in panel.expert_ids])
        clear_draft(tx, submission_draft(panel_id))
        if new.case_id is not None:
            source = ("submission", project_id)
            add_to_timeline(tx, new.case_id, TimelineKind.SUBMISSION, tx.today, source)
        tx.audit("submission.added", f"submission:{project_id}", panel=panel_id,
                 initiative=initiative_id, version=project.version)  # fmt: skip
        tx.touched("panels")
    return project_id


def withdraw_submission(workspace: Workspace, *, submission_id: int, reason: str) -> None:
    """Take a project off the panel's table; its sheets stay but count no longer."""
    with workspace.transaction() as tx:
        _managed(workspace, tx, submission_id)
        kept = required_text(reason, Term("field.reason"), LONGEST_REASON)
        store.save_withdrawn(tx.db, submission_id, tx.now, kept)
        tx.audit("submission.withdrawn", f"submission:{submission_id}")
        tx.touched("panels")


def restore_submission(workspace: Workspace, *, submission_id: int) -> None:
    """Lay a withdrawn project before the panel again."""
    with workspace.transaction() as tx:
        _managed(workspace, tx, submission_id)
        store.save_withdrawn(tx.db, submission_id, None)
        tx.audit("submission.restored", f"submission:{submission_id}")
        tx.touched("panels")


def declare_conflict(
    workspace: Workspace, *, submission_id: int, reason: str, expert_id: int | None = None
) -> None:
    """Bar an expert from a project: oneself, or, for the chair, any expert of the panel.

    A sheet already handed in stays in the file and enters no mean. Declared twice, it
    stands once.
    """
    with workspace.transaction() as tx:
        project = store.load_submission(tx.db, submission_id)
        panel, guard = store.load_panel(tx.db, project.panel_id, lock=True)
        own = expert_id is None
        wanted = Permission.SCORE_SUBMISSION if own else Permission.MANAGE_PANEL
        workspace.require(wanted, seated(guard) if own else chaired(guard))
        check_open(panel)
        barred = tx.actor.person_id if expert_id is None else expert_id
        if barred not in panel.expert_ids:
            raise NotFoundError(kind=Term("object.person"), id=barred)
        kept = required_text(reason, Term("field.reason"), LONGEST_REASON)
        known = store.list_conflicts(tx.db, [submission_id])
        if any(conflict.expert_id == barred for conflict in known):
            return

        store.add_conflict(tx.db, Conflict(submission_id, barred, kept), stamp(tx))
        tx.audit("submission.conflict_declared", f"submission:{submission_id}", person=barred)
        tx.touched("panels")


def lift_conflict(workspace: Workspace, *, submission_id: int, expert_id: int) -> None:
    """Let an expert judge a project after all; only the chair does so."""
    with workspace.transaction() as tx:
        _managed(workspace, tx, submission_id)
        store.delete_conflict(tx.db, submission_id, expert_id)
        tx.audit("submission.conflict_lifted", f"submission:{submission_id}", person=expert_id)
        tx.touched("panels")


def _managed(workspace: Workspace, tx: Transaction, submission_id: int) -> None:
    project = store.load_submission(tx.db, submission_id)
    panel, guard = store.load_panel(tx.db, project.panel_id, lock=True)
    workspace.require(Permission.MANAGE_PANEL, chaired(guard))
    check_open(panel)


def _initiative(workspace: Workspace, tx: Transaction, new: NewSubmission) -> int:
    if new.case_id is not None:
        workspace.require(Permission.VIEW_CASE, case_guard(tx, new.case_id))
        return initiative_of(tx, new.case_id)
    if new.initiative_id is None:
        raise RequiredError(field=Term("field.initiative"))
    workspace.require(Permission.VIEW_INITIATIVE)
    if new.initiative_id not in initiative_names(tx, [new.initiative_id]):
        raise NotFoundError(kind=Term("object.initiative"), id=new.initiative_id)
    return new.initiative_id

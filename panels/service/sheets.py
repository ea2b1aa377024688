"""What an expert does with a sheet, and the chair with a sheet handed in."""

from dataclasses import dataclass, replace
from datetime import date

from accounts.service import active_roles
from casework.service import add_next_step, case_guard
from core import drafts
from core.errors import NotFoundError, StaleError
from core.i18n import Term
from core.permissions import Guard, Permission
from core.workspace import Transaction, Workspace
from panels import store
from panels.domain.errors import (
    AlreadyAdoptedError,
    ConflictOfInterestError,
    NoCaseError,
    NoSuchRecommendationError,
    SheetNotSubmittedError,
    SheetSubmittedError,
    SubmissionWithdrawnError,
)
from panels.domain.panel import (
    LONGEST_REASON,
    Panel,
    Submission,
    check_open,
    required_text,
)
from panels.domain.sheet import Opinion, ScoreSheet, check_complete, check_opinion
from panels.service.access import chaired, stamp
from panels.store import Adoption, SheetLine


@dataclass(frozen=True, slots=True)
class SheetView:
    """One's own sheet with all one needs to fill it in; barred, without the text."""

    panel: Panel
    submission: Submission
    sheet: ScoreSheet
    is_barred: bool


def draft_key(sheet_id: int, name: str) -> str:
    """Name the draft of one text of a sheet: its comment, recommendation, a reason."""
    return f"sheet:{sheet_id}:{name}"


def list_own_sheets(workspace: Workspace) -> tuple[SheetLine, ...]:
    """List the sheets laid before the actor."""
    with workspace.reading() as tx:
        workspace.require(Permission.SCORE_SUBMISSION)
        return store.list_own_sheets(tx.db, tx.actor.person_id)


def view_sheet(workspace: Workspace, sheet_id: int) -> SheetView:
    """Show one's own sheet; nobody opens another's here, the chair neither."""
    with workspace.reading() as tx:
        view = _open(workspace, tx, sheet_id)
        if not view.is_barred:
            return view
        return replace(view, submission=replace(view.submission, text=""))


def save_sheet(workspace: Workspace, *, sheet_id: int, version: int, opinion: Opinion) -> int:
    """Keep a draft and give its next version; it is read by its expert alone.

    Raises `StaleError`, and changes nothing, if the sheet was saved elsewhere meanwhile.
    """
    with workspace.transaction() as tx:
        view = _open(workspace, tx, sheet_id, lock=True)
        _check_writable(view, version, opinion)
        store.save_opinion(tx.db, sheet_id, opinion)
        _clear_drafts(tx, view.sheet, opinion)
    return version + 1


def submit_sheet(
    workspace: Workspace, *, sheet_id: int, version: int, opinion: Opinion | None = None
) -> None:
    """Hand a sheet in, with a last change if given; refused while marks are missing."""
    with workspace.transaction() as tx:
        view = _open(workspace, tx, sheet_id, lock=True)
        final = view.sheet.opinion if opinion is None else opinion
        _check_writable(view, version, final)
        check_complete(final, view.panel.criteria)

        if opinion is not None:
            store.save_opinion(tx.db, sheet_id, opinion)
            _clear_drafts(tx, view.sheet, opinion)
        store.save_submitted(tx.db, sheet_id, tx.now)
        tx.audit("sheet.submitted", f"sheet:{sheet_id}", submission=view.submission.id)
        tx.touched("panels")


def return_sheet(workspace: Workspace, *, sheet_id: int, reason: str) -> None:
    """Give a sheet back to its expert as a draft, saying why; only the chair does so."""
    with workspace.transaction() as tx:
        sheet, _submission = _submitted(workspace, tx, sheet_id)
        kept = required_text(reason, Term("field.reason"), LONGEST_REASON)
        store.save_submitted(tx.db, sheet_id, None, kept)
        tx.audit("sheet.returned", f"sheet:{sheet_id}", submission=sheet.submission_id)
        tx.touched("panels")


def adopt_recommendation(
    workspace: Workspace,
    *,
    sheet_id: int,
    line: str,
    text: str = "",
    due_on: date | None = None,
    responsible_id: int | None = None,
) -> int:
    """Make an expert's recommendation a next step of the project's case; give its id.

    `line` is the recommendation as the expert wrote it, `text` how the chair words the
    step. The same recommendation is adopted once.
    """
    with workspace.transaction() as tx:
        sheet, submission = _submitted(workspace, tx, sheet_id, open_only=False)
        case_id = submission.case_id
        if case_id is None:
            raise NoCaseError
        if line not in sheet.opinion.recommendations:
            raise NoSuchRecommendationError
        if any(line == known.line for known in store.list_adoptions(tx.db, [sheet_id])):
            raise AlreadyAdoptedError
        if responsible_id is not None and not active_roles(tx, responsible_id):
            raise NotFoundError(kind=Term("object.person"), id=responsible_id)

        case_guard(tx, case_id, lock=True)
        origin = ("submission", submission.id)
        step_id = add_next_step(tx, case_id, text.strip() or line, due_on, responsible_id, origin)
        store.add_adoption(tx.db, Adoption(sheet_id, line, step_id), stamp(tx))
        tx.audit("sheet.recommendation_adopted", f"sheet:{sheet_id}", case=case_id, step=step_id)
        tx.touched("panels", "casework")
    return step_id


def _open(workspace: Workspace, tx: Transaction, sheet_id: int, *, lock: bool = False) -> SheetView:
    sheet = store.load_sheet(tx.db, sheet_id)
    workspace.require(Permission.SCORE_SUBMISSION, Guard(author=sheet.expert_id))
    submission = store.load_submission(tx.db, sheet.submission_id)
    panel, _guard = store.load_panel(tx.db, submission.panel_id, lock=lock)
    if lock:
        sheet = store.load_sheet(tx.db, sheet_id)
    conflicts = store.list_conflicts(tx.db, [submission.id])
    barred = any(conflict.expert_id == sheet.expert_id for conflict in conflicts)
    return SheetView(panel, submission, sheet, barred)


def _check_writable(view: SheetView, version: int, opinion: Opinion) -> None:
    check_open(view.panel)
    if view.submission.is_withdrawn:
        raise SubmissionWithdrawnError
    if view.is_barred:
        raise ConflictOfInterestError
    if view.sheet.is_submitted:
        raise SheetSubmittedError
    check_opinion(opinion, view.panel.criteria)
    if view.sheet.version != version:
        raise StaleError(
            kind=Term("object.sheet"),
            current=_shown(view, view.sheet.opinion),
            yours=_shown(view, opinion),
        )


def _clear_drafts(tx: Transaction, sheet: ScoreSheet, saved: Opinion) -> None:
    """Let go of the drafts of texts that are now in the sheet."""
    texts = {
        f"criterion-{score.criterion_id}": (
            sheet.opinion.score(score.criterion_id).reason, score.reason,
        )
        for score in saved.scores
    } | {
        "comment": (sheet.opinion.comment, saved.comment),
        "recommendation": (sheet.opinion.recommendation, saved.recommendation),
    }  # fmt: skip
    for name, (before, now) in texts.items():
        if before != now:
            drafts.clear_draft(tx, draft_key(sheet.id, name))


def _shown(view: SheetView, opinion: Opinion) -> dict[Term, object]:
    marks = [opinion.score(criterion.id).mark for criterion in view.panel.criteria]
    return {
        Term("field.marks"): ", ".join("–" if mark is None else str(mark) for mark in marks),
        Term("field.comment"): opinion.comment,
        Term("field.recommendation"): opinion.recommendation,
    }


def _submitted(
    workspace: Workspace, tx: Transaction, sheet_id: int, *, open_only: bool = True
) -> tuple[ScoreSheet, Submission]:
    sheet = store.load_sheet(tx.db, sheet_id)
    submission = store.load_submission(tx.db, sheet.submission_id)
    panel, guard = store.load_panel(tx.db, submission.panel_id, lock=True)
    workspace.require(Permission.MANAGE_PANEL, chaired(guard))
    if open_only:
        check_open(panel)
    sheet = store.load_sheet(tx.db, sheet_id)
    if not sheet.is_submitted:
        raise SheetNotSubmittedError
    return sheet, submission

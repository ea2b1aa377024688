"""The answers of a run as a file."""

from casework.service import case_guard
from core.i18n import Translator
from core.permissions import Permission
from core.workspace import Workspace
from diagnostics import store
from diagnostics.formats import write_answers


def export_answers(
    workspace: Workspace, *, assessment_id: int, file: str, words: Translator
) -> bytes:
    """Write the answers of a run as `csv` or `xlsx`, in the reader's language."""
    with workspace.transaction() as tx:
        run = store.load_assessment(tx.db, assessment_id)
        guard = case_guard(tx, run.case_id)
        workspace.require(Permission.VIEW_DIAGNOSTIC, guard)
        workspace.require(Permission.EXPORT, guard)
        instrument = store.load_instrument(tx.db, run.version_id)
        responses = store.load_responses(tx.db, assessment_id)
        tx.audit("assessment.exported", f"assessment:{assessment_id}", is_sheet=file == "xlsx")
    return write_answers(instrument, responses, file, words)

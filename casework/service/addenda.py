"""A note whose time is approved: it stays as it is, and is corrected below."""

from casework import store
from casework.domain.note import OpenNoteError, clean_addendum
from casework.service.minutes import is_settled
from casework.service.seams import stamp
from casework.service.writing import load_for_change
from core.workspace import Workspace


def add_addendum(
    workspace: Workspace, *, consultation_id: int, text: str, token: str | None = None
) -> None:
    """Correct a note that is not edited any more; the same form sent twice stands once.

    Who may write the note may correct it, and who may read it reads the correction.

    Raises
    ------
    OpenNoteError
        If the time of the meeting is not approved yet: the note itself can be edited.
    RequiredError, TooLongError
        If the correction is empty or endless.
    """
    with workspace.transaction() as tx:
        load_for_change(workspace, tx, consultation_id)
        if not is_settled(tx, consultation_id):
            raise OpenNoteError
        written = store.add_addendum(tx.db, consultation_id, clean_addendum(text), token, stamp(tx))
        if written is not None:
            tx.audit("note.addendum", f"consultation:{consultation_id}", addendum=written)
            tx.touched("casework")

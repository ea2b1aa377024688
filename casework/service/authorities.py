"""Contacts with authorities: sent, due, answered."""

from casework import store
from casework.domain.authority import (
    Answer,
    AuthorityContact,
    AuthorityForm,
    clean_answer,
    clean_authority,
)
from casework.service import seams
from core.documents import list_documents
from core.errors import NotFoundError, StaleError
from core.i18n import Term
from core.permissions import Permission
from core.workspace import Transaction, Workspace


def record_authority(
    workspace: Workspace, *, case_id: int, form: AuthorityForm, token: str | None = None
) -> int:
    """Write down that an initiative turned to an authority; give the contact's id."""
    with workspace.transaction() as tx:
        workspace.require(Permission.EDIT_CASE, seams.case_guard(tx, case_id, lock=True))
        clean = clean_authority(form, tx.today)
        contact_id = store.add_authority(tx.db, case_id, clean, token, seams.stamp(tx))
        if contact_id is None:
            return store.find_authority_by_token(tx.db, token or "") or 0
        tx.audit(
            "authority.recorded",
            f"authority:{contact_id}",
            case=case_id,
            kind=clean.kind,
            due_on=clean.due_on,
        )
        tx.touched("casework")
    return contact_id


def edit_authority(
    workspace: Workspace, *, contact_id: int, version: int, form: AuthorityForm
) -> None:
    """Correct what is said of a contact with an authority, such as the day an answer is due."""
    with workspace.transaction() as tx:
        now = _load(workspace, tx, contact_id)
        clean = clean_authority(form, tx.today)
        if now.version != version:
            raise StaleError(
                kind=Term("object.authority_contact"),
                current=_shown(now.form),
                yours=_shown(clean),
                original={},
            )
        store.save_authority(tx.db, contact_id, clean)
        tx.audit("authority.edited", f"authority:{contact_id}", due_on=clean.due_on)
        tx.touched("casework")


def answer_authority(
    workspace: Workspace, *, contact_id: int, version: int, answer: Answer
) -> None:
    """Write down what an authority answered, or that it did not."""
    with workspace.transaction() as tx:
        now = _load(workspace, tx, contact_id)
        _require_fresh(now, version)
        registered = now.form.registered_on or tx.today
        clean = clean_answer(answer, registered, tx.today)
        _require_document(tx, now.case_id, clean.document_id)
        store.save_answer(tx.db, contact_id, clean)
        tx.audit("authority.answered", f"authority:{contact_id}", result=clean.result)
        tx.touched("casework")


def undo_answer(workspace: Workspace, *, contact_id: int, version: int) -> None:
    """Take an answer back: it is awaited again."""
    with workspace.transaction() as tx:
        now = _load(workspace, tx, contact_id)
        _require_fresh(now, version)
        store.save_answer(tx.db, contact_id, None)
        tx.audit("authority.answer_undone", f"authority:{contact_id}")
        tx.touched("casework")


def remove_authority(workspace: Workspace, *, contact_id: int) -> None:
    """Take away a contact written down by mistake."""
    with workspace.transaction() as tx:
        _load(workspace, tx, contact_id)
        store.save_authority_removed(tx.db, contact_id, tx.now)
        tx.audit("authority.removed", f"authority:{contact_id}")
        tx.touched("casework")


def _load(workspace: Workspace, tx: Transaction, contact_id: int) -> AuthorityContact:
    case_id = store.load_authority(tx.db, contact_id).case_id
    workspace.require(Permission.EDIT_CASE, seams.case_guard(tx, case_id, lock=True))
    return store.load_authority(tx.db, contact_id)


def _require_document(tx: Transaction, case_id: int, document_id: int | None) -> None:
    """Let an answer name only a document of its own case."""
    own = {document.id for document in list_documents(tx, f"case:{case_id}")}
    if document_id is not None and document_id not in own:
        raise NotFoundError(kind=Term("object.document"), id=document_id)


def _require_fresh(now: AuthorityContact, version: int) -> None:
    if now.version != version:
        result = now.answer.result if now.answer else None
        raise StaleError(
            kind=Term("object.authority_contact"),
            current={Term("field.result"): result},
            yours={Term("field.result"): ""},
            original={},
        )


def _shown(form: AuthorityForm) -> dict[Term, object]:
    return {
        Term("field.addressee"): form.addressee,
        Term("field.subject"): form.subject,
        Term("field.registered_on"): form.registered_on,
        Term("field.due_on"): form.due_on,
        Term("field.number"): form.number,
    }

"""Documents of a case: for its lead, its members and managers."""

from casework import store
from casework.domain.documents import (
    DOCUMENTS_LIMIT,
    CaseDocument,
    DocumentsView,
    Download,
    TooManyDocumentsError,
)
from casework.domain.timeline import Entry, TimelineKind
from casework.service import seams
from core.documents import (
    DocumentBrief,
    add_document,
    drop_documents,
    keep_file,
    list_documents,
    open_in,
    readable_by,
    use_document,
)
from core.errors import NotFoundError
from core.i18n import Term
from core.permissions import Guard, Permission, may
from core.workspace import Transaction, Workspace


def view_documents(workspace: Workspace, *, case_id: int) -> DocumentsView:
    """List the documents of a case, the latest first, for who may open them."""
    with workspace.reading() as tx:
        case, guard = store.load_case(tx.db, case_id)
        workspace.require(Permission.VIEW_CASE, guard)
        may_open = may(tx.actor, Permission.OPEN_CASE_DOCUMENT, guard)
        found = list_documents(tx, _subject(case_id)) if may_open else ()
        names = store.find_initiative_names(tx.db, [case.initiative_id])
        return DocumentsView(
            case_id=case_id,
            initiative=names.get(case.initiative_id, ""),
            zone=tx.zone,
            documents=tuple(
                CaseDocument(one.id, one.name, one.size, one.created_at) for one in reversed(found)
            ),
            may_open=may_open,
            may_edit=_may_edit(tx, guard),
        )


def add_case_document(workspace: Workspace, *, case_id: int, name: str, content: bytes) -> int:
    """Add a file to a case; give the document's id.

    Raises
    ------
    TooManyDocumentsError
        If the case has a hundred already.
    RequiredError, FileTooLargeError, FileKindError
        If the file is empty, heavier than 20 MB, or of no kind that is taken.
    """
    with workspace.reading() as tx:  # nobody writes a file to the disk who may not
        _require_edit(workspace, seams.case_guard(tx, case_id))
    file = keep_file(name, content)
    with workspace.transaction() as tx:
        _require_edit(workspace, seams.case_guard(tx, case_id, lock=True))
        if len(list_documents(tx, _subject(case_id))) >= DOCUMENTS_LIMIT:
            raise TooManyDocumentsError(limit=DOCUMENTS_LIMIT)
        document_id = add_document(tx, file, subjects=[_subject(case_id)])
        tx.audit(
            "document.added",
            f"document:{document_id}",
            case=case_id,
            size=file.size,
        )
        tx.touched("casework")
    return document_id


def remove_case_document(workspace: Workspace, *, case_id: int, document_id: int) -> None:
    """Take a document away; it can be put back."""
    _move(workspace, case_id, document_id, is_removed=True)


def restore_case_document(workspace: Workspace, *, case_id: int, document_id: int) -> None:
    """Put a document back that was taken away."""
    _move(workspace, case_id, document_id, is_removed=False)


def download_case_document(workspace: Workspace, *, case_id: int, document_id: int) -> Download:
    """Hand a document out, and note to whom."""
    with workspace.transaction() as tx:
        workspace.require(Permission.OPEN_CASE_DOCUMENT, seams.case_guard(tx, case_id))
        _find(tx, _subject(case_id), document_id)
        found = open_in(tx, document_id)
        tx.audit("document.downloaded", f"document:{document_id}", case=case_id)
        return Download(found.name, found.media_type, found.path.read_bytes())


def document_entries(tx: Transaction, case_id: int, guard: Guard) -> list[Entry]:
    """Tell on the timeline of documents, to who may open them."""
    if not may(tx.actor, Permission.OPEN_CASE_DOCUMENT, guard):
        return []
    return [
        Entry(
            TimelineKind.DOCUMENT,
            one.created_at.astimezone(tx.zone).date(),
            ("document", one.id),
            text=one.name,
        )
        for one in list_documents(tx, _subject(case_id))
    ]


def _move(workspace: Workspace, case_id: int, document_id: int, *, is_removed: bool) -> None:
    """Let a document be of the case, or of what was taken away: that nobody may open."""
    here, there = _subject(case_id), f"case_removed:{case_id}"
    since, then = (here, there) if is_removed else (there, here)
    with workspace.transaction() as tx:
        _require_edit(workspace, seams.case_guard(tx, case_id, lock=True))
        _find(tx, since, document_id)
        use_document(tx, document_id, then)
        drop_documents(tx, since, document_id=document_id)
        action = "document.removed" if is_removed else "document.restored"
        tx.audit(action, f"document:{document_id}", case=case_id)
        tx.touched("casework")


def _find(tx: Transaction, subject: str, document_id: int) -> DocumentBrief:
    for one in list_documents(tx, subject):
        if one.id == document_id:
            return one
    raise NotFoundError(kind=Term("object.document"), id=document_id)


def _may_edit(tx: Transaction, guard: Guard) -> bool:
    both = (Permission.OPEN_CASE_DOCUMENT, Permission.EDIT_CASE)
    return all(may(tx.actor, permission, guard) for permission in both)


def _require_edit(workspace: Workspace, guard: Guard) -> None:
    workspace.require(Permission.EDIT_CASE, guard)
    workspace.require(Permission.OPEN_CASE_DOCUMENT, guard)


def _subject(case_id: int) -> str:
    return f"case:{case_id}"


def _may_see(tx: Transaction, case_id: int) -> bool:
    try:
        guard = store.load_guard(tx.db, case_id)
    except NotFoundError:
        return False
    return may(tx.actor, Permission.OPEN_CASE_DOCUMENT, guard)


readable_by("case", _may_see)

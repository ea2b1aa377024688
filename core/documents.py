"""Documents: files named by their content, kept outside the web root, opened by permission.

A file is known for what its bytes are, not for what its name says. It is stored once under
the SHA-256 of its content; rows say who may see it under which name. Whoever may see one of
the things a document is used for may open it, and until it is used its author alone may.
"""

import errno
import hashlib
import os
import re
import tempfile
import unicodedata
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Final, TypeAlias
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, UtcDateTime, data_dir
from core.errors import DomainError, NotFoundError, RequiredError, StorageFullError
from core.i18n import Term
from core.workspace import Transaction, Workspace

MEGABYTE: Final = 1024 * 1024
LARGEST: Final = 20
"""What a document may weigh [MB]."""
_NAME_LENGTH: Final = 120
_SETTLED: Final = timedelta(days=1)
_OPENXML: Final = "application/vnd.openxmlformats-officedocument"
_OPENDOCUMENT: Final = "application/vnd.oasis.opendocument"
SUFFIXES: Final = {
    "application/pdf": (".pdf",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/webp": (".webp",),
    f"{_OPENXML}.wordprocessingml.document": (".docx",),
    f"{_OPENXML}.spreadsheetml.sheet": (".xlsx",),
    f"{_OPENXML}.presentationml.presentation": (".pptx",),
    f"{_OPENDOCUMENT}.text": (".odt",),
    f"{_OPENDOCUMENT}.spreadsheet": (".ods",),
    f"{_OPENDOCUMENT}.presentation": (".odp",),
    "text/csv": (".csv",),
    "text/plain": (".txt", ".md", ".json", ".xml"),
}
"""The kinds of files that are taken, each with the endings its name may have."""
_OPENXML_PARTS: Final = {
    "word/document.xml": f"{_OPENXML}.wordprocessingml.document",
    "xl/workbook.xml": f"{_OPENXML}.spreadsheetml.sheet",
    "ppt/presentation.xml": f"{_OPENXML}.presentationml.presentation",
}

_SIGNATURES: Final = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}

Reader: TypeAlias = Callable[[Transaction, int], bool]
"""Tells whether the actor may see the thing with an id: `case:5`, `submission:2`."""
_READERS: Final[dict[str, Reader]] = {}


class FileTooLargeError(DomainError):
    """The file weighs more than documents may; details: name, limit [MB]."""

    code = "error.file_too_large"


class FileKindError(DomainError):
    """The file is of no kind that is taken; details: name, kinds."""

    code = "error.file_kind"


class Document(Base):
    """One file under one name."""

    __tablename__ = "document"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(sa.String(32), unique=True)
    sha256: Mapped[str] = mapped_column(sa.String(64), index=True)
    name: Mapped[str] = mapped_column(sa.Text)
    media_type: Mapped[str] = mapped_column(sa.String(100))
    size: Mapped[int]
    author_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class DocumentUse(Base):
    """What a document is used for; `subject` is a code and an id: `case:5`."""

    __tablename__ = "document_use"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(
        sa.ForeignKey("document.id", ondelete="CASCADE"), index=True
    )
    subject: Mapped[str] = mapped_column(sa.String(80), index=True)
    __table_args__ = (sa.UniqueConstraint("document_id", "subject"), *Base.__table_args__)


@dataclass(frozen=True, slots=True)
class DocumentBrief:
    """A document in a list; `size` in bytes."""

    id: int
    name: str
    media_type: str
    size: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """A document that the actor may read."""

    name: str
    media_type: str
    path: Path


def readable_by(subject: str, may_see: Reader) -> None:
    """Say who may read the documents of a kind of things; features do so when imported."""
    _READERS[subject] = may_see


def folder() -> Path:
    """Give the folder of the files."""
    return data_dir() / "documents"


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file on the disk that no row names yet."""

    sha256: str
    name: str
    media_type: str
    size: int


def keep_file(name: str, content: bytes) -> KeptFile:
    """Check a file and write it to the disk: before the transaction that adds the document.

    Raises
    ------
    RequiredError, FileTooLargeError, FileKindError
        If the file is empty, heavier than 20 MB, or of no kind that is taken.
    """
    if not content:
        raise RequiredError(field=Term("field.file"))
    if len(content) > LARGEST * MEGABYTE:
        raise FileTooLargeError(name=clean_name(name), limit=LARGEST)
    media_type = sniff(content, name)
    if media_type is None:
        raise FileKindError(name=clean_name(name), kinds=_kinds())
    digest = hashlib.sha256(content).hexdigest()
    try:
        _write(digest, content)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise StorageFullError from error
        raise
    return KeptFile(digest, clean_name(name, media_type), media_type, len(content))


def add_document(tx: Transaction, file: KeptFile, *, subjects: Iterable[str] = ()) -> int:
    """Give a kept file its row, and say what it is used for."""
    row = Document(
        uid=uuid4().hex,
        sha256=file.sha256,
        name=file.name,
        media_type=file.media_type,
        size=file.size,
        author_id=tx.actor.person_id or None,
        created_at=tx.now,
    )
    tx.db.add(row)
    tx.db.flush()
    for subject in subjects:
        use_document(tx, row.id, subject)
    return row.id


def use_document(tx: Transaction, document_id: int, subject: str) -> None:
    """Use a document for one more thing; who may see that thing may then open it."""
    same = (DocumentUse.document_id == document_id) & (DocumentUse.subject == subject)
    if tx.db.scalar(sa.select(DocumentUse.id).where(same)) is None:
        tx.db.add(DocumentUse(document_id=document_id, subject=subject))
        tx.db.flush()


def drop_documents(tx: Transaction, subject: str, *, document_id: int | None = None) -> None:
    """End the use of one document, or of all, for a thing; unused ones are forgotten."""
    used = sa.select(DocumentUse.document_id).where(DocumentUse.subject == subject)
    if document_id is not None:
        used = used.where(DocumentUse.document_id == document_id)
    ids = tuple(tx.db.scalars(used))
    ended = DocumentUse.document_id.in_(ids) & (DocumentUse.subject == subject)
    tx.db.execute(sa.delete(DocumentUse).where(ended))
    still = sa.select(DocumentUse.document_id).where(DocumentUse.document_id.in_(ids))
    tx.db.execute(sa.delete(Document).where(Document.id.in_(ids), Document.id.not_in(still)))


def list_documents(tx: Transaction, subject: str) -> tuple[DocumentBrief, ...]:
    """List the documents of a thing that the caller has permission to see, oldest first."""
    query = (
        sa.select(
            Document.id, Document.name, Document.media_type, Document.size, Document.created_at
        )
        .join(DocumentUse)
        .where(DocumentUse.subject == subject)
        .order_by(Document.id)
    )
    return tuple(DocumentBrief(*row) for row in tx.db.execute(query))


def count_documents(tx: Transaction, subjects: Iterable[str]) -> dict[str, int]:
    """Count the documents of many subjects; one without any is absent. The caller has asked."""
    wanted = sorted(set(subjects))
    query = (
        sa.select(DocumentUse.subject, sa.func.count())
        .where(DocumentUse.subject.in_(wanted))
        .group_by(DocumentUse.subject)
    )
    return {row[0]: row[1] for row in tx.db.execute(query)}


def open_document(workspace: Workspace, document_id: int) -> OpenDocument:
    """Find the file of a document for who may see it. Raises `NotFoundError` for all else."""
    with workspace.reading() as tx:
        return open_in(tx, document_id)


def open_in(tx: Transaction, document_id: int) -> OpenDocument:
    """Find the file of a document inside a transaction; `open_document` tells the rest."""
    row = tx.db.get(Document, document_id)
    if row is None or not _may_open(tx, row):
        raise NotFoundError(kind=Term("object.document"), id=document_id)
    path = path_of(row.sha256)
    if not path.is_file():
        raise NotFoundError(kind=Term("object.document"), id=document_id)
    return OpenDocument(row.name, row.media_type, path)


def sweep_files(tx: Transaction) -> int:
    """Delete files that no row names any more, and say how many.

    Young ones stay: their row may be on its way.
    """
    known = set(tx.db.scalars(sa.select(Document.sha256)))
    gone = 0
    for path in folder().glob("??/*"):
        written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        if path.name not in known and written < tx.now - _SETTLED:
            path.unlink()
            gone += 1
    return gone


def path_of(sha256: str) -> Path:
    """Give the place of a file by the digest of its content."""
    return folder() / sha256[:2] / sha256


def sniff(content: bytes, name: str) -> str | None:
    """Tell the kind of a file by its bytes; None for a kind that is not taken.

    The name decides only between kinds of plain text.
    """
    for start, kind in _SIGNATURES.items():
        if content.startswith(start):
            return kind
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "image/webp"
    if content.startswith(b"PK\x03\x04"):
        return _sniff_office(content)
    if _is_text(content):
        return "text/csv" if name.lower().endswith(".csv") else "text/plain"
    return None


def clean_name(name: str, media_type: str | None = None) -> str:
    """Make a name safe to show and to save under: no path, no control or turning characters.

    With a kind, the ending is one of that kind's.
    """
    base = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(c for c in base if unicodedata.category(c)[0] != "C")
    safe = re.sub(r'[<>:"|?*\s]+', " ", kept).strip(" .")
    suffixes = SUFFIXES.get(media_type or "", ())
    ending = Path(safe).suffix
    stem = safe.removesuffix(ending)
    if suffixes and ending.lower() not in suffixes:
        stem, ending = safe, suffixes[0]
    return (stem[: _NAME_LENGTH - len(ending)].rstrip(" .") or "file") + ending


def _sniff_office(content: bytes) -> str | None:
    """Tell an office file by its parts; one with macros, or any other archive, is not taken."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as parts:
            names = set(parts.namelist())
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                return None
            if "mimetype" in names and parts.getinfo("mimetype").file_size < _NAME_LENGTH:
                kind = parts.read("mimetype").decode("ascii", "replace").strip()
                return kind if kind in SUFFIXES else None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError):
        return None
    return next((kind for part, kind in _OPENXML_PARTS.items() if part in names), None)


def _is_text(content: bytes) -> bool:
    controls = bytes(set(range(32)) - {9, 10, 12, 13})
    if content.translate(None, controls) != content:
        return False
    for encoding in ("utf-8", "cp1251"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False


def _may_open(tx: Transaction, row: Document) -> bool:
    query = sa.select(DocumentUse.subject).where(DocumentUse.document_id == row.id)
    subjects = tuple(tx.db.scalars(query))
    if not subjects:
        return row.author_id == tx.actor.person_id
    return any(_may_see(tx, subject) for subject in subjects)


def _may_see(tx: Transaction, subject: str) -> bool:
    kind, _colon, number = subject.rpartition(":")
    reader = _READERS.get(kind)
    return reader is not None and number.isdecimal() and reader(tx, int(number))


def _write(digest: str, content: bytes) -> None:
    """Put a file in its place in one step, on the disk before the row that names it."""
    target = path_of(digest)
    if target.exists():
        os.utime(target)
        return
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(part).replace(target)
    except OSError:
        Path(part).unlink(missing_ok=True)
        raise


def _kinds() -> str:
    return ", ".join(suffixes[0].lstrip(".") for suffixes in SUFFIXES.values())

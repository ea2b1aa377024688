"""The documents of a case."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from core.errors import DomainError

DOCUMENTS_LIMIT: Final = 100


class TooManyDocumentsError(DomainError):
    """A case holds no more documents; details: limit."""

    code = "error.too_many_documents"


@dataclass(frozen=True, slots=True)
class CaseDocument:
    """A document of a case; `size` in bytes."""

    id: int
    name: str
    size: int
    added_at: datetime


@dataclass(frozen=True, slots=True)
class DocumentsView:
    """What the page of a case's documents shows; `may_open` false shows none."""

    case_id: int
    initiative: str
    zone: ZoneInfo
    documents: tuple[CaseDocument, ...]
    may_open: bool
    may_edit: bool


@dataclass(frozen=True, slots=True)
class Download:
    """A file handed out."""

    name: str
    media_type: str
    content: bytes

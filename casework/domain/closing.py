"""Closing a case: its lead asks, a manager agrees or sends it back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from casework.domain.case import CaseStatus, CloseReason
from casework.domain.text import clean
from core.errors import DomainError, RequiredError
from core.i18n import Coded, Term

OUTCOME_LIMIT: Final = 2_000
COMMENT_LIMIT: Final = 1_000


class ClosingState(Coded):
    """What has become of an asking to close."""

    ASKED = "asked"
    APPROVED = "approved"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class ClosingDecidedError(DomainError):
    """The asking is decided or withdrawn already; details: state."""

    code = "error.closing_decided"


class ClosingAskedError(DomainError):
    """The case is closed, or its closing is asked already; details: none."""

    code = "error.closing_asked"


class OwnClosingError(DomainError):
    """Whoever leads the case or asked does not decide while another manager is there."""

    code = "error.own_closing"


@dataclass(frozen=True, slots=True)
class Closing:
    """An asking to close a case."""

    id: int
    case_id: int
    state: ClosingState
    reason: CloseReason
    outcome: str
    asked_by: int
    asked_on: date
    version: int
    decided_by: int | None = None
    decided_on: date | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class ClosingLine:
    """An asking that waits for a manager."""

    case_id: int
    initiative: str
    reason: CloseReason
    asked_on: date
    asked_by: str


def clean_asking(status: CaseStatus, reason: CloseReason | None, outcome: str) -> str:
    """Give the outcome as it is kept.

    Raises
    ------
    ClosingAskedError
        If the case is closed.
    RequiredError
        If the reason or the outcome is not said.
    """
    if status is CaseStatus.CLOSED:
        raise ClosingAskedError
    if reason is None:
        raise RequiredError(field=Term("field.close_reason"))
    return clean(outcome, Term("field.outcome"), OUTCOME_LIMIT, required=True)


def require_other(closing: Closing, lead_id: int, person_id: int, managers: Iterable[int]) -> bool:
    """Let somebody else than the lead and the asker decide; tell whether it is their own.

    The only manager of a centre decides on their own cases too, and the trail says so.

    Raises `OwnClosingError` if there is another manager.
    """
    own = {lead_id, closing.asked_by}
    if person_id not in own:
        return False
    if set(managers) - own:
        raise OwnClosingError
    return True


def require_asked(closing: Closing) -> None:
    """Refuse to decide twice. Raises `ClosingDecidedError`."""
    if closing.state is not ClosingState.ASKED:
        raise ClosingDecidedError(state=closing.state)


def clean_return(comment: str) -> str:
    """Give the comment of a return as it is kept; it has to say what is missing."""
    return clean(comment, Term("field.comment"), COMMENT_LIMIT, required=True)

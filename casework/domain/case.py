"""One engagement with an initiative: its states and how it moves between them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Final

from casework.domain.text import clean
from core.errors import DomainError, RequiredError
from core.i18n import Coded, Term

TITLE_LIMIT: Final = 200
REQUEST_LIMIT: Final = 10_000
COMMENT_LIMIT: Final = 1_000


class CaseStatus(Coded):
    """Where an engagement stands."""

    OPEN = "open"
    ACTIVE = "active"
    ON_HOLD = "on_hold"
    CLOSED = "closed"


class CloseReason(Coded):
    """Why an engagement ended."""

    GOAL_REACHED = "goal_reached"
    GROWN_INDEPENDENT = "grown_independent"
    NO_CONTACT = "no_contact"
    LEADER_STOPPED = "leader_stopped"
    HANDED_OVER = "handed_over"
    NOT_OUR_TASK = "not_our_task"


class StatusMoveError(DomainError):
    """A case cannot go from one state to the other; details: now, wanted."""

    code = "error.case_status_move"


class CaseInUseError(DomainError):
    """Something hangs on the case, so it can only be closed; details: none."""

    code = "error.case_in_use"


MOVES: Final[Mapping[CaseStatus, frozenset[CaseStatus]]] = MappingProxyType(
    {
        CaseStatus.OPEN: frozenset({CaseStatus.ACTIVE, CaseStatus.ON_HOLD, CaseStatus.CLOSED}),
        CaseStatus.ACTIVE: frozenset({CaseStatus.ON_HOLD, CaseStatus.CLOSED}),
        CaseStatus.ON_HOLD: frozenset({CaseStatus.ACTIVE, CaseStatus.CLOSED}),
        CaseStatus.CLOSED: frozenset({CaseStatus.ACTIVE}),
    }
)


@dataclass(frozen=True, slots=True)
class Case:
    """A case as its page and its rules need it."""

    id: int
    initiative_id: int
    title: str
    request: str
    lead_id: int
    status: CaseStatus
    opened_on: date
    version: int
    close_reason: CloseReason | None = None
    closed_on: date | None = None
    members: tuple["Member", ...] = ()
    asked_on: date | None = None
    request_id: int = 0


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the centre who works on a case, with the days they did."""

    person_id: int
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class NewCase:
    """What a consultant says when opening a case."""

    initiative_id: int
    lead_id: int
    request: str
    title: str = ""
    asked_on: date | None = None
    members: frozenset[int] = field(default_factory=frozenset)
    token: str | None = None
    request_id: int | None = None


@dataclass(frozen=True, slots=True)
class StatusChange:
    """One move of a case between states."""

    status: CaseStatus
    reason: CloseReason | None = None
    comment: str = ""


def require_move(now: CaseStatus, change: StatusChange) -> None:
    """Refuse a move that a case cannot make.

    Raises
    ------
    StatusMoveError
        If the state does not follow from the present one.
    RequiredError
        If a case is closed without a reason, or opened again without a word why.
    """
    if change.status not in MOVES[now]:
        raise StatusMoveError(now=now, wanted=change.status)
    if change.status is CaseStatus.CLOSED and change.reason is None:
        raise RequiredError(field=Term("field.close_reason"))
    if now is CaseStatus.CLOSED and not change.comment.strip():
        raise RequiredError(field=Term("field.comment"))


def clean_texts(title: str, request: str) -> tuple[str, str]:
    """Give title and request as they are kept; refuse an absent request and endless texts."""
    return (
        clean(title, Term("field.case_title"), TITLE_LIMIT),
        clean(request, Term("field.request"), REQUEST_LIMIT, required=True),
    )


def clean_comment(change: StatusChange) -> StatusChange:
    """Give a move with its comment as it is kept; refuse an endless one."""
    return replace(change, comment=clean(change.comment, Term("field.comment"), COMMENT_LIMIT))


def change_members(
    now: tuple[Member, ...], wanted: frozenset[int], today: date
) -> tuple[Member, ...]:
    """Let people come and go, keeping the days of everybody who ever worked on the case.

    Who is no longer wanted leaves today; who comes back gets a second span.
    """
    present = {member.person_id for member in now if member.until is None}
    kept = tuple(
        member
        if member.until is not None or member.person_id in wanted
        else Member(member.person_id, member.since, today)
        for member in now
    )
    return kept + tuple(Member(person, today) for person in sorted(wanted - present))

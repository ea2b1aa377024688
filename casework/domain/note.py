"""Private notes: how long one stays open, and how two people open one together."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from casework.domain.text import clean
from core.errors import DomainError
from core.i18n import Term
from core.permissions import Actor, Role

GRANT: Final = timedelta(minutes=15)
UNSEALED: Final = timedelta(hours=24)
REASON_LIMIT: Final = 2_000
ADDENDUM_LIMIT: Final = 20_000


class SettledNoteError(DomainError):
    """The time of the meeting is approved, so its note is corrected by an addendum only."""

    code = "error.settled_note"


class OpenNoteError(DomainError):
    """The note can still be edited, so it needs no addendum."""

    code = "error.open_note"


class TwoPeopleError(DomainError):
    """A manager and an administrator, two people, open a private note; details: none."""

    code = "error.two_people"


class SuccessorError(DomainError):
    """Private notes cannot pass to this person; details: name."""

    code = "error.successor"


@dataclass(frozen=True, slots=True)
class Addendum:
    """A dated correction below a note; neither is ever changed."""

    id: int
    author_id: int
    written_at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Unsealing:
    """One asking to open a private note, and whether somebody else agreed."""

    id: int
    consultation_id: int
    requested_by: int
    requested_at: datetime
    reason: str
    approved_by: int | None = None
    approved_at: datetime | None = None
    reader_id: int | None = None
    until: datetime | None = None

    def opens_to(self, person_id: int, now: datetime) -> bool:
        """Tell whether the note is open to a person by this agreement at this moment."""
        return self.reader_id == person_id and self.until is not None and now < self.until


def clean_addendum(text: str) -> str:
    """Give a correction as it is kept; refuse an empty or endless one."""
    return clean(text, Term("field.addendum"), ADDENDUM_LIMIT, required=True)


def clean_reason(reason: str) -> str:
    """Give the reason as it is kept; refuse an empty or endless one."""
    return clean(reason, Term("field.reason"), REASON_LIMIT, required=True)


def approve(
    asked: Unsealing, approver: Actor, requester_roles: frozenset[Role], now: datetime
) -> Unsealing:
    """Let a second person agree; the manager of the two may read for a day.

    Raises
    ------
    TwoPeopleError
        If both are one person, or they are not a manager and an administrator, or the
        asking was already agreed to.
    """
    other_person = approver.person_id != asked.requested_by and asked.approved_by is None
    if other_person and Role.MANAGER in requester_roles and Role.ADMINISTRATOR in approver.roles:
        reader = asked.requested_by
    elif other_person and Role.ADMINISTRATOR in requester_roles and Role.MANAGER in approver.roles:
        reader = approver.person_id
    else:
        raise TwoPeopleError
    return replace(
        asked,
        approved_by=approver.person_id,
        approved_at=now,
        reader_id=reader,
        until=now + UNSEALED,
    )

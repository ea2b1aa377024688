"""Referring an initiative to a specialist or an organisation."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Final

from casework.domain.text import clean
from core.errors import DomainError, OutOfRangeError, RequiredError
from core.i18n import Coded, Term

WHOM_LIMIT: Final = 300
TEXT_LIMIT: Final = 2_000
EARLIEST: Final = date(2000, 1, 1)


class ReferralTarget(Coded):
    """To what kind of helper."""

    SPECIALIST = "specialist"
    ORGANISATION = "organisation"


class ReferralState(Coded):
    """What has become of a referral."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    DONE = "done"
    REVOKED = "revoked"


class Ground(Coded):
    """On what ground people's data are passed on: articles 6 and 10 of law 152-FZ."""

    CONSENT = "consent"
    CONTRACT = "contract"
    LIFE_AND_HEALTH = "life_and_health"
    LEGAL_DUTY = "legal_duty"
    COURT = "court"
    PUBLIC_INTEREST = "public_interest"
    OPEN_DATA = "open_data"
    NO_PERSONAL_DATA = "no_personal_data"


class ReferralMoveError(DomainError):
    """A referral cannot go from one state to the other; details: now, wanted."""

    code = "error.referral_move"


MOVES: Final[Mapping[ReferralState, frozenset[ReferralState]]] = MappingProxyType(
    {
        ReferralState.ASKED: frozenset(
            {ReferralState.ACCEPTED, ReferralState.DECLINED, ReferralState.REVOKED}
        ),
        ReferralState.ACCEPTED: frozenset({ReferralState.DONE, ReferralState.REVOKED}),
        ReferralState.DECLINED: frozenset(),
        ReferralState.DONE: frozenset(),
        ReferralState.REVOKED: frozenset(),
    }
)
OPEN: Final = (ReferralState.ASKED, ReferralState.ACCEPTED)
"""The states in which something is still awaited."""


@dataclass(frozen=True, slots=True)
class NewReferral:
    """What is said when somebody is referred; consent has its day, other grounds have none."""

    target: ReferralTarget
    to_whom: str
    what_for: str
    ground: Ground | None
    consent_on: date | None = None
    due_on: date | None = None
    token: str | None = None


@dataclass(frozen=True, slots=True)
class ReferralMove:
    """A move of a referral: the day and what was said."""

    state: ReferralState
    moved_on: date
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Referral:
    """A referral; `lead_id` is who led the case when it was asked."""

    id: int
    case_id: int
    said: NewReferral
    state: ReferralState
    asked_on: date
    lead_id: int
    version: int
    moves: tuple[ReferralMove, ...] = ()

    def is_late(self, today: date) -> bool:
        """Tell whether an answer is overdue."""
        return self.state in OPEN and self.said.due_on is not None and self.said.due_on < today


def clean_referral(new: NewReferral, today: date) -> NewReferral:
    """Give a referral as it is kept.

    Raises
    ------
    RequiredError
        If it does not say to whom, what for or on what ground; or a consent has no day.
    OutOfRangeError
        If the consent is of the future.
    """
    if new.ground is None:
        raise RequiredError(field=Term("field.ground"))
    consents = new.ground is Ground.CONSENT
    if consents and new.consent_on is None:
        raise RequiredError(field=Term("field.consent_on"))
    if consents and new.consent_on and not EARLIEST <= new.consent_on <= today:
        raise OutOfRangeError(field=Term("field.consent_on"), low=EARLIEST, high=today)
    return replace(
        new,
        to_whom=clean(new.to_whom, Term("field.to_whom"), WHOM_LIMIT, required=True),
        what_for=clean(new.what_for, Term("field.what_for"), TEXT_LIMIT, required=True),
        consent_on=new.consent_on if consents else None,
    )


def move_referral(now: Referral, move: ReferralMove, today: date) -> ReferralMove:
    """Give a move as it is kept.

    Raises
    ------
    ReferralMoveError
        If the state does not follow from the present one.
    RequiredError
        If it is declined or revoked without a word why.
    OutOfRangeError
        If it lies in the future or before the asking.
    """
    if move.state not in MOVES[now.state]:
        raise ReferralMoveError(now=now.state, wanted=move.state)
    if not now.asked_on <= move.moved_on <= today:
        raise OutOfRangeError(field=Term("field.day"), low=now.asked_on, high=today)
    asks_why = move.state in {ReferralState.DECLINED, ReferralState.REVOKED}
    comment = clean(move.comment, Term("field.comment"), TEXT_LIMIT, required=asks_why)
    return replace(move, comment=comment)

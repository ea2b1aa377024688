"""A request for help: from the first word to the case that answers it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Final

from casework.domain.case import REQUEST_LIMIT
from casework.domain.text import clean
from core.errors import DomainError, OutOfRangeError, RequiredError
from core.i18n import Coded, Term

NAME_LIMIT: Final = 200
COMMENT_LIMIT: Final = 1_000
EARLIEST: Final = date(2000, 1, 1)


class RequestState(Coded):
    """What has become of a request."""

    NEW = "new"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    REFERRED = "referred"
    ASSIGNED = "assigned"


class RequestSource(Coded):
    """By which way a request came."""

    VISIT = "visit"
    PHONE = "phone"
    LETTER = "letter"
    EVENT = "event"
    ADVICE = "advice"
    OTHER = "other"


class RefusalReason(Coded):
    """Why a request is not taken up."""

    NOT_OUR_TASK = "not_our_task"
    NO_INITIATIVE = "no_initiative"
    NO_ROOM = "no_room"
    TAKEN_BACK = "taken_back"
    ASKED_TWICE = "asked_twice"
    OTHER = "other"


class RequestMoveError(DomainError):
    """A request cannot go from one state to the other; details: now, wanted."""

    code = "error.request_move"


class ContactWithoutConsentError(DomainError):
    """The centre keeps nobody's name or contact without their consent; details: none."""

    code = "error.contact_without_consent"


MOVES: Final[Mapping[RequestState, frozenset[RequestState]]] = MappingProxyType(
    {
        RequestState.NEW: frozenset(
            {
                RequestState.ACCEPTED,
                RequestState.REFUSED,
                RequestState.REFERRED,
                RequestState.ASSIGNED,
            }
        ),
        RequestState.ACCEPTED: frozenset(
            {
                RequestState.NEW,
                RequestState.REFUSED,
                RequestState.REFERRED,
                RequestState.ASSIGNED,
            }
        ),
        RequestState.REFUSED: frozenset({RequestState.NEW}),
        RequestState.REFERRED: frozenset({RequestState.NEW}),
        RequestState.ASSIGNED: frozenset(),
    }
)
WAITING: Final = (RequestState.NEW, RequestState.ACCEPTED)
"""The states in which somebody waits for the centre."""


@dataclass(frozen=True, slots=True)
class RequestForm:
    """What is written down when somebody asks for help.

    `name` is what they call their initiative, while the centre does not know it yet.
    """

    text: str
    source: RequestSource = RequestSource.VISIT
    asked_on: date | None = None
    initiative_id: int | None = None
    name: str = ""
    asker: str = ""
    contact: str = ""
    has_consent: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """What the centre says to a request."""

    state: RequestState
    refusal: RefusalReason | None = None
    referred_to: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """A request as its page and its rules need it."""

    id: int
    form: RequestForm
    decision: Decision
    version: int
    recorded_by: int
    source: RequestSource | None = None
    decided_on: date | None = None
    decided_by: int | None = None
    case_id: int | None = None

    @property
    def state(self) -> RequestState:
        """What has become of it."""
        return self.decision.state

    def waits(self, today: date) -> int | None:
        """Count the days since it was asked [d]; None if nobody waits any more."""
        if self.state not in WAITING or self.form.asked_on is None:
            return None
        return (today - self.form.asked_on).days


@dataclass(frozen=True, slots=True)
class RequestSearch:
    """Which requests are asked for; None asks for all, `is_waiting` for those that wait."""

    state: RequestState | None = None
    is_waiting: bool = False
    source: RequestSource | None = None


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A request in a list; `name` is of the initiative, known or as they call it."""

    id: int
    name: str
    text: str
    asked_on: date
    state: RequestState
    source: RequestSource | None
    case_id: int | None = None
    days: int | None = None


def clean_request(form: RequestForm, today: date) -> RequestForm:
    """Give a request as it is kept.

    Raises
    ------
    RequiredError
        If it says neither what hurts nor whose initiative it is.
    ContactWithoutConsentError
        If it holds a person's name or contact without their consent.
    OutOfRangeError
        If it was asked in the future.
    """
    asked_on = form.asked_on or today
    if not EARLIEST <= asked_on <= today:
        raise OutOfRangeError(field=Term("field.asked_on"), low=EARLIEST, high=today)
    kept = replace(
        form,
        text=clean(form.text, Term("field.request"), REQUEST_LIMIT, required=True),
        name=clean(form.name, Term("field.initiative_name"), NAME_LIMIT),
        asker=clean(form.asker, Term("field.asker"), NAME_LIMIT),
        contact=clean(form.contact, Term("field.contact"), NAME_LIMIT),
        asked_on=asked_on,
    )
    if kept.initiative_id is None and not kept.name:
        raise RequiredError(field=Term("field.initiative_name"))
    if (kept.asker or kept.contact) and not kept.has_consent:
        raise ContactWithoutConsentError
    return kept


def decide(now: RequestState, decision: Decision) -> Decision:
    """Give a decision as it is kept: only what belongs to its state.

    Raises
    ------
    RequestMoveError
        If the state does not follow from the present one.
    RequiredError
        If a refusal has no reason, or a referral does not say to whom.
    """
    if decision.state not in MOVES[now]:
        raise RequestMoveError(now=now, wanted=decision.state)
    refused = decision.state is RequestState.REFUSED
    referred = decision.state is RequestState.REFERRED
    if refused and decision.refusal is None:
        raise RequiredError(field=Term("field.refusal"))
    to_whom = clean(decision.referred_to, Term("field.to_whom"), NAME_LIMIT, required=referred)
    return Decision(
        decision.state,
        decision.refusal if refused else None,
        to_whom if referred else "",
        clean(decision.comment, Term("field.comment"), COMMENT_LIMIT),
    )

"""The half-yearly roll call: whether every initiative ever helped is still there."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from casework.domain.life import (
    InitiativeState,
    LifeEvent,
    LifeEventType,
    LifeSource,
    When,
)
from casework.domain.text import clean
from core.errors import OutOfRangeError
from core.i18n import Coded, Term

NOTE_LIMIT: Final = 500
EARLIEST: Final = date(2000, 1, 1)
_SECOND_HALF: Final = 7


class RollOutcome(Coded):
    """How an initiative was found."""

    ALIVE = "alive"
    PAUSED = "paused"
    CEASED = "ceased"
    BECAME_NGO = "became_ngo"
    BECAME_SOCIAL_ENTERPRISE = "became_social_enterprise"
    MERGED = "merged"
    SPLIT = "split"
    NOT_REACHED = "not_reached"


_EVENTS: Final = {
    RollOutcome.ALIVE: LifeEventType.SEEN_ACTIVE,
    RollOutcome.PAUSED: LifeEventType.PAUSED,
    RollOutcome.CEASED: LifeEventType.CEASED,
    RollOutcome.BECAME_NGO: LifeEventType.BECAME_NGO,
    RollOutcome.BECAME_SOCIAL_ENTERPRISE: LifeEventType.BECAME_SOCIAL_ENTERPRISE,
    RollOutcome.MERGED: LifeEventType.MERGED,
    RollOutcome.SPLIT: LifeEventType.SPLIT,
    RollOutcome.NOT_REACHED: LifeEventType.LOST_CONTACT,
}
_STATES: Final = {
    RollOutcome.PAUSED: InitiativeState.PAUSED,
    RollOutcome.CEASED: InitiativeState.CEASED,
    RollOutcome.BECAME_NGO: InitiativeState.NGO,
    RollOutcome.BECAME_SOCIAL_ENTERPRISE: InitiativeState.SOCIAL_ENTERPRISE,
    RollOutcome.MERGED: InitiativeState.MERGED,
    RollOutcome.SPLIT: InitiativeState.SPLIT,
    RollOutcome.NOT_REACHED: InitiativeState.UNKNOWN,
}
_ENDED: Final = frozenset({InitiativeState.CEASED, InitiativeState.MERGED, InitiativeState.SPLIT})
OFFERED: Final = (
    RollOutcome.ALIVE,
    RollOutcome.PAUSED,
    RollOutcome.BECAME_NGO,
    RollOutcome.BECAME_SOCIAL_ENTERPRISE,
    RollOutcome.CEASED,
)
"""What a leader may say of their own initiative."""


@dataclass(frozen=True, slots=True)
class RollAnswer:
    """What was learnt of one initiative, from whom, and when the centre last heard of it."""

    outcome: RollOutcome
    source: LifeSource = LifeSource.LEADER
    last_contact_on: date | None = None
    note: str = ""
    event_id: int | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class RollLine:
    """One initiative of the worklist; `last_on` is the last meeting the centre had with it."""

    initiative_id: int
    name: str
    state: InitiativeState
    last_on: date | None
    leader: str = ""
    contact: str = ""
    answer: RollAnswer | None = None


@dataclass(frozen=True, slots=True)
class RollCall:
    """A half-year's roll call with its worklist."""

    id: int
    half_on: date
    lines: tuple[RollLine, ...]
    may_run: bool = False
    halves: tuple[date, ...] = ()

    @property
    def answered(self) -> int:
        """How many initiatives are found."""
        return sum(line.answer is not None for line in self.lines)


@dataclass(frozen=True, slots=True)
class RollAsked:
    """What a leader's link asks about."""

    roll_call_id: int
    initiative_id: int
    initiative: str
    centre: str


def half_of(day: date) -> date:
    """Give the first day of the half-year of a day."""
    return date(day.year, _SECOND_HALF if day.month >= _SECOND_HALF else 1, 1)


def clean_roll(answer: RollAnswer, today: date) -> RollAnswer:
    """Give an answer as it is kept. Raises `OutOfRangeError` for a contact in the future."""
    on = answer.last_contact_on
    if on is not None and not EARLIEST <= on <= today:
        raise OutOfRangeError(field=Term("field.last_contact_on"), low=EARLIEST, high=today)
    return replace(answer, note=clean(answer.note, Term("field.life_event_note"), NOTE_LIMIT))


def kept_contact(answer: RollAnswer, earlier: date | None, today: date) -> RollAnswer:
    """Keep the `earlier` last contact of whom nobody reached: asking in vain is no contact.

    A day that somebody wrote down on purpose, another one than today, stays.
    """
    if answer.outcome is RollOutcome.NOT_REACHED and answer.last_contact_on in {None, today}:
        return replace(answer, last_contact_on=earlier)
    return answer


def event_of(answer: RollAnswer, state: InitiativeState, today: date) -> LifeEvent | None:
    """Say what an answer adds to the life of an initiative in a state.

    Nothing where it tells what is known already: an initiative that ceased is not ceased
    twice, nor lost because it cannot be reached any more. "Alive" is always worth an event: it
    says until when the initiative was seen. Its day is that of the last contact, where known.
    """
    if answer.outcome is not RollOutcome.ALIVE and _STATES[answer.outcome] is state:
        return None
    if answer.outcome is RollOutcome.NOT_REACHED and state in _ENDED:
        return None
    not_reached = answer.outcome is RollOutcome.NOT_REACHED
    on = today if not_reached else answer.last_contact_on or today
    return LifeEvent(_EVENTS[answer.outcome], When(on), answer.source, note=answer.note)

"""The events of an initiative's life, and what they say about its state.

The state is never typed: it follows from the events, so a later discovery ("they had stopped a
year before") corrects it, and how it was known stays readable.
"""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from core.errors import DomainError, InvalidError, OutOfRangeError, TooLongError
from core.i18n import Coded, Term

NOTE_LIMIT: Final = 1_000
EARLIEST: Final = date(1900, 1, 1)


class InitiativeState(Coded):
    """What has become of an initiative, as far as is known."""

    ALIVE = "alive"
    PAUSED = "paused"
    NGO = "ngo"
    SOCIAL_ENTERPRISE = "social_enterprise"
    MERGED = "merged"
    SPLIT = "split"
    CEASED = "ceased"
    UNKNOWN = "unknown"


class LifeEventType(Coded):
    """What happened in the life of an initiative."""

    FOUNDED = "founded"
    SEEN_ACTIVE = "seen_active"
    PAUSED = "paused"
    RESUMED = "resumed"
    BECAME_NGO = "became_ngo"
    BECAME_SOCIAL_ENTERPRISE = "became_social_enterprise"
    MERGED = "merged"
    SPLIT = "split"
    CEASED = "ceased"
    LOST_CONTACT = "lost_contact"


class Precision(Coded):
    """How exactly a day is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class LifeSource(Coded):
    """From whom the centre knows of an event."""

    LEADER = "leader"
    MEMBER = "member"
    CONSULTANT = "consultant"
    MEDIA = "media"
    REGISTER = "register"
    LIST = "list"
    OTHER = "other"


class Certainty(Coded):
    """How sure the centre is of an event. A rumour is kept but moves no state."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    RUMOUR = "rumour"


class NotADayError(InvalidError):
    """A text is no day, month or year; details: field, value."""

    code = "error.not_a_day"


class FoundedTwiceError(DomainError):
    """An initiative begins once; details: founded, the known beginning."""

    code = "error.founded_twice"


@dataclass(frozen=True, slots=True)
class When:
    """A day known to the day, the month or the year; `on` is the first day it may be."""

    on: date
    precision: Precision = Precision.DAY

    @property
    def latest(self) -> date:
        """The last day it may be."""
        if self.precision is Precision.DAY:
            return self.on
        month = 12 if self.precision is Precision.YEAR else self.on.month
        return date(self.on.year, month, calendar.monthrange(self.on.year, month)[1])


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """One event as the centre knows it; id 0 is not stored yet."""

    type: LifeEventType
    when: When
    source: LifeSource = LifeSource.CONSULTANT
    certainty: Certainty = Certainty.CERTAIN
    note: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Life:
    """What the events say together: the state, since when, and the beginning if known."""

    state: InitiativeState
    since: When | None
    founded: When | None


_ALIVE: Final = InitiativeState.ALIVE
_FORMS: Final = {
    LifeEventType.BECAME_NGO: InitiativeState.NGO,
    LifeEventType.BECAME_SOCIAL_ENTERPRISE: InitiativeState.SOCIAL_ENTERPRISE,
}
_ENDS: Final = {
    LifeEventType.PAUSED: InitiativeState.PAUSED,
    LifeEventType.MERGED: InitiativeState.MERGED,
    LifeEventType.SPLIT: InitiativeState.SPLIT,
    LifeEventType.CEASED: InitiativeState.CEASED,
    LifeEventType.LOST_CONTACT: InitiativeState.UNKNOWN,
}


def life_of(events: Iterable[LifeEvent]) -> Life:
    """Read the state of an initiative off the events of its life.

    Events are taken in the order in which they were over at the latest, its beginning first;
    on one day in the order in which they were written down. An initiative that became an NGO
    is one again when it resumes after a pause. Rumours move no state. No events: unknown.
    """
    known = sorted(
        (event for event in events if event.certainty is not Certainty.RUMOUR), key=_order
    )
    state, form = InitiativeState.UNKNOWN, _ALIVE
    since, founded = None, None
    for event in known:
        if event.type is LifeEventType.FOUNDED:
            founded = event.when
        form = _FORMS.get(event.type, form)
        after = _ENDS.get(event.type, form)
        if after is not state or since is None:
            state, since = after, event.when
    return Life(state, since, founded)


def _order(event: LifeEvent) -> tuple[date, int]:
    begins = event.type is LifeEventType.FOUNDED
    return (date.min if begins else event.when.latest, event.id or 2**62)


def clean_event(event: LifeEvent, known: Iterable[LifeEvent], today: date) -> LifeEvent:
    """Give the event without stray spaces, its day set to the first it may be.

    Raises
    ------
    OutOfRangeError
        If it lies before 1900 or in the future.
    FoundedTwiceError
        If it is a beginning and one is known.
    TooLongError
        If the note is beyond its limit.
    """
    when = first_day(event.when)
    if not EARLIEST <= when.on <= today:
        raise OutOfRangeError(field=Term("field.life_event_on"), low=EARLIEST, high=today)
    if event.type is LifeEventType.FOUNDED:
        for other in known:
            if other.type is LifeEventType.FOUNDED:
                raise FoundedTwiceError(founded=other.when.on)
    note = event.note.strip()
    if len(note) > NOTE_LIMIT:
        raise TooLongError(field=Term("field.life_event_note"), limit=NOTE_LIMIT, length=len(note))
    return LifeEvent(event.type, when, event.source, event.certainty, note)


def first_day(when: When) -> When:
    """Set the day to the first of its month or year when no more is known."""
    on = when.on
    if when.precision is Precision.YEAR:
        on = date(on.year, 1, 1)
    if when.precision is Precision.MONTH:
        on = on.replace(day=1)
    return When(on, when.precision)


_WRITTEN: Final = (
    (re.compile(r"(?P<year>\d{4})(?: ?г\.?)?"), Precision.YEAR),
    (re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})"), Precision.MONTH),
    (re.compile(r"(?P<month>\d{1,2})[./](?P<year>\d{4})"), Precision.MONTH),
    (re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"), Precision.DAY),
    (re.compile(r"(?P<day>\d{1,2})[./](?P<month>\d{1,2})[./](?P<year>\d{4})"), Precision.DAY),
)


def parse_when(text: str, field_name: Term) -> When | None:
    """Read 2014, 05.2014, 2014-05, 23.05.2014 or 2014-05-23; an empty text is None.

    Raises `NotADayError` on anything else.
    """
    text = text.strip()
    if not text:
        return None
    for pattern, precision in _WRITTEN:
        if found := pattern.fullmatch(text):
            parts = {name: int(value) for name, value in found.groupdict().items()}
            try:
                return When(
                    date(parts["year"], parts.get("month", 1), parts.get("day", 1)), precision
                )
            except ValueError:
                break
    raise NotADayError(field=field_name, value=text)

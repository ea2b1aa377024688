"""Work time as it is recorded: one line per consultant and kind, in whole minutes."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from core.errors import DomainError
from core.i18n import Coded
from hours.domain.allocation import split

MINUTES_IN_HOUR: Final = 60
MINUTES_IN_DAY: Final = 24 * MINUTES_IN_HOUR
LONGEST_DAY_HOURS: Final = 16
_LONGEST_DAY: Final = LONGEST_DAY_HOURS * MINUTES_IN_HOUR


class Activity(Coded):
    """Which promise a minute can serve: the two exclude each other."""

    CONSULTING = "consulting"
    TRAINING = "training"
    OTHER = "other"


class TimeKind(Coded):
    """What a consultant did in the minutes."""

    CONTACT = "contact"
    PREPARATION = "preparation"
    TRAVEL = "travel"


class EntryStatus(Coded):
    """How far the recorded time has been agreed upon."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class TimeLine:
    """Minutes of one person and one kind on one local date."""

    person_id: int
    kind: TimeKind
    minutes: int
    worked_on: date
    activity: Activity = Activity.CONSULTING
    topics: tuple[str, ...] = ()
    is_private: bool = False
    agreement_id: int | None = None


@dataclass(frozen=True, slots=True)
class TimeSource:
    """What the minutes were spent on, say consultation 5."""

    type: str
    id: int

    @property
    def subject(self) -> str:
        """The source as the audit trail names it."""
        return f"{self.type}:{self.id}"


class MinutesError(DomainError):
    """A length of time is zero or negative; details: person, day, minutes."""

    code = "error.minutes"


class LongDayError(DomainError):
    """One person would work longer than a day allows; details: person, day, limit [h]."""

    code = "error.long_day"


class FutureTimeError(DomainError):
    """Time cannot be spent on a day that has not come; details: person, day."""

    code = "error.future_time"


class TwoActivitiesError(DomainError):
    """The same work would count as consulting and as training; details: person, day."""

    code = "error.two_activities"


class RepeatedKindError(DomainError):
    """One person has the same kind of time twice in one source; details: person, day, kind."""

    code = "error.repeated_kind"


class LockedTimeError(DomainError):
    """The time of this source is locked and can no longer be changed; details: day."""

    code = "error.locked_time"


def share_topics(minutes: int, topics: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Divide the minutes of one entry equally among its topics.

    A topic named twice counts once. The shares add up to the minutes; a topic
    that would get nothing (more topics than minutes) is left out. No topics
    give an empty division.
    """
    unique = tuple(dict.fromkeys(topics))
    shares = split(minutes, [1] * len(unique))
    return tuple((topic, share) for topic, share in zip(unique, shares, strict=True) if share)


def check_lines(
    lines: Iterable[TimeLine],
    *,
    today: date,
    elsewhere: Mapping[tuple[int, date], int],
    name_of: Callable[[int], str],
) -> None:
    """Refuse time that cannot have been worked.

    Parameters
    ----------
    lines
        All lines of one source.
    today
        The centre's local date.
    elsewhere
        Minutes that each person already has on each date from other sources [min].
    name_of
        Gives the name that stands in an error.

    Raises
    ------
    MinutesError, FutureTimeError, RepeatedKindError, TwoActivitiesError, LongDayError
        For the first line that cannot be, in the order of the lines.
    """
    lines = tuple(lines)
    days = Counter(elsewhere)
    kinds: set[tuple[int, TimeKind]] = set()
    for line in lines:
        days[line.person_id, line.worked_on] += line.minutes
        fault = _fault(line, today, lines[0].activity)
        if fault is None and (line.person_id, line.kind) in kinds:
            fault = RepeatedKindError, {"kind": line.kind}
        if fault is None and days[line.person_id, line.worked_on] > _LONGEST_DAY:
            fault = LongDayError, {"limit": LONGEST_DAY_HOURS}
        if fault is not None:
            error, details = fault
            raise error(person=name_of(line.person_id), day=line.worked_on, **details)
        kinds.add((line.person_id, line.kind))


def _fault(
    line: TimeLine, today: date, activity: Activity
) -> tuple[type[DomainError], dict[str, object]] | None:
    """Say what is wrong with a line taken by itself; None if nothing is."""
    if line.minutes <= 0:
        return MinutesError, {"minutes": line.minutes}
    if line.worked_on > today:
        return FutureTimeError, {}
    return (TwoActivitiesError, {}) if line.activity is not activity else None

"""Work time as it is recorded: one line per consultant and kind, in whole minutes."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
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
    FOLLOW_UP = "follow_up"
    ADMINISTRATION = "administration"
    ROADMAP = "roadmap"
    COUNCIL = "council"


class EntryStatus(Coded):
    """How far the recorded time has been agreed upon, from the most open to the least."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class Subject:
    """For whom a part of the time was spent, say case 7, and its weight among the others."""

    type: str
    id: int
    weight: int = 1


@dataclass(frozen=True, slots=True)
class TimeLine:
    """Minutes of one person and one kind on one local date.

    `starts_at` is the local time at which they began, where a clock was looked at; minutes
    that run over midnight belong to the day on which they began. `subjects` share the minutes
    by their weights. An `agreement_id` of None takes the one that the activity serves that day.
    """

    person_id: int
    kind: TimeKind
    minutes: int
    worked_on: date
    activity: Activity = Activity.CONSULTING
    topics: tuple[str, ...] = ()
    is_private: bool = False
    agreement_id: int | None = None
    starts_at: time | None = None
    subjects: tuple[Subject, ...] = ()

    @property
    def span(self) -> tuple[datetime, datetime] | None:
        """From when until when by the local clock; None where no clock was looked at."""
        if self.starts_at is None:
            return None
        begins = datetime.combine(self.worked_on, self.starts_at)
        return begins, begins + timedelta(minutes=self.minutes)


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


class OverlapError(DomainError):
    """The person was busy with other work at that hour; details: person, day, since, until."""

    code = "error.overlap"


class LeftPersonError(DomainError):
    """The person's account is deactivated: no new time is theirs; details: person, day."""

    code = "error.left_person"


class LockedTimeError(DomainError):
    """The day is locked and its time can no longer be changed; details: day."""

    code = "error.locked_time"


class ApprovedTimeError(DomainError):
    """The time is approved: a manager returns it before it is changed; details: day."""

    code = "error.approved_time"


@dataclass(frozen=True, slots=True)
class Around:
    """What is known around the lines that are checked.

    `elsewhere` holds the minutes that each person has on each date from other sources [min],
    `busy` their clock times from other sources, `left` those whose accounts are deactivated.
    """

    today: date
    elsewhere: Mapping[tuple[int, date], int] = field(default_factory=dict)
    busy: Mapping[int, tuple[tuple[datetime, datetime], ...]] = field(default_factory=dict)
    left: frozenset[int] = frozenset()


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
    around: Around,
    name_of: Callable[[int], str],
    changed: frozenset[tuple[int, TimeKind]] | None = None,
) -> None:
    """Refuse time that cannot have been worked: the one check of every path.

    Parameters
    ----------
    lines
        All lines of one source.
    around
        What else is known of those days and people.
    name_of
        Gives the name that stands in an error.
    changed
        Person and kind of the lines that are new or changed; None for all. What stood before
        is not judged again by what has changed since, say that its person has left.

    Raises
    ------
    MinutesError, FutureTimeError, RepeatedKindError, TwoActivitiesError, LeftPersonError,
    LongDayError, OverlapError
        For the first line that cannot be, in the order of the lines.
    """
    lines = tuple(lines)
    days = Counter(around.elsewhere)
    kinds: set[tuple[int, TimeKind]] = set()
    for line in lines:
        days[line.person_id, line.worked_on] += line.minutes
        fault = _fault(line, around.today, lines[0].activity)
        if fault is None and (line.person_id, line.kind) in kinds:
            fault = RepeatedKindError, {"kind": line.kind}
        if fault is None and (changed is None or (line.person_id, line.kind) in changed):
            fault = _fault_around(line, days, around)
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


def _fault_around(
    line: TimeLine, days: Mapping[tuple[int, date], int], around: Around
) -> tuple[type[DomainError], dict[str, object]] | None:
    """Say what is wrong with a line beside the other work of its person; None if nothing is."""
    if line.person_id in around.left:
        return LeftPersonError, {}
    if days[line.person_id, line.worked_on] > _LONGEST_DAY:
        return LongDayError, {"limit": LONGEST_DAY_HOURS}
    span = line.span
    for since, until in around.busy.get(line.person_id, ()) if span else ():
        if span and since < span[1] and span[0] < until:
            return OverlapError, {"since": f"{since:%H:%M}", "until": f"{until:%H:%M}"}
    return None

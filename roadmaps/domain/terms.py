"""What a task may carry besides its duration: terms, dates it must keep, progress, baselines."""

from dataclasses import dataclass
from datetime import datetime

from core.i18n import Coded


class Counting(Coded):
    """In which time a duration or a lag runs.

    Working time runs while the calendar works. Calendar time runs day and night, and its last
    day, when it is not worked, rolls to the next one that is: legal terms, Civil Code of
    Russia, articles 190-193. Elapsed time runs day and night and ends where it ends.
    """

    WORKING = "working"
    CALENDAR = "calendar"
    ELAPSED = "elapsed"


class ConstraintKind(Coded):
    """What binds a task besides its links; those with a date are named as planners do."""

    ASAP = "asap"
    ALAP = "alap"
    SNET = "snet"
    SNLT = "snlt"
    FNET = "fnet"
    FNLT = "fnlt"
    MSO = "mso"
    MFO = "mfo"

    @property
    def is_dated(self) -> bool:
        """Tell whether the constraint needs a date."""
        return self not in {ConstraintKind.ASAP, ConstraintKind.ALAP}

    @property
    def holds_back(self) -> bool:
        """Tell whether it forbids to be earlier."""
        return self in {
            ConstraintKind.SNET,
            ConstraintKind.FNET,
            ConstraintKind.MSO,
            ConstraintKind.MFO,
        }

    @property
    def presses(self) -> bool:
        """Tell whether it forbids to be later."""
        return self in {
            ConstraintKind.SNLT,
            ConstraintKind.FNLT,
            ConstraintKind.MSO,
            ConstraintKind.MFO,
        }

    @property
    def binds_finish(self) -> bool:
        """Tell whether it is about the finish."""
        return self in {ConstraintKind.FNET, ConstraintKind.FNLT, ConstraintKind.MFO}


@dataclass(frozen=True, slots=True)
class Constraint:
    """A date that a task keeps, in the centre's wall time.

    In a plan counted in days, a date for the finish means the end of that day.
    """

    kind: ConstraintKind
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """Three points of an uncertain duration [units of the plan]."""

    optimistic: int
    likely: int
    pessimistic: int


@dataclass(frozen=True, slots=True)
class Progress:
    """What has happened to a task; `remaining` [units] is what is still to be done.

    In a plan counted in days, `finished_at` is the midnight that begins the last day.
    """

    started_at: datetime | None = None
    finished_at: datetime | None = None
    remaining: int | None = None


@dataclass(frozen=True, slots=True)
class BaselineDates:
    """When a task was to be done, as it was once agreed; `duration` [units]."""

    task_id: int
    start: datetime | None
    finish: datetime | None
    duration: int | None = None


@dataclass(frozen=True, slots=True)
class Baseline:
    """The dates of a plan as they were once agreed; `number` from 0.

    However it is built, its dates are sorted by task. It may remember tasks that are gone.
    `taken_at` and `taken_by` (a person of the centre) are known of those taken here.
    """

    number: int
    dates: tuple[BaselineDates, ...]
    title: str = ""
    taken_at: datetime | None = None
    taken_by: int | None = None

    def __post_init__(self) -> None:
        dates = tuple(sorted(self.dates, key=lambda x: x.task_id))
        object.__setattr__(self, "dates", dates)


@dataclass(frozen=True, slots=True)
class Resource:
    """Somebody or something that does the work; `share` of a whole one that is there."""

    id: int
    title: str
    calendar: str = ""
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Assignment:
    """A resource gives a share of its time to a task."""

    task_id: int
    resource_id: int
    share: float = 1.0

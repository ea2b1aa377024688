"""A roadmap as the centre keeps it: the head of a plan, its history, its line in a list."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from typing import Final

from core.errors import RequiredError, TooLongError
from core.i18n import Coded, Term
from roadmaps.domain.chain import Chain
from roadmaps.domain.edits import Edit
from roadmaps.domain.laid import Laid
from roadmaps.domain.outcome import Outcome
from roadmaps.domain.plan import Plan, clean
from roadmaps.domain.schedule import Schedule
from roadmaps.domain.worktime import Span, WorkTime

NAME_LIMIT: Final = 200
_FILE_NAME: Final = 80


class RoadmapState(Coded):
    """How far the work of a plan has come."""

    EMPTY = "empty"
    AHEAD = "ahead"
    UNDER_WAY = "under_way"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Roadmap:
    """The head of a plan. `version` counts its changes: edit number n leads to version n + 1.

    `changed_at` is when anything of it was saved last.
    """

    id: int
    case_id: int
    title: str
    version: int
    created_by: int
    need_id: int | None = None
    changed_at: datetime | None = None

    def file_name(self, ending: str) -> str:
        """Name a file after the roadmap, in letters that every system takes."""
        kept = "".join(x if x.isalnum() or x in " -_" else " " for x in self.title)
        title = " ".join(kept.split())[:_FILE_NAME].strip()
        return f"{title or f'roadmap-{self.id}'}.{ending}"


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a plan says: its title and its first day."""

    title: str
    starts_on: date


@dataclass(frozen=True, slots=True)
class RoadmapSearch:
    """Which roadmaps are asked for; None asks for all."""

    text: str = ""
    initiative_id: int | None = None
    case_id: int | None = None
    state: RoadmapState | None = None
    late_only: bool = False


@dataclass(frozen=True, slots=True)
class RoadmapLine:
    """A roadmap in a list. Shares and counts are over tasks, stages aside."""

    id: int
    case_id: int
    title: str
    initiative: str
    state: RoadmapState
    starts_on: date
    finishes_on: date
    tasks: int
    done: int
    late: int
    next_title: str
    next_on: date | None


@dataclass(frozen=True, slots=True)
class PlanEdit:
    """One change in the history of a plan."""

    seq: int
    forward: Edit
    backward: Edit
    by: int
    made_at: datetime
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Pulse:
    """Whether a plan is still what somebody sees: its version, and whose change led to it."""

    version: int
    by_name: str = ""
    is_mine: bool = False
    at: datetime | None = None


@dataclass(frozen=True)
class LastChange:
    """The latest change of a plan, by whom, and what it did."""

    edit: PlanEdit
    name: str
    outcome: Outcome


@dataclass(frozen=True)
class PlanView:
    """Everything the page of a roadmap shows."""

    roadmap: Roadmap
    laid: Laid
    today: date
    initiative: str
    people: Mapping[int, str]
    preliminary_years: tuple[int, ...]
    may_edit: bool
    zone: tzinfo
    chain: Chain = field(default_factory=Chain)
    need_is_open: bool = False

    @property
    def plan(self) -> Plan:
        """The plan itself."""
        return self.laid.plan

    @property
    def schedule(self) -> Schedule:
        """Its schedule."""
        return self.laid.result

    @property
    def spans(self) -> Mapping[int, Span]:
        """The first and the last moment of every task."""
        return self.laid.spans

    @property
    def when(self) -> WorkTime:
        """The working time it is laid over."""
        return self.laid.when

    @property
    def finish(self) -> datetime:
        """The moment the last task is done."""
        return self.laid.finish

    @property
    def late(self) -> tuple[int, ...]:
        """Ids of the tasks that should be done by today and are not, in row order."""
        return tuple(
            task.id
            for task in self.plan.tasks
            if task.id not in self.plan.stages
            and task.done_percent < 100  # noqa: PLR2004 — per cent
            and self.spans[task.id].last_day(self.plan.unit) < self.today
        )


def clean_name(title: str) -> str:
    """Give a roadmap's title without spaces around it; refuse an empty or endless one."""
    cleaned = clean(title)
    if not cleaned:
        raise RequiredError(field=Term("field.roadmap_title"))
    if len(cleaned) > NAME_LIMIT:
        raise TooLongError(field=Term("field.roadmap_title"), limit=NAME_LIMIT, length=len(cleaned))
    return cleaned


def state_of(tasks: int, done: int, starts_on: date, today: date) -> RoadmapState:
    """Derive how far a plan has come from its counts and its start."""
    if not tasks:
        return RoadmapState.EMPTY
    if done == tasks:
        return RoadmapState.DONE
    return RoadmapState.AHEAD if not done and starts_on > today else RoadmapState.UNDER_WAY

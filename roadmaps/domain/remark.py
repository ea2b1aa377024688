"""What a leader says of a roadmap by their private link, and what they see there."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Final

from core.errors import DomainError, RequiredError, TooLongError
from core.i18n import Term
from roadmaps.domain.plan import clean
from roadmaps.domain.template import Step

REMARK_LIMIT: Final = 1_000
OPEN_LIMIT: Final = 20
REMARK: Final = "roadmap_remark"
"""The origin of a next step that asks the lead to read a remark."""


class TooManyRemarksError(DomainError):
    """Enough remarks stand on the roadmap already; details: limit."""

    code = "error.too_many_remarks"


class StepAheadError(DomainError):
    """A step is said to be done that begins after today only; details: task, at."""

    code = "error.step_ahead"


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody of the initiative wrote, of one task or of the whole roadmap."""

    id: int
    roadmap_id: int
    task_id: int | None
    person_id: int
    text: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class SharedStep:
    """One task as a leader sees it; `step` is the template's advice."""

    id: int
    title: str
    starts_on: date
    finishes_on: date
    is_done: bool
    is_late: bool
    stage: str = ""
    step: Step | None = None
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class SharedRoadmap:
    """The page of a leader: one roadmap and nothing else of the centre."""

    centre: str
    initiative: str
    title: str
    name: str
    person_id: int
    today: date
    zone: tzinfo
    steps: tuple[SharedStep, ...]
    remarks: tuple[Remark, ...] = ()

    @property
    def done(self) -> int:
        """Count the steps that are done."""
        return sum(step.is_done for step in self.steps)


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A task in a calendar: whole days, the last one included."""

    task_id: int
    title: str
    starts_on: date
    finishes_on: date
    is_done: bool


@dataclass(frozen=True, slots=True)
class RoadmapFeed:
    """A roadmap as a calendar reads it."""

    roadmap_id: int
    title: str
    version: int
    language: str
    now: datetime
    entries: tuple[FeedEntry, ...]


def clean_remark(text: str) -> str:
    """Give a remark as it is kept; refuse an empty or endless one."""
    cleaned = clean(text)
    if not cleaned:
        raise RequiredError(field=Term("field.remark"))
    if len(cleaned) > REMARK_LIMIT:
        raise TooLongError(field=Term("field.remark"), limit=REMARK_LIMIT, length=len(cleaned))
    return cleaned

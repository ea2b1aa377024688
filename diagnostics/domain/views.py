"""What the pages of diagnostics show."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from diagnostics.domain.assessment import Assessment, AssessmentState, RespondentKind, Responses
from diagnostics.domain.instrument import Instrument, Item, Labels
from diagnostics.domain.scoring import Comparison, Gap, Profile


@dataclass(frozen=True, slots=True)
class AssessmentSearch:
    """Which runs are asked for; None and empty ask for all."""

    text: str = ""
    state: AssessmentState | None = None
    kind: RespondentKind | None = None
    case_id: int | None = None
    initiative_id: int | None = None
    started_by: int | None = None


@dataclass(frozen=True, slots=True)
class AssessmentLine:
    """A run in a list; `answered` counts the items dealt with in any way."""

    id: int
    case_id: int
    initiative_id: int
    version_id: int
    kind: RespondentKind
    state: AssessmentState
    held_on: date
    started_by: int
    answered: int
    items: int = 0
    initiative: str = ""
    instrument: Labels = field(default_factory=dict)
    author: str = ""


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier submitted run of the same initiative, by the same instrument."""

    id: int
    held_on: date
    kind: RespondentKind


@dataclass(frozen=True, slots=True)
class Beside:
    """The earlier run that stands beside the one being read."""

    run: Earlier
    profile: Profile
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class AssessmentView:
    """Everything the page of one run shows.

    `needs` maps items to the needs of the case that were made of their gaps.
    """

    assessment: Assessment
    instrument: Instrument
    responses: Responses
    initiative: str
    author: str
    profile: Profile
    gaps: tuple[Gap, ...]
    unknowns: tuple[Item, ...]
    needs: Mapping[str, int]
    earlier: tuple[Earlier, ...]
    beside: Beside | None
    may_run: bool
    may_make_needs: bool


@dataclass(frozen=True, slots=True)
class InstrumentLine:
    """A published instrument: its newest version."""

    version_id: int
    name: str
    version: str
    titles: Labels
    domains: int
    items: int


@dataclass(frozen=True, slots=True)
class CaseChoice:
    """A case for which a diagnostic may be started; `drafts` are those not yet finished."""

    case_id: int
    initiative: str
    title: str
    drafts: tuple[int, ...] = ()

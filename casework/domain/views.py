"""What the pages of cases and consultations show."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

from casework.domain.attendance import Attendee
from casework.domain.case import Case, CaseStatus
from casework.domain.closing import Closing
from casework.domain.consultation import Audience, Consultation, ConsultationForm, Line, Work
from casework.domain.feedback import Feedback
from casework.domain.need import Need
from casework.domain.note import Addendum, Unsealing
from casework.domain.step import Step
from casework.domain.substitution import Substitution


@dataclass(frozen=True, slots=True)
class CaseSearch:
    """Which cases are asked for; None asks for all.

    With a person come the cases of those they stand in for, `leads_for`.
    """

    status: CaseStatus | None = None
    person_id: int | None = None
    initiative_id: int | None = None
    open_only: bool = False
    leads_for: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case in a list; `next_on` and `last_on` are of meetings and steps the actor may know."""

    id: int
    initiative_id: int
    initiative: str
    title: str
    lead_id: int
    lead: str
    status: CaseStatus
    opened_on: date
    next_on: date | None = None
    last_on: date | None = None


@dataclass(frozen=True, slots=True)
class CaseBrief:
    """What later features say of a case in their lists; `themes` are codes of the catalogue."""

    id: int
    initiative_id: int
    initiative: str
    lead_id: int
    is_open: bool
    themes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseView:
    """Everything the page of a case shows but its timeline."""

    case: Case
    initiative: str
    needs: tuple[Need, ...]
    steps: tuple[Step, ...]
    planned: tuple[Line, ...]
    people: Mapping[int, str]
    next_on: date | None
    may_edit: bool
    may_record: bool
    closing: Closing | None = None
    may_close: bool = False
    substitution: Substitution | None = None

    @property
    def lead(self) -> str:
        """The name of who leads the case."""
        return self.people.get(self.case.lead_id, "")


@dataclass(frozen=True, slots=True)
class OverlapView:
    """A consultant with another meeting at the same time, as far as the reader may know.

    Of a private one closed to them `other_id` is None and `initiatives` are empty.
    """

    consultation_id: int
    person: str
    on: date
    at: time
    other_id: int | None = None
    initiatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ConsultationView:
    """Everything the page of a meeting shows.

    Redacted, it holds the date and the minutes. `expected` are the people of its initiatives,
    `following` counts the planned meetings of its series from this one on. `shares` are the
    parts of its minutes by case.
    `note` is None while it is closed to the
    reader: for good, or until they open it; its `addenda` are as secret as itself. Once its
    time `is_settled`, a note is corrected by addenda only.
    """

    line: Line
    consultation: Consultation | None = None
    works: tuple[Work, ...] = ()
    shares: Mapping[int, int] = field(default_factory=dict)
    note: str | None = None
    steps: tuple[Step, ...] = ()
    cases: Mapping[int, str] = field(default_factory=dict)
    people: Mapping[int, str] = field(default_factory=dict)
    unsealings: tuple[Unsealing, ...] = ()
    addenda: tuple[Addendum, ...] = ()
    feedback: tuple[Feedback, ...] = ()
    is_settled: bool = False
    attendees: tuple[Attendee, ...] = ()
    following: int = 0
    overlaps: tuple[OverlapView, ...] = ()
    expected: tuple[int, ...] = ()
    may_edit: bool = False
    may_open: bool = False
    may_set_secrecy: bool = False
    may_break_glass: bool = False
    zone: str = ""


@dataclass(frozen=True, slots=True)
class MeetingBrief:
    """What paper says of a meeting that is not private."""

    starts_at: time | None
    form: ConsultationForm
    audience: Audience
    initiatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choices:
    """What a form of a case or a meeting offers to choose from.

    `cases` are those at work, the person's own ones first.
    """

    today: date
    me: int
    people: Mapping[int, str]
    cases: Mapping[int, str]
    own_cases: frozenset[int]


@dataclass(frozen=True, slots=True)
class Day:
    """What waits on a consultant's desk."""

    today: tuple[Line, ...]
    tomorrow: tuple[Line, ...]
    unwritten: tuple[Line, ...]
    steps: tuple[Step, ...]
    idle_cases: tuple[CaseLine, ...]
    cases: Mapping[int, str]
    unsealed: tuple[Unsealing, ...] = ()

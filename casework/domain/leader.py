"""What a leader sees by their own link: what was agreed, when we meet, what they consented to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from types import MappingProxyType
from typing import Final

from accounts.domain.contact import Consent
from casework.domain.consultation import ConsultationForm
from casework.domain.step import QUESTION, STEP_LIMIT, Step
from casework.domain.text import clean
from core.errors import DomainError
from core.i18n import Term

_AGREED: Final = frozenset({None, "consultation"})
OPEN_LIMIT: Final = 10


class TooManyQuestionsError(DomainError):
    """Enough questions wait for an answer already; details: limit."""

    code = "error.too_many_questions"


@dataclass(frozen=True, slots=True)
class Appointment:
    """A planned meeting: when and by what means, and not about what."""

    on: date
    starts_at: time | None
    form: ConsultationForm | None


@dataclass(frozen=True, slots=True)
class LeaderView:
    """The page of a leader; nothing of private talks stands in it."""

    centre: str
    initiative: str
    name: str
    today: date
    waiting: tuple[Step, ...] = ()
    done: tuple[Step, ...] = ()
    meetings: tuple[Appointment, ...] = ()
    questions: tuple[Step, ...] = ()
    consents: tuple[Consent, ...] = ()


@dataclass(frozen=True, slots=True)
class LeaderLinks:
    """The people of a case's initiative, and to whom a live link was given."""

    people: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    live: frozenset[int] = frozenset()


def subject_of(case_id: int, person_id: int) -> str:
    """Name what a link opens: one case, for one person."""
    return f"case:{case_id}/person:{person_id}"


def read_subject(subject: str) -> tuple[int, int]:
    """Give the case and the person of a link's subject."""
    case, person = subject.split("/")
    return int(case.partition(":")[2]), int(person.partition(":")[2])


def agreed(steps: Iterable[Step]) -> tuple[Step, ...]:
    """Keep what was agreed with the initiative: at meetings, or on the page of the case."""
    return tuple(step for step in steps if (step.origin[0] if step.origin else None) in _AGREED)


def asked_by(steps: Iterable[Step], person_id: int) -> tuple[Step, ...]:
    """Keep the questions of one person."""
    return tuple(step for step in steps if step.origin == (QUESTION, person_id))


def clean_question(text: str) -> str:
    """Give a question as it is kept; refuse an empty or endless one."""
    return clean(text, Term("field.question"), STEP_LIMIT, required=True)

"""One filling-in of an instrument for a case: draft, then submitted for good."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, TypeAlias

from core.errors import OutOfRangeError, TooLongError
from core.i18n import Coded, Term
from diagnostics.domain.errors import (
    NothingAnsweredError,
    SubmittedError,
    UnknownAnswerError,
    UnknownItemError,
)
from diagnostics.domain.instrument import Instrument, Missing
from diagnostics.domain.scoring import Answer, Answers

JUSTIFICATION_LIMIT: Final = 2_000
MOST_RESPONDENTS: Final = 100
_YEARS_BACK: Final = 50


class AssessmentState(Coded):
    """A draft may be answered; a submitted one stays as it is."""

    DRAFT = "draft"
    SUBMITTED = "submitted"


class RespondentKind(Coded):
    """Whose view of the initiative this is."""

    TEAM = "team"
    LEADER = "leader"
    CONSULTANT = "consultant"


@dataclass(frozen=True, slots=True)
class NewAssessment:
    """What is known when a diagnostic starts. `token` is the form's own: sent twice, one start."""

    case_id: int
    instrument: str
    kind: RespondentKind
    held_on: date
    respondents: int = 1
    token: str | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """The head of one filling-in."""

    id: int
    case_id: int
    initiative_id: int
    version_id: int
    kind: RespondentKind
    respondents: int
    state: AssessmentState
    held_on: date
    started_by: int
    started_at: datetime
    submitted_at: datetime | None
    version: int


@dataclass(frozen=True, slots=True)
class Response:
    """What stands under one item: the answer, and the example that shows it."""

    answer: Answer = Missing.NOT_ANSWERED
    justification: str = ""


Responses: TypeAlias = Mapping[str, Response]


def answers(responses: Responses) -> Answers:
    """Take the bare answers of responses."""
    return {item: response.answer for item, response in responses.items()}


def check_new(new: NewAssessment, today: date) -> None:
    """Refuse a diagnostic held tomorrow, or by nobody or a crowd."""
    low = date(today.year - _YEARS_BACK, 1, 1)
    if not low <= new.held_on <= today:
        raise OutOfRangeError(field=Term("field.held_on"), low=low, high=today)
    if not 1 <= new.respondents <= MOST_RESPONDENTS:
        raise OutOfRangeError(field=Term("field.respondents"), low=1, high=MOST_RESPONDENTS)


def check_draft(assessment: Assessment) -> None:
    """Refuse to change what has been submitted."""
    if assessment.state is not AssessmentState.DRAFT:
        raise SubmittedError


def check_answer(instrument: Instrument, item_name: str, answer: Answer) -> None:
    """Refuse an answer that the item does not offer; "not answered" is always open."""
    item = instrument.item(item_name)
    if item is None:
        raise UnknownItemError(item=item_name)
    if isinstance(answer, Missing):
        known = answer is Missing.NOT_ANSWERED or answer in item.scale.ways_out
    else:
        known = item.scale.level(answer) is not None
    if not known:
        raise UnknownAnswerError(answer=answer)


def clean_justification(text: str) -> str:
    """Give the text without spaces around it; refuse an endless one."""
    cleaned = text.strip()
    if len(cleaned) > JUSTIFICATION_LIMIT:
        raise TooLongError(
            field=Term("field.justification"), limit=JUSTIFICATION_LIMIT, length=len(cleaned)
        )
    return cleaned


def check_submission(given: Answers) -> None:
    """Refuse to submit a diagnostic in which no item has a level."""
    if all(isinstance(answer, Missing) for answer in given.values()):
        raise NothingAnsweredError


def progress(instrument: Instrument, given: Answers) -> dict[str, tuple[int, int]]:
    """Count, per domain, the items dealt with in any way, of all its items."""
    return {
        domain.name: (
            sum(
                given.get(item.name, Missing.NOT_ANSWERED) is not Missing.NOT_ANSWERED
                for item in domain.items
            ),
            len(domain.items),
        )
        for domain in instrument.domains
    }

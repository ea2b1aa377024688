"""Contacts with authorities: what was sent, when an answer is due, what came."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from casework.domain.text import clean
from core.errors import OutOfRangeError, RequiredError
from core.i18n import Coded, Term

ANSWER_DAYS: Final = timedelta(days=30)
"""How long an authority has after registration: article 12 of law 59-FZ [calendar days]."""
ADDRESSEE_LIMIT: Final = 300
SUBJECT_LIMIT: Final = 1_000
NUMBER_LIMIT: Final = 60
ANSWER_LIMIT: Final = 5_000
EARLIEST: Final = date(2000, 1, 1)


class AuthorityKind(Coded):
    """How an initiative turns to an authority."""

    APPEAL = "appeal"
    HEARING = "hearing"
    PROPOSAL = "proposal"
    MEETING = "meeting"


class AuthorityResult(Coded):
    """What came of it."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    REFUSED = "refused"
    NO_ANSWER = "no_answer"


@dataclass(frozen=True, slots=True)
class AuthorityForm:
    """What is said of a contact with an authority."""

    kind: AuthorityKind
    addressee: str
    subject: str
    registered_on: date | None = None
    due_on: date | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an authority answered, or that it did not."""

    result: AuthorityResult | None
    answered_on: date | None = None
    text: str = ""
    document_id: int | None = None


@dataclass(frozen=True, slots=True)
class AuthorityContact:
    """A contact with an authority."""

    id: int
    case_id: int
    form: AuthorityForm
    version: int
    answer: Answer | None = None

    def is_late(self, today: date) -> bool:
        """Tell whether the answer is overdue."""
        return self.answer is None and self.form.due_on is not None and self.form.due_on < today


def proposed_due(kind: AuthorityKind, registered_on: date) -> date | None:
    """Propose when an answer is due: by law after an appeal or a proposal, else nothing is."""
    if kind in {AuthorityKind.APPEAL, AuthorityKind.PROPOSAL}:
        return registered_on + ANSWER_DAYS
    return None


def clean_authority(form: AuthorityForm, today: date) -> AuthorityForm:
    """Give a contact as it is kept.

    Raises
    ------
    RequiredError
        If it does not say to whom, about what, or when it was registered.
    OutOfRangeError
        If it was registered in the future, or the answer is due before that.
    """
    if form.registered_on is None:
        raise RequiredError(field=Term("field.registered_on"))
    if not EARLIEST <= form.registered_on <= today:
        raise OutOfRangeError(field=Term("field.registered_on"), low=EARLIEST, high=today)
    if form.due_on is not None and form.due_on < form.registered_on:
        latest = form.registered_on.replace(year=form.registered_on.year + 5, day=1)
        raise OutOfRangeError(field=Term("field.due_on"), low=form.registered_on, high=latest)
    return replace(
        form,
        addressee=clean(form.addressee, Term("field.addressee"), ADDRESSEE_LIMIT, required=True),
        subject=clean(form.subject, Term("field.subject"), SUBJECT_LIMIT, required=True),
        number=clean(form.number, Term("field.number"), NUMBER_LIMIT),
    )


def clean_answer(answer: Answer, registered_on: date, today: date) -> Answer:
    """Give an answer as it is kept.

    Raises
    ------
    RequiredError
        If it has no result or day.
    OutOfRangeError
        If it lies before the registration or in the future.
    """
    if answer.result is None:
        raise RequiredError(field=Term("field.result"))
    if answer.answered_on is None:
        raise RequiredError(field=Term("field.answered_on"))
    if not registered_on <= answer.answered_on <= today:
        raise OutOfRangeError(field=Term("field.answered_on"), low=registered_on, high=today)
    return replace(answer, text=clean(answer.text, Term("field.answer"), ANSWER_LIMIT))

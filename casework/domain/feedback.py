"""What an initiative says of a meeting: how useful it was, and one sentence."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from casework.domain.text import clean
from core.errors import DomainError, OutOfRangeError
from core.i18n import Term

LEAST: Final = 1
MOST: Final = 5
SENTENCE_LIMIT: Final = 500


class NotHeldError(DomainError):
    """The meeting was not held, so nobody can say how it was; details: none."""

    code = "error.not_held"


@dataclass(frozen=True, slots=True)
class Feedback:
    """One answer."""

    usefulness: int
    sentence: str = ""
    given_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page of the answer shows: the centre and the day, nothing of the talk.

    The day of a private talk is not told: the link may lie on a shared phone.
    """

    centre: str
    held_on: date | None


def clean_feedback(given: Feedback) -> Feedback:
    """Give an answer as it is kept. Raises `OutOfRangeError`, `TooLongError`."""
    if not LEAST <= given.usefulness <= MOST:
        raise OutOfRangeError(field=Term("field.usefulness"), low=LEAST, high=MOST)
    sentence = " ".join(clean(given.sentence, Term("field.sentence"), SENTENCE_LIMIT).split())
    return Feedback(given.usefulness, sentence)

"""One expert's sheet on one project: marks with reasons, a comment, recommendations."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from core.errors import InvalidError, OutOfRangeError, RequiredError, TooLongError
from core.i18n import Coded, Term
from panels.domain.criteria import Criterion
from panels.domain.errors import MissingMarksError, NoCriteriaError

_BULLET: Final = re.compile(r"^(?:[-•—–*·]|\d{1,2}[.)])\s+")
LONGEST_REASON: Final = 2_000
LONGEST_COMMENT: Final = 10_000


class SheetState(Coded):
    """A draft belongs to its expert alone; a submitted sheet counts."""

    DRAFT = "draft"
    SUBMITTED = "submitted"

    @property
    def is_final(self) -> bool:
        """Tell whether the sheet was handed in."""
        return self is SheetState.SUBMITTED


class Progress(Coded):
    """How far an expert has come with a project, as the chair sees it."""

    NOT_BEGUN = "not_begun"
    BEGUN = "begun"
    SUBMITTED = "submitted"
    BARRED = "barred"


@dataclass(frozen=True, slots=True)
class Score:
    """A mark on one criterion, or an abstention from it.

    No mark and no abstention means: not marked yet. It is never a zero.
    """

    criterion_id: int
    mark: int | None = None
    abstains: bool = False
    reason: str = ""

    @property
    def is_answered(self) -> bool:
        """Tell whether the expert has decided about this criterion."""
        return self.mark is not None or self.abstains


@dataclass(frozen=True, slots=True)
class Opinion:
    """What an expert has to say about a project: everything that a save replaces."""

    scores: tuple[Score, ...] = ()
    comment: str = ""
    recommendation: str = ""

    def score(self, criterion_id: int) -> Score:
        """Give the score on a criterion, unmarked if there is none."""
        found = (score for score in self.scores if score.criterion_id == criterion_id)
        return next(found, Score(criterion_id))

    @property
    def has_marks(self) -> bool:
        """Tell whether there is at least one mark."""
        return any(score.mark is not None for score in self.scores)

    @property
    def recommendations(self) -> tuple[str, ...]:
        """Give the recommendations: one a line, without bullets and empty lines."""
        lines = (
            _BULLET.sub("", f"{line.strip()} ").strip() for line in self.recommendation.splitlines()
        )
        return tuple(dict.fromkeys(line for line in lines if line))


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """The sheet of one expert on one project."""

    id: int
    submission_id: int
    expert_id: int
    state: SheetState = SheetState.DRAFT
    opinion: Opinion = Opinion()
    version: int = 1
    submitted_at: datetime | None = None
    return_reason: str = ""

    @property
    def is_submitted(self) -> bool:
        """Tell whether the sheet was handed in."""
        return self.state.is_final

    @property
    def progress(self) -> Progress:
        """Say how far the expert has come, without saying what they think."""
        if self.is_submitted:
            return Progress.SUBMITTED
        return Progress.BEGUN if self.version > 1 else Progress.NOT_BEGUN

    @property
    def counts(self) -> bool:
        """Tell whether the sheet enters the means: handed in, with at least one mark."""
        return self.is_submitted and self.opinion.has_marks


def check_opinion(opinion: Opinion, criteria: Sequence[Criterion]) -> None:
    """Refuse what cannot stand even in a draft.

    Raises
    ------
    InvalidError
        A score on a criterion that the panel does not have, or two on the same.
    OutOfRangeError
        A mark outside the scale; 0 is outside every scale.
    TooLongError
        A reason, the comment or the recommendations are too long.
    """
    known = {criterion.id: criterion for criterion in criteria}
    if len({score.criterion_id for score in opinion.scores}) < len(opinion.scores):
        raise InvalidError(field=Term("field.mark"), value="")
    for score in opinion.scores:
        if score.criterion_id not in known or (score.abstains and score.mark is not None):
            raise InvalidError(field=Term("field.mark"), value=score.mark)
        scale = known[score.criterion_id].scale
        if score.mark is not None and score.mark not in scale.marks:
            raise OutOfRangeError(field=Term("field.mark"), low=scale.low, high=scale.high)
        _check_length(score.reason, Term("field.reason"), LONGEST_REASON)
    _check_length(opinion.comment, Term("field.comment"), LONGEST_COMMENT)
    _check_length(opinion.recommendation, Term("field.recommendation"), LONGEST_COMMENT)


def check_complete(opinion: Opinion, criteria: Sequence[Criterion]) -> None:
    """Refuse to hand in an unfinished sheet.

    Raises
    ------
    NoCriteriaError
        The panel has no criteria.
    MissingMarksError
        A required criterion has neither a mark nor an abstention.
    RequiredError
        An abstention gives no reason.
    """
    if not criteria:
        raise NoCriteriaError
    missing = unanswered(opinion, criteria)
    if missing:
        raise MissingMarksError(numbers=missing)
    for score in opinion.scores:
        if score.abstains and not score.reason.strip():
            raise RequiredError(field=Term("field.abstention_reason"))


def unanswered(opinion: Opinion, criteria: Sequence[Criterion]) -> tuple[int, ...]:
    """Give the numbers, from one, of required criteria without mark or abstention."""
    return tuple(
        number
        for number, criterion in enumerate(criteria, start=1)
        if criterion.is_required and not opinion.score(criterion.id).is_answered
    )


def _check_length(text: str, field: Term, limit: int) -> None:
    if len(text) > limit:
        raise TooLongError(field=field, limit=limit, length=len(text))

"""What was agreed to do next, by whom and by when."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from casework.domain.text import clean
from core.errors import RequiredError
from core.i18n import Coded, Term

STEP_LIMIT: Final = 1_000
QUESTION: Final = "leader_question"
"""The origin of a step that is a leader's question; answered, it is ticked."""


class StepKind(Coded):
    """Something to do, or a day to ask again how it goes."""

    STEP = "step"
    FOLLOW_UP = "follow_up"


@dataclass(frozen=True, slots=True)
class NewStep:
    """A step as it is agreed; `need_id` is the need that it answers."""

    text: str
    due_on: date | None = None
    responsible_id: int | None = None
    kind: StepKind = StepKind.STEP
    need_id: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """An agreed step and whether it is done."""

    id: int
    case_id: int | None
    text: str
    due_on: date | None
    responsible_id: int | None
    done_on: date | None = None
    origin: tuple[str, int] | None = None
    kind: StepKind = StepKind.STEP
    need_id: int | None = None

    @property
    def is_question(self) -> bool:
        """Whether a leader asked it by their own link."""
        return self.origin is not None and self.origin[0] == QUESTION

    def is_late(self, today: date) -> bool:
        """Tell whether the step is past its day and not done."""
        return self.done_on is None and self.due_on is not None and self.due_on < today


def clean_step(step: NewStep) -> NewStep:
    """Give the step as it is kept; refuse an empty or endless one, and asking again some day."""
    text = clean(step.text, Term("field.step"), STEP_LIMIT, required=True)
    if step.kind is StepKind.FOLLOW_UP and step.due_on is None:
        raise RequiredError(field=Term("field.day"))
    return replace(step, text=text)


def clean_steps(steps: Iterable[NewStep]) -> tuple[NewStep, ...]:
    """Clean steps typed line by line; lines without any text are no steps."""
    return tuple(clean_step(step) for step in steps if step.text.strip())

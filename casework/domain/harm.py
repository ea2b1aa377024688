"""Harm and complaints: the centre says that it harmed nobody, and here it can be wrong."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from casework.domain.text import clean
from core.errors import OutOfRangeError, RequiredError
from core.i18n import Coded, Term

WHOM_LIMIT: Final = 300
TEXT_LIMIT: Final = 5_000
EARLIEST: Final = date(2000, 1, 1)


class HarmKind(Coded):
    """Whether an initiative was harmed, or complains."""

    HARM = "harm"
    COMPLAINT = "complaint"


@dataclass(frozen=True, slots=True)
class HarmForm:
    """What happened, and by whom."""

    kind: HarmKind
    happened_on: date | None
    by_whom: str
    what: str


@dataclass(frozen=True, slots=True)
class Harm:
    """Harm or a complaint; open until it is said how it was handled."""

    id: int
    case_id: int
    form: HarmForm
    version: int
    recorded_by: int
    handling: str = ""
    handled_on: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether nobody has handled it yet."""
        return self.handled_on is None


@dataclass(frozen=True, slots=True)
class HarmFigures:
    """How many different initiatives were harmed and complained, and how many wait."""

    harmed: int
    complained: int
    open: int


def clean_harm(form: HarmForm, today: date) -> HarmForm:
    """Give it as it is kept.

    Raises
    ------
    RequiredError
        If the day, what happened or by whom is not said.
    OutOfRangeError
        If it lies in the future.
    """
    if form.happened_on is None:
        raise RequiredError(field=Term("field.happened_on"))
    if not EARLIEST <= form.happened_on <= today:
        raise OutOfRangeError(field=Term("field.happened_on"), low=EARLIEST, high=today)
    return replace(
        form,
        by_whom=clean(form.by_whom, Term("field.by_whom"), WHOM_LIMIT, required=True),
        what=clean(form.what, Term("field.what_happened"), TEXT_LIMIT, required=True),
    )


def clean_handling(text: str) -> str:
    """Give how it was handled as it is kept; it has to say something."""
    return clean(text, Term("field.handling"), TEXT_LIMIT, required=True)

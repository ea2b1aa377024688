"""Every figure that shows hours: what it counts, and where its rows are.

Pages draw hours only through `hours.pages.parts.figures`, which asks this list; a test holds
them to it, opens the rows behind each figure and counts them a second time.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from hours.domain.agreements import Measure


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of hours.

    `counts` says in words what is added up, `rows` names the page that lists it: another
    page's address, or the figure's own page where its rows stand beneath it.
    """

    name: str
    page: str
    rows: str
    counts: str
    measure: Measure = Measure.STAFF

    @property
    def is_on_its_page(self) -> bool:
        """Whether the rows stand on the page of the figure itself."""
        return self.rows == self.page


_ROWS: Final = "hour_rows"
_SERVED: Final = "served"


def _listed(figures: Iterable[Figure]) -> Mapping[str, Figure]:
    return MappingProxyType({figure.name: figure for figure in figures})


FIGURES: Final = _listed(
    (
        Figure("activity", "hours", _ROWS, "counted time of an activity in a quarter"),
        Figure("kind", "hours", _ROWS, "its part of one kind of time"),
        Figure("week", "hours", _ROWS, "its part of one week, cut at the quarter's edges"),
        Figure("topic", "hours", _ROWS, "its part of one topic: the topic's shares"),
        Figure("person", "hours", _ROWS, "its part of one consultant"),
        Figure("rows", _ROWS, _ROWS, "the rows of an address"),
        Figure("own", "my_hours", _ROWS, "the reader's own counted time of a period"),
        Figure("own_kind", "my_hours", _ROWS, "its part of one kind of time"),
        Figure("own_topic", "my_hours", _ROWS, "its part of one topic"),
        Figure("own_day", "my_hours", "my_hours", "its part of one day or week"),
        Figure("own_state", "my_hours", "my_hours", "own entries of one state, drafts too"),
        Figure("month", "hours_month", "hours_month", "everybody's entries of one state"),
        Figure("month_state", "hours_month", "hours_month", "a person's entries of one state"),
        Figure(
            "month_event",
            "hours_month",
            "hours_month",
            "a person's meetings, by their state",
            Measure.EVENT,
        ),
        Figure("month_seen", "hours_month", "hours_month", "what an approval would approve"),
        Figure("agreements", "agreements", "agreement", "staff time of today's period"),
        Figure("agreement_staff", "agreement", _ROWS, "staff time of an agreement's period"),
        Figure("agreement_event", "agreement", _SERVED, "its meetings' length", Measure.EVENT),
        Figure(
            "agreement_person", "agreement", _SERVED, "that, times who attended", Measure.PERSON
        ),
        Figure("agreement_line", "agreement", _ROWS, "plan and fact of one promise"),
        Figure("meetings", _SERVED, _SERVED, "the meetings of a period", Measure.EVENT),
        Figure("journal", "journal", _ROWS, "one person's counted time of a period"),
        Figure("journal_section", "journal", "journal", "its lines' part of one activity"),
        Figure("journal_kind", "journal", "journal", "its lines' part of one kind"),
        Figure("journal_private", "journal", "journal", "its part that paper tells no day of"),
        Figure("journal_topic", "journal", "journal", "its parts by topic: the annex"),
        Figure("consultations", "consultations", "consultations", "time of the meetings listed"),
        Figure("consultation", "consultation", "consultation", "time of one meeting"),
    )
)


def registered(name: str) -> Figure:
    """Return what the registry says of a figure. Raises `KeyError` for one it does not know."""
    return FIGURES[name]

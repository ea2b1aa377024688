"""What happened in a case: one list, newest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from core.i18n import Coded, Term


class TimelineKind(Coded):
    """What an entry of a case's timeline tells of."""

    OPENED = "opened"
    STATUS_CHANGED = "status_changed"
    CONSULTATION = "consultation"
    NEED = "need"
    STEP_DONE = "step_done"
    LIFE_EVENT = "life_event"
    ASSESSMENT = "assessment"
    ROADMAP = "roadmap"
    LEADER_MARK = "leader_mark"
    SUBMISSION = "submission"
    LEAD_CHANGED = "lead_changed"
    CLOSING = "closing"
    REFERRAL = "referral"
    AUTHORITY = "authority"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a timeline.

    `facts` are codes to be shown as labels (states, topics), `text` is what people wrote.
    `source` is what the line opens: type and id, such as `("consultation", 5)`.
    """

    kind: TimelineKind
    happened_on: date
    source: tuple[str, int]
    facts: tuple[Coded | Term, ...] = ()
    text: str = ""
    minutes: int | None = None
    people: tuple[int, ...] = ()
    is_redacted: bool = False


def newest_first(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Order a timeline: the latest day on top, within a day the latest source on top."""
    return tuple(sorted(entries, key=lambda e: (e.happened_on, e.source[1], e.kind), reverse=True))

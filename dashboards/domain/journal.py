"""What a consultant signs for a month: the journal of the work and the annex to the certificate."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from casework.domain.consultation import CONFIDENTIAL, Audience, ConsultationForm
from hours.domain.entries import Activity, TimeKind
from hours.domain.periods import Period

SECRET_TOPICS = frozenset(topic.value for topic in CONFIDENTIAL)
"""Topics that paper never names: their lines are one line."""


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One source of work time on one date, a meeting say. Private ones have no line.

    `is_meeting` is false of own work, of which nobody else was part.
    """

    worked_on: date
    minutes: tuple[tuple[TimeKind, int], ...]
    starts_at: time | None = None
    initiatives: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    form: ConsultationForm | None = None
    audience: Audience | None = None
    activity: Activity = Activity.CONSULTING
    is_meeting: bool = True

    @property
    def total(self) -> int:
        """The minutes of every kind [min]."""
        return sum(minutes for _kind, minutes in self.minutes)


@dataclass(frozen=True, slots=True)
class Share:
    """The minutes that one topic got of one source of work [min]."""

    source: tuple[str, int]
    topic: str | None
    minutes: int
    activity: Activity = Activity.CONSULTING
    is_meeting: bool = True


@dataclass(frozen=True, slots=True)
class AnnexLine:
    """One kind of work in the annex: consulting by its topics, every other activity as a whole.

    A topic of None is work without one; `is_secret` is work whose topics and number of
    meetings paper does not tell. `meetings` are None where none can be told.
    """

    topic: str | None
    meetings: int | None
    minutes: int
    is_secret: bool = False
    activity: Activity = Activity.CONSULTING


@dataclass(frozen=True, slots=True)
class Journal:
    """The work of one person in a period, as it is printed.

    Paper leaves the house, so of private meetings it tells a sum without days, to the
    consultant who signs it too. `lines` stand section by section, each in the order of the
    calendar, `annex` in that of its minutes; with the private minutes each adds up to the same,
    the person's figure in the ledger.
    """

    centre: str
    person: str
    period: Period
    lines: tuple[JournalLine, ...]
    annex: tuple[AnnexLine, ...]
    private_minutes: int = 0
    """What the reader's figure of these hours holds of private meetings [min]."""
    is_whole: bool = True
    """Whether that is all of them: others are told only sums of many meetings."""
    unapproved: int = 0
    """Of all its minutes, those that nobody has approved yet [min]."""
    opened: tuple[tuple[date, str], ...] = ()
    """Days that were locked and opened again, each with the reason."""
    manager: str = ""
    """Who signs for the centre; empty leaves the place to be filled in by hand."""

    @property
    def kinds(self) -> tuple[TimeKind, ...]:
        """The kinds of time that occur, in the order of their list."""
        found = {kind for line in self.lines for kind, _minutes in line.minutes}
        return tuple(kind for kind in TimeKind if kind in found)

    @property
    def total(self) -> int:
        """The minutes of every line and the private ones: the figure of these hours [min]."""
        return self.private_minutes + sum(line.total for line in self.lines)

    @property
    def sections(self) -> tuple[tuple[Activity, tuple[JournalLine, ...]], ...]:
        """The lines of each activity that occurs, in the order of their list."""
        parts = (
            (each, tuple(line for line in self.lines if line.activity is each)) for each in Activity
        )
        return tuple((each, lines) for each, lines in parts if lines)

    @property
    def meetings(self) -> int:
        """How many of the lines are meetings."""
        return sum(line.is_meeting for line in self.lines)

    def of_kind(self, kind: TimeKind) -> int:
        """Add up what is told of one kind of time [min]."""
        return sum(dict(line.minutes).get(kind, 0) for line in self.lines)


def annex_of(shares: Iterable[Share], private_minutes: int = 0) -> tuple[AnnexLine, ...]:
    """Add up what was done: consulting by topic, then every other activity as one line.

    The largest topic comes first, of equal ones in the order of their codes; private work and
    work of confidential topics is one line, the last. A source with several topics counts as
    one meeting of each.
    """
    minutes: Counter[tuple[Activity, str | None]] = Counter()
    sources: dict[tuple[Activity, str | None], set[tuple[str, int]]] = {}
    secret = private_minutes
    for share in shares:
        if share.topic in SECRET_TOPICS:
            secret += share.minutes
            continue
        key = share.activity, share.topic if share.activity is Activity.CONSULTING else None
        minutes[key] += share.minutes
        sources.setdefault(key, set()).update({share.source} if share.is_meeting else ())
    order = list(Activity)
    ordered = sorted(
        minutes.items(), key=lambda each: (order.index(each[0][0]), -each[1], each[0][1] or "")
    )
    lines = [
        AnnexLine(key[1], len(sources[key]) or None, total, activity=key[0])
        for key, total in ordered
    ]
    if secret:
        lines.append(AnnexLine(None, None, secret, is_secret=True))
    return tuple(lines)

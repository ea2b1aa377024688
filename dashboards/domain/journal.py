"""What a consultant signs for a month: the journal of meetings and the annex to the certificate."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from casework.domain.consultation import CONFIDENTIAL, Audience, ConsultationForm
from hours.domain.entries import TimeKind
from hours.domain.periods import Period

SECRET_TOPICS = frozenset(topic.value for topic in CONFIDENTIAL)
"""Topics that paper never names: their lines are one line."""


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One source of work time on one date: a meeting, or other work.

    Paper leaves the house, so of private work it tells the date and the minutes to every
    reader, the consultant who signs it among them.
    """

    worked_on: date
    minutes: tuple[tuple[TimeKind, int], ...]
    is_private: bool = False
    untold_minutes: int = 0
    """Those of private work, whose kinds paper does not tell [min]."""
    starts_at: time | None = None
    initiatives: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    form: ConsultationForm | None = None
    audience: Audience | None = None

    @property
    def total(self) -> int:
        """The minutes of every kind [min]."""
        return self.untold_minutes + sum(minutes for _kind, minutes in self.minutes)


@dataclass(frozen=True, slots=True)
class Share:
    """The minutes that one topic got of one source of work [min]."""

    source: tuple[str, int]
    topic: str | None
    minutes: int
    is_private: bool = False


@dataclass(frozen=True, slots=True)
class AnnexLine:
    """One kind of work in the annex.

    A topic of None is work without one; `is_secret` is work whose topics paper does not name.
    """

    topic: str | None
    meetings: int
    minutes: int
    is_secret: bool = False


@dataclass(frozen=True, slots=True)
class Journal:
    """The work of one person in a period, as it is printed.

    `lines` stand in the order of the calendar; `annex` in that of its minutes, the largest
    first. Both add up to the same minutes.
    """

    centre: str
    person: str
    period: Period
    lines: tuple[JournalLine, ...]
    annex: tuple[AnnexLine, ...]
    manager: str = ""
    """Who signs for the centre; empty leaves the place to be filled in by hand."""

    @property
    def kinds(self) -> tuple[TimeKind, ...]:
        """The kinds of time that occur, in the order of their list."""
        found = {kind for line in self.lines for kind, _minutes in line.minutes}
        return tuple(kind for kind in TimeKind if kind in found)

    @property
    def total(self) -> int:
        """The minutes of every line [min]."""
        return sum(line.total for line in self.lines)

    def of_kind(self, kind: TimeKind) -> int:
        """Add up what is told of one kind of time [min]."""
        return sum(dict(line.minutes).get(kind, 0) for line in self.lines)


def printable(line: JournalLine) -> JournalLine:
    """Keep the date and the minutes of private work and nothing else."""
    if not line.is_private:
        return line
    return JournalLine(line.worked_on, (), is_private=True, untold_minutes=line.total)


def annex_of(shares: Iterable[Share]) -> tuple[AnnexLine, ...]:
    """Add up what was done by topic.

    The largest comes first, of equal ones in the order of their codes; private work and work of
    confidential topics is one line, the last. A source with several topics counts as one
    meeting of each.
    """
    minutes: Counter[str | None] = Counter()
    sources: dict[str | None, set[tuple[str, int]]] = {}
    secret = 0
    secret_sources = set[tuple[str, int]]()
    for share in shares:
        if share.is_private or share.topic in SECRET_TOPICS:
            secret += share.minutes
            secret_sources.add(share.source)
        else:
            minutes[share.topic] += share.minutes
            sources.setdefault(share.topic, set()).add(share.source)
    ordered = sorted(minutes.items(), key=lambda each: (-each[1], each[0] or ""))
    lines = [AnnexLine(topic, len(sources[topic]), total) for topic, total in ordered]
    if secret_sources:
        lines.append(AnnexLine(None, len(secret_sources), secret, is_secret=True))
    return tuple(lines)

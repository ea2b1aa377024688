"""The calendar: which days a view shows, and what stands on them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from types import MappingProxyType

from casework.domain.consultation import ConsultationStatus, Topic
from core.i18n import Coded

_WEEK = timedelta(days=7)


class Span(Coded):
    """How much the calendar shows at once."""

    MONTH = "month"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class Entry:
    """A meeting in the calendar.

    Of one that is private and closed to the reader it tells when, and nothing else.
    """

    on: date
    starts_at: time | None = None
    minutes: int = 0
    id: int | None = None
    status: ConsultationStatus | None = None
    initiatives: tuple[str, ...] = ()
    topics: tuple[Topic, ...] = ()
    consultants: tuple[str, ...] = ()
    is_private: bool = False

    @property
    def is_busy(self) -> bool:
        """Whether it is closed to the reader."""
        return self.id is None

    @property
    def hours(self) -> str:
        """Its hours, 10:00-11:00; empty without a beginning."""
        if self.starts_at is None:
            return ""
        begins = self.starts_at.hour * 60 + self.starts_at.minute
        ends = (begins + self.minutes) % (24 * 60)
        return f"{self.starts_at:%H:%M}–{ends // 60:02}:{ends % 60:02}"


@dataclass(frozen=True, slots=True)
class Agenda:
    """A view of the calendar: its days in order, today, who can be chosen."""

    span: Span
    anchor: date
    today: date
    me: int
    days: tuple[date, ...]
    entries: tuple[Entry, ...] = ()
    people: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, day: date) -> tuple[Entry, ...]:
        """List what stands on a day."""
        return tuple(entry for entry in self.entries if entry.on == day)

    @property
    def before(self) -> date:
        """A day of the view before this one."""
        first = self.anchor.replace(day=1) if self.span is Span.MONTH else self.days[0]
        return first - timedelta(days=1)

    @property
    def after(self) -> date:
        """A day of the view after this one."""
        if self.span is Span.WEEK:
            return self.days[-1] + timedelta(days=1)
        return (self.anchor.replace(day=28) + timedelta(days=7)).replace(day=1)


def days_of(span: Span, anchor: date) -> tuple[date, ...]:
    """List the days of a view, whole weeks from Monday on."""
    if span is Span.WEEK:
        monday = anchor - timedelta(days=anchor.weekday())
        return _run(monday, monday + _WEEK)
    first = anchor.replace(day=1)
    last = (anchor.replace(day=28) + timedelta(days=7)).replace(day=1) - timedelta(days=1)
    begins = first - timedelta(days=first.weekday())
    ends = last + timedelta(days=7 - last.weekday())
    return _run(begins, ends)


def weeks_of(days: Iterable[date]) -> tuple[tuple[date, ...], ...]:
    """Take days apart into weeks."""
    listed = tuple(days)
    return tuple(listed[place : place + 7] for place in range(0, len(listed), 7))


def _run(since: date, until: date) -> tuple[date, ...]:
    return tuple(since + timedelta(days=n) for n in range((until - since).days))

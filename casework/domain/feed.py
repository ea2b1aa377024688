"""What a calendar feed tells of a meeting: nothing that others must not read."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

SUMMARY_LIMIT: Final = 120


@dataclass(frozen=True, slots=True)
class FeedEvent:
    """A meeting in a feed; a private one, even the reader's own, names no initiative."""

    id: int
    version: int
    on: date
    starts_at: time | None
    minutes: int
    initiatives: tuple[str, ...] = ()
    is_private: bool = False


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed is written from; `now` is the instant at which it was read."""

    events: tuple[FeedEvent, ...]
    language: str
    zone: ZoneInfo
    now: datetime


def summary(event: FeedEvent, *, busy: str, meeting: str) -> str:
    """Say what an event is called: of a private one, that the time is taken.

    Whoever runs the calendar's server reads it, so topics and people never stand there.
    """
    if event.is_private:
        return busy
    names = ", ".join(event.initiatives)
    return f"{meeting}: {names}"[:SUMMARY_LIMIT] if names else meeting

"""A roadmap as a calendar feed (RFC 5545): whole days, which every calendar program shows."""

from datetime import timedelta

from icalendar import Calendar, Event

from core.i18n import Translator
from roadmaps.domain.remark import FeedEntry, RoadmapFeed


def write_roadmap_feed(feed: RoadmapFeed, host: str, _: Translator) -> bytes:
    """Write one event for each task; stages have none.

    `host` makes ids unique among centres; they stay the same as long as the task does, so
    calendars move an event rather than double it.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Casework//Roadmap//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", feed.title)
    calendar.add("x-published-ttl", "PT1H")
    for entry in feed.entries:
        event = _event(entry, _)
        event.add("uid", f"roadmap-{feed.roadmap_id}-task-{entry.task_id}@{host}")
        event.add("dtstamp", feed.now)
        event.add("sequence", feed.version)
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def _event(entry: FeedEntry, _: Translator) -> Event:
    event = Event()
    title = _("done: {title}", title=entry.title) if entry.is_done else entry.title
    event.add("summary", title)
    event.add("dtstart", entry.starts_on)
    event.add("dtend", entry.finishes_on + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    return event

"""A person's meetings as a calendar feed (RFC 5545), without a confidential word."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from casework.domain.feed import Feed, FeedEvent, summary
from core.i18n import Translator


def write_feed(feed: Feed, host: str, _: Translator) -> bytes:
    """Write a feed as `text/calendar`, in the centre's time zone with its rules.

    `host` makes ids unique among centres (`consultation-5@example.org`); they stay the same as
    long as the meeting does, so calendars move an event rather than double it.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Casework//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Consultations"))
    calendar.add("x-published-ttl", "PT1H")
    for event in feed.events:
        written = _event(event, feed.zone, _)
        written.add("uid", f"consultation-{event.id}@{host}")
        written.add("dtstamp", feed.now)
        calendar.add_component(written)
    calendar.add_missing_timezones()
    written_out: bytes = calendar.to_ical()
    return written_out


def _event(event: FeedEvent, zone: ZoneInfo, _: Translator) -> Event:
    written = Event()
    written.add("sequence", event.version)
    written.add("summary", summary(event, busy=_("Busy"), meeting=_("Consultation")))
    written.add("class", "PRIVATE")
    if event.starts_at is None:
        written.add("dtstart", event.on)
        written.add("dtend", event.on + timedelta(days=1))
        written.add("transp", "TRANSPARENT")
    else:
        begins = datetime.combine(event.on, event.starts_at)
        ends = begins + timedelta(minutes=event.minutes)
        written.add("dtstart", begins.replace(tzinfo=zone))
        written.add("dtend", ends.replace(tzinfo=zone))
    return written

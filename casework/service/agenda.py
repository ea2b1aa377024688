"""The calendar of meetings, and the feed that a person's own calendar reads."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from accounts.service import active_roles, hold_people, people_in, person_names
from casework import store
from casework.domain.agenda import Agenda, Entry, Span, days_of
from casework.domain.feed import Feed, FeedEvent
from casework.service.case_views import case_names
from casework.service.overlaps import length_of
from core import links
from core.database import Database
from core.permissions import Actor, Permission, Role, Secrecy, may, note_reach
from core.settings import load_centre
from core.workspace import Clock, Transaction, Workspace, system_clock

PURPOSE: Final = "calendar"
_LIVES: Final = timedelta(days=3 * 366)
_BACK: Final = timedelta(days=60)
_AHEAD: Final = timedelta(days=366)
_NOBODY: Final = Actor(0, frozenset())


def view_agenda(
    workspace: Workspace,
    *,
    span: Span,
    day: date | None = None,
    consultant_id: int | None = None,
) -> Agenda:
    """Show the meetings of a month or a week, of one consultant or of all.

    A private one closed to the actor tells when, and nothing else.
    """
    with workspace.reading() as tx:
        workspace.require(Permission.VIEW_CONSULTATION)
        anchor = day or tx.today
        days = days_of(span, anchor)
        chosen = None if consultant_id is None else (consultant_id,)
        period = (days[0], days[-1] + timedelta(days=1))
        booked = store.list_booked(tx.db, *period, note_reach(tx.actor), chosen)
        return Agenda(
            span=span,
            anchor=anchor,
            today=tx.today,
            me=tx.actor.person_id,
            days=days,
            entries=_entries(tx, booked, with_ends=span is Span.WEEK),
            people={brief.id: brief.name for brief in people_in(tx, Role.CONSULTANT)},
        )


def has_feed(workspace: Workspace) -> bool:
    """Tell whether the actor's private calendar link is on."""
    with workspace.reading() as tx:
        workspace.require(Permission.VIEW_CONSULTATION)
        return links.is_live(tx.db, PURPOSE, _subject(tx), now=tx.now)


def make_feed(workspace: Workspace) -> str:
    """Make the actor's private calendar link and give its token; an earlier link stops."""
    with workspace.transaction() as tx:
        workspace.require(Permission.VIEW_CONSULTATION)
        hold_people(tx, [tx.actor.person_id])  # of links made at once one is left
        links.revoke(tx.db, PURPOSE, _subject(tx), now=tx.now)
        token = links.create(
            tx.db, PURPOSE, _subject(tx), now=tx.now, lives=_LIVES, max_uses=None,
            created_by=tx.actor.person_id,
        )  # fmt: skip
        tx.audit("calendar.link_made", _subject(tx))
    return token


def revoke_feed(workspace: Workspace) -> None:
    """Switch the actor's private calendar link off."""
    with workspace.transaction() as tx:
        workspace.require(Permission.VIEW_CONSULTATION)
        ended = links.revoke(tx.db, PURPOSE, _subject(tx), now=tx.now)
        tx.audit("calendar.link_revoked", _subject(tx), links=ended)


def read_feed(database: Database, token: str, clock: Clock = system_clock) -> Feed:
    """Give what stands in the calendar of the person behind a private link.

    Raises `LinkEndedError` if the link is unknown or revoked, or its person works here no more.
    """
    with Workspace.of(database, _NOBODY, clock).reading() as tx:
        opened = links.look(tx.db, PURPOSE, token, now=tx.now)
        reader = Actor(opened.subject_id, active_roles(tx, opened.subject_id))
        if not may(reader, Permission.VIEW_CONSULTATION):
            raise links.LinkEndedError
        return Feed(_events(tx, reader), load_centre(tx.db).language, tx.zone, tx.now)


def _subject(tx: Transaction) -> str:
    return f"person:{tx.actor.person_id}"


def _entries(
    tx: Transaction, booked: Iterable[store.Booked], *, with_ends: bool
) -> tuple[Entry, ...]:
    """Make entries; only a week shows when a meeting ended, which asks for its minutes."""
    booked = tuple(booked)
    lines = [one.line for one in booked if one.is_open]
    cases = case_names(tx, {case for line in lines for case in line.cases})
    people = person_names(tx, {who for line in lines for who in line.consultants})
    ends = {one.line.id: length_of(tx, one.line) for one in booked if with_ends}
    return tuple(_entry(one, cases, people, ends.get(one.line.id, 0)) for one in booked)


def _entry(one: store.Booked, cases: dict[int, str], people: dict[int, str], minutes: int) -> Entry:
    line = one.line
    if not one.is_open:
        return Entry(line.held_on, line.starts_at, minutes)
    return Entry(
        on=line.held_on,
        starts_at=line.starts_at,
        minutes=minutes,
        id=line.id,
        status=line.status,
        initiatives=tuple(cases.get(case, "") for case in line.cases),
        topics=line.topics,
        consultants=tuple(people.get(who, "") for who in line.consultants),
        is_private=line.secrecy is Secrecy.PRIVATE,
    )


def _events(tx: Transaction, reader: Actor) -> tuple[FeedEvent, ...]:
    since, until = tx.today - _BACK, tx.today + _AHEAD
    booked = store.list_booked(tx.db, since, until, note_reach(reader), (reader.person_id,))
    cases = case_names(tx, {case for one in booked for case in one.line.cases})
    return tuple(_event(tx, one, cases) for one in booked)


def _event(tx: Transaction, one: store.Booked, cases: dict[int, str]) -> FeedEvent:
    line = one.line
    is_private = not one.is_open or line.secrecy is Secrecy.PRIVATE
    names = () if is_private else tuple(cases.get(case, "") for case in line.cases)
    return FeedEvent(
        line.id, line.version, line.held_on, line.starts_at, length_of(tx, line), names, is_private
    )

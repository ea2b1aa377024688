"""What a service stands on: who acts, which database, what time it is.

Each transaction first asks the database who the actor is at this moment, so a sign-out, a
deactivation or a changed role holds from the next click on, in every tab.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TypeAlias
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from core import audit, settings
from core.calendar import WorkCalendar, load_calendar
from core.database import Database
from core.errors import ForbiddenError, SignedOutError
from core.permissions import Actor, Guarded, Permission, may
from core.revision import bump

Clock: TypeAlias = Callable[[], datetime]
Identify: TypeAlias = Callable[[Session, datetime], Actor]


def system_clock() -> datetime:
    """Read the clock of this machine."""
    return datetime.now(UTC)


class Transaction:
    """One transaction of one actor at one instant."""

    def __init__(self, db: Session, actor: Actor, now: datetime) -> None:
        self.db = db
        self.actor = actor
        self.now = now
        self._centre: settings.Centre | None = None
        self._zone: ZoneInfo | None = None
        self._calendars: dict[str, WorkCalendar] = {}
        self._lines: list[audit.Line] = []
        self._areas: set[str] = set()

    @property
    def zone(self) -> ZoneInfo:
        """The centre's time zone."""
        if self._zone is None:
            self._zone = ZoneInfo(self.centre.time_zone)
        return self._zone

    @property
    def centre(self) -> settings.Centre:
        """The centre's settings as this transaction found them."""
        if self._centre is None:
            self._centre = settings.load_centre(self.db)
        return self._centre

    def calendar(self, code: str) -> WorkCalendar:
        """Give a calendar with the centre's own days, as this transaction found it."""
        if code not in self._calendars:
            self._calendars[code] = load_calendar(self.db, code)
        return self._calendars[code]

    @property
    def today(self) -> date:
        """The centre's local date."""
        return self.now.astimezone(self.zone).date()

    def audit(self, action: str, subject: str, **details: audit.Detail) -> None:
        """Say in the trail what was done; details are ids, codes, dates and counts."""
        self._lines.append(audit.line(action, subject, details))

    def touched(self, *areas: str) -> None:
        """Tell the caches of every process that these areas changed."""
        self._areas.update(areas)

    def close(self) -> None:
        """Write the trail and the revisions: the last statements before the commit."""
        self.db.flush()
        audit.append(self.db, self._lines, person_id=self.actor.person_id or None, at=self.now)
        bump(self.db, self._areas)


class Workspace:
    """The door to the database for one person's run of a page, a request or a command."""

    def __init__(self, database: Database, identify: Identify, clock: Clock = system_clock) -> None:
        self.database = database
        self.clock = clock
        self._identify = identify
        self._current: Transaction | None = None

    @classmethod
    def of(cls, database: Database, actor: Actor, clock: Clock = system_clock) -> "Workspace":
        """Make the workspace of a known actor: for commands, jobs and tests."""
        return cls(database, lambda _db, _now: actor, clock)

    def only_for(self, person_id: int | None) -> "Workspace":
        """Give the same door for one person alone; `None`: for whoever comes.

        To anybody else each transaction raises `SignedOutError`: who had a page open before
        somebody else signed in has signed out.
        """
        identify = self._identify

        def known(db: Session, now: datetime) -> Actor:
            actor = identify(db, now)
            if person_id not in {None, actor.person_id}:
                raise SignedOutError
            return actor

        return Workspace(self.database, known, self.clock)

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Write: everything inside happens, with its audit lines, or nothing does."""
        with self.database.writing() as db, self._entered(db) as tx:
            yield tx
            tx.close()

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """Read one snapshot."""
        with self.database.reading() as db, self._entered(db) as tx:
            yield tx

    def require(self, permission: Permission, guard: Guarded | None = None) -> None:
        """Refuse an act that the actor of the open transaction may not do."""
        if self._current is None:
            msg = "permission is checked inside the transaction that loads the object"
            raise RuntimeError(msg)
        if not may(self._current.actor, permission, guard):
            raise ForbiddenError(permission=permission)

    @contextmanager
    def _entered(self, db: Session) -> Iterator[Transaction]:
        if self._current is not None:
            msg = "a service never opens a transaction inside another: hand it the open one"
            raise RuntimeError(msg)
        now = self.clock()
        self._current = Transaction(db, self._identify(db, now), now)
        try:
            yield self._current
        finally:
            self._current = None

"""Make the invented centre: draw it, then act it out in the order of time."""

import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, TypeAlias

from accounts.service import set_up_open
from casework.service import builtin_catalogues
from core.catalogue import add_missing
from core.database import Database
from core.errors import DomainError
from core.migrate import migrate
from core.permissions import Actor
from core.settings import load_setting, save_setting
from core.workspace import Clock, Workspace, system_clock
from dashboards.demo.agenda import draw_agenda
from dashboards.demo.beyond import beyond
from dashboards.demo.checks import diagnostics, draw_checks
from dashboards.demo.content import load_content
from dashboards.demo.councils import councils
from dashboards.demo.engagements import engagements
from dashboards.demo.ledger import ledger
from dashboards.demo.lives import draw_lives
from dashboards.demo.meetings import consultations
from dashboards.demo.people import SHOWN, gather
from dashboards.demo.plans import draw_plans, roadmaps
from dashboards.demo.presence import presence
from dashboards.demo.stage import ZONE, Act, Frame, Options, Stage, StoryClock, moment
from dashboards.demo.trainings import trainings
from diagnostics.service import publish_builtin
from hours.service import Quarter

Progress: TypeAlias = Callable[[float, datetime], None]
_SYSTEM: Final = Actor(0, frozenset())
_MARK: Final = "demo_centre"
_SYLLABLES: Final = ("ka", "ma", "so", "ra", "ve", "lu", "ti", "no", "pe", "ro", "sha", "yu")


class OccupiedError(DomainError):
    """The database has people who are not of a demo centre."""

    code = "error.demo_occupied"


@dataclass(frozen=True, slots=True)
class DemoMark:
    """What a finished demo centre knows of itself.

    Everything in it is invented and the password is random, so it may lie there to be shown
    again; accounts of a real centre never do.
    """

    language: str = ""
    seed: int = 0
    initiatives: int = 0
    password: str = ""


@dataclass(frozen=True, slots=True)
class ShownAccount:
    """An account to be tried: the person's key in the list, their address, their roles."""

    key: str
    name: str
    address: str
    roles: tuple[str, ...]


def open_demo(
    url: str, options: Options, *, progress: Progress, clock: Clock = system_clock
) -> tuple[DemoMark, bool]:
    """Make the demo centre at an address, or find the one that is there; say which.

    A new SQLite file is made beside its place and moved there when it is whole, so that an
    interrupted making leaves nothing behind.

    Raises `OccupiedError` if the database has people of another centre.
    """
    path = _file_of(url)
    if path is not None and not path.exists():
        return _made_aside(path, options, progress=progress, clock=clock), True
    migrate(url)
    database = Database(url)
    try:
        mark = find_mark(database)
        if mark.password:
            return mark, False
        if not set_up_open(database):
            raise OccupiedError
        return make_demo(database, options, progress=progress, clock=clock), True
    finally:
        database.dispose()


def make_demo(
    database: Database, options: Options, *, progress: Progress, clock: Clock = system_clock
) -> DemoMark:
    """Fill an empty database that has every table; give what it knows of itself."""
    now = clock()
    frame = frame_of(options, now)
    stage = Stage(database, StoryClock(moment(frame.starts_on, 8)), frame)
    _publish(stage)
    password = _password()
    gather(stage, password)
    acts = script(frame)
    for number, act in enumerate(acts):
        stage.clock.now = act.at
        act.do(stage)
        if number % 20 == 0:
            progress(number / len(acts), act.at)
    stage.clock.now = now
    mark = DemoMark(options.language, options.seed, options.initiatives, password)
    with stage.desk("director").transaction() as tx:
        save_setting(tx.db, _MARK, mark)
        tx.audit("demo.made", "centre:1", acts=len(acts))
    progress(1.0, now)
    return mark


def frame_of(options: Options, now: datetime) -> Frame:
    """Find the days of the story: so many whole quarters, and the one that runs."""
    today = now.astimezone(ZONE).date()
    first = Quarter.of(today).shifted(-options.quarters)
    return Frame(options, load_content(options.language), first.period.starts_on, now)


def script(frame: Frame) -> list[Act]:
    """Draw every act, in the order of time."""
    lives = draw_lives(frame)
    checks = draw_checks(frame, lives)
    agenda = draw_agenda(frame, lives)
    acts = [
        *engagements(frame, lives),
        *consultations(frame, agenda),
        *presence(frame, agenda),
        *trainings(frame),
        *ledger(frame),
        *diagnostics(frame, checks),
        *roadmaps(frame, draw_plans(frame, lives, checks)),
        *councils(frame, lives),
        *beyond(frame, lives),
    ]
    return sorted((act for act in acts if act.at <= frame.now), key=lambda act: act.at)


def find_mark(database: Database) -> DemoMark:
    """Read what a finished demo centre knows of itself; empty for any other centre."""
    with database.reading() as db:
        return load_setting(db, _MARK, DemoMark)


def shown_accounts(language: str) -> tuple[ShownAccount, ...]:
    """List one account per role."""
    rows = {row["key"]: row for row in load_content(language).rows("people")}
    return tuple(
        ShownAccount(
            key, rows[key]["name"], rows[key]["address"], tuple(rows[key]["roles"].split())
        )
        for key in SHOWN
    )


def _publish(stage: Stage) -> None:
    """Bring the built-in catalogues and instruments in, as the program's start does."""
    with Workspace.of(stage.database, _SYSTEM, stage.clock).transaction() as tx:
        add_missing(tx.db, builtin_catalogues())
        publish_builtin(tx)


def _made_aside(path: Path, options: Options, *, progress: Progress, clock: Clock) -> DemoMark:
    aside = path.with_name(f"{path.name}-in-the-making.db")
    for old in aside.parent.glob(f"{aside.name}*"):
        old.unlink()
    url = f"sqlite:///{aside}"
    migrate(url)
    database = Database(url, durable=False)
    try:
        mark = make_demo(database, options, progress=progress, clock=clock)
    finally:
        database.dispose()
    with aside.open("rb") as whole:
        os.fsync(whole.fileno())
    aside.replace(path)
    for rest in aside.parent.glob(f"{aside.name}*"):
        rest.unlink()
    return mark


def _file_of(url: str) -> Path | None:
    kind, _, path = url.partition(":///")
    return Path(path) if kind.startswith("sqlite") and path else None


def _password() -> str:
    """Make a password that can be typed: six syllables and four digits."""
    word = "".join(secrets.choice(_SYLLABLES) for _ in range(3))
    other = "".join(secrets.choice(_SYLLABLES) for _ in range(3))
    return f"{word}-{other}-{secrets.randbelow(9000) + 1000}"

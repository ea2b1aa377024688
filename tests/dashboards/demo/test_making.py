"""The demo centre made in a database: what stands there, and that it is the same again."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from accounts.domain import passwords
from accounts.domain.throttle import Client
from accounts.service import sign_in
from core import audit
from core.database import Base, Database
from core.permissions import Actor, Role
from core.workspace import Workspace
from dashboards.__main__ import main
from dashboards.demo.making import DemoMark, OccupiedError, make_demo, open_demo, shown_accounts
from dashboards.demo.stage import ZONE, Options
from hours.service import check_summaries
from tests import factories, postgres
from tests.conftest import SettableClock

SMALL = Options("ru", initiatives=6, quarters=2)


def quietly(share, at) -> None:
    """Take the progress and say nothing."""


def figures(database) -> dict[str, int]:
    with database.reading() as db:
        return {
            table.name: db.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


@dataclass(frozen=True)
class Made:
    """A small demo centre that stands in a database, as it was when it was finished."""

    database: Database
    clock: SettableClock
    mark: DemoMark
    counted: dict[str, int]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def made(request: pytest.FixtureRequest, tmp_path_factory) -> Iterator[Made]:
    """The centre, made once for all that look at it."""
    url = f"sqlite:///{tmp_path_factory.mktemp('demo') / 'demo.db'}"
    if request.param == "postgresql":
        url = postgres.fresh_database(f"demo_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}")
    database, clock = Database(url, durable=False), SettableClock()
    Base.metadata.create_all(database.engine)
    mark = make_demo(database, SMALL, progress=quietly, clock=clock)
    yield Made(database, clock, mark, figures(database))
    database.dispose()


@dataclass(frozen=True)
class Opened:
    """The same centre opened at the address of a file that was not there."""

    url: str
    mark: DemoMark
    is_new: bool
    files: tuple[str, ...]
    counted: dict[str, int]


@pytest.fixture(scope="module")
def once_more(tmp_path_factory) -> Opened:
    """A second centre of the same seed, for all that compare it or open it again."""
    folder = tmp_path_factory.mktemp("once_more")
    url = f"sqlite:///{folder / 'demo.db'}"
    mark, is_new = open_demo(url, SMALL, progress=quietly, clock=SettableClock())
    files = tuple(path.name for path in folder.iterdir() if path.suffix == ".db")
    database = Database(url)
    counted = figures(database)
    database.dispose()
    return Opened(url, mark, is_new, files, counted)


def test_a_demo_centre_is_full_of_work(made) -> None:
    assert 6 == made.counted["initiative"]
    assert made.counted["consultation"] > 30
    for name in (
        "consultation_participant",
        "consultation_in_series",
        "time_entry",
        "need",
        "next_step",
        "assessment",
        "roadmap",
        "submission",
    ):
        assert made.counted[name], name
    assert 3 == made.counted["panel"]


def test_every_sum_of_a_day_is_that_of_its_entries_after_all_of_its_acts(made) -> None:
    assert made.counted["day_sum"] > 100
    assert check_summaries(Workspace.of(made.database, Actor(0, frozenset(Role)))) == ()


def test_its_audit_trail_is_whole_and_in_the_order_of_time(made) -> None:
    with made.database.reading() as db:
        assert audit.verify(db).broken_at is None
        times = [line.at for line in audit.find_lines(db, limit=10_000)]
    assert times == sorted(times, reverse=True)
    assert made.clock.now == times[0]
    assert times[-1] < made.clock.now - timedelta(days=150)


def test_every_shown_account_signs_in(made) -> None:
    assert set(Role) == {Role(code) for a in shown_accounts("ru") for code in a.roles}
    for account in shown_accounts("ru"):
        passwords.check(made.mark.password, account.address)
        client = Client("127.0.0.1")
        password, clock = made.mark.password, made.clock
        assert sign_in(made.database, account.address, password, client=client, clock=clock)


def test_the_same_seed_makes_the_same_figures(made, once_more) -> None:
    assert made.counted == once_more.counted


def test_a_database_with_other_people_is_refused(tmp_path, clock) -> None:
    url = f"sqlite:///{tmp_path / 'centre.db'}"
    from core.migrate import migrate

    migrate(url)
    other = Database(url)
    with other.writing() as db:
        factories.make_person(db, roles=[Role.ADMINISTRATOR])
    other.dispose()
    with pytest.raises(OccupiedError):
        open_demo(url, SMALL, progress=quietly, clock=clock)


def test_a_demo_that_is_there_is_left_alone(once_more, clock, monkeypatch, capsys) -> None:
    assert (True, ("demo.db",)) == (once_more.is_new, once_more.files)
    found, is_new = open_demo(once_more.url, SMALL, progress=quietly, clock=clock)
    assert (once_more.mark, False) == (found, is_new)
    monkeypatch.setenv("DATABASE_URL", once_more.url)
    assert 0 == main(["demo", "--language", "en"])
    assert once_more.mark.password in capsys.readouterr().out


@pytest.mark.slow
def test_a_whole_demo_keeps_its_promise_of_hours(whole_demo) -> None:
    database = Database(f"sqlite:///{whole_demo.path}")
    with database.reading() as db:
        rows = db.execute(sa.text("SELECT activity, worked_on, minutes FROM time_entry")).all()
    database.dispose()
    from hours.service import Quarter

    total: dict[tuple[str, Quarter], int] = {}
    for activity, day, minutes in rows:
        key = activity, Quarter.of(date.fromisoformat(day))
        total[key] = total.get(key, 0) + minutes
    now = Quarter.of(datetime.now(UTC).astimezone(ZONE).date())
    for (activity, quarter), minutes in total.items():
        promise = (250 if activity == "consulting" else 40) * 60
        if quarter != now and activity != "other":
            assert 0.88 <= minutes / promise <= 1.1

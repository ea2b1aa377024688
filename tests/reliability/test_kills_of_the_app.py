"""The program itself is killed again and again while people save forms; nothing they saw is lost.

`KILLS=200 make test-all` kills as often as one has time for.
"""

import asyncio
import os
import random
import secrets
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from websockets.exceptions import WebSocketException

from benchmarks.tab import Tab
from core.database import Database
from core.permissions import Role
from tests import factories, postgres
from tests.browser.serving import Server
from tests.reliability.forked_app import FORKS, ForkedServer
from tests.reliability.test_kills import assert_unbroken

pytestmark = pytest.mark.slow
KILLS = int(os.environ.get("KILLS", "10"))
FORKS.set_forkserver_preload(["tests.reliability.writing_server", "tests.reliability.forked_app"])
PEOPLE = 2
ANSWER_SECONDS = 60
PARTS = {"life_event": 2, "initiative_person": 1, "person": 1, "audit_entry": 2}
"""How many rows each initiative has in each table: two events of its life, and its leader."""


class Registrar:
    """Registers one initiative after another, and keeps what the page has shown as saved."""

    def __init__(self, server: Server, token: str) -> None:
        self.tab = Tab(server.url, token=token)
        self.shown: dict[int, str] = {}
        self.unanswered = 0

    async def work(self) -> None:
        """Go on for ever, in a new tab whenever the line breaks."""
        while True:
            try:
                async with self.tab.dial() as socket:
                    while True:
                        async with asyncio.timeout(ANSWER_SECONDS):
                            await self._register(socket)
            except (OSError, WebSocketException):
                await asyncio.sleep(0.05)

    async def _register(self, socket) -> None:
        name = secrets.token_hex(8)  # like no other: nobody is asked whether they are the same
        tab = self.tab
        tab.page, tab.address, tab.query, tab.typed = "", "initiative_new", "", {}
        await tab.run(socket)
        tab.typed = {
            "initiative_name": name,
            "initiative_summary": f"What {name} does. " * 20,
            "initiative_founded": "2014",
            "initiative_person": f"Leader of {name}",
            "initiative_phone": "+7 342 000 00 00",
        }
        self.unanswered += 1
        await tab.run(socket, press="initiative_save")
        titles = [element.heading.body for element in tab.shown("heading")]
        if name in titles and tab.query.startswith("initiative="):
            self.shown[int(tab.query.removeprefix("initiative="))] = name
            self.unanswered -= 1


@pytest.fixture(params=["sqlite", "postgresql"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    """The program on an empty database; it has run once and stands still."""
    url = "" if request.param == "sqlite" else postgres.fresh_database("killed")
    server = ForkedServer(tmp_path, url).start()
    server.stop()
    yield server
    server.stop()


def test_what_a_page_has_shown_as_saved_outlives_every_kill(server: Server) -> None:
    kills = KILLS if server.database.startswith("sqlite") else max(1, KILLS // 3)
    database = Database(server.database)
    people = [Registrar(server, token) for token in tokens(database)]

    with ThreadPoolExecutor(1) as thread:  # the browser tests keep a loop in this one
        thread.submit(asyncio.run, kill_while_they_work(server, people, kills)).result()

    server.start()  # as after the last power cut: what it mends at start, it mends
    server.stop()
    shown = {number: name for person in people for number, name in person.shown.items()}
    assert len(shown) >= kills
    stored = check(database, shown, unanswered=sum(person.unanswered for person in people))
    print(f"{kills} kills: {len(shown)} shown as saved, {stored - len(shown)} saved unseen")
    database.dispose()


def tokens(database: Database) -> list[str]:
    """Let consultants be signed in."""
    with database.writing() as db:
        people = [factories.make_person(db, roles=[Role.CONSULTANT]) for _each in range(PEOPLE)]
        return [factories.make_sign_in(db, person, now=datetime.now(UTC)) for person in people]


async def kill_while_they_work(server: Server, people: list[Registrar], kills: int) -> None:
    """Start the server, wait until something is saved, and kill it a random moment later."""
    draw = random.Random(2014)
    tasks = [asyncio.create_task(person.work()) for person in people]
    try:
        for _kill in range(kills):
            before = sum(len(person.shown) for person in people)
            await asyncio.to_thread(server.start)
            deadline = time.monotonic() + ANSWER_SECONDS
            while sum(len(person.shown) for person in people) == before:
                assert time.monotonic() < deadline, "the server saves nothing"
                await asyncio.sleep(0.002)
            await asyncio.sleep(draw.uniform(0, 0.5))
            await asyncio.to_thread(server.kill)
            assert not any(task.done() for task in tasks), "a tab has given up"
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def check(database: Database, shown: dict[int, str], unanswered: int) -> int:
    """Compare what pages have shown with what is stored; give the number of the latter."""
    with database.reading() as db:
        stored = dict(db.execute(sa.text("SELECT id, name FROM initiative")).all())
        assert shown == {number: stored.get(number) for number in shown}, "shown as saved, and lost"
        assert len(stored) - len(shown) <= unanswered
        for table, parts in PARTS.items():
            assert rows_of(db, table) == dict.fromkeys(stored, parts), f"half of {table}"
        assert_unbroken(db)
    return len(stored)


def rows_of(db: sa.orm.Session, table: str) -> dict[int, int]:
    """Count a table's rows by the initiative that they are a part of."""
    if table == "audit_entry":
        query = "SELECT object FROM audit_entry WHERE object LIKE 'initiative:%'"
        found = [int(name.split(":")[1]) for name in db.scalars(sa.text(query))]
    elif table == "person":
        query = (
            "SELECT initiative.id FROM initiative "
            "JOIN person ON person.name = 'Leader of ' || initiative.name"
        )
        found = list(db.scalars(sa.text(query)))
    else:
        found = list(db.scalars(sa.text(f"SELECT initiative_id FROM {table}")))
    return {number: found.count(number) for number in found}

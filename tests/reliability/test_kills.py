"""A server is killed again and again while clients write; nothing it has confirmed is lost.

`KILLS=200 make test-all` kills as often as one has time for.
"""

import http.client
import json
import multiprocessing
import os
import random
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import count

import pytest
import sqlalchemy as sa

from core import audit
from core.database import Database
from core.permissions import Role
from tests import factories
from tests.reliability.writing_server import PARTS, serve

pytestmark = [pytest.mark.slow, pytest.mark.both]
KILLS = int(os.environ.get("KILLS", "50"))
CLIENTS = 3
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.reliability.writing_server"])


class Client(threading.Thread):
    """Writes as fast as it is answered, and keeps the ids that were confirmed."""

    def __init__(self, port: int, numbers: Iterator[int]) -> None:
        super().__init__(daemon=True)
        self.port = port
        self.numbers = numbers
        self.confirmed: list[int] = []
        self.broken = 0
        self.stop = threading.Event()

    def run(self) -> None:
        while not self.stop.is_set():
            line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
            with closing(line):
                try:
                    while not self.stop.is_set():
                        line.request("POST", "/consultations", json.dumps(next(self.numbers)))
                        answer = line.getresponse()
                        body = json.loads(answer.read())
                        if answer.status == 200:
                            self.confirmed.append(body["id"])
                except (OSError, http.client.HTTPException, ValueError):
                    self.broken += 1


def test_kills_at_random_moments_lose_nothing_that_was_confirmed(database: Database) -> None:
    kills = KILLS if database.is_sqlite else max(1, KILLS // 3)
    with database.writing() as db:
        lead = factories.make_person(db, roles=[Role.CONSULTANT])
        second = factories.make_person(db, roles=[Role.CONSULTANT])
        case_id = factories.make_case(db, lead, members=[second])
    url = database.url.render_as_string(hide_password=False)
    database.dispose()
    with closing(socket.create_server(("127.0.0.1", 0), backlog=64)) as listening:
        numbers = count(1)
        clients = [Client(listening.getsockname()[1], numbers) for _each in range(CLIENTS)]
        for client in clients:
            client.start()
        try:
            for moment in moments(kills):
                kill_while_writing(clients, moment, (listening, url, (lead, second), case_id))
        finally:
            for client in clients:
                client.stop.set()
    for client in clients:
        client.join(15)

    confirmed = {number for client in clients for number in client.confirmed}
    assert len(confirmed) >= kills
    check(database, confirmed, broken=sum(client.broken for client in clients))


def moments(kills: int) -> Iterator[float]:
    draw = random.Random(2014)
    return (draw.uniform(0, 0.15) for _kill in range(kills))


def kill_while_writing(clients: list[Client], moment: float, served: tuple[object, ...]) -> None:
    """Start a server, wait for its first confirmation and kill it a random moment later."""
    before = sum(len(client.confirmed) for client in clients)
    server = FORKS.Process(target=serve, args=served, daemon=True)
    server.start()
    try:
        deadline = time.monotonic() + 60
        while sum(len(client.confirmed) for client in clients) == before:
            assert time.monotonic() < deadline, "the server confirms nothing"
            time.sleep(0.002)
        time.sleep(moment)
    finally:
        server.kill()
        server.join()


def check(database: Database, confirmed: set[int], broken: int) -> None:
    with database.reading() as db:
        stored = set(db.scalars(sa.text("SELECT id FROM consultation")))
        assert confirmed <= stored, "a confirmed consultation is lost"
        # What was committed without its answer arriving: at most one for each broken line.
        assert len(stored - confirmed) <= broken
        for table, parts in PARTS.items():
            assert rows_of(db, table) == dict.fromkeys(stored, parts), f"half a row in {table}"
        assert_unbroken(db)


def assert_unbroken(db: sa.orm.Session) -> None:
    """The trail of changes is whole, and so is SQLite's file."""
    assert audit.verify(db).broken_at is None
    if db.get_bind().dialect.name == "sqlite":
        assert db.scalar(sa.text("PRAGMA integrity_check")) == "ok"
        assert db.execute(sa.text("PRAGMA foreign_key_check")).all() == []


def rows_of(db: sa.orm.Session, table: str) -> dict[int, int]:
    """Count a table's rows by the consultation that they are a part of."""
    if table == "audit_entry":
        query = (
            "SELECT object, count(*) FROM audit_entry WHERE object LIKE 'consultation:%' GROUP BY 1"
        )
        return {int(name.split(":")[1]): number for name, number in db.execute(sa.text(query))}
    column = {"next_step": "origin_id", "time_entry": "source_id"}.get(table, "consultation_id")
    query = f"SELECT {column}, count(*) FROM {table} GROUP BY {column}"
    return dict(db.execute(sa.text(query)).all())

"""Fifty people sign in at the same moment: all succeed, and the server stays small.

.venv/bin/python -m benchmarks.bench_sign_ins
"""

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import psutil

from accounts import store as accounts
from accounts.domain.passwords import hash_password
from benchmarks.tab import Tab
from core.database import Database
from core.migrate import migrate
from core.permissions import Role
from core.settings import Centre, save_centre
from tests.browser.serving import Server

PASSWORD = "an old oak by the river"  # noqa: S105 — of accounts that live for a minute


def make_centre(folder: Path, people: int) -> None:
    """Set up a centre with accounts that share a password."""
    url = f"sqlite:///{folder / 'casework.db'}"
    migrate(url)
    database = Database(url)
    now, password = datetime.now(UTC), hash_password(PASSWORD)
    with database.writing() as db:
        save_centre(db, Centre(name="Bench"))
        for number in range(people):
            person = accounts.add_person(db, f"Person {number}", now=now, language="ru")
            address = f"bench{number}@example.org"
            accounts.add_account(db, person, address, (Role.CONSULTANT,), now=now)
            accounts.set_password(db, person, password)
    database.dispose()


async def enter(tab: Tab, number: int, ready: asyncio.Barrier) -> float:
    """Open the sign-in page, wait for the others, sign in; seconds until the desk is shown."""
    async with tab.dial() as socket:
        await tab.run(socket)
        tab.typed = {
            "sign_in_address": f"bench{number}@example.org",
            "sign_in_password": PASSWORD,
        }
        await ready.wait()
        started = time.perf_counter()
        await tab.run(socket, press="sign_in_submit")
        tab.typed = {}
        while any(
            "sign_in_address" in element.text_input.id for element in tab.shown("text_input")
        ):
            await tab.run(socket)
            if time.perf_counter() - started > 60:
                raise AssertionError("the desk did not come")
        return time.perf_counter() - started


async def watch(server: Server, peak: list[float]) -> None:
    """Follow the server's memory [MB]."""
    assert server.process is not None
    process = psutil.Process(server.process.pid)
    while True:
        peak.append(process.memory_info().rss / 2**20)
        await asyncio.sleep(0.02)


async def crowd(server: Server, people: int) -> tuple[list[float], float]:
    """Let everybody sign in at once; their seconds, and the growth of memory [MB]."""
    # One round before: what the first visitor loads is not the growth of the fiftieth.
    await enter(Tab(server.url), people, asyncio.Barrier(1))
    peak: list[float] = []
    watcher = asyncio.create_task(watch(server, peak))
    ready = asyncio.Barrier(people)
    tabs = [Tab(server.url) for _ in range(people)]
    taken = await asyncio.gather(*(enter(tab, n, ready) for n, tab in enumerate(tabs)))
    watcher.cancel()
    return list(taken), max(peak) - peak[0]


def main() -> None:
    """Print how long it took and how much memory it cost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--goal", type=float, help="fail when memory grows by more [MB]")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        make_centre(Path(temporary), given.people + 1)
        server = Server(Path(temporary)).start()
        try:
            taken, grown = asyncio.run(crowd(server, given.people))
        finally:
            server.stop()
    print(
        json.dumps(
            {
                "signed_in": len(taken),
                "median_s": round(statistics.median(taken), 2),
                "last_s": round(max(taken), 2),
                "memory_grown_mb": round(grown),
            }
        )
    )
    if given.goal and grown > given.goal:
        sys.exit(1)


if __name__ == "__main__":
    main()

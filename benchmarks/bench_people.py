"""How the hours page answers fifty people at once.

Each tab opens the hours page, thinks (5 s on average), changes a filter, and waits for the
figures that belong to the new filter. These are known from a first round by one tab, so a wrong
or missing one is noticed.

    .venv/bin/python -m benchmarks.bench_people data/demo.db
"""

import argparse
import asyncio
import itertools
import json
import os
import platform
import random
import sqlite3
import statistics
import sys
import tempfile
import time
import urllib.request
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import psutil
from sqlalchemy.orm import Session

from accounts import store as accounts
from benchmarks.tab import Tab
from core.database import Database
from core.permissions import Role
from tests.browser.serving import Server
from tests.factories import make_sign_in

FILTERS = (QUARTER, PERSON) = ("filter_quarter", "filter_person")
DEFAULTS = "Streamlit's defaults"
MODES = {
    "caches on": ({}, ()),
    "caches off": ({"CASEWORK_CACHES": "off"}, ()),
    DEFAULTS: ({}, ("--runner.postScriptGC", "true")),
}
NEVER_FROZEN = "import gc; gc.freeze = lambda: None; from streamlit.web.cli import main; main()"
Known = dict[tuple[str, ...], list[str]]


@dataclass
class Run:
    """What one mode gave."""

    mode: str
    answers: list[float] = field(default_factory=list)
    wrong: int = 0
    server_side: dict[str, float] = field(default_factory=dict)
    megabytes: float = 0

    @property
    def p95(self) -> float:
        """Ninety-five answers of a hundred came within [ms]."""
        return 1000 * statistics.quantiles(self.answers, n=100)[94]

    def row(self) -> str:
        """Write one line of the README's table, in milliseconds."""
        inner = " / ".join(f"{1000 * self.server_side.get(q, 0):.0f}" for q in ("0.5", "0.95"))
        return (
            f"| {self.mode} | {len(self.answers)} | {1000 * statistics.median(self.answers):.0f} "
            f"| {self.p95:.0f} | {inner} | {self.wrong} | {self.megabytes:.0f} |"
        )


def figures(tab: Tab) -> list[str]:
    """Read the figures of the page: the big numbers."""
    texts = [element.markdown.body for element in tab.shown("markdown")]
    return [text for text in texts if text.startswith("### ")]


async def learn(tab: Tab) -> Known:
    """Ask for every pair of filters once; tell which figures belong to each.

    The quarters differ in whose hours they have: people stay with those whom every one offers.
    """
    known: Known = {}
    async with tab.dial() as socket:
        await tab.run(socket)
        quarters, people = (tab.options[key] for key in FILTERS)
        for quarter in quarters:
            tab.typed = {QUARTER: quarter}
            await tab.run(socket)
            people = tuple(person for person in people if person in tab.options[PERSON])
        for pair in itertools.product(quarters, people):
            tab.typed = dict(zip(FILTERS, pair, strict=True))
            await tab.run(socket)
            known[pair] = figures(tab)
    different = len({tuple(shown) for shown in known.values()})
    assert all(known.values()), "a page without figures"
    assert different > len(known) // 3, f"only {different} of {len(known)} filters differ"
    return known


async def live(tab: Tab, known: Known, run: Run, seconds: float, think: float) -> None:
    """Think and change filters until the time is over."""
    draw = random.Random(tab.token)
    quarters, people = ({pair[place] for pair in known} for place in (0, 1))
    options = {QUARTER: sorted(quarters), PERSON: sorted(people)}
    all_here = time.monotonic() + 2 * think  # fifty first visits at once are another question
    end = all_here + seconds
    async with tab.dial() as socket:
        await asyncio.sleep(draw.uniform(0, think))
        await tab.run(socket)
        tab.typed = {key: draw.choice(options[key]) for key in FILTERS}
        await tab.run(socket)
        looked = dict.fromkeys(tab.watching, time.monotonic())
        while time.monotonic() < end:
            await asyncio.sleep(draw.expovariate(1 / think))
            for fragment, interval in tab.watching.items():  # as the browser does by itself
                if time.monotonic() - looked.get(fragment, 0) > interval:
                    looked[fragment] = time.monotonic()
                    await tab.run(socket, fragment=fragment)
            key = draw.choice(FILTERS)
            others = [option for option in options[key] if option != tab.typed[key]]
            tab.typed[key] = draw.choice(others)
            counts = time.monotonic() > all_here
            taken = await tab.run(socket)
            if counts:
                run.answers.append(taken)
            run.wrong += figures(tab) != known[tuple(tab.typed[key] for key in FILTERS)]


async def crowd(server: Server, tokens: list[str], run: Run, seconds: float, think: float) -> None:
    """Let everybody work at once."""
    known = await learn(Tab(server.url, "hours", tokens[0]))
    tabs = [Tab(server.url, "hours", token) for token in tokens]
    await asyncio.gather(*(live(tab, known, run, seconds, think) for tab in tabs))


def measure(mode: str, centre: Path, people: int, seconds: float, think: float) -> Run:
    """Start a server on a copy of the centre and let people work with it."""
    environment, options = MODES[mode]
    run = Run(mode)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        copy_centre(centre, folder / "casework.db")
        database = Database(f"sqlite:///{folder / 'casework.db'}")
        now = datetime.now(UTC)
        with database.writing() as db:
            tokens = [make_sign_in(db, make_manager(db, n, now), now=now) for n in range(people)]
        database.dispose()
        server = Server(folder, **environment)
        if mode == DEFAULTS:
            server.launcher = ("-c", NEVER_FROZEN)
        server.start(*options)
        try:
            asyncio.run(crowd(server, tokens, run, seconds, think))
            run.server_side = server_side(server)
            assert server.process is not None
            run.megabytes = psutil.Process(server.process.pid).memory_info().rss / 2**20
        finally:
            server.stop()
    return run


def copy_centre(source: Path, target: Path) -> None:
    """Copy a database as of its last commit."""
    with closing(sqlite3.connect(source)) as centre:
        centre.execute("VACUUM INTO ?", (str(target),))


def make_manager(db: Session, number: int, now: datetime) -> int:
    """Add one of those who will look at the hours."""
    person = accounts.add_person(db, f"Bench {number}", now=now, language="ru")
    accounts.add_account(db, person, f"bench{number}@example.org", (Role.MANAGER,), now=now)
    return person


def server_side(server: Server) -> dict[str, float]:
    """Read the server's own figures of the hours page, by quantile [s]."""
    with urllib.request.urlopen(f"{server.url}/metrics", timeout=10) as answer:
        lines = answer.read().decode().splitlines()
    prefix = 'casework_rerun_seconds{page="hours",quantile="'
    found = [line.removeprefix(prefix) for line in lines if line.startswith(prefix)]
    return {line.split('"')[0]: float(line.split()[-1]) for line in found}


def main() -> None:
    """Measure every mode and print the README's table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("centre", type=Path, help="an SQLite database, that of `make demo`, say")
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--think", type=float, default=5)
    parser.add_argument("--modes", nargs="*", default=list(MODES), choices=list(MODES))
    parser.add_argument("--goal", type=float, help="fail when p95 of the first mode is over [ms]")
    given = parser.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print("| run | answers | p50 | p95 | in the server p50 / p95 | wrong | memory, MB |")
    print("|---|---|---|---|---|---|---|")
    runs = []
    for mode in given.modes:
        runs.append(measure(mode, given.centre, given.people, given.seconds, given.think))
        print(runs[-1].row(), flush=True)
    wrong = sum(run.wrong for run in runs)
    print(json.dumps({"p95": round(runs[0].p95), "wrong": wrong}))
    if wrong or (given.goal and runs[0].p95 > given.goal):
        sys.exit(1)


if __name__ == "__main__":
    main()

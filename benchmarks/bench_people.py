"""How the hours page answers fifty people at once.

Each client speaks Streamlit's own protocol over a WebSocket: it opens the hours page, thinks
(5 s on average), changes a filter, and waits for the figure that belongs to the new filter.
Figures are known from a first round by one client, so a wrong or late one is noticed.

    .venv/bin/python benchmarks/bench_people.py data/demo.db
"""

import argparse
import asyncio
import itertools
import json
import os
import platform
import random
import shutil
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
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from accounts import store as accounts  # noqa: E402 — the path above comes first
from core.database import Database  # noqa: E402 — as above
from core.permissions import Role  # noqa: E402 — as above
from tests.browser.serving import Server  # noqa: E402 — as above
from tests.factories import make_sign_in  # noqa: E402 — as above

FILTERS = ("filter_quarter", "filter_person")
FREEZING_OFF = (
    "import gc, sys; gc.freeze = lambda: None; from streamlit.web.cli import main; main()"
)
MODES = {
    "caches on": ({}, ()),
    "caches off": ({"CASEWORK_CACHES": "off"}, ()),
    "Streamlit's defaults": ({}, ("--runner.postScriptGC", "true")),
}


@dataclass
class Client:
    """One person's tab: what it shows, and what it has typed."""

    server: Server
    token: str
    draw: random.Random
    query: str = ""
    page: str = ""
    widgets: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    chosen: dict[str, str] = field(default_factory=dict)
    figures: list[str] = field(default_factory=list)
    watching: dict[str, float] = field(default_factory=dict)

    def dial(self) -> connect:
        """Open the WebSocket as a signed-in browser does."""
        return connect(
            f"{self.server.url.replace('http', 'ws')}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]  # a plain string will do
            additional_headers={"Cookie": f"casework_session={self.token}"},
            max_size=None,
        )

    async def ask(self, socket: ClientConnection, fragment: str = "") -> float:
        """Run the page with the filters as they stand; seconds until it has run."""
        state = ClientState(query_string=self.query, page_script_hash=self.page)
        if not self.page:
            state.page_name = "hours"
        state.fragment_id = fragment
        state.is_auto_rerun = bool(fragment)
        state.context_info.timezone = "Asia/Yekaterinburg"
        state.context_info.locale = "ru-RU"
        for key, value in self.chosen.items():
            state.widget_states.widgets.add(id=self.widgets[key][0], string_value=value)
        started = time.perf_counter()
        await socket.send(BackMsg(rerun_script=state).SerializeToString())
        if not fragment:
            self.figures = []
        async for raw in socket:
            message = ForwardMsg.FromString(raw)
            self._read(message)
            if message.WhichOneof("type") == "script_finished":
                finished = ForwardMsg.ScriptFinishedStatus.Name(message.script_finished)
                if "EARLY" not in finished:
                    break
        return time.perf_counter() - started

    def _read(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "navigation":
            self.page = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "auto_rerun":
            self.watching[message.auto_rerun.fragment_id] = message.auto_rerun.interval
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            element = message.delta.new_element
            shown = element.WhichOneof("type")
            if shown == "selectbox":
                for key in FILTERS:
                    if element.selectbox.id.endswith(f"-{key}"):
                        options = tuple(element.selectbox.options)
                        self.widgets[key] = (element.selectbox.id, options)
            elif shown == "markdown" and element.markdown.body.startswith("### "):
                self.figures.append(element.markdown.body)
            elif shown in {"exception", "alert"}:
                raise AssertionError(f"the page reports: {element}")

    def change(self) -> None:
        """Choose another value of one filter."""
        key = self.draw.choice(FILTERS)
        options = self.widgets[key][1]
        first = self.chosen.get(key)
        self.chosen[key] = self.draw.choice([option for option in options if option != first])

    @property
    def filters(self) -> tuple[str, ...]:
        """Tell which figures should be on the screen."""
        return tuple(self.chosen.get(key, "") for key in FILTERS)


@dataclass
class Run:
    """What one mode gave."""

    mode: str
    answers: list[float] = field(default_factory=list)
    wrong: int = 0
    server_side: dict[str, float] = field(default_factory=dict)
    megabytes: float = 0

    def row(self) -> str:
        """Write one line of the README's table, in milliseconds."""
        centiles = statistics.quantiles(self.answers, n=100)
        inner = " / ".join(f"{1000 * self.server_side.get(q, 0):.0f}" for q in ("0.5", "0.95"))
        return (
            f"| {self.mode} | {len(self.answers)} | {1000 * centiles[49]:.0f} "
            f"| {1000 * centiles[94]:.0f} | {inner} | {self.wrong} | {self.megabytes:.0f} |"
        )


async def learn(server: Server, token: str) -> dict[tuple[str, ...], list[str]]:
    """Ask for every pair of filters once; tell which figures belong to each."""
    client = Client(server, token, random.Random(0))
    known = {}
    async with client.dial() as socket:
        await client.ask(socket)
        choices = [client.widgets[key][1] for key in FILTERS]
        for pair in itertools.product(*choices):
            client.chosen = dict(zip(FILTERS, pair, strict=True))
            await client.ask(socket)
            known[pair] = client.figures
    assert len({tuple(figures) for figures in known.values()}) > len(known) // 3, "nothing changes"
    return known


async def live(
    client: Client, known: dict[tuple[str, ...], list[str]], run: Run, seconds: float, think: float
) -> None:
    """Think and change filters until the time is over."""
    end = time.monotonic() + seconds
    async with client.dial() as socket:
        await asyncio.sleep(client.draw.uniform(0, think))
        await client.ask(socket)
        for key in FILTERS:
            client.chosen[key] = client.draw.choice(client.widgets[key][1])
        await client.ask(socket)
        looked = dict.fromkeys(client.watching, time.monotonic())
        while time.monotonic() < end:
            await asyncio.sleep(client.draw.expovariate(1 / think))
            for fragment, interval in client.watching.items():  # as the browser does by itself
                if time.monotonic() - looked.get(fragment, 0) > interval:
                    looked[fragment] = time.monotonic()
                    await client.ask(socket, fragment)
            client.change()
            run.answers.append(await client.ask(socket))
            run.wrong += client.figures != known[client.filters]


async def crowd(server: Server, tokens: list[str], run: Run, seconds: float, think: float) -> None:
    """Let everybody work at once."""
    known = await learn(server, tokens[0])
    clients = [Client(server, token, random.Random(n)) for n, token in enumerate(tokens)]
    await asyncio.gather(*(live(client, known, run, seconds, think) for client in clients))


def measure(mode: str, source: Path, people: int, seconds: float, think: float) -> Run:
    """Start a server on a copy of the centre and let people work with it."""
    environment, options = MODES[mode]
    run = Run(mode)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        with closing(sqlite3.connect(source)) as centre:
            centre.execute("VACUUM INTO ?", (str(folder / "casework.db"),))
        database = Database(f"sqlite:///{folder / 'casework.db'}")
        now = datetime.now(UTC)
        with database.writing() as db:
            tokens = [make_sign_in(db, make_manager(db, n, now), now=now) for n in range(people)]
        database.dispose()
        server = Server(folder, **environment)
        if mode == "Streamlit's defaults":
            server.launcher = ("-c", FREEZING_OFF)
        server.start(*options)
        try:
            asyncio.run(crowd(server, tokens, run, seconds, think))
            run.server_side = server_side(server)
            assert server.process is not None
            run.megabytes = psutil.Process(server.process.pid).memory_info().rss / 2**20
        finally:
            server.stop()
            shutil.copy(server.log, Path(tempfile.gettempdir()) / "bench_people.log")
    return run


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
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
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
    slow = 1000 * statistics.quantiles(runs[0].answers, n=100)[94]
    print(json.dumps({"p95": round(slow), "wrong": sum(run.wrong for run in runs)}))
    if any(run.wrong for run in runs) or (given.goal and slow > given.goal):
        sys.exit(1)


if __name__ == "__main__":
    main()

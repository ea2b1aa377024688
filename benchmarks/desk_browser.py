"""How long a hand waits in the plan editor, while ten other people draw on the same plan.

A real server, a real browser, a plan of 300 tasks. Each of the ten sends an act every three
seconds on average and asks for news every two, over HTTP as their browsers would. A hand drags
bars; measured is the time from letting go of the mouse until the frame with the server's picture
has been drawn, and how long it takes until what another did is seen in the hand's window.
"""

import gzip
import http.client
import json
import random
import statistics
import tempfile
import threading
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from playwright.sync_api import Locator, Page, sync_playwright

from accounts import store as accounts
from benchmarks.bench_schedule import plan_of
from core.database import Database
from core.migrate import migrate
from core.permissions import Actor, Role
from core.settings import Centre, save_centre
from core.workspace import Workspace
from roadmaps.domain.desk import DESK_URL
from roadmaps.service import NewPlan, create_roadmap
from tests.browser.conftest import settled
from tests.browser.serving import Server, chromium
from tests.factories import make_case, make_sign_in

TASKS: Final = 300
LINKS: Final = 500
OTHERS: Final = 10
PULLS: Final = 40
PAUSE: Final = 1_500  # [ms] between two pulls: a quick hand
MINE: Final = 40  # rows that the others leave to the hand
WATCH: Final = """
window.waits = [];
window.seen = [];
let up = 0;
addEventListener("pointerup", () => { up = performance.now(); }, true);
const ask = window.fetch;
window.fetch = async (...given) => {
  const answer = await ask(...given);
  if (!String(given[0]).includes("/plan-desk/")) return answer;
  const read = answer.json.bind(answer);
  answer.json = async () => {
    const picture = await read();
    const begun = up;
    const told = () => {
      if (given[1]?.method === "POST") window.waits.push([performance.now() - begun, answer.status]);
      window.first ??= performance.now() - begun;
      window.seen.push([Date.now(), (picture.picture ?? picture).version]);
    };
    requestAnimationFrame(() => setTimeout(told)); // after the frame that shows it
    return picture;
  };
  return answer;
};
"""


@dataclass
class Waits:
    """What was measured [ms]; `answers` counts what the others were told.

    `made` is when the others had their versions answered, `seen` when the hand's window showed
    which version.
    """

    first: float = 0
    redraws: list[float] = field(default_factory=list)
    answers: dict[int, int] = field(default_factory=dict)
    made: dict[int, float] = field(default_factory=dict)
    seen: list[tuple[float, int]] = field(default_factory=list)

    @property
    def p95(self) -> float:
        """Give what ninety-five of a hundred redraws took at most [ms]."""
        return statistics.quantiles(self.redraws, n=20)[18]

    @property
    def longest_unseen(self) -> float:
        """Give the longest time that a change of others was not seen in the window [ms]."""
        begun, last = self.seen[0][0], self.seen[-1][1]
        return max(
            next(at for at, version in self.seen if version >= made) - when
            for made, when in self.made.items()
            if when >= begun and made <= last
        )


def rows() -> Iterator[tuple[str, float, float]]:
    """Give each work with its goal and what was measured [ms]; nothing without a browser."""
    if chromium() is None:
        return
    waits = measure()
    yield "300 tasks: the plan drawn after its view was chosen", 1_000, waits.first
    yield "pointer up to redraw, ten others drawing, median", 150, statistics.median(waits.redraws)
    yield "pointer up to redraw, ten others drawing, p95", 150, waits.p95
    yield "until another's change is seen, the longest", 3_000, waits.longest_unseen


def measure() -> Waits:
    """Let ten others work and a hand draw."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        roadmap, mine, others = make_desk(f"sqlite:///{folder / 'casework.db'}")
        server = Server(folder).start()
        waits, is_over = Waits(), threading.Event()
        hands = [
            threading.Thread(target=work, args=(server.url, roadmap, token, waits, is_over))
            for token in others
        ]
        try:
            for hand in hands:
                hand.start()
            draw(server.url, roadmap, mine, waits)
        finally:
            is_over.set()
            for hand in hands:
                hand.join()
            server.stop()
    return waits


def make_desk(url: str) -> tuple[int, str, list[str]]:
    """Set up a centre with one plan; its number, the hand's token, the tokens of the others."""
    migrate(url)
    database = Database(url)
    now = datetime.now(UTC)
    with database.writing() as db:
        save_centre(db, Centre(name="Bench"))
        people = []
        for number in range(OTHERS + 1):
            person = accounts.add_person(db, f"Person {number}", now=now, language="ru")
            address = f"bench{number}@example.org"
            accounts.add_account(db, person, address, (Role.CONSULTANT,), now=now)
            people.append(person)
        case = make_case(db, people[0], members=people[1:])
        tokens = [make_sign_in(db, person, now=now) for person in people]
    here = Workspace.of(database, Actor(people[0], frozenset({Role.CONSULTANT})))
    roadmap = create_roadmap(here, new=NewPlan(case, "Bench", plan_of(TASKS, LINKS)))
    database.dispose()
    return roadmap, tokens[0], tokens[1:]


def work(url: str, roadmap: int, token: str, waits: Waits, is_over: threading.Event) -> None:
    """Ask for news every two seconds; change something every three, on average."""
    chance = random.Random(token)
    address = f"{url}{DESK_URL}/{roadmap}?lang=ru&width=900"
    picture = call(address, token)[1]
    ids = [row["id"] for row in picture["layout"]["rows"]][MINE:]
    version, news_at, act_at = picture["version"], 0.0, time.monotonic() + 3 * chance.random()
    while not is_over.wait(0.05):
        now = time.monotonic()
        if now >= act_at:
            act_at = now + chance.expovariate(1 / 3)
            act = {"do": "progress", "task": chance.choice(ids), "percent": chance.randrange(100)}
            if chance.random() < 0.5:
                act = {"do": "stretch", "task": chance.choice(ids), "by": 1}
            sent = {"version": version, "acts": [act], "look": {"width": 900}, "lang": "ru"}
            status, picture = call(
                f"{url}{DESK_URL}/{roadmap}", token, sent | {"key": str(uuid.UUID(int=chance.getrandbits(128)))}
            )  # fmt: skip
            waits.answers[status] = waits.answers.get(status, 0) + 1
            version = (picture.get("picture") or picture)["version"]
            if status == 200:
                waits.made[version] = 1000 * time.time()
        elif now >= news_at:
            news_at = now + 2
            status, picture = call(f"{address}&since={version}", token)
            version = picture["version"] if status == 200 else version


def call(address: str, token: str, sent: dict[str, object] | None = None) -> tuple[int, dict]:
    """Ask the server as a browser does."""
    headers = {
        "Cookie": f"casework_session={token}",
        "Accept-Encoding": "gzip",
        "Sec-Fetch-Site": "same-origin",
    }
    body = None
    if sent is not None:
        headers |= {
            "Content-Type": "application/json",
            "Origin": address.split(DESK_URL, maxsplit=1)[0],
        }
        body = json.dumps(sent).encode()
    request = urllib.request.Request(address, data=body, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, told(answer)
    except urllib.error.HTTPError as error:
        return error.code, told(error)


def told(answer: http.client.HTTPResponse | urllib.error.HTTPError) -> dict:
    """Read an answer, packed or not."""
    body = answer.read()
    packed = answer.headers.get("Content-Encoding") == "gzip"
    return json.loads((gzip.decompress(body) if packed else body) or b"{}")


def draw(url: str, roadmap: int, token: str, waits: Waits) -> None:
    """Open the plan and drag its bars there and back."""
    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 1400, "height": 900}, locale="ru-RU")
        context.add_cookies([{"name": "casework_session", "value": token, "url": url}])
        context.add_init_script(WATCH)
        page = context.new_page()
        page.goto(f"{url}/roadmap?roadmap={roadmap}&view=history")
        settled(page)
        page.get_by_text("План", exact=True).first.click()
        bars = page.locator("[data-part=bar]")
        bars.first.wait_for()
        waits.first = page.evaluate("window.first")  # a locator looks every half a second only
        settled(page)
        for number in range(PULLS):
            pull(page, bars.nth(2 + number // 2 % 6), 60 if number % 2 == 0 else -60)
            page.wait_for_function("n => window.waits.length > n", arg=number, timeout=10_000)
            page.wait_for_timeout(PAUSE)
        found = page.evaluate("window.waits")
        waits.redraws += [ms for ms, status in found if status == 200]
        waits.seen += map(tuple, page.evaluate("window.seen"))
        waits.answers[-1] = sum(status != 200 for _ms, status in found)
        browser.close()


def pull(page: Page, bar: Locator, by: int) -> None:
    """Drag a bar sideways as a hand does."""
    box = bar.bounding_box()
    assert box is not None
    x, y = box["x"] + min(box["width"] / 2, 6), box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by / 2, y, steps=3)
    page.mouse.move(x + by, y, steps=3)
    page.mouse.up()


if __name__ == "__main__":
    waited = measure()
    print(waited.first, statistics.median(waited.redraws), waited.p95, waited.longest_unseen)

"""How all roadmaps at once answer: 300 of them, 10,000 tasks, 15,000 changes of their plans."""

import json
import os
import random
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert
from streamlit.testing.v1 import AppTest

import migrations.tables  # noqa: F401 — registers every table
from benchmarks.bench_schedule import plan_of
from core.cache import SWITCH
from core.database import Base, Database
from core.permissions import Actor, Role
from core.settings import Centre, save_centre
from core.ui import desk, navigation
from core.workspace import Workspace
from roadmaps.domain.edit_data import edit_to_data
from roadmaps.domain.edits import ChangeTask
from roadmaps.domain.edits_task import Rename, SetProgress
from roadmaps.domain.plan import Plan, Task
from roadmaps.domain.portfolio_lines import Flag, PortfolioSearch
from roadmaps.service import NewPlan, view_load, view_portfolio
from roadmaps.service.roadmaps import write_roadmap
from roadmaps.tables import PlanEditRow
from tests.factories import make_case, make_initiative, make_person, make_sign_in

APP = Path(__file__).resolve().parent.parent / "streamlit_app.py"
TODAY = date(2026, 7, 1)
NOW = datetime(2026, 7, 1, 6, 0, tzinfo=UTC)
ROADMAPS, PEOPLE, CHANGES = 300, 40, 50
RUNS = 7


def plan(key: int, people: list[int]) -> Plan:
    """Draw a plan of 33 or 34 tasks; a third of them done, half with somebody responsible."""
    rng = random.Random(key)
    drawn = plan_of(33 + (key % 3 == 0), 60, key)
    tasks = (
        replace(
            task,
            responsible_id=rng.choice(people) if rng.random() < 0.4 else None,
            responsible="Волонтёры" if rng.random() < 0.1 else "",
            done_percent=rng.choice((0, 0, 0, 40, 100, 100)),
        )
        for task in drawn.tasks
    )
    start = TODAY - timedelta(days=rng.randrange(200))
    return replace(drawn, starts_on=start, tasks=tuple(tasks))


def fill(database: Database) -> tuple[int, int]:
    """Make the centre; give its manager and one roadmap."""
    Base.metadata.create_all(database.engine)
    with database.writing() as db:
        save_centre(db, Centre("Three hundred", "Asia/Yekaterinburg", "ru"))
        manager = make_person(db, "Manager", [Role.MANAGER], "ru")
        people = [make_person(db, f"Консультант {n}", [Role.CONSULTANT]) for n in range(PEOPLE)]
        cases = [
            make_case(db, people[n % PEOPLE], initiative_id=make_initiative(db, f"Двор {n}"))
            for n in range(ROADMAPS)
        ]
    here = Workspace.of(database, Actor(manager, frozenset({Role.MANAGER})), lambda: NOW)
    with here.transaction() as tx:
        made = [
            write_roadmap(tx, NewPlan(case, f"Дорожная карта {n}", plan(n, people)))
            for n, case in enumerate(cases)
        ]
    with database.writing() as db:
        for roadmap_id in made:
            db.execute(
                insert(PlanEditRow), [_change(roadmap_id, n, manager) for n in range(CHANGES)]
            )
    return manager, made[0]


def _change(roadmap_id: int, number: int, by: int) -> dict[str, object]:
    """Draw a change: some rename, some mark, some rewrite a whole task."""
    rng = random.Random(roadmap_id * CHANGES + number)
    task = Task(number + 1, "Задача, которую назвали длинно и подробно", 5, uid=f"{number}")
    there, back = rng.choice(
        (
            (Rename(task.id, "Так"), Rename(task.id, "Этак")),
            (SetProgress(task.id, 40), SetProgress(task.id, 0)),
            (ChangeTask(replace(task, done_percent=100)), ChangeTask(task)),
        )
    )
    texts = [json.dumps(edit_to_data(edit), ensure_ascii=False) for edit in (there, back)]
    made_at = NOW - timedelta(days=rng.randrange(1, 300))
    return {
        "roadmap_id": roadmap_id, "seq": number + 10, "forward": texts[0], "backward": texts[1],
        "by": by, "made_at": made_at,
    }  # fmt: skip


def least(run: Callable[[], object]) -> float:
    """Give the least time of several runs [ms of one processor]."""
    found = []
    for _number in range(RUNS):
        begun = time.thread_time()
        run()
        found.append(time.thread_time() - begun)
    return min(found) * 1e3


def page(database: Database, manager: int) -> tuple[float, float]:
    """Time the page in Streamlit's own harness: first drawn, then with another filter [ms]."""
    os.environ["DATABASE_URL"] = database.url.render_as_string(hide_password=False)
    desk._Door.clock = staticmethod(lambda: NOW)  # noqa: SLF001 — the door has no other way to be given the benchmark's day
    with database.writing() as db:
        token = make_sign_in(db, manager, now=NOW)
    test = AppTest.from_file(str(APP), default_timeout=60)
    test.session_state["token"], test.session_state["language"] = token, "ru"
    test.run()
    begun = time.perf_counter()
    test.switch_page(navigation.page("roadmap_portfolio").path).run()
    first, again = (time.perf_counter() - begun) * 1000, []
    for group in ("lead", "theme", "initiative", "lead"):
        test.query_params["by"] = group
        begun = time.perf_counter()
        test.run()
        again.append((time.perf_counter() - begun) * 1000)
    assert not test.exception
    return first, min(again)


def portfolio_rows() -> None:
    """Print the lines of the table: service without its caches and with them, then the page."""
    os.environ[SWITCH] = "off"
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'desk.db'}", durable=False)
        manager, one = fill(database)
        here = Workspace.of(database, Actor(manager, frozenset({Role.MANAGER})), lambda: NOW)
        work = f"{ROADMAPS} roadmaps, 10,000 tasks"
        every, late = PortfolioSearch(), PortfolioSearch(flag=Flag.LATE)
        rows = [
            (f"{work}: service", 300, least(lambda: view_portfolio(here, every))),
            ("people's load of one of them", 300, least(lambda: view_load(here, roadmap_id=one))),
        ]
        os.environ.pop(SWITCH)
        rows.append((f"{work}: service again", 100, least(lambda: view_portfolio(here, late))))
        first, again = page(database, manager)
        rows += [(f"{work}: page, first", 1_000, first), (f"{work}: page, again", 1_000, again)]
        for name, goal, found in rows:
            print(f"| {name} | ≤ {goal} ms | {found:.0f} ms |", flush=True)
        database.dispose()

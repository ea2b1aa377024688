import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from core.calendar import russian_calendar
from dashboards.routes import MODULES
from roadmaps.domain.laid import lay
from roadmaps.domain.plan import Dependency, LinkKind, Plan, Task
from tests.roadmaps.plans import START
from tests.words import ROOT


def _plan(seed: int) -> Plan:
    tasks = tuple(Task(n, "t", (n * seed) % 7, position=n) for n in range(1, 201))
    links = tuple(
        Dependency(n, n + step, kind, (n * seed) % 5 - 2)
        for n in range(1, 201)
        for step, kind in ((1, LinkKind.FS), (3, LinkKind.SS), (7, LinkKind.FF))
        if n + step <= 200
    )
    return Plan(START, tasks, links)


def test_plans_scheduled_in_several_threads_at_once_are_those_scheduled_in_one() -> None:
    plans = [_plan(seed) for seed in range(1, 7)]
    alone = [lay(plan, russian_calendar()).result for plan in plans]
    with ThreadPoolExecutor(6) as pool:
        together = list(pool.map(lambda x: lay(replace(x), russian_calendar()).result, plans * 5))
    assert together == alone * 5


def test_the_server_loads_the_passes_before_anybody_asks() -> None:
    assert "roadmaps.domain.warm" in MODULES


def test_the_model_and_the_formats_are_imported_without_the_compiler() -> None:
    code = (
        "import sys, roadmaps.domain.schedule, roadmaps.domain.why, roadmaps.formats.files\n"
        "print(sorted({'numba', 'icalendar'} & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"

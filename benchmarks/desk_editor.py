"""How fast the server answers the plan editor, ten people at one plan of 300 tasks.

Times are those of the processor: a request's whole way below HTTP, from the cookie's token to
the bytes of the answer, over a database of its own.
"""

import gc
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import migrations.tables  # noqa: F401 — registers every table
from benchmarks.bench_schedule import plan_of
from casework.service import recognise
from core.database import Base, Database
from core.errors import DomainError
from core.i18n import translator
from core.permissions import Role
from core.workspace import Workspace
from roadmaps import service
from roadmaps.charts.desk_data import picture_text
from roadmaps.domain.acts import Act, Call, Done, Place, Shift, Stretch
from roadmaps.domain.axis import Zoom
from roadmaps.domain.layout import Look
from roadmaps.domain.plan import Plan, Task
from roadmaps.domain.rows import Move
from tests import factories

TASKS, LINKS, PEOPLE = 300, 500, 10
_LOOK = Look(zoom=Zoom.WEEKS, least=0.2)
_ = translator("ru")


@contextmanager
def desk() -> Iterator[tuple[list[Workspace], int]]:
    """Make a database with one roadmap and ten consultants of its case."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'desk.db'}")
        Base.metadata.create_all(database.engine)
        now = datetime.now(UTC)
        with database.writing() as db:
            people = [factories.make_person(db, roles=[Role.CONSULTANT]) for _n in range(PEOPLE)]
            case = factories.make_case(db, people[0], members=people[1:])
            tokens = [factories.make_sign_in(db, person, now=now) for person in people]
        here = [Workspace(database, recognise(token)) for token in tokens]
        new = service.NewPlan(case, "План", _plan(people))
        yield here, service.create_roadmap(here[0], new=new)
        database.dispose()


def _plan(people: list[int]) -> Plan:
    plan = plan_of(TASKS, LINKS)
    tasks = [
        replace(task, title=f"Задача № {task.id}", responsible_id=people[task.id % PEOPLE])
        for task in plan.tasks
    ]
    return replace(plan, tasks=tuple(tasks))


def _acts(tasks: tuple[Task, ...], draw: random.Random) -> Act:
    task = draw.choice(tasks).id
    return draw.choice(
        [
            Place(task, by=draw.choice([-1, 1, 5])),
            Stretch(task, by=draw.choice([1, 2])),
            Call(task, f"Задача {draw.random():.5f}"),
            Done(task, draw.randrange(0, 100, 10)),
            Shift(task, Move.UP),
        ]
    )


def measure() -> Iterator[tuple[str, float, float]]:
    """Give each kind of request, its goal and the 95th percentile of what it took [ms]."""
    with desk() as (people, roadmap_id):
        draw = random.Random(1)
        where = {"roadmap_id": roadmap_id}
        view = service.view_plan(people[0], **where)
        tasks = view.plan.tasks

        def send(who: Workspace, seen: int) -> float:
            """Act until an act has room, and give what that one took [ms]."""
            for _try in range(20):
                asked = service.Asked(seen, (_acts(tasks, draw),), _LOOK)
                begun = time.process_time()
                try:
                    done = service.act_on_plan(who, **where, asked=asked)
                except DomainError:
                    continue
                picture_text(done, _)
                return (time.process_time() - begun) * 1e3
            raise AssertionError

        for _number in range(20):
            send(draw.choice(people), service.plan_pulse(people[0], **where).version)
        gc.freeze()  # as the server does
        fresh, late, looks = list[float](), list[float](), list[float]()
        for _number in range(100):
            seen = service.plan_pulse(people[0], **where).version
            fresh.append(send(draw.choice(people), seen))
            late.append(send(draw.choice(people), seen))
            looks.append(_taken(partial(_look, draw.choice(people), where)))
        polls = [
            _taken(partial(service.view_desk, people[1], **where, look=_LOOK, since=seen + 2))
            for _number in range(100)
        ]
    yield f"an act, {TASKS} tasks and {LINKS} links", 50, _p95(fresh)
    yield "the same over another's change", 50, _p95(late)
    yield "the picture", 40, _p95(looks)
    yield "is there anything new", 3, _p95(polls)


def _look(who: Workspace, where: dict[str, int]) -> None:
    desk = service.view_desk(who, **where, look=_LOOK)
    assert desk is not None
    picture_text(desk, _)


def _taken(run: Callable[[], object]) -> float:
    begun = time.process_time()
    run()
    return (time.process_time() - begun) * 1e3


def _p95(found: list[float]) -> float:
    return statistics.quantiles(found, n=20)[18]

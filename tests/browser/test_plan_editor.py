"""The plan editor on its page: real mouse, real keys, real server, 300 tasks."""

import json
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page

from core.permissions import Role
from roadmaps import service
from roadmaps.domain.plan import Plan
from roadmaps.formats.exchange import PlanFile
from roadmaps.formats.plan_json import write_plan_json
from tests import factories
from tests.browser.chart import ByKeys, ByMouse, Chart
from tests.browser.hands import Person
from tests.browser.seeding import Someone, arrive, opened
from tests.browser.serving import Server
from tests.golden.edited import START, kept, plan_of_300, told

WIDE = {"width": 1700, "height": 1150}
PHONE = {"width": 390, "height": 844}


@dataclass
class Centre:
    """Two consultants of one case, and the server they share."""

    server: Server
    anna: Someone
    boris: Someone
    case: int

    def imports(self, plan: Plan) -> int:
        """Make a roadmap of a plan, by a file."""
        data = write_plan_json(PlanFile("Двор", plan)).encode()
        new = service.NewPlan(self.case, "", Plan(START))
        return service.import_roadmap(
            self.anna.workspace, new=new, file=service.File("plan.json", data)
        )

    def plan(self, roadmap: int) -> Plan:
        return service.view_plan(self.anna.workspace, roadmap_id=roadmap).plan

    def told(self, roadmap: int) -> dict:
        return json.loads(json.dumps(told(self.plan(roadmap))))


@pytest.fixture(scope="module")
def centre(server: Server) -> Centre:
    with opened(server) as database:
        anna = arrive(database, Role.CONSULTANT, Role.MANAGER, name="Анна Ёлкина")
        boris = arrive(database, Role.CONSULTANT, Role.MANAGER, name="Борис Рябов")
        with database.writing() as db:
            initiative = factories.make_initiative(db, "Сад у дома", anna.id)
            case = factories.make_case(db, anna.id, initiative_id=initiative)
        yield Centre(server, anna, boris, case)


@pytest.fixture
def open_chart(centre: Centre, people: Callable[..., Page]) -> Callable[..., Chart]:
    """Open a roadmap in the browser of a person: `open_chart(roadmap, ByKeys)`."""

    def open_(
        roadmap: int,
        kind: type[Chart] = ByMouse,
        who: Someone | None = None,
        query: str = "&zoom=days",
        **options: object,
    ) -> Chart:
        page = people(**options)
        page.set_viewport_size(PHONE if options else WIDE)
        (who or centre.anna).carries(page.context, centre.server)
        Person(page, centre.server.url).opens(f"roadmap?roadmap={roadmap}{query}")
        return kind(page).is_there()

    return open_


def by_mouse(chart: ByMouse) -> None:
    """Make the twelve edits of tests/golden/edited.py, in their order."""
    version = chart.version
    acts: list[Callable[[], None]] = [
        lambda: chart.renames("Шаг 1.1", "Опросить жителей двора"),
        lambda: chart.moves("Шаг 1.4", 3),
        lambda: chart.stretches("Шаг 1.2", 2),
        lambda: chart.sets_progress("Шаг 1.3", 40),
        lambda: chart.links("Шаг 1.5", "Шаг 2.2", "fs"),
        lambda: chart.links("Шаг 1.6", "Шаг 2.1", "ss"),
        lambda: chart.changes_lag("Шаг 2.4", "Шаг 2.5", 2),
        lambda: chart.unlinks("Шаг 2.6", "Шаг 2.7"),
        lambda: chart.takes_up("Шаг 2.10", "Шаг 2.9"),
        lambda: chart.puts_into("Отдельно 1", "Этап 1"),
        lambda: chart.adds("Шаг 1.9", "Позвать прессу", 2),
        lambda: chart.removes("Шаг 2.9"),
    ]
    for number, act in enumerate(acts, start=1):
        act()
        chart.is_settled(version + number)


def test_twelve_edits_by_mouse_make_the_plan_that_the_domain_makes(centre, open_chart) -> None:
    roadmap = centre.imports(plan_of_300())
    start = centre.told(roadmap)
    chart = open_chart(roadmap, ByMouse)
    by_mouse(chart)
    assert kept() == centre.told(roadmap)

    version = chart.version
    for number in range(1, 13):
        chart.undoes()
        chart.is_settled(version + number)
    assert start == centre.told(roadmap)


def test_twelve_edits_by_keys_make_the_same_plan_and_are_taken_back_by_keys(
    centre, open_chart
) -> None:
    roadmap = centre.imports(plan_of_300())
    start = centre.told(roadmap)
    chart = open_chart(roadmap, ByKeys)
    version = chart.version
    acts: list[tuple[str, int, Callable[[], None]]] = [
        ("Шаг 1.1", 2, lambda: chart.renames("Опросить жителей двора")),
        ("Шаг 1.4", 5, lambda: chart.press("ArrowRight", 3)),
        ("Шаг 1.2", 3, lambda: chart.press("Shift+ArrowRight", 2)),
        ("Шаг 1.3", 4, lambda: chart.sets_progress(40)),
        ("Шаг 1.5", 6, lambda: chart.links_to(9)),
        ("Шаг 1.6", 7, lambda: chart.links_to(7, "2")),
        ("Шаг 2.4", 17, lambda: _lag(chart, 2)),
        ("Шаг 2.6", 19, lambda: _unlink(chart)),
        ("Шаг 2.10", 23, lambda: chart.press("Alt+ArrowUp")),
        ("Отдельно 1", 12, lambda: chart.press("Alt+ArrowRight")),
        ("Шаг 1.9", 10, lambda: chart.adds("Позвать прессу", 2)),
        ("Шаг 2.9", 24, lambda: _remove(chart)),
    ]
    for number, (title, row, act) in enumerate(acts, start=1):
        chart.goes_to(title, row)
        act()
        chart.is_settled(version + number)
    assert kept() == centre.told(roadmap)

    for number in range(13, 25):
        chart.press("Control+z")
        chart.is_settled(version + number)
    assert start == centre.told(roadmap)


def _lag(chart: ByKeys, lag: int) -> None:
    chart.opens_link(2)
    chart.page.keyboard.type(str(lag))
    chart.press("Enter")


def _unlink(chart: ByKeys) -> None:
    chart.opens_link(2)
    chart.press("Tab", 2)
    chart.press("Enter")


def _remove(chart: ByKeys) -> None:
    chart.press("Delete")
    chart.press("Enter")

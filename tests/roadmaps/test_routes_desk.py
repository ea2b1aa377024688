"""The plan editor over HTTP: its picture, the acts of a hand, what is refused and how."""

from datetime import date

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from core.web import COOKIE, HouseRules
from core.workspace import Workspace, system_clock
from roadmaps import routes as roadmaps_routes
from roadmaps import service
from roadmaps.service import NewPlan
from tests import factories
from tests.roadmaps.plans import plan_of

HOST = "https://desk.example.org"
OWN = {"Origin": HOST, "Accept-Language": "en"}
START = date(2026, 11, 30)


@pytest.fixture
def here(workspace) -> Workspace:
    """The same consultant by today's clock, as the server has it."""
    workspace.clock = system_clock
    return workspace


@pytest.fixture
def me(here) -> int:
    with here.reading() as tx:
        return tx.actor.person_id


@pytest.fixture
def roadmap_id(database, here, me) -> int:
    with database.writing() as db:
        case = factories.make_case(db, me)
    plan = plan_of(3, 2, 4, links="A-B B-C", start=START)
    return service.create_roadmap(here, new=NewPlan(case, "Путь", plan))


@pytest.fixture
def site(database, monkeypatch, me) -> TestClient:
    url = database.url.render_as_string(hide_password=False)
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("PUBLIC_URL", HOST)
    app = Starlette(routes=roadmaps_routes.routes(), middleware=[Middleware(HouseRules)])
    client = TestClient(app, base_url=HOST, client=("192.0.2.1", 5000))
    with database.writing() as db:
        client.cookies.set(COOKIE, factories.make_sign_in(db, me, now=system_clock()))
    return client


def look(site: TestClient, roadmap_id: int, **asked) -> dict:
    answer = site.get(f"/plan-desk/{roadmap_id}", params={"lang": "en", **asked}, headers=OWN)
    assert answer.status_code == 200
    return answer.json()


def act(site: TestClient, roadmap_id: int, version: int, *acts: dict, **more):
    sent = {"version": version, "acts": list(acts), "look": {}, "lang": "en", **more}
    return site.post(f"/plan-desk/{roadmap_id}", json=sent, headers=OWN)


def test_the_picture_has_geometry_and_words_of_every_row(site, roadmap_id) -> None:
    shown = look(site, roadmap_id)
    first = shown["layout"]["rows"][0]
    words = shown["rows"][str(first["id"])]
    assert words == {
        "when": "30 Nov – 2 Dec 2026", "length": "3 days", "float": "0 days", "who": "",
        "label": "1. A, 30 November – 2 December 2026, 3 working days, on the critical path,"
        " done 0%",
    }  # fmt: skip
    assert shown["undo"] is shown["redo"] is shown["change"] is None
    assert shown["mayEdit"] is True


def test_a_move_a_stretch_a_name_a_link_and_back_again(site, roadmap_id) -> None:
    shown = look(site, roadmap_id)
    start = shown
    a, b, c = (row["id"] for row in shown["layout"]["rows"])
    acts = [
        {"do": "move", "task": b, "at": "2026-12-07"},
        {"do": "stretch", "task": a, "until": "2026-12-03"},
        {"do": "rename", "task": a, "title": "Опрос"},
        {"do": "link", "from": a, "to": c, "kind": "SS", "lag": 1},
        {"do": "move", "task": b, "by": -1},
    ]
    for one in acts:
        answer = act(site, roadmap_id, shown["version"], one)
        assert answer.status_code == 200, answer.text
        shown = answer.json()
    rows = {row["id"]: row for row in shown["layout"]["rows"]}
    assert rows[b]["from"] == "2026-12-04T00:00:00"
    assert rows[a]["to"] == "2026-12-03T00:00:00"
    assert rows[a]["title"] == "Опрос"
    assert len(shown["layout"]["links"]) == 3
    for _one in acts:
        shown = act(site, roadmap_id, shown["version"], {"do": "undo"}).json()
    assert shown["layout"] == start["layout"]
    assert shown["undo"] is None
    for _one in acts:
        shown = act(site, roadmap_id, shown["version"], {"do": "redo"}).json()
    assert {row["id"]: row for row in shown["layout"]["rows"]} == rows

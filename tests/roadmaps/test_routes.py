"""A leader's roadmap over HTTP: plain pages on a phone, a feed for a calendar."""

import re
from datetime import date, timedelta

import icalendar
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from casework.domain.initiative import NewParticipant
from casework.service import add_person
from casework.service.seams import people_of_case
from core.settings import Centre, save_centre
from core.web import HouseRules
from core.workspace import Workspace, system_clock
from roadmaps import routes as roadmaps_routes
from roadmaps import service
from roadmaps.domain.edits import ChangePlan
from roadmaps.domain.plan import Plan, Task
from roadmaps.domain.remark import REMARK_LIMIT
from roadmaps.service import NewPlan
from tests import factories

HOST = "https://desk.example.org"
OWN = {"Origin": HOST, "Accept-Language": "ru"}
START = date(2025, 11, 24)


@pytest.fixture
def here(workspace) -> Workspace:
    """The same consultant by today's clock, as the server has it."""
    workspace.clock = system_clock
    return workspace


@pytest.fixture
def roadmap(database, here) -> tuple[int, int]:
    with here.reading() as tx:
        me = tx.actor.person_id
    with database.writing() as db:
        save_centre(db, Centre("Центр <b>"))
        initiative = factories.make_initiative(db, "Двор <script>")
        case = factories.make_case(db, me, initiative_id=initiative)
    new = NewParticipant("Вера & Ко")
    add_person(here, initiative_id=initiative, new=new, is_sure=True)
    tasks = (
        Task(1, "Подписи <i>", 2, "appeal.sign~00000001", 1),
        Task(2, "Отнести", 1, "x", 2),
    )
    made = service.create_roadmap(here, new=NewPlan(case, "Путь <u>", Plan(START, tasks)))
    with here.reading() as tx:
        return made, people_of_case(tx, case)[0]


@pytest.fixture
def plan_page(here, roadmap) -> str:
    made, leader = roadmap
    return f"/plan/{service.make_roadmap_link(here, roadmap_id=made, person_id=leader)}"


@pytest.fixture
def site(database, monkeypatch) -> TestClient:
    url = database.url.render_as_string(hide_password=False)
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("PUBLIC_URL", HOST)
    app = Starlette(routes=roadmaps_routes.routes(), middleware=[Middleware(HouseRules)])
    return TestClient(app, base_url=HOST, client=("192.0.2.1", 5000))


def tasks(here, roadmap) -> tuple[Task, ...]:
    return service.view_plan(here, roadmap_id=roadmap[0]).plan.tasks


def test_the_page_shows_texts_as_they_are_in_both_languages_and_is_kept_by_nobody(
    site, plan_page
) -> None:
    answer = site.get(plan_page, headers=OWN)
    for text in ("Путь &lt;u&gt;", "Двор &lt;script&gt;", "Вера &amp; Ко", "Подписи &lt;i&gt;"):
        assert text in answer.text
    assert "<script" not in answer.text
    assert "Кого спросить" in answer.text
    assert "Сделано: 0 из 2" in answer.text
    assert answer.headers["cache-control"] == "no-store"
    english = site.get(plan_page, headers={"Accept-Language": "en"}).text
    assert "Whom to ask" in english
    assert "Done: 0 of 2" in english


def test_a_step_is_marked_and_taken_back_on_the_page(site, plan_page, here, roadmap) -> None:
    first = tasks(here, roadmap)[0].id
    answer = site.post(plan_page, data={"act": "done", "number": first}, headers=OWN)
    assert tasks(here, roadmap)[0].done_percent == 100
    assert "Сделано: 1 из 2" in answer.text
    assert "Отмечено: Подписи &lt;i&gt;" in answer.text
    answer = site.post(plan_page, data={"act": "undone", "number": first}, headers=OWN)
    assert tasks(here, roadmap)[0].done_percent == 0
    assert "Шаг снова открыт" in answer.text


def test_a_step_that_only_begins_later_is_asked_about_before_it_is_marked(
    site, plan_page, here, roadmap
) -> None:
    first = tasks(here, roadmap)[0].id
    with here.reading() as tx:
        later = ChangePlan(tx.today + timedelta(days=30))
    service.edit_plan(here, roadmap_id=roadmap[0], version=2, edit=later)
    asked = site.post(plan_page, data={"act": "done", "number": first}, headers=OWN)
    assert "«Подписи &lt;i&gt;» начинается только" in asked.text
    assert tasks(here, roadmap)[0].done_percent == 0
    sure = site.post(plan_page, data={"act": "sure", "number": first}, headers=OWN)
    assert "Отмечено: Подписи &lt;i&gt;" in sure.text
    assert tasks(here, roadmap)[0].done_percent == 100
    answered = site.get(f"{plan_page}?ask={first}", headers=OWN).text
    assert "начинается только" not in answered
    site.post(plan_page, data={"act": "undone", "number": first}, headers=OWN)
    assert tasks(here, roadmap)[0].done_percent == 0


def test_a_remark_is_written_refused_in_words_and_taken_back(
    site, plan_page, here, roadmap
) -> None:
    second = tasks(here, roadmap)[1].id
    said = {"act": "say", "number": second, "text": "Закрыто <b>"}
    assert "Закрыто &lt;b&gt;" in site.post(plan_page, data=said, headers=OWN).text
    empty = site.post(plan_page, data=said | {"text": " "}, headers=OWN)
    assert empty.status_code == 422
    [(remark, _name)] = service.list_remarks(here, roadmap_id=roadmap[0])
    gone = site.post(plan_page, data={"act": "unsay", "number": remark.id}, headers=OWN)
    assert "Закрыто" not in gone.text
    assert service.list_remarks(here, roadmap_id=roadmap[0]) == ()


def test_a_refused_remark_comes_back_opened_in_the_form_of_its_step(
    site, plan_page, here, roadmap
) -> None:
    first, second = (task.id for task in tasks(here, roadmap))
    long = "ё" * (REMARK_LIMIT + 1)
    for task in (first, second, second + 100):
        said = {"act": "say", "number": task, "text": long}
        before, _text, after = site.post(plan_page, data=said, headers=OWN).text.partition(long)
        assert long not in after
        shown = task if task < second + 100 else 0  # a step that is gone: the form of the whole
        assert re.findall(r"name='number' value='(\d+)'", before)[-1] == str(shown)
        opened = re.findall(r"id='step-(\d+)' open", before)
        assert opened == [str(one) for one in (first, second) if one in {first, shown}]
        assert before.count("<details open") == (shown > 0)


def test_only_forms_of_our_own_page_and_of_a_form_s_size_are_taken(
    site, plan_page, here, roadmap
) -> None:
    data = {"act": "done", "number": tasks(here, roadmap)[0].id}
    for headers in ({"Origin": "https://evil.example"}, {}):
        assert site.post(plan_page, data=data, headers=headers).status_code == 403
    assert site.post(plan_page, data={"text": "x" * 30_000}, headers=OWN).status_code == 413
    assert [task.done_percent for task in tasks(here, roadmap)] == [0, 0]


def test_a_link_that_opens_nothing_gets_our_404_and_a_hasty_address_has_to_wait(
    site, plan_page, here, roadmap
) -> None:
    service.revoke_roadmap_link(here, roadmap_id=roadmap[0], person_id=roadmap[1])
    for address in (plan_page, f"{plan_page}.ics", "/plan/guessed", "/plan/guessed.ics", "/plan"):
        assert site.get(address, headers=OWN).status_code == 404
    assert site.post(plan_page, data={"act": "done", "number": "1"}, headers=OWN).status_code == 404
    answers = [site.get("/plan/guessed").status_code for _ in range(60)]
    assert answers[-1] == 429


def test_the_calendar_named_on_the_page_reads_the_steps_by_their_days(
    site, plan_page, here, roadmap
) -> None:
    [address] = re.findall(
        r"href='https://desk.example.org(/plan/[^']+\.ics)'", site.get(plan_page).text
    )
    answer = site.get(address)
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    events = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    told = [(str(e["summary"]), e["dtstart"].dt, e["dtend"].dt) for e in events]
    assert told == [
        ("Подписи <i>", START, START + timedelta(days=2)),
        ("Отнести", START, START + timedelta(days=1)),
    ]
    numbers = [task.id for task in tasks(here, roadmap)]
    assert [str(e["uid"]) for e in events] == [
        f"roadmap-{roadmap[0]}-task-{number}@desk.example.org" for number in numbers
    ]

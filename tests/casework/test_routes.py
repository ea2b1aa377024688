"""Public addresses: what a link opens, and that a revoked one opens nothing."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from casework import routes as casework_routes
from casework.domain.consultation import Draft, Topic, Work
from casework.service import (
    edit_consultation,
    make_feed,
    plan_consultation,
    revoke_feed,
    view_consultation,
)
from core.web import HouseRules
from core.workspace import Workspace, system_clock
from tests import factories

PERM = ZoneInfo("Asia/Yekaterinburg")
TODAY = datetime.now(PERM).date()
SECRET = "Секрет 7f3a"


@pytest.fixture
def here(workspace) -> Workspace:
    """The same consultant by today's clock, as the server has it."""
    workspace.clock = system_clock
    return workspace


@pytest.fixture
def me(workspace) -> int:
    with workspace.reading() as tx:
        return tx.actor.person_id


@pytest.fixture
def case(database, me) -> int:
    with database.writing() as db:
        initiative = factories.make_initiative(db, "Двор; без, машин")
        return factories.make_case(db, me, initiative_id=initiative)


@pytest.fixture
def site(database, monkeypatch) -> TestClient:
    url = database.url.render_as_string(hide_password=False)
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("PUBLIC_URL", "https://desk.example.org")
    app = Starlette(routes=casework_routes.routes(), middleware=[Middleware(HouseRules)])
    return TestClient(app, base_url="https://desk.example.org", client=("192.0.2.1", 5000))


def plan(here, me, case, *, topic=Topic.BUDGET, days=1, at: time | None = time(10)) -> int:
    draft = Draft(
        TODAY + timedelta(days=days),
        frozenset({topic}),
        (Work(me),),
        starts_at=at,
        cases=frozenset({case}),
        expected_minutes=90,
        note=SECRET,
    )
    return plan_consultation(here, draft=draft)


def events(answer) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(answer.content).walk("VEVENT"))


def test_a_feed_is_read_back_by_a_calendar(site, here, me, case) -> None:
    meeting = plan(here, me, case)
    whole_day = plan(here, me, case, days=2, at=None)

    answer = site.get(f"/feed/{make_feed(here)}.ics")

    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    timed, plain = events(answer)
    begins = datetime.combine(TODAY + timedelta(days=1), time(10), PERM)
    assert timed["dtstart"].dt == begins
    assert timed["dtend"].dt - timed["dtstart"].dt == timedelta(minutes=90)
    assert timed["dtstart"].params["TZID"] == "Asia/Yekaterinburg"
    assert str(timed["uid"]) == f"consultation-{meeting}@desk.example.org"
    assert str(timed["summary"]) == "Консультация: Двор; без, машин"
    assert (plain["dtstart"].dt, str(plain["uid"])) == (
        TODAY + timedelta(days=2),
        f"consultation-{whole_day}@desk.example.org",
    )
    zones = icalendar.Calendar.from_ical(answer.content).walk("VTIMEZONE")
    assert [str(zone["tzid"]) for zone in zones] == ["Asia/Yekaterinburg"]


def test_a_moved_meeting_keeps_its_name_in_the_feed_and_counts_up(site, here, me, case) -> None:
    meeting, link = plan(here, me, case), f"/feed/{make_feed(here)}.ics"
    [before] = events(site.get(link))
    view = view_consultation(here, consultation_id=meeting).consultation
    assert view is not None
    draft = Draft(view.held_on, view.topics, (Work(me),), time(15), cases=frozenset({case}))
    edit_consultation(here, consultation_id=meeting, version=1, draft=draft)

    [after] = events(site.get(link))

    assert (before["uid"], before["sequence"], after["sequence"]) == (after["uid"], 1, 2)
    assert after["dtstart"].dt.time() == time(15)


def test_no_confidential_word_is_in_a_feed(site, here, me, case) -> None:
    plan(here, me, case, topic=Topic.PSYCHOLOGIST)

    answer = site.get(f"/feed/{make_feed(here)}.ics")

    [event] = events(answer)
    assert str(event["summary"]) == "Занято"
    for word in ("Двор", SECRET, "психолог", "psychologist"):
        assert word not in answer.text


def test_a_revoked_or_guessed_link_gets_our_404(site, here) -> None:
    token = make_feed(here)
    assert site.get(f"/feed/{token}.ics").status_code == 200
    revoke_feed(here)

    for address in (f"/feed/{token}.ics", "/feed/guessed.ics", "/feed/", "/feed", "/feed/x/y"):
        answer = site.get(address, headers={"Accept-Language": "ru"})
        assert answer.status_code == 404
        assert "По этому адресу ничего нет" in answer.text


def test_an_address_that_asks_too_often_waits(site) -> None:
    answers = [site.get("/feed/guessed.ics") for _ in range(61)]

    assert answers[59].status_code == 404
    assert (answers[60].status_code, answers[60].headers["retry-after"]) == (429, "60")

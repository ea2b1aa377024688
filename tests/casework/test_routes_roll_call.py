"""A leader answers the roll call on a phone: a link, a form, thanks."""

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from casework import routes
from casework.domain.life import InitiativeState
from casework.service import begin_roll_call, roll_call_link, view_initiative
from core.database import Database
from tests import factories

HERE = {"Origin": "http://testserver"}


@pytest.fixture
def initiative(workspace, database) -> int:
    with workspace.reading() as tx:
        me = tx.actor.person_id
    with database.writing() as db:
        found = factories.make_initiative(db, "Двор <b>без</b> машин")
        factories.make_case(db, me, initiative_id=found)
    return found


@pytest.fixture
def client(database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setattr(routes, "the_database", lambda: database)
    with TestClient(Starlette(routes=routes.routes())) as client:
        yield client


@pytest.fixture
def address(workspace, initiative, clock, monkeypatch) -> str:
    from datetime import UTC, datetime

    clock.now = datetime.now(UTC)  # the route reads the machine's clock
    roll = begin_roll_call(workspace)
    token = roll_call_link(workspace, roll_call_id=roll, initiative_id=initiative)
    return f"/roll-call/{token}"


def test_a_leader_answers_once(client, address, workspace, initiative) -> None:
    asked = client.get(address, headers={"Accept-Language": "ru"})
    assert asked.status_code == 200
    assert "Двор &lt;b&gt;без&lt;/b&gt; машин" in asked.text
    assert "Как сейчас ваша инициатива?" in asked.text

    said = {"outcome": "paused", "note": "Зимуем <i>"}
    thanked = client.post(address, data=said, headers={**HERE, "Accept-Language": "ru"})
    assert (thanked.status_code, "Спасибо" in thanked.text) == (200, True)
    state = view_initiative(workspace, initiative_id=initiative).initiative.life.state
    assert state is InitiativeState.PAUSED
    assert client.get(address).status_code == 404
    assert client.post(address, data=said, headers=HERE).status_code == 404


def test_a_wrong_answer_keeps_the_note_and_the_link(client, address) -> None:
    sent = {"outcome": "not_reached", "note": 'Ждём "весны"'}
    refused = client.post(address, data=sent, headers={**HERE, "Accept-Language": "en"})
    assert refused.status_code == 422
    assert "Ждём &quot;весны&quot;" in refused.text
    assert client.get(address).status_code == 200


def test_a_foreign_page_a_wrong_link_and_a_flood_are_refused(client, address) -> None:
    foreign = {"Origin": "https://elsewhere.example"}
    assert client.post(address, data={"outcome": "alive"}, headers=foreign).status_code == 403
    assert client.get("/roll-call/wrong").status_code == 404
    large = client.post(address, data={"note": "x" * 30_000}, headers=HERE)
    assert large.status_code == 413
    answers = [client.get("/roll-call/wrong").status_code for _ in range(60)]
    assert 429 in answers

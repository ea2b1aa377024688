"""Core's HTTP routes, asked as a browser would and as it would not."""

from collections.abc import Callable
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from core import drafts
from core.errors import SignedOutError
from core.permissions import Role
from core.routes import DRAFTS_URL, routes
from core.workspace import Workspace

FROM_OUR_PAGE = {"origin": "http://testserver"}


@pytest.fixture
def person(workspaces: Callable[..., Workspace]) -> Workspace:
    return workspaces(Role.CONSULTANT)


@pytest.fixture
def client(person: Workspace) -> TestClient:
    def open_door(token: str) -> Workspace:
        if token != "good":
            raise SignedOutError
        return person

    return TestClient(Starlette(routes=routes(open_door)), cookies={"casework_session": "good"})


@pytest.fixture
def sent(person: Workspace) -> dict[str, Any]:
    with person.reading() as tx:
        person_id = tx.actor.person_id
    return {
        "person": person_id, "draft": "consultation:5", "text": "Привет", "writer": "w",
        "heir_of": "", "sequence": 1, "base": 0, "basis": "", "other": None,
    }  # fmt: skip


def test_a_draft_is_kept_for_the_person_of_the_cookie(client, sent, person, clock) -> None:
    answer = client.post(DRAFTS_URL, json=sent, headers=FROM_OUR_PAGE)

    assert answer.json() == {
        "version": 1, "cleared": False, "other": "", "at": clock.now.isoformat(),
    }  # fmt: skip
    kept = drafts.find_draft(person, "consultation:5")
    assert kept is not None
    assert kept.text == "Привет"


def test_without_a_sign_in_nothing_is_kept(client, sent, person) -> None:
    client.cookies.clear()
    answer = client.post(DRAFTS_URL, json=sent, headers=FROM_OUR_PAGE)

    assert answer.status_code == 401
    assert drafts.my_drafts(person) == ()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
    ],
)
def test_another_sites_page_is_refused(client, sent, person, headers) -> None:
    answer = client.post(DRAFTS_URL, json=sent, headers=headers)

    assert answer.status_code == 403
    assert drafts.my_drafts(person) == ()


def test_a_plain_form_is_refused(client, person) -> None:
    assert client.post(DRAFTS_URL, data={"text": "x"}, headers=FROM_OUR_PAGE).status_code == 403


@pytest.mark.parametrize(
    "change",
    [
        {"text": 5}, {"text": None}, {"sequence": "1"}, {"sequence": -1}, {"base": 2**31},
        {"draft": "<b>"}, {"person": True}, {"text": "x" * 100_001}, {"other": 7},
        {"writer": "w" * 41}, {"basis": "short"},
    ],
)  # fmt: skip
def test_what_is_no_draft_is_refused(client, sent, person, change) -> None:
    answer = client.post(DRAFTS_URL, json=sent | change, headers=FROM_OUR_PAGE)

    assert answer.status_code == 422
    assert drafts.my_drafts(person) == ()


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"\xff", b"5", b'"x"'])
def test_a_body_that_is_no_draft_is_refused(client, body) -> None:
    headers = FROM_OUR_PAGE | {"content-type": "application/json"}

    assert client.post(DRAFTS_URL, content=body, headers=headers).status_code == 422


def test_a_body_larger_than_any_draft_is_refused_early(client, sent) -> None:
    answer = client.post(DRAFTS_URL, json=sent | {"text": "x" * 3_000_000}, headers=FROM_OUR_PAGE)

    assert answer.status_code == 413

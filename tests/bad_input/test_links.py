"""Links that have ended: an invitation, a set-up link, a ticket."""

from datetime import timedelta
from typing import Any, Final

import pytest
from streamlit.testing.v1 import AppTest

from accounts.service import (
    accept_invitation,
    exchange_ticket,
    invite_person,
    invited_person,
    offer_set_up,
)
from core.links import LinkEndedError
from core.permissions import Role
from core.settings import Centre
from hours.service import set_up_centre
from tests.bad_input.conftest import LANGUAGES
from tests.conftest import ROOT

pytestmark = pytest.mark.usefixtures("components_found_once")

ENDED: Final = {"ru": "Ссылка больше не действует", "en": "This link no longer works"}
PASSWORD: Final = "correct horse battery"


def _page(database: Any, monkeypatch: Any, language: str, **query: str) -> AppTest:
    url = database.url.render_as_string(hide_password=False)
    monkeypatch.setenv("DATABASE_URL", url)
    page = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=30)
    page.session_state["language"] = language
    for name, value in query.items():
        page.query_params[name] = value
    return page.run()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("token", ["expired", "слово", "", "x" * 5_000])
def test_an_invitation_that_has_ended_is_one_sentence(
    database, workspaces, clock, told, monkeypatch, token: str, language: str
) -> None:
    administrator = workspaces(Role.ADMINISTRATOR)
    _id, invitation = invite_person(
        administrator, name="Анна", address="anna@example.org", roles=[Role.EXPERT]
    )
    clock.now += timedelta(days=8)
    given = invitation if token == "expired" else token
    with pytest.raises(LinkEndedError):
        invited_person(database, given, clock=clock)
    if token and token != "expired":  # the page reads the machine's clock
        told(_page(database, monkeypatch, language, invite=given), ENDED[language])


def test_a_used_invitation_sets_no_second_password(database, workspaces, clock, rows) -> None:
    administrator = workspaces(Role.ADMINISTRATOR)
    _id, token = invite_person(
        administrator, name="Анна", address="anna@example.org", roles=[Role.EXPERT]
    )
    entry = accept_invitation(database, token, PASSWORD, PASSWORD, clock=clock)
    before = rows()
    with pytest.raises(LinkEndedError):
        accept_invitation(database, token, PASSWORD, PASSWORD, clock=clock)
    assert before == rows()
    clock.now += timedelta(minutes=2)
    with pytest.raises(LinkEndedError):
        exchange_ticket(database, entry.ticket, clock=clock)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_set_up_link_that_has_ended_claims_nothing(
    database, clock, told, rows, monkeypatch, language: str
) -> None:
    token = offer_set_up(database, clock=clock)
    assert token is not None
    clock.now += timedelta(days=2)
    before = rows()
    with pytest.raises(LinkEndedError):
        set_up_centre(
            database, token, centre=Centre("Центр"), hours=(250, 40), clock=clock,
            person=("Анна", "anna@example.org", PASSWORD),
        )  # fmt: skip
    assert before == rows()

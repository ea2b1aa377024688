"""The note on its real page: a consultation is written up while the server dies."""

import re

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from core.database import Database
from core.permissions import Role
from core.settings import Centre, save_centre
from core.workspace import system_clock
from tests import factories
from tests.browser.hands import Person

PERM = "Asia/Yekaterinburg"


@pytest.fixture
def olga(page: Page, server) -> Person:
    """A consultant at a centre that is set up, signed in."""
    database = Database(server.database)
    with database.writing() as db:
        save_centre(db, Centre("Центр", PERM, "ru"))
        person = factories.make_person(db, "Ольга", roles=[Role.CONSULTANT])
        factories.make_case(db, person)
        token = factories.make_sign_in(db, person, now=system_clock())
    database.dispose()
    page.context.add_cookies([{"name": "casework_session", "value": token, "url": server.url}])
    return Person(page, server.url)


def test_what_is_typed_survives_the_death_of_the_server_and_is_saved(
    olga, server, problems
) -> None:
    olga.opens("consultation_new?case=1").picks("consultation_topics", "проблемы лидера")
    note = olga.box("consultation_note").locator("textarea")
    note.press_sequentially("До. ")
    expect(olga.page.get_by_text("Черновик сохранён")).to_be_visible()

    note.press_sequentially("Пока умирает. ")
    server.kill()
    olga.page.keyboard.type("После смерти. ", delay=60)
    olga.page.wait_for_timeout(4000)
    olga.page.keyboard.type("Ещё позже.", delay=60)
    expect(olga.page.get_by_text("Ещё не отправлено")).to_be_visible()
    server.start()
    olga.opens("consultation_new?case=1")

    whole = "До. Пока умирает. После смерти. Ещё позже."
    expect(note).to_have_value(whole)
    expect(olga.page.get_by_text("Черновик сохранён")).to_be_visible()
    olga.picks("consultation_topics", "проблемы лидера")
    note.click()
    olga.page.keyboard.press("Control+End")
    olga.page.keyboard.type(" Конец.")
    olga.page.keyboard.press("Control+s")
    olga.arrives_at("case").reads("Консультация записана")

    database = Database(server.database)
    with database.reading() as db:
        assert db.scalar(sa.text("SELECT text FROM consultation_note")) == f"{whole} Конец."
    database.dispose()
    olga.opens("consultation_new?case=1")
    expect(note).to_have_value("")
    # Chromium reports each refused connection while the server was dead.
    refused = re.compile("ERR_CONNECTION_REFUSED|WebSocket|reaching server|Streamlit|disconnected")
    problems[:] = [line for line in problems if not refused.search(line)]

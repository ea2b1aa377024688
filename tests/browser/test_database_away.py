"""A PostgreSQL that is stopped and started again under a running server."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from core.permissions import Role
from tests.browser.conftest import settled
from tests.browser.seeding import ALL_ROLES, arrive, begin_work, opened
from tests.browser.serving import Server
from tests.browser.walking import TRACES, addresses, faults
from tests.postgres import Stoppable

AWAY = "База данных не отвечает"


@pytest.mark.slow
def test_every_page_says_that_the_database_is_away_and_comes_back_with_it(
    serve: Callable[..., Server], people: Callable[..., Page]
) -> None:
    database = Stoppable(Path(tempfile.mkdtemp(prefix="casework-away-")) / "data")
    server = serve(database=database.url)
    with opened(server) as door:
        director = arrive(door, *ALL_ROLES, name="Анна Ёлкина")
        things = begin_work(door, director, arrive(door, Role.EXPERT, name="Лев Второй"))
    page = people()
    director.carries(page.context, server)
    page.goto(f"{server.url}/hours")
    settled(page)
    pages = [address for name, address in addresses(things) if name != "sheet"]

    database.stop()

    assert httpx.get(f"{server.url}/healthz").status_code == 503
    page.get_by_role("radio", name="Обучение").click()  # a click in a page that was open
    settled(page)
    expect(page.get_by_text(AWAY)).to_be_visible()
    for address in pages:
        page.goto(f"{server.url}/{address}")
        settled(page)
        text = page.get_by_test_id("stApp").inner_text()
        assert (address, text.count(AWAY), TRACES.findall(text)) == (address, 1, [])
        assert page.get_by_test_id("stException").count() == 0

    database.start()

    assert httpx.get(f"{server.url}/healthz").status_code == 200
    for address in pages[::3]:  # what one page has, all have: the walks see each of them
        page.goto(f"{server.url}/{address}")
        settled(page)
        assert AWAY not in page.get_by_test_id("stApp").inner_text()
        assert faults(page, "ru") == []

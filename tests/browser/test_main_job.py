"""The main job from an empty database, from the set-up link to the manager's figure."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests import postgres
from tests.browser.hands import Person
from tests.browser.main_job import claim, do_the_main_job
from tests.browser.serving import Server


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def desk(request: pytest.FixtureRequest, serve: Callable) -> Server:
    """A server on an empty database."""
    if request.param == "sqlite":
        return serve()
    return serve(database=postgres.fresh_database("browser"))


def test_main_job_from_the_set_up_link_to_the_managers_figure(
    desk, people: Callable[..., Page], tmp_path: Path
) -> None:
    def newcomer() -> Person:
        return Person(people(), desk.url)

    administrator = claim(newcomer(), desk)
    manager = do_the_main_job(administrator, newcomer, tmp_path)
    manager.opens("hours").reads("2 ч 45 мин")

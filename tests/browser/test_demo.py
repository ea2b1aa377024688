"""The main job at the demo centre, among three years of work, and a walk through its pages."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page

from core import backup
from core.database import Database
from dashboards.demo.making import shown_accounts
from tests import factories, postgres
from tests.browser.conftest import settled
from tests.browser.hands import Person
from tests.browser.main_job import do_the_main_job
from tests.browser.seeding import opened
from tests.browser.serving import Server
from tests.browser.walking import addresses, faults
from tests.conftest import WholeDemo

pytestmark = pytest.mark.slow
LATEST = {
    "initiative": "SELECT max(id) FROM initiative",
    "case": "SELECT max(case_id) FROM timeline_entry",
    "consultation": "SELECT max(id) FROM consultation WHERE secrecy <> 'private' AND status = 'held'",
    "need": "SELECT max(id) FROM need",
    "person": "SELECT max(person_id) FROM account",
    "assessment": "SELECT max(id) FROM assessment WHERE submitted_at IS NOT NULL",
    "roadmap": "SELECT max(roadmap_id) FROM task",
    "panel": "SELECT max(panel_id) FROM submission",
    "submission": "SELECT max(id) FROM submission",
    "sheet": "SELECT max(id) FROM score_sheet",
    "agreement": "SELECT max(id) FROM agreement",
    "request": "SELECT max(id) FROM request",
}
"""What each page is opened on."""
REFUSED = {"scores", "sheet"}
"""The demo's director is no expert."""


@pytest.fixture
def on_sqlite(serve: Callable[..., Server], whole_demo: WholeDemo, tmp_path: Path) -> Server:
    """A server with the demo centre inside."""
    shutil.copy(whole_demo.path, tmp_path / "casework.db")
    return serve(folder=tmp_path)


@pytest.fixture
def on_postgresql(serve: Callable[..., Server], whole_demo: WholeDemo, tmp_path: Path) -> Server:
    """A server with the same centre, brought to PostgreSQL as an archive."""
    made = Database(f"sqlite:///{whole_demo.path}")
    archive = backup.back_up(made, tmp_path / "documents", tmp_path / "backups")
    made.dispose()
    url = postgres.fresh_database("demo")
    backup.restore(archive, url, tmp_path / "documents")
    return serve(database=url, folder=tmp_path)


def test_main_job_at_the_demo_centre_adds_exactly_what_was_done(
    on_sqlite: Server, whole_demo: WholeDemo, people: Callable[..., Page], tmp_path: Path
) -> None:
    def newcomer() -> Person:
        return Person(people(), on_sqlite.url)

    address = next(each.address for each in shown_accounts("ru") if each.key == "administrator")
    administrator = newcomer().opens("")
    administrator.types("sign_in_address", address)
    administrator.types("sign_in_password", whole_demo.password)
    administrator.presses("sign_in_submit").reads("Мой стол")
    do_the_main_job(administrator, newcomer, tmp_path)


def test_director_of_the_demo_centre_opens_every_page_on_postgresql(
    on_postgresql: Server, people: Callable[..., Page]
) -> None:
    director = next(each.address for each in shown_accounts("ru") if len(each.roles) > 1)
    with opened(on_postgresql) as database, database.writing() as db:
        things = {name: db.scalar(sa.text(query)) for name, query in LATEST.items()}
        query = sa.text("SELECT person_id FROM account WHERE address = :address")
        person = db.scalar(query, {"address": director})
        token = factories.make_sign_in(db, person, now=datetime.now(UTC))
    assert None not in things.values()
    page = people()
    page.context.add_cookies(
        [{"name": "casework_session", "value": token, "url": on_postgresql.url}]
    )
    found = []
    for name, address in addresses(things):
        page.goto(f"{on_postgresql.url}/{address}")
        settled(page)
        found += faults(page, "ru", refused=name in REFUSED)
    assert found == []

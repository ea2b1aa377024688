"""Real servers and a real browser; a page that reports an error fails its test."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, expect

from core.permissions import Role
from tests import factories
from tests.browser.drafting import Centre
from tests.browser.seeding import arrive, opened
from tests.browser.serving import Server, chromium
from tests.migrated import migrated_database

HERE = Path(__file__).parent
expect.set_options(timeout=20_000)
NO_CHROMIUM = "NO CHROMIUM ON THIS MACHINE: THE BROWSER TESTS DID NOT RUN"
# Streamlit's own page, opened at /people, first looks for its server under /people/, then under /.
PROBES = re.compile(r"/[a-z_]+/_stcore/(health|host-config)$")
SETTLED = """() => {
    const app = document.querySelector('[data-testid=stApp]');
    const still = app && app.dataset.testScriptState === 'notRunning'
        && app.dataset.testConnectionState === 'CONNECTED';
    const now = performance.now();
    if (!still) { window.stillSince = undefined; return false; }
    window.stillSince ??= now;
    return now - window.stillSince > 120;
}"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if chromium() is None:
                item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))


def settled(page: Page) -> Page:
    """Wait until the page's script has run and nothing more is under way for a moment."""
    page.evaluate("() => { window.stillSince = undefined; }")
    page.wait_for_function(SETTLED, timeout=30_000)
    return page


def watch(page: Page, problems: list[str]) -> None:
    """Write down every error that a page reports."""

    def note(message: ConsoleMessage) -> None:
        source = message.location.get("url", "")
        if message.type == "error" and not PROBES.search(source):
            problems.append(f"{page.url}: {message.text} ({source})")

    page.on("console", note)
    page.on("pageerror", lambda error: problems.append(f"{page.url}: {error}"))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    return {"executable_path": chromium(), "args": ["--no-sandbox"]}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, object]:
    return {
        "viewport": {"width": 1280, "height": 900},
        "locale": "ru-RU",
        "timezone_id": "Asia/Yekaterinburg",
    }


@pytest.fixture
def problems() -> Iterator[list[str]]:
    """What pages have reported; a test that provokes errors takes them out before it ends."""
    reported: list[str] = []
    yield reported
    assert reported == []


@pytest.fixture
def page(context: BrowserContext, problems: list[str]) -> Page:
    """A page whose console errors fail the test."""
    context.set_default_timeout(20_000)
    context.on("page", lambda opened: watch(opened, problems))
    return context.new_page()


@pytest.fixture
def people(new_context, problems: list[str]) -> Callable[..., Page]:
    """Open the browser of another person: `people(locale="en-GB")`."""

    def open_(**options: object) -> Page:
        context = new_context(**options)
        context.set_default_timeout(20_000)
        context.on("page", lambda opened: watch(opened, problems))
        return context.new_page()

    return open_


@pytest.fixture(scope="module")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Server]]:
    """Start a server on its own folder: `serve(database="postgresql+psycopg://…", LOG_LEVEL="debug")`."""
    running: list[Server] = []

    def start(database: str = "", folder: Path | None = None, **environment: str) -> Server:
        server = Server(folder or tmp_path_factory.mktemp("server"), database, **environment)
        running.append(server.start())
        return server

    yield start
    for server in running:
        server.stop()


@pytest.fixture(scope="module")
def server(serve: Callable[..., Server], tmp_path_factory: pytest.TempPathFactory) -> Server:
    """One server for the tests of a module, on an SQLite database that has its tables already."""
    folder = tmp_path_factory.mktemp("server")
    migrated_database("sqlite", folder, "casework")
    return serve(folder=folder)


@pytest.fixture(scope="module")
def centre(server: Server) -> Iterator[Centre]:
    """Two consultants of one case, who draw on its roadmaps."""
    with opened(server) as database:
        anna = arrive(database, Role.CONSULTANT, Role.MANAGER, name="Анна Ёлкина")
        boris = arrive(database, Role.CONSULTANT, Role.MANAGER, name="Борис Рябов")
        with database.writing() as db:
            initiative = factories.make_initiative(db, "Сад у дома", anna.id)
            case = factories.make_case(db, anna.id, initiative_id=initiative)
        yield Centre(server, anna, boris, case)

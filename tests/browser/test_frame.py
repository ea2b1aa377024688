"""The frame around every page through the real server: headers, health, figures, a walk."""

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import axe_playwright_python
import httpx
import pytest
from playwright.sync_api import Page, expect

from core import backup
from core.permissions import Role
from core.web import COOKIE, content_security_policy
from tests.browser.conftest import settled
from tests.browser.hands import Person
from tests.browser.seeding import ALL_ROLES, arrive, begin_work, opened
from tests.browser.serving import Server
from tests.browser.walking import addresses, faults

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")
LOOK = """() => axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], resultTypes: ["violations"],
    rules: { "heading-order": { enabled: true } },
}).then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]))"""
STREAMLITS = {"list", "listitem"}
"""Its menu puts more than items into the list of pages."""
PHONE = {"width": 360, "height": 740}
DIRECTORS_REFUSALS = {"sheet"}
"""Even a director hands in no expert's sheet."""
EXPERTS = {"panels", "panel", "scores", "sheet", "submission", "profile", "desk", ""}


@pytest.fixture(scope="module")
def things(server: Server) -> dict:
    """One of everything; the director in two languages, and an expert, by name."""
    with opened(server) as database:
        director = arrive(database, *ALL_ROLES, name="Анна Ёлкина")
        expert = arrive(database, Role.EXPERT, name="Лев Второй")
        english = arrive(database, *ALL_ROLES, name="Ann Fir", language="en")
        ids = begin_work(database, director, expert)
    return {"ids": ids, "director": director, "expert": expert, "english": english}


@pytest.fixture
def asked(server: Server):
    with httpx.Client(base_url=server.url) as client:
        yield client


# ---- what the server says of itself


def test_server_tells_its_listener_to_send_at_once(server, things) -> None:
    assert server.find_printed(r'"event": "started", "listeners": (\d+)') == "1"


def test_health_and_figures_are_told_to_this_machine(server, things, asked) -> None:
    assert asked.get("/healthz").json() == {"live": True, "ready": True}
    figures = asked.get("/metrics").text
    for name in ("casework_sessions 3", "casework_jobs 0", "casework_database_wait_seconds_total"):
        assert name in figures
    assert "backup" not in figures
    assert asked.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 404


def test_figures_tell_how_old_the_last_backup_is(serve: Callable[..., Server], monkeypatch) -> None:
    server = serve(METRICS_TOKEN="nail")
    monkeypatch.setenv("DATA_DIR", str(server.folder))
    with opened(server) as database:
        backup.back_up(database, server.folder / "documents", backup.backup_folder())
    assert httpx.get(f"{server.url}/metrics").status_code == 404
    figures = httpx.get(f"{server.url}/metrics", headers={"Authorization": "Bearer nail"}).text
    assert 0 <= float(re.search(r"casework_backup_age_seconds (\S+)", figures)[1]) < 120
    assert "person" not in figures

    with closing(sqlite3.connect(server.folder / "casework.db")) as database:
        database.execute("UPDATE alembic_version SET version_num = 'of_tomorrow'")
        database.commit()
    answer = httpx.get(f"{server.url}/healthz")
    assert answer.status_code == 503
    assert answer.json() == {"live": True, "ready": False, "reason": "error.schema_not_ready"}
    for file in server.folder.glob("casework.db*"):
        file.write_bytes(b"no database " * 4096)
    answer = httpx.get(f"{server.url}/healthz")
    assert answer.status_code == 503
    assert answer.json()["reason"] == "error.database_unavailable"


# ---- every answer


def test_every_kind_of_answer_is_guarded(server, things, asked) -> None:
    script = re.search(r'src="\.?(/static/[^"]+)"', asked.get("/").text)[1]
    ticketless = {"Origin": server.url}
    kinds = {
        "page": asked.get("/"),
        "asset": asked.get(script),
        "font": asked.get("/fonts/inter.ttf"),
        "health": asked.get("/healthz"),
        "figures": asked.get("/metrics"),
        "nothing": asked.get("/fonts/nothing"),
        "streamlit's own": asked.get("/_stcore/host-config"),
        "refusal": asked.post("/session"),
        "204": asked.post("/sign-out", headers=ticketless),
    }
    assert kinds["204"].status_code == 204
    for kind, answer in kinds.items():
        guarded = answer.headers["content-security-policy"] == content_security_policy()
        assert guarded, kind
        assert answer.headers["x-content-type-options"] == "nosniff", kind
        assert answer.headers["x-frame-options"] == "DENY", kind
    assert "max-age=31536000, immutable" in kinds["font"].headers["cache-control"]


def test_policy_allows_one_inline_script_by_its_hash_and_nothing_from_outside() -> None:
    policy, hashes = re.subn(r"'sha256-[A-Za-z0-9+/]{43}='", "HASH", content_security_policy())
    assert hashes == 1
    assert policy == (
        "default-src 'self'; script-src 'self' blob: HASH; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
        "worker-src 'self' blob:; frame-ancestors 'none'; base-uri 'self'; object-src 'none'; "
        "form-action 'self'"
    )


def test_unknown_addresses_under_our_prefixes_are_our_own_404(server, things, asked) -> None:
    prefixes = ("/fonts", "/session", "/sign-out", "/documents", "/drafts")
    paths = [path for prefix in prefixes for path in (prefix, f"{prefix}/", f"{prefix}/a/b")]
    for path in [*paths, "/documents/1", "/documents/word", "/healthz/a", "/metrics/a"]:
        russian = asked.get(path, headers={"Accept-Language": "ru"})
        assert (russian.status_code, path) == (404, path)
        assert "По этому адресу ничего нет" in russian.text
        cookie = {"Cookie": f"{COOKIE}={things['english'].token}", "Accept-Language": "ru"}
        assert "There is nothing at this address" in asked.get(path, headers=cookie).text


def test_page_is_in_the_language_of_its_reader(server, things, asked) -> None:
    def language(accepted: str, token: str = "") -> str:
        headers = {"Accept-Language": accepted, "Accept-Encoding": "gzip, deflate, br"}
        headers |= {"Cookie": f"{COOKIE}={token}"} if token else {}
        return re.search(r'<html lang="(\w+)">', asked.get("/people", headers=headers).text)[1]

    assert language("ru-RU,ru;q=0.9") == "ru"
    assert language("en-GB") == "en"
    assert language("ru", things["english"].token) == "en"
    assert language("en", things["director"].token) == "ru"


def test_streamlits_door_for_programs_is_shut(server, asked) -> None:
    for door in ("interact", "mcp"):
        answer = asked.post(f"/_stcore/agent/{door}", json={})
        assert answer.status_code >= 400
        assert "enableAgentApi" in answer.text


# ---- a walk through all pages


def walk(page: Page, url: str, things: dict, language: str, refused: set[str]) -> list[str]:
    found = []
    for name, address in addresses(things["ids"]):
        page.goto(f"{url}/{address}")
        settled(page)
        found += faults(page, language, refused=name in refused)
        if page.viewport_size["width"] > PHONE["width"]:
            page.evaluate(AXE)
            seen = page.evaluate(LOOK)
            found += [f"{page.url}: {rule} {at}" for rule, at in seen if rule not in STREAMLITS]
    return found


@pytest.mark.slow
def test_director_sees_every_page_whole_on_a_phone(server, things, people) -> None:
    page = people()
    page.set_viewport_size(PHONE)
    things["director"].carries(page.context, server)
    assert walk(page, server.url, things, "ru", DIRECTORS_REFUSALS) == []


@pytest.mark.slow
def test_director_reads_every_page_with_a_screen_reader(server, things, people) -> None:
    page = people()
    things["english"].carries(page.context, server)
    assert walk(page, server.url, things, "en", DIRECTORS_REFUSALS) == []


@pytest.mark.slow
def test_expert_is_told_in_words_what_is_not_for_experts(server, things, people) -> None:
    page = people()
    things["expert"].carries(page.context, server)
    refused = {name for name, _address in addresses(things["ids"])} - EXPERTS
    assert walk(page, server.url, things, "ru", refused) == []


# ---- edges of Streamlit's own


def test_desk_is_found_at_its_name_too(server, things, asked, people) -> None:
    answer = asked.get("/desk?from=a%20note")
    assert (answer.status_code, answer.headers["location"]) == (307, "/?from=a%20note")
    page = people()
    things["director"].carries(page.context, server)
    Person(page, server.url).opens("desk").reads("Мой стол")
    assert page.url.rstrip("/") == server.url


def test_file_over_the_limit_is_refused_in_the_readers_language(
    server, things, people, tmp_path: Path
) -> None:
    page = people()
    things["director"].carries(page.context, server)
    Person(page, server.url).opens("initiative_import").reads("До 10 МБ · xlsx, csv")
    expect(page.get_by_role("button", name="Выбрать файл")).to_be_visible()
    refusal = page.get_by_text("Этот файл не принят: он больше 10 МБ")
    expect(refusal).to_be_hidden()
    expect(page.get_by_text("per file")).to_be_hidden()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    big = tmp_path / "список.csv"
    with big.open("wb") as file:
        file.truncate(30_000_000)
    page.locator("input[type=file]").set_input_files(big)
    expect(refusal).to_be_visible()
    expect(page.get_by_text("or smaller")).to_be_hidden()
    assert not [url for url in sent if "upload_file" in url]


# ---- when a page breaks


def test_broken_page_shows_a_number_that_the_log_explains(
    serve: Callable[..., Server], people: Callable[..., Page], problems: list[str]
) -> None:
    server = serve()
    with opened(server) as database:
        director = arrive(database, *ALL_ROLES, name="Анна Ёлкина")
    with closing(sqlite3.connect(server.folder / "casework.db")) as database:
        database.execute("PRAGMA foreign_keys=OFF")
        database.execute("DROP TABLE roadmap")
        database.commit()
    page = people()
    director.carries(page.context, server)
    person = Person(page, server.url).opens("roadmaps").reads("Что-то сломалось на нашей стороне")
    shown = page.get_by_test_id("stAlert").inner_text()
    reference = re.search(r"\b[0-9a-f]{8}\b", shown)[0]
    person.does_not_read("Traceback").does_not_read("roadmap")
    assert page.get_by_test_id("stException").count() == 0

    lines = [json.loads(line) for line in server.printed().splitlines() if line.startswith("{")]
    failure = next(line for line in lines if line.get("reference") == reference)
    assert (failure["event"], failure["level"]) == ("failure", "error")
    assert (failure["page"], failure["person"]) == ("roadmaps", director.id)
    assert "no such table: roadmap" in failure["trace"]
    rerun = next(
        line for line in lines if line["event"] == "rerun" and line["run"] == failure["run"]
    )
    assert {"ms", "sql", "at", "page", "person"} <= set(rerun)
    assert "Ёлкина" not in server.printed()
    person.opens("profile").reads("Мой профиль")
    expect(page.get_by_test_id("stAlert")).to_have_count(0)

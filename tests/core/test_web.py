"""The HTTP side by itself: headers, health, figures, our own 404, whose page may POST."""

import pytest
from sqlalchemy.exc import DatabaseError
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from core import telemetry, web
from core.errors import DatabaseUnavailableError
from core.server import SchemaNotReadyError

HERE = ("127.0.0.1", 50000)
PAGE = '<!doctype html><html lang="en"><body></body></html>'


def passes() -> None:
    """A check that finds nothing."""


def refuses(error: Exception):
    def check() -> None:
        raise error

    return check


async def page(_request: Request) -> Response:
    return HTMLResponse(PAGE, headers={"ETag": '"one-for-all-languages"'})


async def nothing(_request: Request) -> Response:
    return Response(status_code=204)


def language_of_token(token: str) -> str:
    if token == "broken":
        raise DatabaseError("SELECT", {}, Exception("malformed"))
    return {"english": "en", "russian": "ru"}.get(token, "")


def site(*checks, client=HERE) -> TestClient:
    app = Starlette(
        routes=[
            *web.health_route(checks or [passes]),
            *web.metrics_route([lambda: {"sessions": 3}, dict]),
            *web.font_routes(),
            Route("/nothing", nothing, methods=["POST"]),
            Route("/{rest:path}", page),
        ],
        middleware=[Middleware(web.HouseRules, language_of_token=language_of_token)],
    )
    return TestClient(app, client=client)


def test_healthy_server_says_so_in_json() -> None:
    answer = site().get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"live": True, "ready": True}


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (DatabaseUnavailableError(), "error.database_unavailable"),
        (SchemaNotReadyError(), "error.schema_not_ready"),
        (DatabaseError("SELECT 1", {}, Exception("malformed")), "error.database_unavailable"),
    ],
)
def test_unready_server_gives_the_code_of_the_reason(error, reason) -> None:
    answer = site(passes, refuses(error)).get("/healthz")
    assert answer.status_code == 503
    assert answer.json() == {"live": True, "ready": False, "reason": reason}


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Forwarded-Proto", "Forwarded"])
def test_figures_are_for_this_machine_and_not_for_what_a_proxy_brings(header) -> None:
    assert "casework_sessions 3" in site().get("/metrics").text
    assert site().get("/metrics", headers={header: "127.0.0.1"}).status_code == 404
    assert site(client=("192.0.2.7", 1)).get("/metrics").status_code == 404


def test_with_a_token_figures_are_for_its_bearers_only(monkeypatch) -> None:
    monkeypatch.setenv("METRICS_TOKEN", "гвоздь")
    far = site(client=("192.0.2.7", 1))
    bearer = {"Authorization": "Bearer гвоздь".encode()}
    assert far.get("/metrics", headers=bearer).status_code == 200
    assert far.get("/metrics", headers={"Authorization": "Bearer nail"}).status_code == 404
    assert site().get("/metrics").status_code == 404


def test_figures_tell_reruns_by_page_with_their_median_and_slow_ones() -> None:
    for _run in range(3):
        with telemetry.measured("test_figures", None):
            pass
    figures = site().get("/metrics").text
    assert 'casework_reruns_total{page="test_figures"} 3' in figures
    assert 'casework_rerun_seconds{page="test_figures",quantile="0.5"}' in figures
    assert 'casework_rerun_seconds{page="test_figures",quantile="0.95"}' in figures
    assert "casework_database_wait_seconds_total" in figures


@pytest.mark.parametrize(
    ("cookie", "accepted", "language"),
    [
        ("", "ru-RU,ru;q=0.9,en;q=0.8", "ru"),
        ("", "en-GB", "en"),
        ("english", "ru", "en"),
        ("russian", "en", "ru"),
        ("unknown", "ru", "ru"),
        ("broken", "ru", "ru"),
    ],
)
@pytest.mark.parametrize("path", ["/", "/people", "/fonts/nothing", "/fonts/nothing.ttf"])
def test_language_is_the_persons_else_the_browsers(cookie, accepted, language, path) -> None:
    client = site()
    if cookie:
        client.cookies.set(web.COOKIE, cookie)
    answer = client.get(path, headers={"Accept-Language": accepted, "Accept-Encoding": "gzip"})
    assert f'<html lang="{language}">' in answer.text
    assert int(answer.headers["content-length"]) == len(answer.content)
    if answer.status_code == 404:
        words = {"ru": "По этому адресу ничего нет", "en": "There is nothing at this address"}
        assert words[language] in answer.text


def test_page_of_one_language_is_not_kept_for_a_reader_of_another() -> None:
    answer = site().get("/", headers={"If-None-Match": '"one-for-all-languages"'})
    assert answer.status_code == 200
    assert "etag" not in answer.headers
    assert {"Accept-Language", "Cookie"} == set(answer.headers["vary"].split(", "))


@pytest.mark.parametrize("path", ["/fonts", "/fonts/", "/fonts/a/b", "/healthz/x", "/metrics/x"])
def test_unknown_address_under_a_public_prefix_is_our_404(path) -> None:
    for method in ("GET", "POST", "DELETE"):
        answer = site().request(method, path)
        assert answer.status_code == 404
        assert "There is nothing at this address" in answer.text


def test_fonts_are_kept_for_a_year() -> None:
    for name in ("inter.ttf", "inter-italic.ttf"):
        answer = site().get(f"/fonts/{name}")
        assert answer.headers["content-type"] == "font/ttf"
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/"), ("GET", "/healthz"), ("GET", "/fonts/x"), ("POST", "/nothing")]
)  # fmt: skip
def test_every_answer_is_guarded(method, path, monkeypatch) -> None:
    monkeypatch.delenv("PUBLIC_URL", raising=False)
    headers = site().request(method, path).headers
    assert headers["content-security-policy"] == web.content_security_policy()
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert "strict-transport-security" not in headers


def test_behind_https_browsers_are_told_to_stay_there(monkeypatch) -> None:
    monkeypatch.setenv("PUBLIC_URL", "https://desk.example.org/")
    headers = site().get("/").headers
    assert headers["strict-transport-security"] == "max-age=31536000"


@pytest.mark.parametrize(
    ("headers", "own"),
    [
        ({}, False),
        ({"Origin": "null"}, False),
        ({"Origin": "http://evil.example"}, False),
        ({"Origin": "http://evil.example", "Referer": "http://testserver/"}, False),
        ({"Origin": "http://testserver.evil.example"}, False),
        ({"Origin": "http://testserver"}, True),
        ({"Origin": "https://desk.example.org"}, True),
        ({"Referer": "http://testserver/people"}, True),
    ],
)
def test_own_page_is_known_by_its_origin(headers, own, monkeypatch) -> None:
    monkeypatch.setenv("PUBLIC_URL", "https://desk.example.org")
    asked = [(b"host", b"testserver")]
    asked += [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    assert own == web.is_own_page(Request({"type": "http", "headers": asked}))


@pytest.mark.parametrize("address", ["http://127.0.0.1:8501", "https://desk.example.org"])
def test_cookie_is_out_of_scripts_reach_and_secure_by_the_public_address(
    address, monkeypatch
) -> None:
    monkeypatch.setenv("PUBLIC_URL", address)
    answer = Response()
    web.set_cookie(answer, "token", 1209600)
    flags = set(answer.headers["set-cookie"].split("; "))
    assert {"HttpOnly", "Path=/", "SameSite=lax", "Max-Age=1209600"} <= flags
    assert ("Secure" in flags) == address.startswith("https")


def test_small_page_shows_texts_as_they_stand() -> None:
    answer = web.shell("<b>", "<script>alert(1)</script>", language="en")
    assert b"<script>" not in answer.body
    assert b"&lt;b&gt;" in answer.body

"""Signing in and out through the real server: cookies, tabs, forged headers."""

import asyncio
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from playwright.sync_api import Page, expect

from accounts import service, store
from accounts.domain import throttle
from accounts.domain.throttle import Client
from benchmarks.tab import Tab
from core.permissions import Role
from core.web import COOKIE
from tests.browser.hands import Person
from tests.browser.seeding import ALL_ROLES, PASSWORD, arrive, opened
from tests.browser.serving import Server

WRONG = "Адрес или пароль неверны."
TOO_MANY = "Слишком много попыток. Подождите 5 мин и попробуйте снова."
WATCH_MILLISECONDS = 30_000
COPIES = "() => Object.keys(sessionStorage).filter((name) => name.startsWith('note:'))"


@pytest.fixture(scope="module")
def director(server: Server) -> object:
    with opened(server) as database:
        return arrive(database, *ALL_ROLES, name="Анна Ёлкина", password=PASSWORD)


def signs_in(person: Person, address: str, password: str = PASSWORD) -> Person:
    person.types("sign_in_address", address).types("sign_in_password", password)
    return person.presses("sign_in_submit")


def at_the_gate(page: Page, timeout: float = 20_000) -> None:
    expect(page.locator(".st-key-sign_in_address")).to_be_visible(timeout=timeout)
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()


def fresh_ticket(server: Server, someone) -> str:
    with opened(server) as database:
        here = Client("192.0.2.1")
        return service.sign_in(database, someone.address, PASSWORD, client=here).ticket


def cookies_of(page: Page) -> dict:
    return next(cookie for cookie in page.context.cookies() if cookie["name"] == COOKIE)


# ---- the browser


def test_sign_in_is_the_browsers_and_ends_in_every_tab(
    server: Server, director, people: Callable[..., Page]
) -> None:
    first = Person(people(), server.url).opens("")
    signs_in(first, director.address, "не тот пароль")
    expect(first.page.get_by_test_id("stAlert")).to_have_text(re.compile(re.escape(WRONG)))
    signs_in(first, director.address).reads("Мой стол")

    cookie = cookies_of(first.page)
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, "Lax", "/")
    assert cookie["secure"] is False
    lives = datetime.fromtimestamp(cookie["expires"], UTC) - datetime.now(UTC)
    assert timedelta(days=13) < lives <= timedelta(days=14)
    assert COOKIE not in first.page.evaluate("() => document.cookie")

    first.opens("").reads("Мой стол")
    second = Person(first.page.context.new_page(), server.url).opens("people").reads("Анна Ёлкина")
    at_the_gate(Person(people(), server.url).opens("people").page)

    copy = "() => sessionStorage.setItem('note:1:consultation:new', 'тайна')"
    for tab in (first, second):
        tab.page.evaluate(copy)
    first.presses("sign_out")
    at_the_gate(first.page)
    at_the_gate(second.page, WATCH_MILLISECONDS)
    for tab in (first, second):
        tab.page.wait_for_function(f"() => ({COPIES})().length === 0")
        expect(tab.page.get_by_text("Анна Ёлкина")).to_have_count(0)

    thief = people()
    thief.context.add_cookies([{"name": COOKIE, "value": cookie["value"], "url": server.url}])
    at_the_gate(Person(thief, server.url).opens("").page)


def test_closed_account_and_changed_roles_hold_from_the_next_click(
    server: Server, director, people: Callable[..., Page]
) -> None:
    with opened(server) as database:
        guest = arrive(database, Role.CONSULTANT, name="Ольга Ветрова")
        page = people()
        guest.carries(page.context, server)
        olga = Person(page, server.url).opens("cases").reads("Сопровождение")
        menu = page.get_by_test_id("stSidebarNav")
        expect(menu.get_by_role("link", name="Инициативы")).to_be_visible()

        service.set_account_roles(
            director.workspace, guest.id, [Role.EXPERT], seen=[Role.CONSULTANT]
        )
        menu.get_by_role("link", name="Инициативы").click()
        olga.reads("Ваша роль этого не позволяет")
        expect(menu.get_by_role("link", name="Инициативы")).to_have_count(0)

        service.set_account_active(director.workspace, guest.id, active=False)
        menu.get_by_role("link").first.click()
        at_the_gate(page)


# ---- the routes


def test_cookie_is_handed_out_once_and_to_our_own_page_only(server: Server, director) -> None:
    ticket = fresh_ticket(server, director)
    with httpx.Client(base_url=server.url) as client:

        def ask(**headers: str) -> httpx.Response:
            return client.post("/session", data={"ticket": ticket}, headers=headers)

        assert ask().status_code == 403
        for foreign in ("http://evil.example", "null", f"{server.url}.evil.example"):
            assert ask(Origin=foreign).status_code == 403
        assert ask(Referer="http://evil.example/").status_code == 403
        assert client.get("/session").status_code == 404
        own = {"Origin": server.url, "X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil"}
        answer = ask(**own)
        assert answer.status_code == 204
        flags = answer.headers["set-cookie"].split("; ")[1:]
        assert set(flags) == {"HttpOnly", "Max-Age=1209600", "Path=/", "SameSite=lax"}
        assert ask(**own).status_code == 403
        assert client.post("/session", headers={"Origin": server.url}).status_code == 403


def test_foreign_page_signs_nobody_out(server: Server, director) -> None:
    with httpx.Client(base_url=server.url, cookies={COOKIE: director.token}) as client:
        for headers in ({}, {"Origin": "http://evil.example"}):
            assert client.post("/sign-out", headers=headers).status_code == 403
        assert client.get("/sign-out").status_code == 404
    with opened(server) as database, database.reading() as db:
        assert service.identify(director.token)(db, datetime.now(UTC)).person_id == director.id


def test_https_by_the_public_address_makes_the_cookie_secure(
    serve: Callable[..., Server],
) -> None:
    server = serve(PUBLIC_URL="https://desk.example.org", TRUSTED_PROXIES="127.0.0.1",
                   FORWARDED_ALLOW_IPS="127.0.0.1")  # fmt: skip
    with opened(server) as database:
        someone = arrive(database, Role.EXPERT, password=PASSWORD)
        outcomes = guess(server, throttle.PER_NETWORK + 1)
    headers = {"Origin": "https://desk.example.org", "X-Forwarded-Proto": "http"}
    form = {"ticket": fresh_ticket(server, someone)}
    answer = httpx.post(f"{server.url}/session", data=form, headers=headers)
    assert answer.status_code == 204
    assert "Secure" in answer.headers["set-cookie"].split("; ")
    assert answer.headers["strict-transport-security"]
    # A proxy that is trusted says who knocks: each address is counted by itself.
    assert outcomes == [WRONG] * (throttle.PER_NETWORK + 1)


# ---- forged headers


def guess(server: Server, times: int) -> list[str]:
    """Let a thread of its own do it: Playwright's loop runs in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, guess_from(server, times)).result()


async def guess_from(server: Server, times: int) -> list[str]:
    """Try a wrong password on new accounts, each from a forged address; the answers."""
    answers = []
    for number in range(times):
        headers = {
            "X-Forwarded-For": f"198.51.100.{number}",
            "X-Forwarded-Proto": "https",
            "Accept-Language": "ru",
        }
        tab = Tab(server.url, headers=headers)
        async with tab.dial() as socket:
            await tab.run(socket)
            tab.typed = {
                "sign_in_address": f"nobody{number}@example.org",
                "sign_in_password": "не тот пароль",
            }
            await tab.run(socket, press="sign_in_submit")
        answers += [element.alert.body for element in tab.shown("alert")]
    return answers


def test_forged_addresses_are_one_bucket(server: Server) -> None:
    with opened(server) as database:
        arrive(database, Role.EXPERT)  # a claimed server
        answers = guess(server, throttle.PER_NETWORK + 2)
        assert answers == [WRONG] * throttle.PER_NETWORK + [TOO_MANY] * 2
        with database.writing() as db:  # the others sign in after this
            bucket = throttle.buckets("", Client(throttle.UNTRUSTED))[1][0]
            assert store.count_failures(db, bucket, since=datetime.now(UTC) - throttle.WINDOW) == 20
            store.forget_failures(db, bucket)

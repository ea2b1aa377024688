"""The note in a real browser: what is typed is never lost."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.note_server import Server

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("note"))
    server.start()
    yield server
    server.kill()


@pytest.fixture
def server(running: Server) -> Iterator[Server]:
    (running.folder / "saved.json").unlink(missing_ok=True)
    with closing(sqlite3.connect(running.folder / "casework.db")) as database, database:
        database.execute("DELETE FROM draft")
    before = len(running.printed())
    yield running
    print(running.printed()[before:])  # shown where a test fails


@pytest.fixture
def person(browser: Browser, server: Server) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1000, "height": 800}, locale="en-GB")
    context.set_default_timeout(15_000)
    sign_in(context, server, "1")
    yield context
    context.close()


@pytest.fixture
def open_note(person: BrowserContext, server: Server) -> Callable[..., tuple[Page, Locator]]:
    def open_(query: str = "") -> tuple[Page, Locator]:
        page = person.new_page()
        page.goto(f"{server.url}/{query}")
        field = page.get_by_label("Note")
        expect(field).to_be_visible(timeout=20_000)
        return page, field

    return open_


def sign_in(context: BrowserContext, server: Server, token: str) -> None:
    context.add_cookies([{"name": "casework_session", "value": token, "url": server.url}])


def copies(page: Page) -> list[str]:
    return page.evaluate("Object.keys(sessionStorage).filter(name => name.startsWith('note:'))")


def acknowledged(page: Page) -> None:
    expect(page.get_by_text("Saved as draft")).to_be_visible(timeout=20_000)


def test_typed_text_becomes_a_draft_within_a_moment(server, open_note) -> None:
    page, field = open_note()

    field.press_sequentially("Hello мир 🎉")
    acknowledged(page)

    assert server.draft() == "Hello мир 🎉"
    assert copies(page) == []


def test_steady_typing_is_sent_every_three_seconds(server, open_note) -> None:
    page, field = open_note()

    field.press_sequentially("x" * 45, delay=90)

    assert len(server.draft()) >= 10
    acknowledged(page)


def test_ctrl_s_inside_the_note_saves_every_character(server, open_note) -> None:
    page, field = open_note()

    field.press_sequentially("typed and not left")
    page.keyboard.press("Control+s")

    expect(page.get_by_text("saved 18")).to_be_visible()
    assert server.saved == "typed and not left"
    page.wait_for_timeout(1500)
    assert (server.draft(), copies(page)) == ("", [])
    expect(field).to_have_value("typed and not left")


def test_ctrl_enter_inside_the_note_saves_every_character(server, open_note) -> None:
    page, field = open_note()

    field.press_sequentially("by enter")
    page.keyboard.press("Control+Enter")

    expect(page.get_by_text("saved 8")).to_be_visible()
    assert server.saved == "by enter"


def test_a_click_on_save_saves_every_character(server, open_note) -> None:
    page, field = open_note()

    field.press_sequentially("by mouse")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_text("saved 8")).to_be_visible()
    page.wait_for_timeout(1500)
    assert (server.saved, server.draft(), copies(page)) == ("by mouse", "", [])


def test_a_saved_note_can_be_written_on_and_saved_again(server, open_note) -> None:
    page, field = open_note()

    field.press_sequentially("one")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("saved 3")).to_be_visible()
    field.press_sequentially(" two")
    acknowledged(page)
    page.keyboard.press("Control+s")

    expect(page.get_by_text("saved 7")).to_be_visible()
    assert server.saved == "one two"


def test_text_typed_right_after_saving_stays(server, open_note) -> None:
    page, field = open_note()

    field.press_sequentially("saved")
    page.keyboard.press("Control+s")
    page.keyboard.type(" and on")

    expect(page.get_by_text(re.compile("^saved (5|1.)$"))).to_be_visible()
    expect(field).to_have_value("saved and on")
    page.wait_for_timeout(1500)
    assert server.draft() == "saved and on"


def test_a_refused_save_keeps_every_character(server, open_note) -> None:
    page, field = open_note()

    page.get_by_label("Title").fill("refuse")
    field.press_sequentially("kept")
    page.keyboard.press("Control+s")

    expect(page.get_by_test_id("stAlert")).to_be_visible()
    expect(field).to_have_value("kept")
    page.reload()
    expect(field).to_have_value("kept", timeout=20_000)


def test_outside_a_form_leaving_the_note_runs_the_page(server, open_note) -> None:
    page, field = open_note("?bare=1")

    field.press_sequentially("four")
    field.blur()
    expect(page.get_by_text("length 4")).to_be_visible()
    field.press_sequentially(" five")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_text("saved 9")).to_be_visible()
    assert server.saved == "four five"


def test_a_page_that_saves_at_every_run_loses_nothing_between_them(server, open_note) -> None:
    page, field = open_note("?auto=1")

    for word in ("one", " two", " three"):
        field.press_sequentially(word)
        field.blur()
    expect(page.get_by_text("saved 13")).to_be_visible()
    assert server.saved == "one two three"

    field.press_sequentially(" four")
    acknowledged(page)
    assert server.draft() == "one two three four"
    page.get_by_role("button", name="Again").click()
    expect(page.get_by_text("saved 18")).to_be_visible()
    field.press_sequentially("!")
    page.reload()
    expect(field).to_have_value("one two three four!", timeout=20_000)
    acknowledged(page)
    assert server.draft() == "one two three four!"


def test_a_note_saved_in_another_window_leaves_this_ones_text(server, open_note) -> None:
    first_page, first = open_note()
    first.press_sequentially("first")
    acknowledged(first_page)
    second_page, second = open_note()
    expect(second).to_have_value("first")
    second.press_sequentially(" and second")
    second_page.keyboard.press("Control+s")
    expect(second_page.get_by_text("saved 16")).to_be_visible()

    first.press_sequentially(", on")
    acknowledged(first_page)
    assert server.draft() == "first, on"
    first_page.get_by_role("button", name="Again").click()

    expect(first_page.get_by_text("The saved note has changed")).to_be_visible()
    expect(first).to_have_value("first, on")


def test_leaving_the_page_at_once_keeps_the_draft(server, open_note) -> None:
    page, field = open_note()

    field.press_sequentially("gone")
    page.get_by_role("button", name="Other page").click()
    expect(page.get_by_text("another page")).to_be_visible()

    page.wait_for_timeout(500)
    assert server.draft() == "gone"


def test_a_killed_server_loses_no_character(server, open_note) -> None:
    page, field = open_note()
    field.press_sequentially("before ")
    acknowledged(page)

    field.press_sequentially("at ")
    server.kill()
    page.keyboard.type("after ", delay=40)
    page.wait_for_timeout(4000)
    page.keyboard.type("late", delay=40)
    expect(page.get_by_text("Not yet sent")).to_be_visible()
    expect(page.get_by_text("No connection")).to_be_visible()
    server.start()
    page.reload()

    expect(field).to_have_value("before at after late", timeout=30_000)
    acknowledged(page)
    assert server.draft() == "before at after late"
    expect(page.get_by_text("Another window")).to_be_hidden()


def test_without_a_reload_the_text_arrives_when_the_server_is_back(server, open_note) -> None:
    page, field = open_note()
    field.press_sequentially("up ")
    acknowledged(page)

    server.kill()
    field.press_sequentially("down")
    server.start()

    acknowledged(page)
    assert server.draft() == "up down"


def test_two_windows_lose_nothing_silently(server, open_note) -> None:
    first_page, first = open_note()
    second_page, second = open_note()

    first.press_sequentially("from the first")
    acknowledged(first_page)
    second.press_sequentially("from the second")

    expect(second_page.get_by_text("Another window")).to_be_visible()
    assert server.draft() == "from the second"
    second_page.get_by_role("button", name="Show the other text").click()
    expect(second).to_have_value("from the first")
    second_page.get_by_role("button", name="Show the other text").click()
    expect(second).to_have_value("from the second")
    second_page.get_by_role("button", name="Keep this one").click()
    expect(second_page.get_by_text("Another window")).to_be_hidden()
    acknowledged(second_page)
    second_page.reload()
    expect(second).to_have_value("from the second", timeout=20_000)
    expect(second_page.get_by_text("Another window")).to_be_hidden()


def test_a_note_saved_by_a_colleague_meanwhile_is_shown_beside_the_draft(server, open_note) -> None:
    page, field = open_note()
    field.press_sequentially("mine")
    acknowledged(page)

    (server.folder / "saved.json").write_text('"theirs"')
    page.reload()

    expect(field).to_have_value("mine", timeout=20_000)
    expect(page.get_by_text("The saved note has changed")).to_be_visible()
    page.get_by_role("button", name="Show the other text").click()
    expect(field).to_have_value("theirs")


def test_a_very_long_text_is_said_to_be_too_long_and_is_kept(server, open_note) -> None:
    page, field = open_note()
    text = "я" * 200_000

    field.evaluate("(element, text) => { element.focus(); element.select(); }", text)
    page.keyboard.insert_text(text)
    expect(page.get_by_text("195,000 characters too long")).to_be_visible()
    page.keyboard.press("Control+s")

    expect(page.get_by_test_id("stAlert")).to_be_visible()
    assert len(field.input_value()) == 200_000
    assert server.saved == ""
    page.reload()
    expect(page.get_by_text("195,000 characters too long")).to_be_visible(timeout=20_000)
    assert len(field.input_value()) == 200_000


def test_signing_out_clears_the_copy(server, person, open_note) -> None:
    page, field = open_note()
    server.kill()
    field.press_sequentially("secret")
    assert copies(page) == ["note:1:consultation:5"]
    server.start()
    person.clear_cookies()

    page.reload()

    expect(page.get_by_text("signed out")).to_be_visible(timeout=20_000)
    page.wait_for_timeout(500)
    assert copies(page) == []


def test_the_next_person_finds_no_words_of_the_one_before(server, person, open_note) -> None:
    page, field = open_note()
    server.kill()
    field.press_sequentially("secret")
    sign_in(person, server, "2")
    server.start()

    page.reload()

    expect(field).to_have_value("", timeout=20_000)
    assert copies(page) == []
    assert server.draft() == ""


def test_a_signed_out_window_says_so_and_keeps_the_text(server, person, open_note) -> None:
    page, field = open_note()
    person.clear_cookies()

    field.press_sequentially("still here")

    expect(page.get_by_text("You are signed out")).to_be_visible()
    sign_in(person, server, "1")
    acknowledged(page)
    assert server.draft() == "still here"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_note_fits_a_phone(server, browser, scheme) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, color_scheme=scheme)
    sign_in(context, server, "1")
    page = context.new_page()
    page.goto(server.url)
    field = page.get_by_label("Note")
    expect(field).to_be_visible(timeout=20_000)

    field.fill("слово " * 300)

    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    box = field.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    assert box["height"] > 200
    assert field.get_attribute("aria-describedby")
    context.close()

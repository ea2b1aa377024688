"""A half-year's roll call of sixty initiatives by keyboard, one of them by its leader's phone."""

import re
import time
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from casework.domain.life import InitiativeState, LifeEventType
from casework.domain.roll_call import RollOutcome
from casework.service import view_initiative, view_roll_call
from core.i18n import translator
from core.permissions import Role
from tests import factories
from tests.browser.hands import Person
from tests.browser.seeding import Someone, arrive, opened
from tests.browser.serving import Server

COUNT = 60
NOTED, NOTE = 5, "Ищут новое место"
PHONE = {"width": 390, "height": 844}
OUTCOMES = tuple(RollOutcome)
BECAME = {
    RollOutcome.ALIVE: (LifeEventType.SEEN_ACTIVE, InitiativeState.ALIVE),
    RollOutcome.PAUSED: (LifeEventType.PAUSED, InitiativeState.PAUSED),
    RollOutcome.CEASED: (LifeEventType.CEASED, InitiativeState.CEASED),
    RollOutcome.BECAME_NGO: (LifeEventType.BECAME_NGO, InitiativeState.NGO),
    RollOutcome.BECAME_SOCIAL_ENTERPRISE: (
        LifeEventType.BECAME_SOCIAL_ENTERPRISE,
        InitiativeState.SOCIAL_ENTERPRISE,
    ),
    RollOutcome.MERGED: (LifeEventType.MERGED, InitiativeState.MERGED),
    RollOutcome.SPLIT: (LifeEventType.SPLIT, InitiativeState.SPLIT),
    RollOutcome.NOT_REACHED: (LifeEventType.LOST_CONTACT, InitiativeState.UNKNOWN),
}


def name_of(number: int) -> str:
    return f"Двор {number:02}"


@pytest.fixture(scope="module")
def olga(server: Server) -> Someone:
    """A consultant who has accompanied sixty initiatives."""
    with opened(server) as database:
        someone = arrive(database, Role.CONSULTANT, name="Ольга Ветрова")
        with database.writing() as db:
            for number in range(1, COUNT + 1):
                initiative = factories.make_initiative(db, name_of(number), someone.id)
                factories.make_case(db, someone.id, initiative_id=initiative)
    return someone


def tabs_to(page: Page, key: str) -> None:
    """Go from field to field until the one of this key has the focus."""
    inside = "key => !!document.activeElement.closest(`[class*='st-key-${key}']`)"
    for _press in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(inside, key):
            return
    raise AssertionError(f"no Tab leads to {key}")


def row(page: Page, number: int) -> None:
    """See which row stands there, and how far the roll call is."""
    expect(page.locator(".st-key-roll_line h2")).to_have_text(name_of(number))
    told = re.compile(rf"\b{number - 1} из {COUNT}\b")
    expect(page.get_by_test_id("stProgress")).to_have_text(told)


@pytest.mark.slow
def test_sixty_initiatives_are_found_row_by_row(
    server: Server, olga: Someone, people: Callable[..., Page], record_property
) -> None:
    page = people()
    olga.carries(page.context, server)
    person = Person(page, server.url).opens("roll_call")
    tabs_to(page, "roll_begin")
    person.presses_keys("Enter")
    page.evaluate("() => { window.samePage = true; }")
    seconds = []
    for number in range(1, COUNT):
        row(page, number)
        if number == NOTED:
            tabs_to(page, "roll_1_5_0_note")
            page.keyboard.type(NOTE)
        began = time.perf_counter()
        page.keyboard.press(f"Alt+{(number - 1) % len(OUTCOMES) + 1}")
        row(page, number + 1)
        seconds.append(time.perf_counter() - began)
        person.waits()
    assert page.evaluate("() => window.samePage")
    record_property("seconds per row", f"{sum(seconds) / len(seconds):.2f}")
    print(f"a row: {sum(seconds) / len(seconds):.2f} s, at most {max(seconds):.2f} s")

    tabs_to(page, "roll_link_make")
    person.presses_keys("Enter")
    address = page.get_by_test_id("stCode").inner_text().strip()
    answer_on_a_phone(people(), address)
    person.opens("roll_call").reads(f"{COUNT} из {COUNT}").reads("Все найдены")
    assert_written(server, olga)


def answer_on_a_phone(phone: Page, address: str) -> None:
    phone.set_viewport_size(PHONE)
    phone.goto(address)
    wide = phone.evaluate("() => document.scrollingElement.scrollWidth - innerWidth")
    assert wide <= 0
    phone.get_by_label(translator("ru").label(RollOutcome.PAUSED)).check()
    phone.get_by_role("textbox").fill("Зимуем")
    phone.get_by_role("button").click()
    expect(phone.locator("main")).to_contain_text("Спасибо")
    gone = phone.request.get(address)
    assert gone.status == 404


def assert_written(server: Server, olga: Someone) -> None:
    """Find in the database what was pressed, and the lives that follow from it."""
    today = datetime.now(ZoneInfo("Asia/Yekaterinburg")).date()
    with opened(server) as database:
        olga.workspace.database = database
        roll = view_roll_call(olga.workspace)
        assert roll is not None
        assert roll.answered == COUNT
        for number, line in enumerate(roll.lines, start=1):
            outcome = OUTCOMES[(number - 1) % len(OUTCOMES)]
            outcome = RollOutcome.PAUSED if number == COUNT else outcome
            note = {NOTED: NOTE, COUNT: "Зимуем"}.get(number, "")
            assert line.answer is not None
            assert (line.name, line.answer.outcome) == (name_of(number), outcome)
            assert (line.answer.note, line.answer.last_contact_on) == (note, today)
            found = view_initiative(olga.workspace, initiative_id=line.initiative_id).initiative
            event, state = BECAME[outcome]
            written = [(each.type, each.when.on, each.note) for each in found.events]
            # Of an initiative nobody had heard of, "not reached" tells nothing new.
            expected = [] if outcome is RollOutcome.NOT_REACHED else [(event, today, note)]
            assert (written, found.life.state) == (expected, state)

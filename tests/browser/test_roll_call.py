"""A half-year's roll call of sixty by the keyboard, and a leader who answers on a phone."""

import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from casework.service import view_initiative, view_roll_call
from core.database import Database
from core.permissions import Role
from tests import factories
from tests.browser.hands import Person
from tests.browser.seeding import Someone, arrive, opened
from tests.browser.serving import Server

SIXTY = 60


KEYS = {"alive": 1, "paused": 2, "not_reached": 8}
STATES = {"alive": "alive", "paused": "paused", "not_reached": "unknown"}
EVENTS = {"alive": "seen_active", "paused": "paused"}
"""Whoever was never heard of is not lost when nobody is reached: no event follows."""


def _outcome(number: int) -> str:
    if number == SIXTY - 1:
        return "paused"  # the leader's own word, on a phone
    return "not_reached" if number % 11 == 5 else "paused" if number % 7 == 3 else "alive"


def _written(database: Database) -> list[tuple[object, ...]]:
    """Read every answer back as it stands, with the event that followed from it."""
    query = sa.text(
        "SELECT i.name, a.outcome, a.source, a.last_contact_on, a.note, a.by_id, a.version,"
        " e.type, e.source, e.removed_at"
        " FROM roll_answer a JOIN initiative i ON i.id = a.initiative_id"
        " LEFT JOIN life_event e ON e.id = a.event_id ORDER BY i.name"
    )
    with database.reading() as db:
        return [tuple(row) for row in db.execute(query)]


def _expected(me: Someone, database: Database) -> list[tuple[object, ...]]:
    with database.reading() as db:
        today = db.scalar(sa.text("SELECT begun_on FROM roll_call"))
    rows: list[tuple[object, ...]] = []
    for number in range(SIXTY):
        outcome, is_last = _outcome(number), number == SIXTY - 1
        rows.append(
            (
                f"Двор {number:02}",
                outcome,
                "leader",
                None if outcome == "not_reached" else today,
                "Зимуем <b>" if is_last else "",
                None if is_last else me.id,
                1,
                EVENTS.get(outcome),
                "leader" if outcome in EVENTS else None,
                None,
            )
        )
    return rows


def _seed(server: Server) -> Someone:
    with opened(server) as database:
        me = arrive(database, Role.CONSULTANT, name="Марина")
        with database.writing() as db:
            for number in range(SIXTY):
                found = factories.make_initiative(db, f"Двор {number:02}")
                factories.make_case(db, me.id, initiative_id=found)
    return me


@pytest.mark.slow
def test_sixty_rows_are_answered_by_a_press_each_and_a_leader_answers_one(
    server: Server, people: Callable[..., Page]
) -> None:
    me = _seed(server)
    page = people()
    me.carries(page.context, server)
    marina = Person(page, server.url).opens("roll_call")
    marina.presses("roll_begin").reads(f"узнали о 0 из {SIXTY}")
    for number in range(SIXTY - 1):
        expect(page.get_by_role("heading", name=f"Двор {number:02}")).to_be_visible()
        marina.presses_keys(f"Alt+{KEYS[_outcome(number)]}")
    marina.reads(f"узнали о {SIXTY - 1} из {SIXTY}")

    marina.presses("roll_link_make")
    link = page.locator("[data-testid=stCode]").inner_text()
    address = re.search(r"/roll-call/\S+", link)
    assert address is not None
    _answers_on_a_phone(people, server.url + address.group())
    marina.opens("roll_call").reads("Все найдены")

    with opened(server) as database:
        here = me.workspace.of(database, _actor(me))
        roll = view_roll_call(here)
        assert roll is not None
        assert roll.answered == SIXTY
        assert [line.state.value for line in roll.lines] == [
            STATES[_outcome(number)] for number in range(SIXTY)
        ]
        assert _written(database) == _expected(me, database)
        last = roll.lines[-1]
        view = view_initiative(here, initiative_id=last.initiative_id)
        assert [event.note for event in view.initiative.events] == ["Зимуем <b>"]


def _answers_on_a_phone(people: Callable[..., Page], address: str) -> None:
    phone = people()
    phone.set_viewport_size({"width": 360, "height": 740})
    phone.goto(address)
    expect(phone.get_by_role("heading")).to_have_text(f"Двор {SIXTY - 1}")
    assert phone.evaluate("() => document.scrollingElement.scrollWidth") <= 360
    phone.get_by_label("на паузе").check()
    phone.get_by_label("Несколько слов").fill("Зимуем <b>")
    phone.get_by_role("button", name="Отправить").click()
    expect(phone.get_by_role("heading")).to_have_text("Спасибо")


def _actor(me: Someone):
    with me.workspace.reading() as tx:
        return tx.actor

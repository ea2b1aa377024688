"""What a reader meets on every page: Streamlit's words, the bar of the last change, a phone."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Locator, Page, expect

from casework.domain.request import RequestForm
from casework.domain.step import NewStep
from casework.service import plan_step, take_request
from core.permissions import Role
from tests import factories
from tests.browser.hands import Person
from tests.browser.seeding import Someone, arrive, opened
from tests.browser.serving import Server
from tests.browser.walking import ENGLISH, english


@pytest.fixture(scope="module")
def marina(server: Server) -> tuple[Someone, int]:
    """A consultant and her first case of three."""
    with opened(server) as database:
        me = arrive(database, Role.CONSULTANT, name="Марина")
        with database.writing() as db:
            cases = [
                factories.make_case(
                    db, me.id, initiative_id=factories.make_initiative(db, name, me.id)
                )
                for name in ("Двор без машин", "Аптечка", "Велопарк")
            ]
            return me, cases[0]


def test_forms_say_nothing_in_english_to_a_russian_reader(
    server: Server, marina: tuple[Someone, int], people: Callable[..., Page]
) -> None:
    page = people()
    marina[0].carries(page.context, server)
    person = Person(page, server.url).opens(f"consultation_new?case={marina[1]}")
    person.unfolds("consultation_more")
    expect(person.box("consultation_starts_at")).to_contain_text("чч")
    person.unfolds("consultation_steps")
    expect(person.box("consultation_due_0")).to_contain_text("дд")
    assert english(page) == []

    field = person.box("consultation_cases").locator("input").first
    field.fill("такой нет")
    expect(page.get_by_text("Ничего не нашлось")).to_be_visible()
    assert english(page) == []
    field.fill("")
    expect(page.get_by_role("option", name="Выбрать все")).to_be_visible()
    assert english(page) == []

    field.press("Escape")
    person.opens(f"case_outside?case={marina[1]}").unfolds("referral_new")
    expect(page.get_by_label("К кому именно, обязательно")).to_be_visible()
    person.reads("* — обязательно")
    person.box("referral_due").get_by_role("button").first.click()
    expect(page.get_by_role("button", name="Следующий месяц")).to_be_visible()
    assert english(page) == []


def test_desk_begins_with_the_day_on_a_phone(
    server: Server, marina: tuple[Someone, int], people: Callable[..., Page]
) -> None:
    with opened(server) as database:
        lead = arrive(database, Role.CONSULTANT, Role.MANAGER, name="Олег")
    take_request(lead.workspace, form=RequestForm("Нас не слышат", name="Пруд"))
    step = NewStep("Позвонить", due_on=datetime.now(UTC).date(), responsible_id=lead.id)
    plan_step(lead.workspace, case_id=marina[1], step=step)
    page = people()
    lead.carries(page.context, server)
    person = Person(page, server.url).opens("")
    today, due = page.get_by_role("heading", name="Сегодня"), person.box("desk_due")

    def begins_with(first: Locator, second: Locator) -> bool:
        expect(first).to_be_visible()
        return first.bounding_box()["y"] < second.bounding_box()["y"]

    expect(person.box("desk_actions")).to_be_visible()
    expect(person.box("desk_actions_folded")).to_be_hidden()
    assert begins_with(due, today)
    page.set_viewport_size({"width": 390, "height": 844})
    expect(person.box("desk_actions")).to_be_hidden()
    expect(person.box("desk_actions_folded")).to_be_visible()
    assert begins_with(today, due)


def test_what_is_looked_for_would_be_found(page: Page) -> None:
    page.set_content("<p>Select all</p><input placeholder='Choose options' title='Page 12'>")
    assert english(page) == ["Select all", "Choose options", "Page 12"]
    assert "HH" in ENGLISH


def test_bar_of_the_last_change_says_elsewhere_what_it_belongs_to(
    server: Server, marina: tuple[Someone, int], people: Callable[..., Page]
) -> None:
    page = people()
    marina[0].carries(page.context, server)
    person = Person(page, server.url).opens(f"case?case={marina[1]}").unfolds("step_new")
    person.types("step_text", "Позвонить в ТСЖ").presses("step_add")
    expect(person.box("saved_bar")).to_contain_text("Следующий шаг записан")
    expect(person.box("saved_bar").get_by_role("link")).to_have_count(0)

    page.get_by_test_id("stSidebar").get_by_role("link", name="Календарь").click()
    person.arrives_at("calendar")
    elsewhere = person.box("saved_bar_elsewhere")
    expect(elsewhere).to_contain_text("Следующий шаг записан")
    elsewhere.get_by_role("link", name="Двор без машин").click()
    person.arrives_at("case")
    assert person.asked("case") == marina[1]
    expect(person.box("saved_bar").get_by_role("link")).to_have_count(0)

    page.get_by_test_id("stSidebar").get_by_role("link", name="Календарь").click()
    person.arrives_at("calendar").presses("saved_undo")
    person.reads("Отменено: Следующий шаг записан")

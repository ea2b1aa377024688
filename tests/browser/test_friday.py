"""A consultant's Friday: a week of meetings through the grid; and a leader on a phone."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from accounts.domain.contact import ConsentScope, NewConsent
from casework.domain.consultation import ConsultationStatus, Line, Search
from casework.domain.initiative import NewParticipant
from casework.service import (
    add_person,
    agree_step,
    list_cases,
    list_consultations,
    make_leader_link,
    open_note,
    view_leader_links,
)
from core.permissions import Role, Secrecy
from tests import factories
from tests.browser.hands import Person
from tests.browser.seeding import Someone, arrive, opened
from tests.browser.walking import WIDE

PERM = ZoneInfo("Asia/Yekaterinburg")
NAMES = ("Двор без машин", "Чистые берега", "Театр у реки", "Сад и школа")
SECRET = "Боится выступать перед соседями"
PHONE = {"width": 390, "height": 844}
HEADER, ROW, MARKERS = 35, 33, 33  # heights and width of the grid's own cells [px]


@pytest.fixture(scope="module")
def olga(server) -> Someone:
    """A consultant with four cases; the first initiative has a leader."""
    with opened(server) as database:
        someone = arrive(database, Role.CONSULTANT, name="Ольга Ветрова")
        cases = []
        for name in NAMES:
            with database.writing() as db:
                initiative = factories.make_initiative(db, name, someone.id)
                case = factories.make_case(db, someone.id, initiative_id=initiative)
            cases.append((initiative, case))
        consent = NewConsent(ConsentScope.CONTACT, datetime.now(PERM).date() - timedelta(days=30))
        leader = NewParticipant("Вера Лидова", consent=consent)
        add_person(someone.workspace, initiative_id=cases[0][0], new=leader, is_sure=True)
        agree_step(someone.workspace, case_id=cases[0][1], text="Написать соседям")
    return someone


def meetings(server, someone: Someone) -> list[Line]:
    today = datetime.now(PERM).date()
    with opened(server) as database:
        someone.workspace.database = database
        search = Search(today - timedelta(days=7), today + timedelta(days=7))
        return list(reversed(list_consultations(someone.workspace, search)[0]))


def test_a_week_is_pasted_survives_a_reload_and_is_saved_once(
    server, olga: Someone, people: Callable[..., Page]
) -> None:
    page = people()
    olga.carries(page.context, server)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    person = Person(page, server.url).opens("consultation_week")
    day = datetime.now(PERM).strftime("%d.%m.%Y")
    rows = (
        (day, "10:00", NAMES[0], "бюджет", "", "60", "15", "", "лично", "Смета"),
        (day, "12:00", "; ".join(NAMES), "цели, методы и технологии", "", "90", "", "30"),
        (day, "14:00", NAMES[1], "юридическая", "никто не пришёл"),
        (day, "15:00", NAMES[0], "психолог", "состоялась", "45", "", "", "онлайн", SECRET),
        (day, "17:30", NAMES[2], "PR и GR", "состоялась", "20", "", "", "по телефону"),
    )
    text = "\n".join("\t".join(row) for row in rows)
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    grid = page.get_by_test_id("stDataFrame")
    grid.click(position={"x": MARKERS + 30, "y": HEADER + ROW // 2})
    person.acts(lambda: page.keyboard.press("Control+V"))

    person.opens("consultation_week")
    page.locator(".st-key-week_save").get_by_role("button").dblclick()
    person.waits().reads("Сохранено 5 встреч")

    found = meetings(server, olga)
    statuses = [line.status for line in found]
    assert statuses.count(ConsultationStatus.HELD) == 4
    assert statuses.count(ConsultationStatus.NO_SHOW) == 1
    by_hour = {line.starts_at.hour: line for line in found if line.starts_at}
    assert sorted(by_hour) == [10, 12, 14, 15, 17]
    assert (len(by_hour[12].cases), by_hour[12].minutes) == (4, 120)
    assert by_hour[15].secrecy is Secrecy.PRIVATE
    with opened(server) as database:
        olga.workspace.database = database
        assert open_note(olga.workspace, consultation_id=by_hour[15].id) == SECRET
    for colleague in (Role.CONSULTANT, Role.MANAGER):
        assert_hidden_from(server, people, colleague)


def assert_hidden_from(server, people: Callable[..., Page], role: Role) -> None:
    with opened(server) as database:
        other = arrive(database, role)
    page = people()
    other.carries(page.context, server)
    for address in ("consultations", "calendar?view=week"):
        reader = Person(page, server.url).opens(address)
        reader.reads("Театр у реки").does_not_read(SECRET).does_not_read("психолог")


def test_a_refused_week_names_its_row_and_keeps_what_was_typed(
    server, olga: Someone, people: Callable[..., Page]
) -> None:
    page = people()
    page.set_viewport_size(PHONE)
    olga.carries(page.context, server)
    before = len(meetings(server, olga))
    person = Person(page, server.url).opens("consultation_week")
    day = datetime.now(PERM).strftime("%d.%m")
    person.unfolds("week_paste_box")
    person.types("week_paste", f"{day}\t\tНет такой инициативы\tбюджет\t\t30")
    person.presses("week_paste_add").presses("week_save").reads("Строка 1")
    person.reads("Нет такой инициативы")
    assert page.evaluate(WIDE) == []

    assert len(meetings(server, olga)) == before
    person.opens("desk").reads("Неделя, которая ещё не сохранена")


def test_a_leader_reads_asks_and_takes_a_consent_back_on_a_phone(
    server, olga: Someone, people: Callable[..., Page]
) -> None:
    with opened(server) as database:
        olga.workspace.database = database
        case = case_of(olga)
        [vera] = view_leader_links(olga.workspace, case_id=case).people
        token = make_leader_link(olga.workspace, case_id=case, person_id=vera)
    phone = people()
    phone.set_viewport_size(PHONE)
    phone.goto(f"{server.url}/leader/{token}")
    expect(phone.locator("h1")).to_have_text(NAMES[0])
    expect(phone.locator("main")).to_contain_text("Написать соседям")
    wide = phone.evaluate("() => document.scrollingElement.scrollWidth - innerWidth")
    assert wide <= 0
    phone.get_by_label("Ваш вопрос").fill("Когда <встреча>?")
    phone.get_by_role("button", name="Спросить").click()
    expect(phone.get_by_role("status")).to_have_text("Ваш вопрос передан в центр.")
    expect(phone.locator("main")).to_contain_text("Когда <встреча>?")
    phone.get_by_label("Да, отзываю это согласие").check()
    phone.get_by_role("button", name="Отозвать").click()
    expect(phone.get_by_role("status")).to_have_text("Согласие отозвано.")
    expect(phone.get_by_role("button", name="Отозвать")).to_have_count(0)
    assert SECRET not in phone.content()

    page = people()
    olga.carries(page.context, server)
    Person(page, server.url).opens("").reads("Спрашивает лидер: Когда <встреча>?")


def case_of(someone: Someone) -> int:
    return next(line.id for line in list_cases(someone.workspace) if line.initiative == NAMES[0])

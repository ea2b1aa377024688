"""The steps of the main job in browsers: claim, invite, help, plan, judge, report."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from defusedxml.ElementTree import parse
from playwright.sync_api import expect

from core.i18n import translator
from tests.browser.hands import Person

PERM = ZoneInfo("Asia/Yekaterinburg")
PASSWORD = "семь тихих цапель"
NOTE = "Договорились не бояться главврача 🙂 <script>alert(1)</script>"
INITIATIVE = "Весёлые халаты"
SECRET = "planted-opinion-of-the-first-expert"
STAFF = {
    "Ольга Ветрова": "консультант",
    "Пётр Зимин": "консультант",
    "Инна Первая": "эксперт",
    "Лев Второй": "эксперт",
    "Марина Седова": "руководитель",
}
CONSULTED = 60 + 15 + 60 + 30
"""What the two consultants do [min]."""


def do_the_main_job(administrator: Person, newcomer: Callable[[], Person], folder: Path) -> Person:
    """Go from invitations to the manager's figure, which grows by what is done; the manager."""
    people = {
        name: enter(newcomer(), invite(administrator, name, role)) for name, role in STAFF.items()
    }
    olga, manager = people["Ольга Ветрова"], people["Марина Седова"]
    before = consulted(manager)
    case = open_a_case(olga)
    diagnose(olga, case)
    consult(olga, case)
    plan(olga, case, folder)
    judge(olga, people["Инна Первая"], people["Лев Второй"], case)
    report(manager, before)
    return manager


def claim(newcomer: Person, desk) -> Person:
    newcomer.opens("").reads("У этого сервера ещё нет хозяина")
    newcomer.opens("?setup=guessed")
    fill_set_up(newcomer).presses("set_up_submit").reads("Ссылка больше не действует")
    link = desk.find_printed(r"(http://\S+/\?setup=\S+)")
    newcomer.opens(link)
    expect(newcomer.box("set_up_zone").locator("input")).to_have_value("Asia/Yekaterinburg")
    expect(newcomer.box("set_up_consulting").locator("input")).to_have_value("250")
    expect(newcomer.box("set_up_training").locator("input")).to_have_value("40")
    fill_set_up(newcomer).presses("set_up_submit").reads("Мой стол")
    newcomer.opens(link).reads("Мой стол")
    return newcomer


def fill_set_up(newcomer: Person) -> Person:
    return (
        newcomer.types("set_up_name", "Центр гражданских инициатив")
        .types("set_up_person", "Анна Ёлкина")
        .types("set_up_address", "anna@example.org")
        .types("set_up_password", PASSWORD)
    )


def invite(administrator: Person, name: str, role: str) -> str:
    administrator.opens("people").unfolds("invite_box")
    administrator.types("invite_name", name).types(
        "invite_address", f"{abs(hash(name))}@example.org"
    )
    administrator.picks("invite_roles", role).presses("invite_submit").arrives_at("person")
    return administrator.page.locator("code").first.inner_text()


def enter(guest: Person, link: str) -> Person:
    guest.opens(link).types("invite_password", PASSWORD).types("invite_repeated", PASSWORD)
    return guest.presses("invite_submit").reads("Мой стол")


def open_a_case(olga: Person) -> int:
    olga.opens("initiative_new").types("initiative_name", INITIATIVE)
    olga.presses_keys("Control+s").arrives_at("initiative")
    olga.opens(f"case_new?initiative={olga.asked('initiative')}")
    olga.types("case_request", "Волонтёры выгорают, больница боится пускать")
    olga.presses_keys("Control+s").arrives_at("case")
    return olga.asked("case")


def diagnose(olga: Person, case: int) -> None:
    olga.opens(f"assessment_new?case={case}").presses("assessment_submit").arrives_at("assessment")
    for step in range(9):
        for question in olga.page.locator("[class*=st-key-item_]").all():
            # The weakest description in the first part, the third one everywhere else.
            descriptions = question.locator("[role=radiogroup] label")
            olga.acts(descriptions.nth(0 if step == 0 else 2).click)
        olga.presses("assessment_next")
    olga.presses("assessment_finish")
    olga.reads("Диагностика завершена")
    olga.page.get_by_role("tab", name="Зоны роста").click()
    expect(olga.page.get_by_role("tabpanel", name="Зоны роста")).to_contain_text(
        "Общие слова о деле: сейчас 1, хотим 3"
    )
    olga.opens(f"case?case={case}").reads("Диагностика")


def consult(olga: Person, case: int) -> None:
    tomorrow = datetime.now(PERM).date() + timedelta(days=1)
    olga.opens(f"consultation_new?case={case}&planned=1")
    expect(olga.box("consultation_held_on").locator("input").first).to_have_value(
        re.compile(rf"0?{tomorrow.day}")
    )
    olga.picks("consultation_topics", "цели, методы и технологии").presses("consultation_save")
    olga.arrives_at("case").reads("Консультация запланирована")
    olga.opens(f"consultation_new?case={case}").chooses("consultation_consultants", "Пётр Зимин")
    for field, minutes in zip(
        olga.page.locator("[class*=st-key-consultation_preparation_] input").all(),
        (15, 30),
        strict=True,
    ):
        field.fill(str(minutes))
    olga.picks("consultation_topics", "проблемы лидера")
    note = olga.box("consultation_note").locator("textarea")
    note.click()
    note.press_sequentially(NOTE, delay=5)
    olga.presses_keys("Control+s").arrives_at("case").reads("Консультация записана")
    olga.page.get_by_role("link", name=re.compile("Консультация")).first.wait_for()


def plan(olga: Person, case: int, folder: Path) -> None:
    olga.opens(f"roadmap_new?case={case}").types("roadmap_title", "Клоуны в больнице")
    olga.presses("roadmap_add").arrives_at("roadmap").unfolds("task_whole")
    for title, days, waits in (
        ("Договор с больницей", 5, ""),
        ("Набор волонтёров", 3, "1"),
        ("Обучение клоунов", 8, "1"),
        ("Первый выход", 0, "2; 3"),
    ):
        olga.types("task_title", title).sets_number("task_duration", days)
        olga.types("task_waits", waits).presses_keys("Control+s").reads(
            f"Задача добавлена: {title}"
        )
    olga.reads("Договор с больницей → Обучение клоунов → Первый выход")
    olga.types("task_title", "Сама себя ждёт").types("task_waits", "5").presses("task_add")
    expect(olga.page.get_by_test_id("stAlert").first).to_be_visible()
    olga.unfolds("plan_exports")
    with olga.page.expect_download() as started:
        olga.box("plan_svg").get_by_role("button").click()
    started.value.save_as(folder / "plan.svg")
    drawn = parse(folder / "plan.svg").getroot()
    assert drawn.tag.endswith("svg")
    text = " ".join(drawn.itertext())
    assert "Обучение клоунов" in text
    look = olga.page.context.new_page()
    look.goto(f"file://{folder / 'plan.svg'}")
    assert look.locator("svg text").count() > 3
    look.close()


def judge(chair: Person, first: Person, second: Person, case: int) -> None:
    chair.opens(f"panel_new?case={case}").types("panel_title", "Консилиум о клоунах")
    chair.chooses("panel_experts", "Инна Первая", "Лев Второй").presses("panel_add")
    chair.arrives_at("panel")
    chair.page.get_by_role("tab", name=re.compile("Проекты")).click()
    chair.chooses("project_case", INITIATIVE)
    chair.types("project_title", "Клоуны каждую среду")
    text = chair.box("project_text").locator("textarea")
    text.click()
    text.press_sequentially("Двенадцать клоунов, одна больница, один год.")
    chair.presses("project_add").reads("Клоуны каждую среду")

    heard: list[str] = []
    second.page.on(
        "websocket",
        lambda socket: socket.on(
            "framereceived",
            lambda frame: heard.append(
                frame if isinstance(frame, str) else frame.decode("utf-8", "replace")
            ),
        ),
    )
    second.opens("scores")
    score(first, mark="5", comment=SECRET)
    submission = first.asked("submission")
    second.opens("scores").reads("Клоуны каждую среду")
    second.page.get_by_role("link", name="Оценить").first.click()
    second.arrives_at("sheet")
    second.does_not_read(SECRET)
    second.opens(f"submission?submission={submission}").does_not_read(SECRET)
    assert heard
    assert not any(SECRET in frame for frame in heard)
    score(second, mark="3", comment="Мало волонтёров на год")
    second.reads(SECRET)

    chair.opens(f"submission?submission={submission}").reads(SECRET).reads("Мало волонтёров на год")
    chair.reads(re.compile(r"\b4(,0+)?\b"))
    chair.acts(chair.page.locator("[class*=st-key-adopt_add_] button").first.click)
    chair.reads("Теперь это следующий шаг сопровождения")
    chair.opens(f"case?case={case}").reads("Позвать медсестёр")


def score(expert: Person, *, mark: str, comment: str) -> None:
    expert.opens("scores")
    expert.page.get_by_role("link", name="Оценить").first.click()
    expert.arrives_at("sheet")
    for _step in range(20):
        if expert.page.locator(".st-key-sheet_hand_in").count():
            break
        marks = expert.page.get_by_test_id("stRadio")
        if marks.count():
            expert.acts(marks.locator("label", has_text=re.compile(rf"^{mark}")).first.click)
        for area, words in zip(
            expert.page.locator(
                "[class*=comment] textarea, [class*=recommendation] textarea"
            ).all(),
            (comment, "Позвать медсестёр"),
            strict=False,
        ):
            area.click()
            area.press_sequentially(words)
        expert.presses("sheet_next")
    expert.presses("sheet_hand_in").presses("sheet_submit").arrives_at("submission")


def consulted(manager: Person) -> int:
    """Read what the quarter's figure of consulting is [min]."""
    manager.opens("hours")
    figure = manager.box("promise_consulting").get_by_role("heading", level=3).inner_text()
    hours = re.search(r"([\d\s]+)\sч", figure)
    minutes = re.search(r"(\d+)\sмин", figure)
    assert hours or minutes, figure
    whole = int(re.sub(r"\s", "", hours[1])) if hours else 0
    return whole * 60 + (int(minutes[1]) if minutes else 0)


def report(manager: Person, before: int) -> None:
    manager.opens("hours").reads(translator("ru").hours(before + CONSULTED))
    manager.reads("из обещанных 250 ч")
    manager.reads("Ольга Ветрова").reads("Пётр Зимин").reads("проблемы лидера")
    assert consulted(manager) == before + CONSULTED

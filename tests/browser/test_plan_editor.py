"""The plan editor on its page: real mouse, real keys, real server, 300 tasks."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from core.permissions import Role
from roadmaps import service
from roadmaps.domain.edits import Edit, MoveTask
from roadmaps.domain.edits_task import Rename, SetDuration
from roadmaps.domain.plan import Dependency, Plan
from tests.browser.chart import SLOWLY, ByKeys, ByMouse, Chart, box_of, drag_by_finger, middle
from tests.browser.conftest import settled
from tests.browser.drafting import PHONE, WIDE, Centre
from tests.browser.hands import Person
from tests.browser.seeding import Someone, arrive, opened
from tests.browser.test_frame import AXE, LOOK, STREAMLITS
from tests.golden.edited import START, days_later, id_of, kept, plan_of_300
from tests.roadmaps.plans import plan_of


@pytest.fixture
def open_chart(centre: Centre, people: Callable[..., Page]) -> Callable[..., Chart]:
    """Open a roadmap in the browser of a person: `open_chart(roadmap, ByKeys)`."""

    def open_(
        roadmap: int,
        kind: type[Chart] = ByMouse,
        who: Someone | None = None,
        query: str = "&zoom=days",
        **options: object,
    ) -> Chart:
        page = people(**options)
        page.set_viewport_size(PHONE if options else WIDE)
        (who or centre.anna).carries(page.context, centre.server)
        Person(page, centre.server.url).opens(f"roadmap?roadmap={roadmap}{query}")
        return kind(page).is_there()

    return open_


def by_mouse(chart: ByMouse) -> None:
    """Make the twelve edits of tests/golden/edited.py, in their order."""
    version = chart.version
    acts: list[Callable[[], None]] = [
        lambda: chart.renames("Шаг 1.1", "Опросить жителей двора"),
        lambda: chart.moves("Шаг 1.4", 3),
        lambda: chart.stretches("Шаг 1.2", 2),
        lambda: chart.sets_progress("Шаг 1.3", 40),
        lambda: chart.links("Шаг 1.5", "Шаг 2.2", "fs"),
        lambda: chart.links("Шаг 1.6", "Шаг 2.1", "ss"),
        lambda: chart.changes_lag("Шаг 2.4", "Шаг 2.5", 2),
        lambda: chart.unlinks("Шаг 2.6", "Шаг 2.7"),
        lambda: chart.takes_up("Шаг 2.10", "Шаг 2.9"),
        lambda: chart.puts_into("Отдельно 1", "Этап 1"),
        lambda: chart.adds("Шаг 1.9", "Позвать прессу", 2),
        lambda: chart.removes("Шаг 2.9"),
    ]
    for number, act in enumerate(acts, start=1):
        act()
        chart.is_settled(version + number)
        if number == 1:
            chart.closes_panel()


@pytest.mark.slow
def test_twelve_edits_by_mouse_make_the_plan_that_the_domain_makes(centre, open_chart) -> None:
    roadmap = centre.imports(plan_of_300())
    chart = open_chart(roadmap, ByMouse)
    by_mouse(chart)
    assert kept() == centre.told(roadmap)
    chart.undoes()
    expect(chart.row("Шаг 2.9")).to_have_count(1)


@pytest.mark.slow
def test_twelve_edits_by_keys_make_the_same_plan_and_are_taken_back_by_keys(
    centre, open_chart
) -> None:
    roadmap = centre.imports(plan_of_300())
    start = centre.told(roadmap)
    chart = open_chart(roadmap, ByKeys)
    version = chart.version
    acts: list[tuple[str, int, Callable[[], None]]] = [
        ("Шаг 1.1", 2, lambda: chart.renames("Опросить жителей двора")),
        ("Шаг 1.4", 5, lambda: chart.press("ArrowRight", 3)),
        ("Шаг 1.2", 3, lambda: chart.press("Shift+ArrowRight", 2)),
        ("Шаг 1.3", 4, lambda: chart.sets_progress(40)),
        ("Шаг 1.5", 6, lambda: chart.links_to(9)),
        ("Шаг 1.6", 7, lambda: chart.links_to(7, "2")),
        ("Шаг 2.4", 17, lambda: _lag(chart, 2)),
        ("Шаг 2.6", 19, lambda: _unlink(chart)),
        ("Шаг 2.10", 23, lambda: chart.press("Alt+ArrowUp")),
        ("Отдельно 1", 12, lambda: chart.press("Alt+ArrowRight")),
        ("Шаг 1.9", 10, lambda: chart.adds("Позвать прессу", 2)),
        ("Шаг 2.9", 24, lambda: _remove(chart)),
    ]
    for number, (title, row, act) in enumerate(acts, start=1):
        chart.goes_to(title, row)
        act()
        chart.is_settled(version + number)
    assert kept() == centre.told(roadmap)

    for number in range(13, 25):
        chart.press("Control+z")
        chart.is_settled(version + number)
    assert start == centre.told(roadmap)


def _lag(chart: ByKeys, lag: int) -> None:
    chart.opens_link(2)
    chart.page.keyboard.type(str(lag))
    chart.press("Enter")


def _unlink(chart: ByKeys) -> None:
    chart.opens_link(2)
    chart.press("Tab", 2)
    chart.press("Enter")


def _remove(chart: ByKeys) -> None:
    chart.press("Delete")
    chart.press("Enter")


# ---- two people, and what is refused


def small() -> Plan:
    """Three tasks in a row, and one beside them."""
    return plan_of(3, 4, 5, 2, links="A-B B-C", start=START)


def test_a_circle_of_links_is_refused_with_its_names_and_nothing_changes(
    centre, open_chart, problems
) -> None:
    roadmap = centre.imports(small())
    before = centre.plan(roadmap)
    chart = open_chart(roadmap, ByMouse)
    chart.links("C", "A", "fs")
    refusal = chart.box.get_by_role("alert").filter(has_text="ждут друг друга")
    expect(refusal).to_contain_text("A → B → C → A")
    chart.is_settled()
    assert before == centre.plan(roadmap)
    renames(centre, roadmap, 3, "Уборка")
    expect(chart.row("Уборка")).to_be_visible()
    expect(refusal).to_be_visible()  # what another did does not settle it
    problems[:] = [line for line in problems if "422" not in line]


def test_two_people_at_once_see_each_others_changes_and_the_names_of_who_made_them(
    centre, open_chart
) -> None:
    roadmap = centre.imports(small())
    anna = open_chart(roadmap, ByKeys)
    boris = open_chart(roadmap, ByKeys, centre.boris)
    anna.goes_to("A", 1)
    anna.renames("Смета")
    expect(boris.row("Смета")).to_be_visible()
    expect(boris.box.locator(".change")).to_contain_text("Анна Ёлкина: ")

    boris.goes_to("D", 4)  # the one edit is carried over the other, which it does not meet
    boris.press("ArrowRight", 2)
    anna.goes_to("B", 2)
    anna.renames("Заявка")
    expect(anna.box.locator(".change")).to_contain_text("Борис Рябов")
    expect(boris.row("Заявка")).to_be_visible()
    found = {task.title: task.placed_at for task in centre.plan(roadmap).tasks}
    assert [*found] == ["Смета", "Заявка", "C", "D"]
    assert found["D"] is not None


def test_undo_stops_where_another_has_touched_the_task_since(centre, open_chart, problems) -> None:
    roadmap = centre.imports(small())
    chart = open_chart(roadmap, ByKeys)
    start = chart.version
    chart.goes_to("A", 1)
    chart.renames("Смета")
    chart.is_settled(start + 1)
    renames(centre, roadmap, 0, "Смета города")
    expect(chart.row("Смета города")).to_be_visible()
    chart.press("Control+z")
    question = chart.page.get_by_role("alertdialog")
    for text in ("Не отменено", "Смета города", "Было", "У другого"):
        expect(question).to_contain_text(text)
    chart.press("Enter")
    expect(question).to_have_count(0)
    expect(chart.grid).to_be_focused()
    assert centre.plan(roadmap).tasks[0].title == "Смета города"
    problems[:] = [line for line in problems if "409" not in line]


def test_an_edit_over_anothers_asks_and_puts_mine_where_i_say_so(
    centre, open_chart, problems
) -> None:
    roadmap = centre.imports(small())
    chart = open_chart(roadmap, ByKeys)
    start = chart.version
    chart.page.route("**/plan-desk/*?*", lambda route: route.abort())  # it sees no newer picture
    renames(centre, roadmap, 0, "Смета города")
    chart.page.evaluate(SLOWLY)
    chart.goes_to("A", 1)
    chart.renames("Моя смета")
    with chart.page.expect_response(lambda answer: answer.status == 409):
        chart.press("n")
        chart.page.keyboard.insert_text("Смета на весну")
    chart.is_settled()
    expect(chart.ask.locator("[name=title]")).to_have_value("Смета на весну")  # it waits with it
    chart.press("Escape")
    question = chart.page.get_by_role("alertdialog")
    expect(question).to_contain_text("Смета города")
    question.get_by_role("button", name="Поставить моё").click()
    chart.is_settled(start + 2)
    assert centre.plan(roadmap).tasks[0].title == "Моя смета"
    problems[:] = [x for x in problems if "409" not in x and "ERR_FAILED" not in x]


def test_anothers_change_takes_nothing_out_of_ones_hands(centre, open_chart) -> None:
    roadmap = centre.imports(small())
    chart = open_chart(roadmap, ByMouse)
    before = centre.plan(roadmap)
    chart.row("A").locator(".title").dblclick()
    chart.page.keyboard.insert_text("Смета на ")
    renames(centre, roadmap, 3, "Уборка")
    expect(chart.row("Уборка")).to_be_visible()
    chart.page.keyboard.insert_text("весну")
    expect(chart.box.locator(".naming")).to_have_value("Смета на весну")
    changes(centre, roadmap, lambda plan: MoveTask(plan.tasks[3].id, plan.tasks[0].position))
    expect(chart.box.locator(".row").first).to_contain_text("Уборка")
    expect(chart.box.locator(".naming")).to_be_focused()
    changes(centre, roadmap, lambda plan: MoveTask(plan.tasks[0].id, plan.tasks[3].position))
    expect(chart.box.locator(".row").last).to_contain_text("Уборка")
    expect(chart.box.locator(".naming")).to_be_focused()
    chart.press("Escape")

    edge, y = box_of(chart.scroll)["x"] + 2, middle(chart.row("B"))[1]
    chart.page.mouse.move(edge, y)
    chart.page.mouse.down()
    chart.page.mouse.move(edge - 3, y)  # out of the sheet before anything is dragged
    chart.page.mouse.up()
    chart.page.mouse.move(edge + 60, y)
    expect(chart.box).not_to_have_class(re.compile("dragging"))

    x, y = middle(chart.bar("B").locator(".bar"))
    chart.page.mouse.move(x, y)
    chart.page.mouse.down()
    chart.page.mouse.move(x + 50, y, steps=3)
    expect(chart.box.locator(".tag")).to_be_visible()
    with chart.page.expect_response(lambda answer: "/plan-desk/" in answer.url):
        renames(centre, roadmap, 2, "Посадка")
        chart.page.mouse.move(x + 60, y)
        chart.page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
        chart.press("Escape")
    expect(chart.row("Посадка")).to_be_visible()
    chart.page.mouse.up()
    expect(chart.box.locator(".tag")).to_be_hidden()
    assert [x.placed_at for x in before.tasks] == [x.placed_at for x in centre.plan(roadmap).tasks]


def test_a_milestone_goes_by_a_day_on_the_chart_and_in_its_date_by_key_and_by_mouse(
    centre, open_chart
) -> None:
    roadmap = centre.imports(plan_of(3, 0, 2, links="A-B B-C", start=START))
    chart = open_chart(roadmap, ByMouse)
    version = chart.version
    chart.chooses("B")
    chart.closes_panel()
    wednesday = box_of(chart.bar("B"))["x"]
    chart.grid.focus()
    chart.press("ArrowRight")
    chart.is_settled(version + 1)
    expect(chart.row("B")).to_have_attribute("aria-label", re.compile("B, 18 марта"))
    thursday = box_of(chart.bar("B"))["x"]
    x, y = middle(chart.bar("B").locator(".bar"))
    chart.page.mouse.move(x, y)
    chart.page.mouse.down()
    chart.page.mouse.move(x + chart.day, y, steps=3)
    expect(chart.box.locator(".tag")).to_contain_text("19 мар")
    chart.page.mouse.up()
    chart.is_settled(version + 2)
    expect(chart.row("B")).to_have_attribute("aria-label", re.compile("B, 19 марта"))
    friday = box_of(chart.bar("B"))["x"]
    assert (thursday - wednesday, friday - thursday) == (chart.day, chart.day)
    expect(chart.row("C")).to_have_attribute("aria-label", re.compile("C, 22"))  # on Monday


def renames(centre: Centre, roadmap: int, row: int, title: str) -> None:
    """Let Boris call a task otherwise."""
    changes(centre, roadmap, lambda plan: Rename(plan.tasks[row].id, title))


def changes(centre: Centre, roadmap: int, make: Callable[[Plan], Edit]) -> None:
    """Let Boris change the plan."""
    view = service.view_plan(centre.boris.workspace, roadmap_id=roadmap)
    version, edit = view.roadmap.version, make(view.plan)
    service.edit_plan(centre.boris.workspace, roadmap_id=roadmap, edit=edit, version=version)


def test_what_is_done_while_an_answer_is_on_its_way_is_shown_and_stays(centre, open_chart) -> None:
    roadmap = centre.imports(plan_of_300())
    chart = open_chart(roadmap, ByKeys)
    chart.page.evaluate(SLOWLY)
    start = chart.version
    chart.goes_to("Отдельно 1", 12)
    before = box_of(chart.bar("Отдельно 1"))["x"]
    for waiting in ("1", "2"):
        chart.press("ArrowRight")
        expect(chart.box).to_have_attribute("data-waiting", waiting)
    assert box_of(chart.bar("Отдельно 1"))["x"] == before + 2 * ByMouse.day
    expect(chart.box).to_have_attribute("data-version", str(start + 1))
    chart.press("Home")
    chart.press("Control+ArrowLeft")
    chart.is_settled(start + 2)
    expect(chart.row("Шаг 1.1")).to_have_count(0)

    changes(centre, roadmap, lambda plan: SetDuration(id_of(plan, "Шаг 2.1"), 9))
    opener = chart.box.locator("[data-act=moves]")
    expect(chart.box.locator(".change")).to_contain_text("Борис Рябов")
    opener.click()
    renames(centre, roadmap, 0, "Начало")
    expect(chart.row("Начало")).to_be_visible()
    expect(chart.box.locator(".change .whole")).to_contain_text("Шаг 2.2")  # what is being read
    expect(opener).to_be_focused()


def test_what_could_not_be_sent_survives_a_reload_and_is_done_once(
    centre, open_chart, problems
) -> None:
    roadmap = centre.imports(small())
    chart = open_chart(roadmap, ByKeys)
    start = chart.version
    chart.page.route("**/plan-desk/*", lambda route: route.abort())
    chart.goes_to("A", 1)
    chart.renames("Смета")
    chart.goes_to("D", 4)
    chart.press("Shift+ArrowRight")
    expect(chart.box.locator(".waiting")).to_contain_text("Правок ждёт отправки: 2")
    expect(chart.row("Смета")).to_be_visible()
    chart.page.unroute("**/plan-desk/*")
    chart.page.reload()
    chart.is_there().is_settled(start + 2)
    expect(chart.box.locator(".waiting")).to_be_hidden()
    plan = centre.plan(roadmap)
    assert [(task.title, task.duration) for task in plan.tasks][::3] == [("Смета", 3), ("D", 3)]
    problems[:] = [line for line in problems if "ERR_FAILED" not in line]


# ---- what is chosen is one thing


def test_toolbar_and_panel_name_the_task_that_was_touched_last(centre, open_chart) -> None:
    roadmap = centre.imports(small())
    chart = open_chart(roadmap, ByMouse)
    start, named = chart.version, chart.box.locator(".task .chosen")
    panel = chart.page.locator(".st-key-plan_side h3")
    chart.chooses("A")
    expect(panel).to_have_text("A")
    settled(chart.page)
    side = chart.reads_on()
    chart.drags_by(chart.bar("D").locator(".bar"), 2 * chart.day)
    expect(named).to_have_text("4. D")
    expect(panel).to_have_text("D")
    expect(side).to_have_js_property("scrollTop", 0)
    chart.is_settled(start + 1)
    chart.adds("B", "Смета", 2)
    expect(panel).to_have_text("Смета")
    expect(named).to_have_text("3. Смета")
    expect(chart.box.locator(".row.active, .row.selected")).to_have_count(1)

    chart.closes_panel()
    chart.chooses("B")
    chart.box.locator(".task [data-act=percent]").click()
    box = box_of(chart.row("C").locator(".number"))
    chart.page.mouse.click(box["x"] + 4, box["y"] + 12)  # beside the question: it closes, no more
    expect(chart.ask).to_have_count(0)
    expect(named).to_have_text("2. B")
    expect(panel).to_have_count(0)
    for told in (["B"], []):  # a second press closes it
        chart.box.locator(".task [data-act=details]").click()
        expect(panel).to_have_text(told)


def test_on_a_phone_the_tools_are_in_sight_and_the_details_are_gone_to(centre, open_chart) -> None:
    roadmap = centre.imports(plan_of_300())
    chart = open_chart(roadmap, Chart, has_touch=True, is_mobile=True, reduced_motion="reduce")
    plan_begins = box_of(chart.box.locator(".row").first)["y"]
    assert plan_begins < PHONE["height"] * 0.45
    chart.box.locator("[data-act=whole]").tap()
    expect(chart.box.locator(".axis .lower")).to_have_text(re.compile(r"\d"))
    expect(chart.box.locator(".axis .upper")).to_have_text(re.compile("март"))
    chart.row("Шаг 1.2").locator(".title").tap()
    details = chart.box.locator(".task [data-act=details]")
    for tool in chart.box.locator(".task .tool:visible").all():
        expect(tool).to_have_text(re.compile("[А-я]"))
        assert box_of(tool)["y"] + box_of(tool)["height"] <= PHONE["height"]
    details.tap()
    expect(chart.page.locator(".st-key-plan_side h3")).to_be_in_viewport(ratio=1)
    chart.closes_panel()
    expect(chart.row("Шаг 1.2").locator(".title")).to_be_in_viewport(ratio=1)
    chart.box.locator("[data-act=help]").tap()
    expect(chart.ask.get_by_role("heading", name="Клавиши и мышь")).to_be_in_viewport()
    expect(chart.ask.locator("details[open]")).to_have_count(0)


# ---- a phone, a screen reader, and who may only look


def test_finger_chooses_and_drags_a_bar_and_buttons_do_the_rest(centre, open_chart) -> None:
    roadmap = centre.imports(small())
    chart = open_chart(roadmap, Chart, query="&zoom=weeks", has_touch=True, is_mobile=True)
    start = chart.version
    chart.row("D").locator(".title").tap()
    expect(chart.box.locator(".task .chosen")).to_have_text("4. D")
    settled(chart.page)
    x, y = middle(chart.bar("D").locator(".bar"))
    drag_by_finger(chart.page, (x, y), (x + 6 * 3, y), another=(x - 20, y - 60))  # a bar of 12 px
    chart.is_settled(start + 1)
    assert centre.plan(roadmap).tasks[3].placed_at == days_later(centre.plan(roadmap), "A", 3)

    chart.box.locator(".task [data-act=link]").tap()
    chart.row("A").locator(".title").tap()
    chart.is_settled(start + 2)
    chart.row("D").locator(".title").tap()
    chart.box.locator(".task [data-act=rest]").tap()
    chart.ask.locator("[data-act=up]").tap()
    chart.is_settled(start + 3)
    chart.box.locator(".task [data-act=rest]").tap()
    chart.ask.locator("[data-act=name]").tap()
    name = chart.box.locator(".naming")
    expect(name).to_have_css("font-size", "16px")  # a phone zooms into a smaller one
    name.fill("Сад")
    chart.press("Enter")
    chart.is_settled(start + 4)
    plan = centre.plan(roadmap)
    assert [task.title for task in plan.tasks] == ["A", "B", "Сад", "C"]
    assert Dependency(plan.tasks[2].id, plan.tasks[0].id) in plan.dependencies
    for button in chart.box.get_by_role("button").all():
        if button.is_visible() and button.get_attribute("data-act") not in {"moves", "close"}:
            assert min(box_of(button)["width"], box_of(button)["height"]) >= 40
    assert chart.beyond == 0


def test_chart_is_sound_for_screen_readers_and_one_stop_of_tab(centre, open_chart) -> None:
    roadmap = centre.imports(plan_of_300())
    chart = open_chart(roadmap, ByKeys)
    chart.goes_to("Шаг 1.1", 2)
    expect(chart.grid).to_have_attribute("aria-rowcount", "301")
    active = chart.row("Шаг 1.1")
    expect(chart.grid).to_have_attribute("aria-activedescendant", active.get_attribute("id"))
    expect(active).to_have_attribute("aria-level", "2")
    name = (active.get_attribute("aria-label") or "").replace("\xa0", " ").replace("\u202f", " ")
    assert re.match(r"2\. Шаг 1\.1, 15–18 марта 2027, 4 рабочих дня, на критическом пути", name)
    chart.press("End")
    expect(chart.row("Отдельно 25")).to_be_visible()
    assert chart.box.locator(".row").count() < 60

    chart.press("?")
    expect(chart.page.get_by_role("dialog", name="Клавиши и мышь")).to_be_visible()
    assert violations(chart.page) == []
    chart.press("Escape")
    chart.press("Delete")
    assert violations(chart.page) == []
    chart.press("Escape")
    expect(chart.grid).to_be_focused()
    assert violations(chart.page) == []
    chart.press("Tab")
    assert chart.grid.evaluate("grid => grid.getRootNode().activeElement?.className") != "grid"


def violations(page: Page) -> list[object]:
    page.evaluate(AXE)
    return [found for found in page.evaluate(LOOK) if found[0] not in STREAMLITS]


def test_who_may_only_look_finds_no_handles(centre, open_chart, server) -> None:
    roadmap = centre.imports(small())
    with opened(server) as database:
        stranger = arrive(database, Role.CONSULTANT, name="Вера Глядящая")
    chart = open_chart(roadmap, ByMouse, stranger)
    expect(chart.box).to_have_class(re.compile("viewing"))
    expect(chart.box.locator(".dot, .stretch, .knob")).to_have_count(0)
    expect(chart.box.locator("[data-act=undo]")).to_be_hidden()

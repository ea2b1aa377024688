"""A plan beside its chart: a press opens a task, cells are pasted, a link is copied.

All plans in their picture: a finger scrolls over it, a tap opens one.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from playwright.sync_api import Page, expect

from casework.domain.initiative import NewParticipant
from casework.service import add_person
from core.permissions import Role
from roadmaps import service
from tests import factories
from tests.browser.chart import middle, swipe
from tests.browser.conftest import settled
from tests.browser.hands import Person
from tests.browser.seeding import arrive, opened
from tests.browser.serving import Server
from tests.roadmaps.plans import plan_of

SCROLLED = "document.querySelector('[data-testid=stMain]').scrollTop"


def test_a_press_opens_a_task_and_cells_of_a_spreadsheet_become_tasks(
    page: Page, server: Server
) -> None:
    with opened(server) as database:
        me = arrive(database, Role.CONSULTANT, name="Марина")
        with database.writing() as db:
            case = factories.make_case(db, me.id)
        plan = plan_of(2, 5, 3, links="A-B A-C B-C", start=datetime.now(UTC).date())
        new = service.NewPlan(case, "Путь", plan)
        roadmap = service.create_roadmap(me.workspace, new=new)
        tasks = {
            task.title: task.id
            for task in service.view_plan(me.workspace, roadmap_id=roadmap).plan.tasks
        }
        me.carries(page.context, server)
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        person = Person(page, server.url).opens(f"roadmap?roadmap={roadmap}&view=network")

        for title in ("B", "C"):
            name = page.locator(".js-plotly-plot .textpoint text", has_text=f". {title}").first
            name.scroll_into_view_if_needed()
            box = name.bounding_box()
            assert box is not None
            person.acts(lambda box=box: page.mouse.click(box["x"] + 60, box["y"] + 20))
            expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()
            assert person.asked("task") == tasks[title]

        person.opens(f"roadmap?roadmap={roadmap}&view=table").unfolds("plan_paste")
        cells = "Смета\t3 дн.\t\tАнна\r\nЁлка\t2\t1ОН+1"
        page.evaluate("text => navigator.clipboard.writeText(text)", cells)
        person.box("paste_text").locator("textarea").click()
        page.keyboard.press("Control+v")
        person.presses("paste_see").presses("paste_add")
        settled(page)
        plan = service.view_plan(me.workspace, roadmap_id=roadmap).plan
        assert [(x.title, x.duration, x.responsible) for x in plan.tasks[3:]] == [
            ("Смета", 3, "Анна"),
            ("Ёлка", 2, ""),
        ]
        (link,) = plan.waits_for(plan.tasks[4].id)
        assert (link.predecessor, link.lag) == (plan.tasks[3].id, 1)


def test_a_finger_on_a_chart_scrolls_the_page_and_a_tap_still_opens_what_it_meets(
    people: Callable[..., Page], server: Server
) -> None:
    with opened(server) as database:
        me = arrive(database, Role.CONSULTANT, name="Тимур")
        with database.writing() as db:
            case = factories.make_case(db, me.id)
        plan = plan_of(5, 5, start=datetime.now(UTC).date())
        roadmaps = [
            service.create_roadmap(me.workspace, new=service.NewPlan(case, f"Карта {n}", plan))
            for n in range(20)
        ]
    page = people(has_touch=True, is_mobile=True)
    page.set_viewport_size({"width": 390, "height": 600})
    me.carries(page.context, server)
    person = Person(page, server.url).opens("roadmap_portfolio")
    page.locator(".nsewdrag").evaluate("ground => ground.scrollIntoView({ block: 'start' })")
    person.waits()  # a late word of this scroll would take away what is told

    bars = page.locator(".barlayer .trace").first.locator("path")
    page.mouse.move(*middle(bars.nth(9)))
    expect(page.locator(".hovertext")).to_have_count(1)

    before = page.evaluate(SCROLLED)
    swipe(page, (200, 500), -300)
    page.wait_for_function(f"before => {SCROLLED} > before + 200", arg=before)
    expect(page.locator(".hovertext")).to_have_count(0)
    swipe(page, (200, 200), 300)
    page.wait_for_function(f"before => {SCROLLED} < before + 50", arg=before)

    bars.nth(9).scroll_into_view_if_needed()  # waits until it stands still
    person.acts(lambda: page.touchscreen.tap(*middle(bars.nth(9))))
    person.arrives_at("roadmap")
    assert person.asked("roadmap") in roadmaps


def test_a_new_link_is_in_sight_and_a_press_copies_it_and_says_so(
    page: Page, server: Server
) -> None:
    with opened(server) as database:
        me = arrive(database, Role.CONSULTANT, name="Марина")
        with database.writing() as db:
            initiative = factories.make_initiative(db, "Двор")
            case = factories.make_case(db, me.id, initiative_id=initiative)
        new = NewParticipant("Нина")
        add_person(me.workspace, initiative_id=initiative, new=new, is_sure=True)
        plan = plan_of(2, 5, links="A-B", start=datetime.now(UTC).date())
        roadmap = service.create_roadmap(me.workspace, new=service.NewPlan(case, "Путь", plan))
        [leader] = service.view_roadmap_links(me.workspace, roadmap_id=roadmap).people
        me.carries(page.context, server)
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        person = Person(page, server.url).opens(f"roadmap?roadmap={roadmap}&view=table")
        person.unfolds("plan_share").presses(f"share_make_{leader}")
        link = person.box("copied_plan_link")
        expect(link).to_be_in_viewport()
        link.get_by_role("button", name="Скопировать ссылку").press("Enter")
        expect(link.get_by_role("status")).to_have_text("Скопировано")
        address = link.locator("code").inner_text()
        assert page.evaluate("navigator.clipboard.readText()") == address

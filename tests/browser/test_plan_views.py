"""A plan in its network and its table: a press opens a task, cells are pasted from a spreadsheet."""

from datetime import UTC, datetime

from playwright.sync_api import Page, expect

from core.permissions import Role
from roadmaps import service
from tests import factories
from tests.browser.conftest import settled
from tests.browser.hands import Person
from tests.browser.seeding import arrive, opened
from tests.browser.serving import Server
from tests.roadmaps.plans import plan_of


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

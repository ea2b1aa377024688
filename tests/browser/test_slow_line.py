"""A slow line: what is pressed before the answer to the last press has come takes nothing back."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from diagnostics import service as diagnostics
from diagnostics.domain.assessment import NewAssessment, RespondentKind
from diagnostics.domain.instrument import Missing
from tests.browser.chart import ByMouse
from tests.browser.conftest import settled
from tests.browser.drafting import WIDE, Centre
from tests.browser.hands import Person
from tests.roadmaps.plans import plan_of

SLOW: Final = """() => {
    const late = 700;
    const deliver = EventTarget.prototype.addEventListener;
    const own = Object.getOwnPropertyDescriptor(WebSocket.prototype, "onmessage");
    const slowed = (socket, hear) => hear && ((event) => setTimeout(() => hear.call(socket, event), late));
    WebSocket.prototype.addEventListener = function (name, hear, ...rest) {
        return deliver.call(this, name, name === "message" ? slowed(this, hear) : hear, ...rest);
    };
    Object.defineProperty(WebSocket.prototype, "onmessage", {
        get() { return own.get.call(this); },
        set(hear) { own.set.call(this, slowed(this, hear)); },
    });
}"""  # what the server says arrives so many ms later


@pytest.fixture
def slow(centre: Centre, people: Callable[..., Page]) -> Page:
    """Anna's browser behind a slow line."""
    page = people()
    page.set_viewport_size(WIDE)
    page.add_init_script(f"({SLOW})()")
    centre.anna.carries(page.context, centre.server)
    return page


def test_panel_closed_while_the_editor_tells_stays_closed(centre: Centre, slow: Page) -> None:
    roadmap = centre.imports(plan_of(3, 4, 5))
    person = Person(slow, centre.server.url).opens(f"roadmap?roadmap={roadmap}&zoom=days")
    chart = ByMouse(slow).is_there()
    chart.chooses("A")
    panel = person.page.locator(".st-key-plan_side")
    expect(panel.locator("h3")).to_have_text("A")
    settled(slow)
    chart.box.locator("[data-act=further]").click()
    slow.wait_for_timeout(500)  # the editor tells its look 0.2 s after the panel is closed
    slow.locator(".st-key-task_side_close button").click()
    expect(panel).to_have_count(0)
    settled(slow)
    slow.wait_for_timeout(1500)
    expect(panel).to_have_count(0)
    assert "task=" not in slow.url


def test_two_filters_chosen_one_after_the_other_both_hold(centre: Centre, slow: Page) -> None:
    person = Person(slow, centre.server.url).opens("roadmaps").waits()
    filters = {"filter_state": "сделано", "filter_late": "Только опаздывающие"}
    for key, label in filters.items():
        field = person.box(key).locator("input").first
        field.click()
        field.fill(label)
        slow.get_by_role("option", name=label).first.click()
    person.waits()
    slow.wait_for_timeout(1500)
    for key, label in filters.items():
        expect(person.box(key).locator("input").first).to_have_value(label)
    assert "state=done" in slow.url
    assert "late=1" in slow.url


def test_an_answer_given_before_the_next_part_has_come_does_not_turn_it_back(
    centre: Centre, slow: Page
) -> None:
    today = datetime.now(UTC).date()
    started = NewAssessment(centre.case, "health_of_an_initiative", RespondentKind.TEAM, today)
    run = diagnostics.start_assessment(centre.anna.workspace, started)
    person = Person(slow, centre.server.url).opens(f"assessment?assessment={run}").waits()
    first = slow.get_by_role("heading", level=2).first.inner_text()
    answer = slow.locator("[role=radiogroup] label").first
    person.box("assessment_next").get_by_role("button").click()
    answer.click()
    person.waits()
    slow.wait_for_timeout(1500)
    expect(slow.get_by_role("heading", level=2).first).not_to_have_text(first)
    view = diagnostics.view_assessment(centre.anna.workspace, assessment_id=run)
    assert sum(each.answer is not Missing.NOT_ANSWERED for each in view.responses.values()) == 1

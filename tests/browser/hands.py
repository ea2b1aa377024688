"""A person at a browser: fields by their keys, buttons by theirs, as the pages name them."""

import contextlib
import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Error, Locator, Page, expect

from tests.browser.conftest import settled

# Counts the runs of the script that the page has begun to hear of.
COUNT_RUNS = """() => {
    window.runs = 0;
    new MutationObserver((changes) => {
        for (const change of changes) {
            const state = change.target.dataset?.testScriptState;
            if (state === "running" && change.oldValue !== "running") window.runs += 1;
        }
    }).observe(document, {
        subtree: true, attributeFilter: ["data-test-script-state"], attributeOldValue: true,
    });
}"""
BEGINS_SECONDS = 2

STILL = """box => {
    const { height } = box.getBoundingClientRect(), now = performance.now();
    if (height !== box.stillHeight) Object.assign(box, { stillHeight: height, stillSince: now });
    return now - box.stillSince > 150;
}"""


class Person:
    """One person and their browser tab."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        page.add_init_script(f"({COUNT_RUNS})()")

    def opens(self, path: str) -> "Person":
        self.page.goto(path if path.startswith("http") else f"{self.url}/{path}")
        return self.waits()

    def waits(self) -> "Person":
        settled(self.page)
        return self

    def acts(self, act: Callable[[], object]) -> "Person":
        """Do something that makes the script run, and wait for the run to begin and to end."""
        before = self.page.evaluate("() => window.runs")
        act()
        with contextlib.suppress(Error):
            self.page.wait_for_function(
                "before => window.runs !== before", arg=before, timeout=BEGINS_SECONDS * 1000
            )
        return self.waits()

    def box(self, key: str) -> Locator:
        return self.page.locator(f".st-key-{key}").first

    def types(self, key: str, text: str) -> "Person":
        field = self.box(key).locator("input, textarea").first
        field.fill(text)
        return self

    def sets_number(self, key: str, number: int) -> "Person":
        field = self.box(key).locator("input").first
        field.fill(str(number))
        field.press("Tab")
        return self

    def picks(self, key: str, *labels: str) -> "Person":
        """Press pills or segments."""
        for label in labels:
            self.box(key).get_by_role("radio", name=label, exact=True).or_(
                self.box(key).get_by_role("button", name=label, exact=True)
            ).first.click()
        return self.waits()

    def chooses(self, key: str, *labels: str) -> "Person":
        """Choose from a list, one after another."""
        field = self.box(key).locator("input").first
        for label in labels:
            field.click()
            field.fill(label)
            self.page.get_by_role("option", name=label).first.click()
        if self.box(key).get_by_test_id("stMultiSelect").count():
            field.press("Escape")  # its list stays open; where one is chosen, Escape takes it back
        return self.waits()

    def presses(self, key: str) -> "Person":
        return self.acts(self.box(key).get_by_role("button").first.click)

    def presses_keys(self, keys: str) -> "Person":
        return self.acts(lambda: self.page.keyboard.press(keys))

    def unfolds(self, key: str) -> "Person":
        box = self.box(key)
        box.locator("summary").first.click()
        # It opens slowly: a press on a button that is still moving is lost.
        self.page.wait_for_function(STILL, arg=box.element_handle())
        return self

    def reads(self, text: str | re.Pattern[str]) -> "Person":
        expect(self.page.get_by_test_id("stMain")).to_contain_text(text)
        return self

    def does_not_read(self, text: str) -> "Person":
        expect(self.page.get_by_test_id("stMain")).not_to_contain_text(text)
        return self

    def arrives_at(self, page: str) -> "Person":
        expect(self.page).to_have_url(re.compile(rf"/{page}(\?|$)"))
        return self.waits()

    def asked(self, name: str) -> int:
        return int(parse_qs(urlsplit(self.page.url).query)[name][0])

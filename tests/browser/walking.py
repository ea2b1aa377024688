"""Going through all pages of the program, with something to see on each."""

import re
from collections.abc import Iterator, Mapping

from playwright.sync_api import Page

from core.i18n import translator
from core.ui import interpreter
from tests.pages import SPECS

ASKS = {
    "agreement": ("agreement",),
    "agreement_edit": ("agreement",),
    "assessment": ("assessment",),
    "assessment_new": ("case",),
    "case": ("case",),
    "case_documents": ("case",),
    "case_outside": ("case",),
    "case_new": ("initiative",),
    "consultation": ("consultation",),
    "consultation_new": ("case",),
    "consultation_series": ("case",),
    "initiative": ("initiative",),
    "panel": ("panel",),
    "panel_new": ("case",),
    "person": ("person",),
    "request": ("request",),
    "roadmap": ("roadmap",),
    "roadmap_add": ("case",),
    "roadmap_held": ("consultation",),
    "roadmap_new": ("case", "need"),
    "roadmap_template": ("template",),
    "served": ("agreement",),
    "sheet": ("sheet",),
    "submission": ("submission",),
}
"""What a page's address says, beside its name."""
FIXED = {"template": "ngo"}
"""What stands in every centre."""
TRACES = re.compile(r"Traceback|\w+Error\b|File \"|\bNone\b|\berror\.\w+|\{\w+\}")
"""What a program says and a person should not read."""

RUSSIAN = translator("ru")
ENGLISH = sorted({*interpreter.seen(RUSSIAN), *interpreter.heard(RUSSIAN)})
"""What Streamlit says by itself, and a Russian page must not."""
SPOKEN = """(words) => {
    const english = new RegExp(`^(${words.map((word) =>
        word.replace(/[.*+?^${}()|[\\]\\\\]/g, "\\\\$&").replace("#", "\\\\d+")).join("|")}|Help for .+)$`);
    const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (nodes.nextNode()) found.push(nodes.currentNode.data);
    for (const name of ["aria-label", "aria-description", "placeholder", "title"]) {
        for (const each of document.querySelectorAll(`[${name}]`)) {
            found.push(each.getAttribute(name));
        }
    }
    return [...new Set(found.map((text) => text.trim()))].filter((text) => english.test(text));
}"""
"""The English words of Streamlit that stand on the page or are said of it."""

WIDE = """() => [document.scrollingElement, ...document.querySelectorAll(
    '[data-testid=stAppViewContainer], [data-testid=stMain], [data-testid=stMainBlockContainer]'
)].map((part) => [part.dataset?.testid ?? part.tagName, part.scrollWidth - part.clientWidth])
  .filter(([_name, pixels]) => pixels > 0)"""
"""What one would have to scroll sideways."""


def addresses(things: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Give the name and the address of every page."""
    for spec in SPECS:
        query = "&".join(
            f"{name}={FIXED.get(name) or things[name]}" for name in ASKS.get(spec.url, ())
        )
        url = "" if spec.default else spec.url
        yield spec.url, f"{url}?{query}" if query else url


def faults(page: Page, language: str, *, refused: bool = False) -> list[str]:
    """Say what is wrong with the page as it stands."""
    text = page.get_by_test_id("stMain").inner_text()
    found = [f"{page.url}: {trace}" for trace in TRACES.findall(text)]
    if page.get_by_test_id("stException").count():
        found.append(f"{page.url}: an exception is shown")
    alerts = page.locator("[data-testid=stAlertContentError]").all_inner_texts()
    if alerts and not refused:
        found.append(f"{page.url}: {alerts}")
    if refused and translator(language)("error.forbidden", permission="") and not alerts:
        found.append(f"{page.url}: opened")
    if page.evaluate("() => document.documentElement.lang") != language:
        found.append(f"{page.url}: not in {language}")
    if language == "ru":
        page.wait_for_function("() => globalThis.caseworkInterpreter")  # a moment after the page
        found += [f"{page.url}: {word}" for word in english(page)]
    wide = page.evaluate(WIDE)
    found += [f"{page.url}: {name} is {pixels} px too wide" for name, pixels in wide]
    return found


def english(page: Page) -> list[str]:
    """List Streamlit's own English words on the page as it stands, open lists included."""
    found: list[str] = page.evaluate(SPOKEN, ENGLISH)
    return found

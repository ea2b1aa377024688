"""Streamlit's own words are exchanged in the browser, and what people wrote is left alone."""

from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page

from core.ui import interpreter

SCRIPT = "\n".join(
    Path(interpreter.__file__).with_name(name).read_text(encoding="utf-8")
    for name in ("menu.js", "fingers.js", "interpreter.js")
)
WORDS = {
    "seen": {"Select # matches": "Выбрать найденное: #"},
    "heard": {"Page #": "Страница #", "Close": "Закрыть"},
    "required": "#, обязательно",
    "help": "Справка: #",
}
PAGE = """
<label data-testid=stCheckbox><input type=checkbox aria-label="{written}"></label>
<span data-testid=stTooltipIcon><button aria-label="{helped}"></button></span>
<p>{seen}</p>
"""


@pytest.mark.parametrize(
    ("written", "helped", "seen", "said"),
    [
        (
            "Help for the yard", "Help for Двор", "Select 12 matches",
            ["Help for the yard", "Справка: Двор", "Выбрать найденное: 12"],
        ),
        (
            "Цена $&amp; *", "Help for $&amp;", "constructor",
            ["Цена $&, обязательно", "Справка: $&", "constructor"],
        ),
        ("toString", "Close", "valueOf", ["toString", "Закрыть", "valueOf"]),
    ],
)  # fmt: skip
def test_only_words_of_streamlit_are_exchanged_and_names_stay_what_they_are(
    page: Page, written: str, helped: str, seen: str, said: list[str]
) -> None:
    page.set_content(PAGE.format(written=written, helped=helped, seen=seen))
    page.evaluate(
        "async ([code, data]) => (await import(`data:text/javascript,${code}`)).default({ data })",
        [quote(SCRIPT), WORDS],
    )
    found = page.evaluate(
        "() => [...document.querySelectorAll('input, button, p')]"
        ".map(node => node.ariaLabel ?? node.textContent)"
    )
    assert found == said

"""The hours page and the rows behind its figures."""

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core.permissions import Role
from core.workspace import Workspace

Open = Callable[..., AppTest]


def said(page: AppTest) -> str:
    """Everything the page says, without the escapes of Markdown."""
    parts: list[Any] = [*page.markdown, *page.caption, *page.title, *page.subheader, *page.error]
    return "\n".join(str(part.value) for part in parts).replace("\\", "").replace("\xa0", " ")


def links(page: AppTest) -> list[tuple[str, str]]:
    found = page.get("page_link")
    return [(link.proto.label, link.proto.query_string) for link in found]


@pytest.mark.parametrize(
    ("language", "total", "sentence"),
    [
        (
            "ru",
            "2 ч 45 мин",
            "Чтобы сдержать обещание, центру нужно 44 ч 10 мин в неделю до 31 декабря.",
        ),
        (
            "en",
            "2 h 45 min",
            "To keep the promise the centre needs 44 h 10 min a week until 31 December.",
        ),
    ],
)
def test_two_consultants_make_the_quarter_read_two_hours_forty_five(
    open_page: Open, quarter: Workspace, language: str, total: str, sentence: str
) -> None:
    page = open_page("hours", Role.MANAGER, language)
    assert not page.exception
    assert f"### {total}" in said(page)
    assert sentence in said(page)

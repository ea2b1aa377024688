"""What a page says and where it links, as the tests of the dashboards read it."""

from typing import Any
from urllib.parse import parse_qs

from streamlit.testing.v1 import AppTest


def said(page: AppTest) -> str:
    """Everything the page says, without the escapes of Markdown."""
    assert not page.exception
    parts: list[Any] = [*page.title, *page.header, *page.markdown, *page.caption]
    return "\n".join(str(part.value) for part in parts).replace("\\", "").replace("\xa0", " ")


def refused(page: AppTest) -> str:
    """The one sentence of a page that refuses."""
    assert not page.exception
    (error,) = page.error
    return str(error.value).replace("\\", "")


def links(page: AppTest) -> list[tuple[str, dict[str, str]]]:
    """Every link of the page proper: its label and its query."""
    found = []
    for link in page.main.get("page_link"):
        query = parse_qs(link.proto.query_string)
        found.append(
            (
                link.proto.label.replace("\\", "").replace("\xa0", " "),
                {name: values[0] for name, values in query.items()},
            )
        )
    return found

"""How every figure of hours is drawn: by its name in the registry, with the way to its rows."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from core.i18n import Translator
from core.ui.charts import chart
from core.ui.desk import link
from core.ui.tables import Column, Query, Rows, table
from hours.domain.registry import registered

_LIST = ":material/list:"


def said(name: str, minutes: int, _: Translator) -> str:
    """Write the minutes of a figure, to stand inside a sentence or a label."""
    registered(name)
    return _.hours(minutes)


def total(name: str, minutes: int, _: Translator, *, part: str = "", size: str = "###") -> None:
    """Draw a figure as a headline; `part` tells apart those of one name on one page.

    Where its rows stand on another page, `behind` draws the way there.
    """
    with st.container(key=_key("figure", name, part), width="content"):
        st.markdown(f"{size} {said(name, minutes, _)}", width="content")


def behind(name: str, _: Translator, *, query: Mapping[str, object], part: str = "") -> None:
    """Draw the way to the rows behind a headline."""
    with st.container(key=_key("behind", name, part), width="content"):
        link(_("The rows behind it"), registered(name).rows, icon=_LIST, **query)


def line(
    name: str, label: str, minutes: int, _: Translator, *, part: object, query: Mapping[str, object]
) -> None:
    """Draw one part of a figure as a link to its rows."""
    with st.container(key=_key("figure", name, str(part)), width="content"):
        link(f"{label}: {said(name, minutes, _)}", registered(name).rows, icon=None, **query)


def picture(
    name: str,
    drawn: Any,  # noqa: ANN401 — plotly's own figure, which pages do not import
    *,
    key: str,
    alt: str,
    on_select: bool = False,
) -> Any:  # noqa: ANN401 — Streamlit's selection state
    """Draw a chart of hours."""
    registered(name)
    return chart(drawn, key=key, alt=alt, on_select=on_select)


def listed(  # noqa: PLR0913 — what a table on a page needs
    name: str,
    rows: Rows,
    columns: Mapping[str, Column],
    *,
    key: str,
    opens: tuple[str, str, Sequence[int | Query | None]] | None = None,
    export: str = "",
    on_export: Callable[[], Rows | None] | None = None,
) -> None:
    """Draw a table of hours: parts of a figure, or the rows behind it."""
    registered(name)
    table(rows, columns, key=key, opens=opens, export=export, on_export=on_export)


def _key(kind: str, name: str, part: str) -> str:
    return f"{kind}_{name}_{part}" if part else f"{kind}_{name}"

"""Charts on a page: one frame, words for screen readers, the rows to take away."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

import plotly.graph_objects as go
import plotly.io as pio
import streamlit as st

from core.spreadsheet import write_csv
from core.ui.desk import words
from core.ui.theme import FONT, PALETTE

_CONFIG = {
    "displaylogo": False,
    "displayModeBar": False,
    "scrollZoom": False,
    "doubleClick": "reset",
}
_INK = {"light": "#4d5852", "dark": "#b3beb7"}
"""Words of a chart: Streamlit's own grey is too faint to read. Those at the axes get their ink
from the stylesheet: told here, for each axis of each figure, it would take half the time of one."""
_GRID = {"gridcolor": PALETTE.faint, "zerolinecolor": PALETTE.faint}
_HOUSE = {
    "colorway": PALETTE.series,
    "font": {"family": FONT, "size": 13},
    "paper_bgcolor": "rgba(0,0,0,0)",
    "plot_bgcolor": "rgba(0,0,0,0)",
    "hoverlabel": {"font": {"family": FONT}},
    "modebar": {"remove": ["toImage"]},
    "xaxis": _GRID,
    "yaxis": _GRID,
}
# The frame is the template of every new figure, and small: updating each figure, or copying the
# colour scales of Streamlit's own template into it, costs milliseconds per chart.
pio.templates["casework"] = go.layout.Template(layout=_HOUSE)
pio.templates.default = "casework"


def chart(
    figure: go.Figure,
    *,
    key: str,
    alt: str,
    rows: Sequence[Mapping[str, Any]] | None = None,
    on_export: Callable[[], None] | None = None,
    on_select: bool | Callable[[Any], None] = False,
) -> Any:  # noqa: ANN401 — Streamlit's selection state
    """Draw a figure in the house's frame; `rows` become a CSV under the chart.

    `on_export` is called when the file is asked for, so that the audit line is written then. A
    figure that says its width keeps it. A function given as `on_select` is called before the page
    runs again, with the `customdata` of the point that was pressed, or None when it was let go.
    """
    figure.layout.separators = ", " if words().language == "ru" else ".,"
    figure.layout.font.color = _INK.get(st.context.theme.type or "", PALETTE.grey)
    state = st.plotly_chart(
        figure,
        key=key,
        width="stretch" if figure.layout.width is None else "content",
        config=_CONFIG,
        alt=alt,
        on_select=_answer(key, on_select),
        selection_mode=("points",) if callable(on_select) else ("points", "box", "lasso"),
    )
    if rows:
        _download(rows, key, on_export)
    return state


def _answer(
    key: str,
    on_select: bool | Callable[[Any], None],  # noqa: FBT001 — Streamlit's own kind of switch
) -> Literal["rerun", "ignore"] | Callable[[], None]:
    if not callable(on_select):
        return "rerun" if on_select else "ignore"
    answer = on_select

    def pressed() -> None:
        points = st.session_state[key]["selection"]["points"]
        answer(points[0].get("customdata") if points else None)

    return pressed


def _download(
    rows: Sequence[Mapping[str, Any]], key: str, on_export: Callable[[], None] | None
) -> None:
    _ = words()

    def data() -> bytes:
        if on_export:
            on_export()
        return write_csv(rows, {name: name for name in rows[0]})

    st.download_button(
        _("Figures of the chart, CSV"),
        data,
        file_name=f"{key}.csv",
        mime="text/csv",
        key=f"{key}_csv",
        type="tertiary",
        icon=":material/download:",
        on_click="ignore",
    )

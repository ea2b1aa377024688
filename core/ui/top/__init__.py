"""Back to the top of the page when its step changes.

Streamlit keeps the place one has scrolled to, so whoever presses "Next" at the end of a long
step would land at the end of the following one.
"""

from pathlib import Path
from typing import Final

import streamlit as st

_TOP: Final = st.components.v2.component(
    "casework_top", js=(Path(__file__).parent / "top.js").read_text(encoding="utf-8")
)


def begin_at_top(step: str) -> None:
    """Show a new step from its beginning; the same step stays where it is scrolled to."""
    _TOP(key="begin_at_top", data={"step": step})

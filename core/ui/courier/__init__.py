"""The courier: carries a ticket from the page to a route of this server, once.

A script cannot set cookies; a route can. The page hands the ticket over and is told how the
route answered.
"""

from pathlib import Path
from typing import Final
from urllib.parse import urlencode

import streamlit as st

_COURIER: Final = st.components.v2.component(
    "casework_courier",
    js=(Path(__file__).parent / "courier.js").read_text(encoding="utf-8"),
)


def carry(key: str, path: str, body: dict[str, str]) -> int | None:
    """POST `body` as a form to `path`; returns the status once it is known, else None."""
    result = _COURIER(
        key=key, data={"path": path, "body": urlencode(body)}, on_done_change=_nothing
    )
    done = getattr(result, "done", None)
    return int(done) if isinstance(done, int | float) else None


def _nothing() -> None:
    """Let the answer live: Streamlit keeps a component's state only for a known callback."""

"""An address to hand on: shown whole, with a button that copies it and says so.

Streamlit's own copy button shows itself under a mouse only, covers a part of the text on a phone
and says nothing: ours stands in its place (styles.css hides the other).
"""

from pathlib import Path
from typing import Final

import streamlit as st

from core.i18n import Translator


def _source(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


_COPYING: Final = st.components.v2.component(
    "casework_copying",
    html=_source("copying.html"),
    css=_source("copying.css"),
    js=_source("copying.js"),
)


def copied(address: str, _: Translator, *, key: str, is_new: bool = False) -> None:
    """Show an address with a button to copy it; a new one is brought into sight, once."""
    with st.container(key=f"copied_{key}", gap="xsmall"):
        st.code(address, language=None, wrap_lines=True)
        _COPYING(
            key=f"copying_{key}",
            data={
                "text": address,
                "isNew": is_new,
                "copy": _("Copy the link"),
                "copied": _("Copied"),
                "refused": _(
                    "The browser does not copy. The address is selected: copy it yourself."
                ),
            },
        )

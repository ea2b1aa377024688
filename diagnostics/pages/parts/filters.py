"""Filters of the list: codes that live in the address, so that links may set them."""

from collections.abc import Iterable
from typing import TypeVar

import streamlit as st

from core.i18n import Coded, Translator
from core.ui.address import asked, write
from core.ui.tables import first_page

CODE = TypeVar("CODE", bound=Coded)


def choose(label: str, name: str, codes: Iterable[CODE], _: Translator) -> CODE | None:
    """Ask for one of the codes; None is any of them."""
    known = {code.value: code for code in codes}
    key, wanted = f"filter_{name}", asked(name)
    st.session_state[key] = wanted if wanted in known else None
    chosen = st.selectbox(
        label,
        list(known),
        format_func=lambda value: _.label(known[value]),
        placeholder=_("Any"),
        key=key,
        on_change=_write,
        args=(key, name),
    )
    return known[chosen] if chosen else None


def search_text(label: str, name: str, _: Translator) -> str:
    """Ask for a part of a name."""
    key = f"filter_{name}"
    st.session_state[key] = asked(name)[:200]
    found: str | None = st.text_input(
        label,
        key=key,
        icon=":material/search:",
        placeholder=_("Part of a name"),
        on_change=_write,
        args=(key, name),
    )
    return found or ""


def _write(key: str, name: str) -> None:
    write(name, st.session_state[key] or "", by=key)
    first_page("diagnostics")

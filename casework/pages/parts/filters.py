"""Filters that live in the address: links may set them, people may share them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from core.errors import InvalidError
from core.i18n import Term
from core.ui.address import asked, write
from core.ui.tables import first_page


def choose(label: str, name: str, options: Mapping[str, str], default: str = "") -> str:
    """Ask for one of the options, a code with its label; the code stands in the address."""
    key, chosen = f"filter_{name}", asked(name, default)
    st.session_state[key] = chosen if chosen in options else default
    found: str = st.selectbox(
        label,
        list(options),
        key=key,
        format_func=lambda code: options.get(code, code),
        on_change=_write,
        args=(key, name, default),
    )
    return found


def choose_day(label: str, name: str, default: date) -> date:
    """Ask for a day; it stands in the address as 2026-11-23."""
    key = f"filter_{name}"
    st.session_state[key] = day_asked(name) or default
    picked = st.date_input(
        label, key=key, format="DD.MM.YYYY", on_change=_write, args=(key, name, default.isoformat())
    )
    return picked if isinstance(picked, date) else default


def day_asked(name: str) -> date | None:
    """Read a day from the address; None if there is none. Raises `InvalidError`."""
    chosen = asked(name)
    try:
        return date.fromisoformat(chosen) if chosen else None
    except ValueError:
        raise InvalidError(field=Term("field.day"), value=chosen[:40]) from None


def search_text(label: str, name: str) -> str:
    """Ask for a part of a name; it stands in the address."""
    key = f"filter_{name}"
    st.session_state[key] = asked(name)[:200]
    found: str | None = st.text_input(
        label, key=key, icon=":material/search:", on_change=_write, args=(key, name, "")
    )
    return found or ""


def _write(key: str, name: str, default: str) -> None:
    chosen: Any = st.session_state[key]
    code = chosen.isoformat() if isinstance(chosen, date) else str(chosen or "")
    write(name, "" if code == default else code, by=key)
    for table in ("cases", "consultations", "initiatives", "requests", "roll", "portfolio", "bars"):
        first_page(table)

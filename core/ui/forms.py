"""Forms: one way to fill them and one to submit."""

from collections.abc import Mapping
from typing import Any, TypeVar

import streamlit as st

T = TypeVar("T")


def submit(label: str, key: str, *, main: bool = True, help: str | None = None) -> bool:  # noqa: A002 — Streamlit's word
    """Draw a form's button; the page's main one is primary and answers Ctrl+S.

    Only a form's own button may carry the shortcut: a plain button runs before the field
    being typed in commits, and would save an old text.
    """
    return st.form_submit_button(
        label,
        key=key,
        help=help,
        type="primary" if main else "secondary",
        shortcut="Ctrl+S" if main else None,
    )


def filled(form: str, now: Mapping[str, Any], button: str) -> dict[str, Any]:
    """Fill a form's fields (key → stored value) and give what the person saw in them.

    An untouched form follows the database; a touched one keeps what was typed, and what it
    was filled with is what a save must carry, so that nobody overwrites another's work
    unseen. Whoever was told that somebody saved first has seen that too, and may save again.
    Keys that belong to no field, such as a version, are only kept. After saving, `refill` it.
    """
    state = st.session_state
    seen: dict[str, Any] | None = state.get(f"_filled_{form}")
    sent = state.pop(f"_sent_{form}", None)
    if state.get(button):
        state[f"_sent_{form}"] = dict(now)
    if sent and state.pop("_compared", False):
        seen = state[f"_filled_{form}"] = sent
    if seen is not None and all(key in state for key in now):
        is_untouched = {key: state[key] for key in now} == seen and not state.get(button)
        if seen == now or not is_untouched:
            return seen
    state.update(now)
    state[f"_filled_{form}"] = dict(now)
    return dict(now)


def refill(form: str) -> None:
    """Fill a form anew, from the database, when it is drawn next."""
    st.session_state.pop(f"_filled_{form}", None)


def seen(key: str, now: T, *buttons: str) -> T:
    """Give a value as it was on the screen when one of the buttons was pressed, else `now`."""
    name = f"_seen_{key}"
    if name not in st.session_state or not any(map(st.session_state.get, buttons)):
        st.session_state[name] = now
    kept: T = st.session_state[name]
    return kept

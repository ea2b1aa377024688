"""Forms: one way to fill them and one to submit."""

from collections.abc import Mapping
from typing import Any, Final, TypeVar

import streamlit as st

from core.ui.desk import words

T = TypeVar("T")
STAR: Final = "_starred"
"""The frame takes this out of the session before each page."""


def required(label: str) -> str:
    """Mark the label of a field without which nothing is saved.

    The next `submit` says what the star means; a screen reader hears the word instead of it
    (core.ui.interpreter).
    """
    st.session_state[STAR] = True
    return f"{label} *"


def legend() -> None:
    """Say what the star means, if a field above has one; `submit` does."""
    if st.session_state.pop(STAR, False):
        _ = words()
        st.caption(_("\\* required"))


def submit(label: str, key: str, *, main: bool = True, help: str | None = None) -> bool:  # noqa: A002 — Streamlit's word
    """Draw a form's button; the page's main one is primary and answers Ctrl+S.

    Only a form's own button may carry the shortcut: a plain button runs before the field
    being typed in commits, and would save an old text.
    """
    legend()
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
    state, name = st.session_state, f"_filled_{form}"
    is_drawn = name in state and all(key in state for key in now)
    seen: dict[str, Any] = keep_seen(name, dict(now), button, first=not is_drawn)
    if is_drawn:
        is_untouched = {key: state[key] for key in now} == seen and not state.get(button)
        if seen == now or not is_untouched:
            return seen
    state.update(now)
    state[name] = dict(now)
    return dict(now)


def keep_seen(name: str, now: T, button: str, *, first: bool) -> T:
    """Keep what a form was filled with when it was `first` drawn, and give it.

    Once its person was told that somebody saved first, it is what they were shown then.
    """
    state = st.session_state
    shown = state.pop(f"{name}_shown", None)
    if first:
        state[name] = now
    elif shown is not None and state.pop("_compared", False):
        state[name] = shown
    if state.get(button):
        state[f"{name}_shown"] = now
        state.pop("_compared", None)  # only what this save meets counts
    kept: T = state[name]
    return kept


def refill(form: str) -> None:
    """Fill a form anew, from the database, when it is drawn next."""
    st.session_state.pop(f"_filled_{form}", None)


def seen(key: str, now: T, *buttons: str) -> T:
    """Give a value as it was on the screen when one of the buttons was pressed, else `now`."""
    name = f"_seen_{key}"
    before: T = st.session_state.get(name, now)
    st.session_state[name] = now
    return before if any(map(st.session_state.get, buttons)) else now

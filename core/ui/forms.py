"""Forms: one way to submit."""

import streamlit as st


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

"""The question whose roadmap it will be, asked alike however a roadmap begins."""

from collections.abc import Mapping

import streamlit as st

from core.i18n import Translator
from core.ui.forms import required


def ask_case(cases: Mapping[int, str], case_id: int | None, key: str, _: Translator) -> int:
    """Ask for the case; none is chosen beforehand but the one that the address names.

    Gives 0 while none is chosen: the service says then what is missing.
    """
    chosen = st.selectbox(
        required(_("Initiative and its case")),
        list(cases) if case_id is None else [case_id],
        index=None if case_id is None else 0,
        placeholder=_("Whose roadmap is it?"),
        key=key,
        format_func=lambda case: cases[case],
    )
    return chosen or 0

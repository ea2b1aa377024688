"""The page's address: what it says, and what this tab has just written into it.

A browser sends its address with every press, and hears of a new one only after the run that
wrote it. What is pressed meanwhile carries the address of before: taken at its word, it would
take back the choice just made. So what was written holds for a moment against its own past.
"""

from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Final

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from core.errors import NotFoundError
from core.i18n import Term

_MOMENT: Final = 3.0  # [s] that a browser may take to hear of its new address
_WRITTEN: Final = "_address"
_LARGEST_ID: Final = 2**31 - 1  # of a PostgreSQL integer; beyond it the question itself fails
THINGS: Final = {
    "agreement": Term("object.agreement"),
    "assessment": Term("object.assessment"),
    "case": Term("object.case"),
    "consultation": Term("object.consultation"),
    "initiative": Term("object.initiative"),
    "need": Term("object.need"),
    "panel": Term("object.panel"),
    "person": Term("object.person"),
    "request": Term("object.request"),
    "roadmap": Term("object.roadmap"),
    "sheet": Term("object.sheet"),
    "submission": Term("object.submission"),
}


@dataclass(slots=True)
class _Written:
    """What a name was made to say, by which widget, what it said before, and when."""

    value: str
    by: str = ""
    before: set[str] = field(default_factory=set)
    at: float = 0.0


def asked(name: str, default: str = "") -> str:
    """Read a text from the page's address."""
    _hold()
    value = st.query_params.get(name, default)
    return value if isinstance(value, str) else default


def asked_id(name: str) -> int:
    """Read an id from the page's address. Raises `NotFoundError` if absent or no number."""
    found = found_id(name)
    if found is None:
        raise NotFoundError(kind=THINGS.get(name, Term("object.page")), id=asked(name)[:40])
    return found


def found_id(name: str) -> int | None:
    """Read an id from the page's address; None if absent, or what cannot be one."""
    value = asked(name)
    is_short = len(value) <= len(str(_LARGEST_ID))
    return int(value) if is_short and value.isdecimal() and int(value) <= _LARGEST_ID else None


def write(name: str, value: object, *, by: str = "") -> None:
    """Write a text into the page's address; an empty one takes the name out.

    Parameters
    ----------
    by
        Key of the widget that a person has used. What a widget tells late, of before something
        else was written, is no choice of a person: it is passed over.
    """
    before, text = asked(name), str(value)
    written = _all().get(name, _Written(before, by))
    is_late = by not in {"", written.by} and text in written.before
    if before == text or is_late:
        return
    written.before = (written.before | {before}) - {text}
    written.value, written.by, written.at = text, by, monotonic()
    _all()[name] = written
    _put(name, text)


def forget() -> None:
    """Take the next address at its word: the page turns to it by itself."""
    st.session_state.pop(_WRITTEN, None)


def _hold() -> None:
    """Write again what an address of before has taken back."""
    written = _all()
    for name, one in list(written.items()):
        now = st.query_params.get(name, "")
        if monotonic() - one.at > _MOMENT or now not in {one.value, *one.before}:
            del written[name]
        elif now != one.value:
            _put(name, one.value)


def _all() -> dict[str, _Written]:
    """Give what was written on this page; another page, or a way back, begins anew."""
    run: Any = get_script_run_ctx()
    page = getattr(run, "page_script_hash", "")
    kept = st.session_state.get(_WRITTEN)
    if kept is None or kept[0] != page or getattr(run, "is_history_navigation", False):
        kept = st.session_state[_WRITTEN] = (page, {})
    written: dict[str, _Written] = kept[1]
    return written


def _put(name: str, value: str) -> None:
    if value:
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)

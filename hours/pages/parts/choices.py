"""Filters that live in the address of a page: links may set them, people may share them."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

import streamlit as st

from core.i18n import Term, Translator
from core.ui.address import asked, asked_id, write
from hours.service import PRIVATE, WITHOUT, Quarter, TimeKind

_MONTHS: Final = 12
_QUARTERS: Final = 6


def choose(label: str, name: str, options: Mapping[str, str], *, default: str = "") -> str:
    """Ask for one of many options, a code with its label, and keep the code in the address.

    What the address says holds; the default is not written there.
    """
    key = _take(name, options, default)
    found: str = st.selectbox(
        label,
        list(options),
        key=key,
        format_func=lambda code: options.get(code, code),
        on_change=_write,
        args=(key, name, default),
    )
    return found


def pick(label: str, name: str, options: Mapping[str, str], *, default: str) -> str:
    """Ask for one of a few options as `choose` does, all of them in sight."""
    key = _take(name, options, default)
    found = st.segmented_control(
        label,
        list(options),
        key=key,
        format_func=lambda code: options.get(code, code),
        label_visibility="collapsed",
        required=True,
        on_change=_write,
        args=(key, name, default),
    )
    return found or default


def asked_quarter() -> Quarter | None:
    """Read the quarter from the address. Raises `InvalidError` if the word names none."""
    code = asked("quarter")
    return Quarter.parse(code) if code else None


def asked_person() -> int | None:
    """Read the person from the address. Raises `NotFoundError` if it is no number."""
    return asked_id("person") if asked("person") else None


def quarter_name(quarter: Quarter, _: Translator) -> str:
    """Name a quarter: Q4 2026."""
    return _("Q{number} {year}", number=quarter.number, year=quarter.year)


def period_names(today: date, chosen: str, _: Translator) -> dict[str, str]:
    """Name the periods that can be chosen: this month first, twelve months, six quarters."""
    months: list[date] = [today.replace(day=1)]
    while len(months) < _MONTHS:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    quarters = [Quarter.of(today).shifted(-back) for back in range(_QUARTERS)]
    names = {f"{month:%Y-%m}": _.month(month) for month in months[:3]}
    names |= {quarter.code: quarter_name(quarter, _) for quarter in quarters}
    names |= {f"{month:%Y-%m}": _.month(month) for month in months}
    return names if not chosen or chosen in names else names | {chosen: chosen}


def topic_name(topic: str | None, _: Translator) -> str:
    """Name a topic by its code; time without one is named so, and private time of others."""
    if topic == PRIVATE:
        return _("private meetings")
    return _("without a topic") if topic in {None, WITHOUT} else _.show(Term(f"topic.{topic}"))


def kind_name(kind: TimeKind | None, _: Translator) -> str:
    """Name a kind of time; of private time of others the kind is not told."""
    return _("private meetings") if kind is None else _.label(kind)


def _take(name: str, options: Mapping[str, str], default: str) -> str:
    """Make the widget show what the address says."""
    key = f"filter_{name}"
    chosen = asked(name, default)
    st.session_state[key] = chosen if chosen in options else default
    return key


def _write(key: str, name: str, default: str) -> None:
    chosen = st.session_state[key]
    write(name, "" if not chosen or chosen == default else chosen, by=key)

"""How a meeting at the same time is told of."""

from collections.abc import Iterable

import streamlit as st

from casework.domain.views import OverlapView
from core.i18n import Translator
from core.ui.desk import link, plain


def sentence(one: OverlapView, _: Translator) -> str:
    """Say who has another meeting when; with whom only where the reader may know."""
    when = f"{_.day(one.on)}, {one.at:%H:%M}"
    if one.initiatives:
        return _(
            "{name} has another meeting at the same time: {when}, {initiatives}.",
            name=one.person,
            when=when,
            initiatives=", ".join(one.initiatives),
        )
    return _("{name} is busy at the same time: {when}.", name=one.person, when=when)


def message(text: str, overlaps: Iterable[OverlapView], _: Translator) -> str:
    """Add the overlaps to what is said of a saved meeting."""
    return ". ".join([text, *(sentence(one, _).rstrip(".") for one in overlaps)])


def warn(overlaps: Iterable[OverlapView], _: Translator) -> None:
    """Warn on the page of a meeting, with the way to the other one."""
    for one in overlaps:
        st.warning(plain(sentence(one, _)), icon=":material/event_busy:")
        if one.other_id is not None:
            link(_("Open the other meeting"), "consultation", consultation=one.other_id)

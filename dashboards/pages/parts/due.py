"""What waits on my desk beside meetings and steps."""

import streamlit as st

from casework.domain.due import Due
from core.i18n import Translator
from core.ui.desk import link


def draw_due(due: Due, _: Translator) -> None:
    """Draw what waits, each line with the way to it."""
    if due.is_clear:
        return
    with st.container(border=True, gap="xsmall", key="desk_due"):
        if due.requests and due.oldest_on:
            days = (due.today - due.oldest_on).days
            waiting = _.plural("{n} request waits", "{n} requests wait", due.requests)
            longest = _.plural("the oldest for {n} day", "the oldest for {n} days", days)
            link(f"{waiting}, {longest}", "requests", icon=":material/inbox:")

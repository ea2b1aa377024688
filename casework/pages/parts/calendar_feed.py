"""The private link by which a person's own calendar reads the meetings."""

import streamlit as st

from casework.service import has_feed, make_feed, revoke_feed
from core.i18n import Translator
from core.ui.copying import copied
from core.ui.desk import saved, told
from core.web import public_url
from core.workspace import Workspace


def draw(here: Workspace, _: Translator) -> None:
    """Offer the link, show a new one once, and switch it off."""
    with st.expander(_("My meetings in my own calendar"), key="feed_box"):
        st.caption(
            _(
                "A private link for the calendar on your phone or computer: days, hours and names"
                " of initiatives. Private talks stand there as “busy”; topics and people never."
                " Whoever has the link reads it, so keep it to yourself."
            )
        )
        token = st.session_state.pop("feed_token", None)
        if token:
            copied(f"{public_url()}/feed/{token}.ics", _, key="feed", is_new=True)
            st.caption(_("Copy it now: it is shown once. In the calendar: add by address."))
        is_on = has_feed(here)
        with st.container(horizontal=True, key="feed_buttons"):
            label = _("Make a new link, the old one stops") if is_on else _("Make the link")
            if st.button(label, key="feed_make"):
                with told():
                    st.session_state["feed_token"] = make_feed(here)
                    st.rerun()
            if is_on and st.button(_("Switch the link off"), key="feed_revoke"):
                with told():
                    revoke_feed(here)
                    saved(_("The calendar link is switched off"))

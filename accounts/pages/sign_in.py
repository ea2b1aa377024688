"""The page of those who are not signed in: address and password, or what a link opens."""

import streamlit as st

from accounts import service
from accounts.domain.throttle import Client, client_of
from core.database import the_database
from core.ui.address import asked
from core.ui.desk import told, words
from core.ui.forms import submit
from core.web import trusted_proxies


def draw() -> None:
    """Draw the sign-in form; an empty server says where its set-up link is."""
    _ = words()
    with st.container(width=420, key="gate"):
        st.title(_("Sign in"), anchor=False)
        if service.set_up_open(the_database()):
            st.info(
                _(
                    "This server has no owner yet. Open the one-time set-up link that it printed"
                    " when it started."
                ),
                icon=":material/key:",
            )
            return
        with st.form("sign_in"):
            address = st.text_input(_("E-mail"), key="sign_in_address", autocomplete="username")
            password = st.text_input(
                _("Password"),
                key="sign_in_password",
                type="password",
                autocomplete="current-password",
            )
            pressed = submit(_("Enter"), key="sign_in_submit")
        st.caption(_("Forgot the password? Ask an administrator for a new link."))
        if pressed:
            with told():
                enter(service.sign_in(the_database(), address, password, client=_client()))


def invitation() -> None:
    """Let the holder of an invitation or reset link choose a password."""
    _ = words()
    token = asked("invite")
    with st.container(width=460, key="gate"), told():
        person = service.invited_person(the_database(), token)
        st.title(_("Welcome, {name}", name=person.name), anchor=False)
        st.caption(_("Choose a password of at least 10 characters. The link works once."))
        with st.form("invitation"):
            password = st.text_input(
                _("New password"),
                key="invite_password",
                type="password",
                autocomplete="new-password",
            )
            repeated = st.text_input(
                _("Once more"), key="invite_repeated", type="password", autocomplete="new-password"
            )
            if submit(_("Set password and enter"), key="invite_submit"):
                with told():
                    enter(service.accept_invitation(the_database(), token, password, repeated))


def enter(entry: service.Entry) -> None:
    """Begin this tab's session: the cookie follows by the ticket."""
    st.session_state["token"] = entry.token
    st.session_state["ticket"] = entry.ticket
    st.query_params.clear()
    st.rerun()


def _client() -> Client:
    peer = st.context.ip_address
    headers = {name.lower() for name in st.context.headers}
    forwarded = any(name.startswith("x-forwarded") or name == "forwarded" for name in headers)
    return client_of(
        peer if isinstance(peer, str) else "local",
        forwarded=forwarded,
        proxies_trusted=bool(trusted_proxies()),
    )

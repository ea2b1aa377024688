"""The frame around every page: who is here, the menu, the bar of the last change."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from core import telemetry
from core.errors import ForbiddenError, SignedOutError
from core.permissions import Actor, Permission, may
from core.ui import desk, navigation
from core.ui.courier import carry
from core.ui.forms import STAR
from core.ui.interpreter import interpret
from core.ui.navigation import Group, PageSpec
from core.ui.note import forget_notes
from core.workspace import Workspace

_STYLES: Final = (Path(__file__).parent / "styles.css").read_text(encoding="utf-8")
_ICON: Final = str(Path(__file__).parent / "icon.png")
_LIGHT: Final = (
    "--house-accent:#1f6f4a;--house-paper:#fdfdfb;--house-border:#cfd5cc;--house-soft:#5f6a63;"
    "--house-ink:#4d5852;--house-danger:#8d2f22;--house-lift:none;--house-bars:none"
)
_DARK: Final = (
    "--house-accent:#5fb88a;--house-paper:#151a17;--house-border:#3b463f;--house-soft:#9aa69e;"
    "--house-ink:#b3beb7;--house-danger:#f0a396;--house-lift:brightness(1.6);--house-bars:brightness(1.35)"
)
_WATCH_SECONDS: Final = 15


@dataclass(frozen=True, slots=True)
class Gate:
    """How people come in and go out."""

    who: Callable[[Workspace], Actor]
    keep_alive: Callable[[Workspace, str], None]
    sign_out: Callable[[str], None]
    public: Callable[[], None]
    """Draws the page of those who are not signed in."""
    centre_name: Callable[[], str]


def run(gate: Gate) -> None:
    """Draw the page that the address asks for, in its frame."""
    st.set_page_config(page_title="Casework", page_icon=_ICON, layout="wide")
    st.html(f"<style>{_inks()}{_STYLES}</style>")
    with desk.told():
        _frame(gate)


def _frame(gate: Gate) -> None:
    actor = _recognised(gate)
    if actor is None:
        _outside(gate)
        return
    allowed = {page.url for page in navigation.pages_for(actor)}
    st.session_state["_pages"] = sorted(allowed)
    st.session_state["_may"] = sorted(p.value for p in Permission if may(actor, p))
    st.session_state["language"] = actor.language or desk.words().language
    chosen = st.navigation(_menu(allowed), expanded=True)
    spec = next(
        (p for p in navigation.pages() if _address(p) == chosen.url_path), navigation.pages()[0]
    )
    st.session_state["_page"] = spec.url
    st.session_state.pop(STAR, None)
    interpret(desk.words())
    _sidebar(gate, actor)
    _fetch_cookie(actor)
    _watch(gate)
    with st.container(key="saved_room"):  # always there: what follows keeps its place and its state
        desk.saved_bar()
    with telemetry.measured(spec.url, actor.person_id), desk.told():
        gate.keep_alive(desk.workspace(), desk.token())
        if spec.url not in allowed and spec.permission is not None:
            raise ForbiddenError(permission=spec.permission)
        chosen.run()


def _inks() -> str:
    """Give the stylesheet its colours: by the theme shown, else by the reader's system."""
    light, dark = (f":root{{{inks}}}" for inks in (_LIGHT, _DARK))
    shown = st.context.theme.type
    if shown in {"light", "dark"}:
        return dark if shown == "dark" else light
    return f"{light}@media (prefers-color-scheme: dark){{{dark}}}"


def failed(error: Exception) -> bool:
    """Log an unexpected failure and show its reference number instead of a trace."""
    reference = telemetry.log_failure(error)
    _ = desk.words()
    st.error(
        _(
            "Something went wrong on our side. Nothing was half-saved. Tell the administrator"
            " this number: {reference}",
            reference=reference,
        ),
        icon=":material/report:",
    )
    return True


def _recognised(gate: Gate) -> Actor | None:
    try:
        return gate.who(desk.workspace())
    except SignedOutError:
        return None


def _outside(gate: Gate) -> None:
    st.navigation(_menu(set()), position="hidden")
    interpret(desk.words())
    st.html(
        "<style>[data-testid=stSidebar],[data-testid=stSidebarCollapsedControl]{display:none}</style>"
    )
    stale = isinstance(st.context.cookies.get(desk.COOKIE), str)
    undropped = stale and not st.session_state.get("_dropped")
    if undropped and carry("drop_cookie", "/sign-out", {}) is not None:
        st.session_state["_dropped"] = True
    forget_notes()
    with telemetry.measured("public", None), desk.told():
        gate.public()


def _menu(allowed: set[str]) -> dict[str, list[StreamlitPage]]:
    _ = desk.words()
    menu: dict[str, list[StreamlitPage]] = {_.label(Group.DESK): []}
    for spec in navigation.pages():
        shown = spec.url in allowed and not spec.hidden
        group = _.label(spec.group if shown else Group.DESK)
        menu.setdefault(group, []).append(
            st.Page(
                spec.path,
                title=_(spec.title),
                icon=spec.icon,
                url_path=_address(spec),
                default=spec.default,
                visibility="visible" if shown else "hidden",
            )
        )
    return menu


def _address(spec: PageSpec) -> str:
    return "" if spec.default else spec.url


def _sidebar(gate: Gate, actor: Actor) -> None:
    _ = desk.words()
    with st.sidebar, st.container(key="who_is_here", gap="small"):
        st.caption(desk.plain(gate.centre_name()))
        st.markdown(f"**{desk.plain(actor.name)}**  \n{_.show(sorted(actor.roles))}")
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            desk.link(_("My profile"), "profile", icon=":material/person:")
            if st.button(_("Sign out"), key="sign_out", type="tertiary", icon=":material/logout:"):
                gate.sign_out(desk.token())
                desk.leave()


def _fetch_cookie(actor: Actor) -> None:
    ticket = st.session_state.get("ticket")
    if ticket and carry("fetch_cookie", "/session", {"ticket": ticket}) is not None:
        del st.session_state["ticket"]
        forget_notes(keep_person=actor.person_id)


def _watch(gate: Gate) -> None:
    @st.fragment(run_every=_WATCH_SECONDS, key="watch")
    def watch() -> None:
        with desk.told():
            gate.who(desk.workspace())

    watch()

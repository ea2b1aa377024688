"""What every page stands on: its words, its workspace, how it tells, saves and links."""

import importlib
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final, NoReturn
from zlib import crc32

import streamlit as st

from core.database import the_database
from core.errors import DomainError, SignedOutError, StaleError
from core.i18n import Translator, language_of, translator
from core.permissions import Permission
from core.ui import navigation
from core.ui.address import THINGS, asked, forget
from core.workspace import Clock, Identify, Workspace, system_clock

_MARKUP: Final = re.compile(
    r"""[\\`*_{}\[\]<>$~^|]  # what means something anywhere
    | :(?=[a-z])               # directives and emoji names
    | &(?=[a-z\#])             # entities
    | (?<=^)\s*[\#+=-](?=\s|\#|=|-|$)   # headings, lists and rules at the start of a line
    | (?<=\d)[.)](?=\s)        # numbered lists""",
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)
COOKIE: Final = "casework_session"


class _Door:
    """How a token becomes a person; the application says so when it starts."""

    identify: Any = None
    clock: Clock = staticmethod(system_clock)


def install(identify: Any) -> None:  # noqa: ANN401 — token → Identify
    """Tell the desk how to recognise a person: `identify(token)` gives an `Identify`."""
    _Door.identify = staticmethod(identify)


@dataclass(frozen=True, slots=True)
class Undo:
    """How to take a change back: a public service function and its plain arguments."""

    service: str
    arguments: Mapping[str, Any] = field(default_factory=dict)


def words() -> Translator:
    """Give the reader's translator: by their profile, else by their browser."""
    language = st.session_state.get("language")
    if not isinstance(language, str):
        locale = st.context.locale
        language = language_of(locale if isinstance(locale, str) else None)
    return translator(language)


def token() -> str:
    """Give this tab's sign-in token: its own, else the browser's cookie; empty when neither."""
    own = st.session_state.get("token")
    if isinstance(own, str):
        return own
    cookie = st.context.cookies.get(COOKIE)
    return cookie if isinstance(cookie, str) else ""


def workspace() -> Workspace:
    """Open the door to the services for the person of this tab."""
    identify: Identify = _Door.identify(token())
    return Workspace(the_database(), identify, _Door.clock)


@contextmanager
def told() -> Iterator[None]:
    """Tell an expected failure in words; the only place in the program that does."""
    try:
        yield
    except SignedOutError:
        leave()
    except StaleError as error:
        _tell(error)
        _compare(error)
        st.session_state["_compared"] = True
    except DomainError as error:
        _tell(error)


def leave() -> NoReturn:
    """Forget this tab's person and show the sign-in page."""
    kept = st.session_state.get("language")
    st.session_state.clear()
    if kept:
        st.session_state["language"] = kept
    st.session_state["token"] = ""
    st.rerun()


def heading(
    title: str, question: str = "", action: tuple[str, str, dict[str, Any]] | None = None
) -> None:
    """Draw the page's title, the question it answers, and its main action on the right."""
    bar = st.session_state.get("_saved")
    if bar and bar.get("place") == _place():
        bar["title"] = title
    with st.container(horizontal=True, vertical_alignment="bottom", key="heading"):
        with st.container(gap=None, key="heading_words"):
            st.title(plain(title), anchor=False)
            if question:
                st.caption(plain(question))
        if action and _reachable(action[1]):
            label, url, query = action
            if st.button(label, key="heading_action", type="primary", icon=":material/add:"):
                go(url, **query)


def saved(
    message: str,
    *,
    undo: Undo | None = None,
    reset: Mapping[str, Any] | None = None,
    to: tuple[str, dict[str, Any]] | None = None,
    near: str = "",
) -> NoReturn:
    """Say that a change is saved, on the page that follows, with its Undo.

    Widgets named in `reset` get the given values; a refused form never comes here and keeps
    every character. `near` names a place far from the bar, where the word is said once more:
    see `just_saved`.
    """
    st.session_state["_saved"] = {
        "message": message,
        "near": near,
        "undo": (undo.service, dict(undo.arguments)) if undo else None,
    }
    st.session_state["_reset"] = dict(reset or {})
    if to:
        go(to[0], **to[1])
    st.rerun()


def just_saved(near: str) -> str:
    """Give the word of the last change to the place that it was saved from, far from the bar.

    Any other place that asks gets nothing, and ends it: an old word does not come back.
    """
    bar = st.session_state.get("_saved") or {}
    if bar.get("near") == near and bar.get("place") == _place():
        return str(bar["message"])
    bar["near"] = ""
    return ""


def saved_bar() -> None:
    """Draw the bar of the last change; the frame does so on top of every page.

    The page on which it is first seen is its own. On every other page it is one quiet line that
    names its page and leads back there, so that nobody takes it for word of what they see.
    """
    for key, value in st.session_state.pop("_reset", {}).items():
        st.session_state[key] = value
    bar = st.session_state.get("_saved")
    if not bar:
        return
    _ = words()
    bar.setdefault("place", _place())
    is_here = bar["place"] == _place()
    if is_here:
        bar["query"] = st.query_params.to_dict()
    else:
        bar["near"] = ""
    key = "saved_bar" if is_here else "saved_bar_elsewhere"
    with st.container(horizontal=True, vertical_alignment="center", key=key):
        if not is_here:
            link(
                plain(bar.get("title") or _("Where it was")),
                bar["place"][0],
                icon=":material/arrow_back:",
                **bar["query"],
            )
        st.markdown(f":material/check_circle: {plain(bar['message'])}", width="content")
        if bar["undo"] and st.button(
            _("Undo"), key="saved_undo", type="tertiary", icon=":material/undo:"
        ):
            _take_back(*bar["undo"])
        if st.button(_("Close"), key="saved_close", type="tertiary", icon=":material/close:"):
            del st.session_state["_saved"]
            st.rerun()


def undone() -> int:
    """Count the changes taken back in this tab.

    It belongs into the keys of fields filled from the database: after an Undo they are filled
    anew.
    """
    return int(st.session_state.get("_undone", 0))


def empty(
    title: str, explanation: str, button: tuple[str, str, dict[str, Any]] | None = None
) -> None:
    """Say what this place is for, and offer the one thing that starts it."""
    with st.container(
        key=f"empty_{crc32(title.encode())}", horizontal_alignment="center", border=True
    ):
        st.markdown(f"## {plain(title)}", text_alignment="center")
        st.markdown(plain(explanation), text_alignment="center")
        if button and _reachable(button[1]):
            label, url, query = button
            if st.button(label, key=f"empty_{url}", type="primary"):
                go(url, **query)


def link(label: str, url: str, *, icon: str | None = None, **query: object) -> None:
    """Draw a link to a page; nothing where the reader may not open it."""
    if _reachable(url):
        st.page_link(
            navigation.page(url).path,
            label=label,
            icon=icon,
            query_params={name: str(value) for name, value in query.items()},
        )


def go(url: str, **query: object) -> NoReturn:
    """Turn to a page."""
    forget()
    st.switch_page(
        navigation.page(url).path,
        query_params={name: str(value) for name, value in query.items()},
    )


def can_open(url: str) -> bool:
    """Tell whether the reader's roles open a page."""
    return _reachable(url)


def allows(permission: Permission) -> bool:
    """Tell whether the reader's roles open an act at all; the service decides on the object."""
    return permission.value in st.session_state.get("_may", ())


def plain(text: str) -> str:
    """Escape what a person wrote, so that Markdown shows it as it stands."""
    return _MARKUP.sub(_escaped, text)


def _escaped(sign: re.Match[str]) -> str:
    space = len(sign.group()) - len(sign.group().lstrip())
    return f"{sign.group()[:space]}\\{sign.group()[space:]}"


def _reachable(url: str) -> bool:
    return url in st.session_state.get("_pages", ())


def _place() -> tuple[str, ...]:
    """Say what is on the screen: the page, and the things that its address names."""
    things = (f"{name}={asked(name)}" for name in sorted(THINGS) if asked(name))
    return (st.session_state.get("_page", ""), *things)


def _tell(error: DomainError) -> None:
    st.error(words().error(error, escape=plain), icon=":material/error:")


def _compare(error: StaleError) -> None:
    _ = words()
    versions = {
        name: value
        for name in ("original", "current", "yours")
        if isinstance(value := error.details.get(name), Mapping)
    }
    fields = [f for f in versions.get("yours", {}) if _differs(f, versions)]
    titles = {"original": _("Before"), "current": _("Now"), "yours": _("Yours")}
    st.table(
        [
            {
                _("Field"): plain(_.show(f)),
                **{titles[v]: plain(_.show(values.get(f))) for v, values in versions.items()},
            }
            for f in fields
        ]
    )


def _differs(field_name: str, versions: Mapping[str, Mapping[str, object]]) -> bool:
    return len({str(values.get(field_name)) for values in versions.values()}) > 1


def _take_back(service: str, arguments: Mapping[str, Any]) -> None:
    module, _colon, name = service.partition(":")
    undo = getattr(importlib.import_module(module), name)
    _ = words()
    with told():
        undo(workspace(), **arguments)
        message = _("Taken back: {what}", what=st.session_state["_saved"]["message"])
        st.session_state["_saved"] = {"message": message, "undo": None}
        st.session_state["_undone"] = undone() + 1
        st.rerun()

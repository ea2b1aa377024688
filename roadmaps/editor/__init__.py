"""The plan editor: a Gantt chart that mouse, finger and keys draw the plan on.

The component asks the server itself (roadmaps.routes), so the page's script gives it little and
hears little: which task is chosen, which version of the plan is seen, how it is looked at.
docs/adr/0014-plan-editor.md says why.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import streamlit as st

from core.ui.desk import workspace
from core.ui.theme import NIGHT, PALETTE, Palette
from roadmaps.domain.axis import Zoom
from roadmaps.editor.words import Words, editor_words

__all__ = ["EditorLook", "Seen", "editor_words", "plan_editor", "seen_in"]

_SCRIPTS: Final = (
    "dom.js", "shown.js", "outbox.js", "watch.js", "lens.js", "seam.js", "sheet.js", "ground.js", "rows.js",
    "bars.js", "gestures.js", "hands.js", "help.js", "dialogs.js", "told.js", "keys.js",
    "strip.js", "tips.js", "naming.js", "panel.js", "desk.js", "looking.js", "editor.js", "main.js",
)  # fmt: skip
_STYLES: Final = (
    "editor.css",
    "ask.css",
    "sheet.css",
    "bars.css",
    "fingers.css",
    "links.css",
    "tools.css",
)
_COMMENT: Final = re.compile(
    r"^[ \t]*/\*\*(?:(?!\*/).)*\*/\n|^[ \t]*//[^\n]*\n", re.DOTALL | re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class EditorLook:
    """How a plan is looked at: no zoom, so that all of it is seen if that is not too small."""

    zoom: Zoom | None = None
    folded: Sequence[int] = ()
    baseline: int | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What the editor has told: the chosen task, the version of the plan, the look.

    `turn` grows with each choosing, so that one choice can be told from another of the same task.
    """

    selected: int | None
    version: int | None
    look: EditorLook
    turn: int = 0


def _source(*names: str) -> str:
    """Join files into one: a component is one JavaScript module, sent without its comments."""
    here = Path(__file__).parent
    joined = "\n".join((here / name).read_text(encoding="utf-8") for name in names)
    return _COMMENT.sub("", joined)


_EDITOR: Final = st.components.v2.component(
    "casework_plan_editor",
    html=_source("editor.html") + "\n",
    css=_source(*_STYLES),
    js=_source(*_SCRIPTS),
)


def plan_editor(  # noqa: PLR0913 — what the page knows of the plan, each by its name
    *,
    key: str,
    roadmap_id: int,
    url: str,
    look: EditorLook,
    selected: int | None,
    language: str,
    may_edit: bool,
    words: Words,
) -> Seen:
    """Draw the editor of a roadmap and tell what is chosen and seen in it.

    Parameters
    ----------
    key
        The widget's key.
    url
        Where pictures are asked for and acts are sent.
    look
        How the plan is looked at when it is first drawn; another baseline is taken at any time.
    selected
        The task that the page shows in detail.
    """
    with workspace().reading() as tx:
        person_id = tx.actor.person_id
    data = {
        "person": person_id,
        "roadmap": roadmap_id,
        "url": url,
        **_given(key, look, selected),
        "baseline": look.baseline,
        "language": language,
        "mayEdit": may_edit,
        "words": words,
        "colours": {"day": _colours(PALETTE), "night": _colours(NIGHT)},
    }
    _EDITOR(
        key=key,
        data=data,
        on_selected_change=_nothing,
        on_version_change=_nothing,
        on_look_change=_nothing,
    )
    return seen_in(key, look, selected)


def _given(key: str, look: EditorLook, selected: int | None) -> dict[str, Any]:
    """Give what the editor is to begin with; `turn` grows when the page chooses another task.

    It stays the same for what the editor itself has told: with other data Streamlit would send
    the whole component again, at every click.
    """
    name, is_new = f"{key}_given", st.session_state.get(key) is None
    if is_new or name not in st.session_state:
        begin = {"zoom": look.zoom, "folded": list(look.folded), "selected": selected, "turn": 0}
        st.session_state[name] = {"data": begin, "page": selected}
    given = st.session_state[name]
    told = seen_in(key, look, given["page"])
    if selected not in {given["page"], told.selected}:
        given["data"] = {**given["data"], "selected": selected, "turn": given["data"]["turn"] + 1}
    given["page"] = selected
    data: dict[str, Any] = given["data"]
    return data


def seen_in(key: str, look: EditorLook, selected: int | None) -> Seen:
    """Read what the editor of this key has told; until it has, what it was given."""
    state = st.session_state.get(key)
    told: Mapping[str, Any] = state if isinstance(state, Mapping) else {}
    chosen, version = told.get("selected"), told.get("version")
    task, turn = (
        (chosen.get("task"), chosen.get("turn")) if isinstance(chosen, Mapping) else (selected, 0)
    )
    return Seen(
        selected=task if isinstance(task, int) else None,
        version=version if isinstance(version, int) else None,
        look=_look(told.get("look"), look),
        turn=turn if isinstance(turn, int) else 0,
    )


def _look(told: object, given: EditorLook) -> EditorLook:
    if not isinstance(told, Mapping):
        return given
    zoom, folded = told.get("zoom"), told.get("folded", ())
    return EditorLook(
        Zoom(zoom) if zoom in set(Zoom) else None,
        tuple(x for x in folded if isinstance(x, int)),
        given.baseline,
    )


def _colours(palette: Palette) -> dict[str, str]:
    return {name: value for name, value in asdict(palette).items() if isinstance(value, str)}


def _nothing() -> None:
    """Let the state live: Streamlit keeps a component's state only for a known callback."""

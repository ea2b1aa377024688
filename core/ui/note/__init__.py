"""The note: a text field that keeps what is typed (draft.js and note.js say how).

Inside a form or outside, it returns the text on the screen as of the last time the field was
left, a shortcut was pressed or a button clicked. The service that saves the note calls
`core.drafts.clear_draft(tx, draft)` in its transaction; a refused save keeps every character.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import streamlit as st

from core import drafts
from core.i18n import Translator
from core.routes import DRAFTS_URL
from core.ui.desk import words, workspace

_STATE: Final = "note"
_GIVEN: Final = "_notes_given"


def _source(*names: str) -> str:
    """Join files into one: a component is one JavaScript module."""
    here = Path(__file__).parent
    return "\n".join((here / name).read_text(encoding="utf-8") for name in names)


_NOTE: Final = st.components.v2.component(
    "casework_note",
    html=_source("note.html"),
    css=_source("note.css"),
    js=_source("forget.js", "draft.js", "note.js"),
)
_FORGET: Final = st.components.v2.component(
    "casework_forget_notes", js=_source("forget.js", "leave.js")
)


def note(  # noqa: PLR0913 — what a text field has, each with a default
    *,
    key: str,
    draft: str,
    label: str,
    value: str = "",
    help: str = "",  # noqa: A002 — Streamlit's word
    placeholder: str = "",
    height: int = 120,
    limit: int = drafts.MAX_CHARACTERS,
) -> str:
    """Draw a note and return its text.

    Parameters
    ----------
    key
        The widget's key.
    draft
        Names the note in its author's drafts: `consultation:5`, `consultation:new`.
    value
        The stored text, shown while there is no draft.
    height
        Of the empty field [px]; it grows with the text.
    limit
        Characters the note may have. A longer text is said to be too long and is not cut;
        the service refuses it.
    """
    with workspace().reading() as tx:
        kept = drafts.load_draft(tx, draft)
        person_id, zone = tx.actor.person_id, tx.zone.key
    typed = _typed(key, draft)
    saved = _saved_before(draft, kept)
    text = _shown(typed, saved, kept, value)
    _remember(draft, typed, kept)
    data = {
        "person": person_id,
        "draft": draft,
        "url": DRAFTS_URL,
        "label": label,
        "description": help,
        "placeholder": placeholder,
        "height": height,
        "limit": limit,
        "cap": drafts.MAX_CHARACTERS,
        "zone": zone,
        "value": value,
        "seen": saved,
        **_draft_data(kept, value),
        **_words(words()),
    }
    _NOTE(key=key, data=data, on_note_change=_nothing)
    return text


def forget_notes(*, keep_person: int | None = None) -> None:
    """Remove the copies of notes from this browser tab, but those of one person.

    The page that follows a sign-out draws it; so may the first page after a sign-in.
    """
    _FORGET(key="forget_notes", data={"person": keep_person})


def _draft_data(kept: drafts.Kept | None, value: str) -> dict[str, Any]:
    settled = drafts.digest(value)
    if kept is None or kept.is_cleared:
        return {
            "text": value,
            "version": kept.version if kept else 0,
            "cleared": kept is not None,
            "at": "",
            "other": "",
            "otherIsStored": False,
            "basis": settled,
            "settled": settled,
        }
    moved = kept.basis not in {"", settled} and value not in {"", kept.text}
    return {
        "text": kept.text,
        "version": kept.version,
        "cleared": False,
        "at": kept.updated_at.isoformat(),
        "other": kept.other or (value if moved else ""),
        "otherIsStored": moved and not kept.other,
        "basis": kept.basis or settled,
        "settled": settled,
    }


def _typed(key: str, draft: str) -> Mapping[str, Any] | None:
    """Give what the browser handed over for this very note."""
    state = st.session_state.get(key)
    typed = state.get(_STATE) if isinstance(state, Mapping) else None
    if not isinstance(typed, Mapping) or typed.get("draft") != draft:
        return None
    return typed if isinstance(typed.get("text"), str) else None


def _saved_before(draft: str, kept: drafts.Kept | None) -> dict[str, Any] | None:
    """Name the text that an earlier run was given, if the note was saved since."""
    given = st.session_state.get(_GIVEN, {}).get(draft)
    if given is None or kept is None or not kept.is_cleared or kept.version <= given["version"]:
        return None
    return {"writer": given["writer"], "sequence": given["sequence"]}


def _remember(draft: str, typed: Mapping[str, Any] | None, kept: drafts.Kept | None) -> None:
    """Remember the newest text this run was given, and the draft's version before it acts."""
    given = st.session_state.setdefault(_GIVEN, {})
    if typed is None:
        given.pop(draft, None)
    elif _name(typed) != _name(given.get(draft, {})):
        given[draft] = {**_name(typed), "version": kept.version if kept else 0}


def _shown(
    typed: Mapping[str, Any] | None,
    saved: Mapping[str, Any] | None,
    kept: drafts.Kept | None,
    value: str,
) -> str:
    if typed is not None:
        return value if _name(typed) == saved else str(typed["text"])
    return value if kept is None or kept.is_cleared else kept.text


def _name(typed: Mapping[str, Any]) -> dict[str, Any]:
    return {name: typed.get(name) for name in ("writer", "sequence")}


def _words(_: Translator) -> dict[str, Any]:
    return {
        "language": str(_.locale).replace("_", "-"),
        "words": {
            "saved": _("Saved as draft {time}"),
            "unsent": _("Not yet sent"),
            "offline": _("No connection. The text is kept in this browser and will be sent."),
            "signedOut": _("You are signed out. The text is kept in this tab: sign in again."),
            "tooLong": _("The text is {over} characters too long. Nothing is lost: shorten it."),
            "apart": _("Another window changed this note too. Here is the newest text."),
            "stored": _("The saved note has changed since you began this draft."),
            "showOther": _("Show the other text"),
            "keepThis": _("Keep this one"),
            "count": _("{count} of {limit} characters"),
        },
    }


def _nothing() -> None:
    """Let the state live: Streamlit keeps a component's state only for a known callback."""

"""The Python face of the note: what a page gets from it."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from core.drafts import Piece, clear_draft, keep_draft
from core.ui import desk
from core.workspace import Workspace

KEY = "consultation:5"


def script(value: str) -> None:
    import streamlit as st

    from core.ui.note import note

    with st.form("form"):
        text = note(key="note", draft="consultation:5", label="Note", value=value)
        st.form_submit_button("Save", key="save")
    st.text(text)


@pytest.fixture
def shown(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    monkeypatch.setattr(desk, "workspace", lambda: workspace)
    monkeypatch.setattr("core.ui.note.workspace", lambda: workspace)

    def show(value: str) -> str:
        app = AppTest.from_function(script, kwargs={"value": value}).run()
        assert not app.exception
        text: str = app.text[0].value
        return text

    return show


def keep(here: Workspace, text: str) -> None:
    with here.reading() as tx:
        person_id = tx.actor.person_id
    keep_draft(here, Piece(KEY, text, "w", 1, 0), person_id=person_id)


def test_without_a_draft_the_stored_text_is_given(shown) -> None:
    assert shown("stored") == "stored"


def test_a_draft_comes_before_the_stored_text(shown, workspace) -> None:
    keep(workspace, "typed")

    assert shown("stored") == "typed"


def test_a_draft_may_be_empty(shown, workspace) -> None:
    keep(workspace, "")

    assert shown("stored") == ""


def test_after_saving_the_stored_text_is_given(shown, workspace) -> None:
    keep(workspace, "typed")
    with workspace.transaction() as tx:
        clear_draft(tx, KEY)

    assert shown("stored") == "stored"

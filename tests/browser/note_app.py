"""A page with one note, for test_note.py: its cookie is simply the person's id."""

import json
import os
import threading
from datetime import UTC, datetime
from pathlib import Path

import streamlit as st
from sqlalchemy.orm import Session

from core.drafts import clear_draft
from core.errors import SignedOutError, TooLongError
from core.i18n import Term
from core.permissions import Actor, Role
from core.ui import desk
from core.workspace import Identify, Workspace

LIMIT = 5000
SAVED = Path(os.environ["DATA_DIR"]) / "saved.json"


def identify(token: str) -> Identify:
    def actor(_db: Session, _now: datetime) -> Actor:
        if not token.isdecimal():
            raise SignedOutError
        return Actor(int(token), frozenset({Role.CONSULTANT}))

    return actor


def stored() -> str:
    return json.loads(SAVED.read_text()) if SAVED.exists() else ""


def save(here: Workspace, text: str, title: str) -> None:
    if len(text) > LIMIT:
        raise TooLongError(field=Term("field.note"), limit=LIMIT, length=len(text))
    if title == "refuse":
        raise TooLongError(field=Term("field.title"), limit=1, length=6)
    with here.transaction() as tx:
        clear_draft(tx, "consultation:5")
        # Whole or not at all: a run that is told to stop still ends its step, while the next
        # run of the same tab, in a thread of its own, reads this file.
        new = SAVED.with_suffix(f".{threading.get_ident()}")
        new.write_text(json.dumps(text))
        new.replace(SAVED)


def page() -> None:
    from core.ui.forms import submit
    from core.ui.note import forget_notes, note

    desk.install(identify)
    here = desk.workspace()
    if not desk.token():
        forget_notes()
        st.write("signed out")
        return
    if st.query_params.get("other"):
        st.write("another page")
    elif st.query_params.get("bare"):
        text = note(key="note", draft="consultation:5", label="Note", value=stored(), limit=LIMIT)
        st.write(f"length {len(text)}")
        if st.button("Save", key="save"):
            save(here, text, "")
            st.rerun()
    elif st.query_params.get("auto"):
        text = note(key="note", draft="consultation:5", label="Note", value=stored(), limit=LIMIT)
        if text != stored():
            save(here, text, "")
    else:
        with st.form("form"):
            title = st.text_input("Title", key="title")
            text = note(
                key="note", draft="consultation:5", label="Note", value=stored(), limit=LIMIT,
                help="What was agreed",
            )  # fmt: skip
            if submit("Save", key="save"):
                with desk.told():
                    save(here, text, title)
                    st.rerun()
    st.button("Again", key="again")
    if st.button("Other page", key="leave"):
        st.query_params["other"] = "1"
        st.rerun()
    st.write(f"saved {len(stored())}")


if __name__ == "__main__":
    page()
else:
    from accounts.tables import Person
    from core.database import Base, the_database
    from core.routes import routes

    Base.metadata.create_all(the_database().engine)
    with the_database().writing() as db:
        for person in (1, 2):
            db.merge(Person(id=person, name="P", sort_key="p", created_at=datetime.now(UTC)))
    app = st.App(__file__, routes=routes(lambda token: Workspace(the_database(), identify(token))))

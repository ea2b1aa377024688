"""One document of a case in the list, and the form that adds one."""

import streamlit as st

from casework.domain.documents import CaseDocument, DocumentsView
from casework.service import (
    add_case_document,
    download_case_document,
    remove_case_document,
)
from core.documents import LARGEST, SUFFIXES
from core.errors import RequiredError
from core.i18n import Term, Translator
from core.ui.desk import Undo, plain, saved, told
from core.ui.forms import required, submit
from core.ui.uploads import choose_file
from core.workspace import Workspace

_KILO = 1024


def one(here: Workspace, view: DocumentsView, document: CaseDocument, _: Translator) -> None:
    """Draw a document: its name, its age, the ways to take it and to take it away."""
    which = {"case_id": view.case_id, "document_id": document.id}
    kilobytes = max(document.size // _KILO, 1)
    facts = [
        _.moment(document.added_at, view.zone),
        _("{size} KB", size=_.number(kilobytes)),
    ]
    st.markdown(
        f":material/description: {plain(document.name)}  \n:small[{plain(' · '.join(facts))}]",
        width="stretch",
    )
    st.download_button(
        _("Download"),
        lambda: download_case_document(here, **which).content,
        file_name=document.name,
        key=f"document_get_{document.id}",
        type="tertiary",
        icon=":material/download:",
        on_click="ignore",
    )
    if view.may_edit and st.button(
        _("Remove"), key=f"document_remove_{document.id}", type="tertiary"
    ):
        with told():
            remove_case_document(here, **which)
            undo = Undo("casework.service:restore_case_document", which)
            saved(_("The document is removed"), undo=undo)


def upload(here: Workspace, case_id: int, _: Translator) -> None:
    """Draw the form that adds a document; after each the field is a new one."""
    turn = int(st.session_state.get("document_turn", 0))
    with st.form("document", enter_to_submit=False):
        endings = [ending.lstrip(".") for endings in SUFFIXES.values() for ending in endings]
        file = choose_file(
            required(_("Add a document: PDF, picture, text, table")),
            endings,
            key=f"document_file_{turn}",
            megabytes=LARGEST,
        )
        if submit(_("Add the document"), key="document_save"):
            with told():
                if file is None:
                    raise RequiredError(field=Term("field.file"))
                made = add_case_document(
                    here, case_id=case_id, name=file.name, content=file.content
                )
                which = {"case_id": case_id, "document_id": made}
                saved(
                    _("The document is added"),
                    undo=Undo("casework.service:remove_case_document", which),
                    reset={"document_turn": turn + 1},
                )

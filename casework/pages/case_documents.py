"""The documents of a case, and its summary on paper."""

import streamlit as st

from casework.domain.documents import DOCUMENTS_LIMIT
from casework.pages.parts import case_files
from casework.service import summary_pdf, view_documents
from core.ui.address import asked_id
from core.ui.desk import heading, link, words, workspace

_ = words()
here = workspace()
case_id = asked_id("case")
view = view_documents(here, case_id=case_id)

heading(view.initiative, _("Which papers belong to this case?"))
with st.container(horizontal=True, vertical_alignment="center", key="documents_links"):
    link(_("To the case"), "case", icon=":material/folder_open:", case=case_id)
    st.download_button(
        _("Summary for printing (PDF)"),
        lambda: summary_pdf(here, case_id=case_id, language=_.language).content,
        file_name=f"case-{case_id}.pdf",
        mime="application/pdf",
        key="case_summary",
        icon=":material/picture_as_pdf:",
        on_click="ignore",
        help=_("Without notes, private meetings, complaints and documents"),
    )

if not view.may_open:
    st.caption(_("Documents are open to the lead, the members and managers."))
    st.stop()
st.caption(
    _.plural("{n} document", "{n} documents", len(view.documents))
    + " · "
    + _("at most {limit}", limit=DOCUMENTS_LIMIT)
)
for document in view.documents:
    with st.container(horizontal=True, vertical_alignment="center", key=f"document_{document.id}"):
        case_files.one(here, view, document, _)
if not view.documents:
    st.caption(
        _("Letters, answers, protocols, photographs: what you would put into a paper folder.")
    )
if view.may_edit:
    case_files.upload(here, case_id, _)

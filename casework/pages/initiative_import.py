"""Take initiatives over from a table: look first, then take all rows or none."""

from uuid import uuid4

import streamlit as st

from casework.pages.parts import initiative_import as parts
from casework.service import import_initiatives, import_template, preview_import
from core.ui.desk import Undo, heading, saved, told, words, workspace
from core.ui.uploads import choose_file

_ = words()
here = workspace()
token = st.session_state.setdefault("import_token", uuid4().hex)

heading(
    _("Take initiatives over from a table"),
    _("Which rows are new, which are known already, and which need mending?"),
)
with st.container(horizontal=True, vertical_alignment="bottom"):
    file = choose_file(
        _("Table: Excel (.xlsx) or CSV, up to 1,000 rows"),
        ["xlsx", "csv"],
        key=f"import_file_{token}",
    )
    st.download_button(
        _("Template"),
        import_template(_.language),
        file_name=_("initiatives") + ".xlsx",
        key="import_template",
        icon=":material/download:",
        on_click="ignore",
    )
parts.explain(_)

preview = None
if file is not None:
    with told():
        preview = preview_import(here, data=file.content, name=file.name)
if file is not None and preview is not None:
    parts.counts(preview, _)
    wanted = parts.ready(preview, _)
    if wanted is not None and st.button(
        _.plural("Take {n} initiative over", "Take {n} initiatives over", wanted.count),
        key="import_take",
        type="primary",
        disabled=not wanted.count,
    ):
        with told():
            result = import_initiatives(
                here,
                data=file.content,
                name=file.name,
                with_duplicates=wanted.with_duplicates,
                token=token,
            )
            saved(
                _.plural(
                    "{n} initiative is taken over",
                    "{n} initiatives are taken over",
                    result.created,
                ),
                undo=Undo("casework.service:undo_import", {"import_id": result.import_id}),
                reset={"import_token": uuid4().hex},
                to=("initiatives", {}),
            )
    parts.rows(preview, _)
else:
    parts.history(here, _)

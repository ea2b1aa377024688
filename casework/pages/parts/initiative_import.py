"""What the dry run of an import shows, and the imports made before."""

from dataclasses import dataclass

import streamlit as st

from casework.domain.initiative_import import COLUMNS, ImportVerdict
from casework.service import ImportPreview, list_imports, rows_to_mend, undo_import
from core.i18n import Translator
from core.ui.desk import saved, told
from core.ui.tables import Column, table
from core.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many rows are to be taken, and whether possible duplicates are among them."""

    count: int
    with_duplicates: bool


def explain(_: Translator) -> None:
    """Say which columns are understood."""
    place = 1 if _.language == "ru" else 0
    with st.expander(_("Which columns are understood"), key="import_columns"):
        names = ", ".join(names[place] for names in COLUMNS.values())
        st.markdown(_("Columns: {names}. Only the name is needed.", names=names))
        st.markdown(
            _(
                "Themes are separated by semicolons. A beginning is a year, a month (05.2014) or a"
                " day (23.05.2014). Other columns are passed over. Nothing known is changed:"
                " initiatives are only added."
            )
        )


def counts(preview: ImportPreview, _: Translator) -> None:
    """Show how many rows are new, perhaps known, and in need of mending."""
    with st.container(horizontal=True, key="import_counts"):
        for verdict in ImportVerdict:
            st.metric(_.label(verdict), _.number(preview.counts.get(verdict, 0)), border=True)


def ready(preview: ImportPreview, _: Translator) -> Wanted | None:
    """Ask about possible duplicates; None while rows need mending, with the file to mend."""
    wrong = preview.counts.get(ImportVerdict.ERROR, 0)
    if wrong:
        st.error(
            _.plural(
                "{n} row needs mending, so nothing is taken yet. Mend it in your table and choose"
                " the file again.",
                "{n} rows need mending, so nothing is taken yet. Mend them in your table and"
                " choose the file again.",
                wrong,
            )
        )
        st.download_button(
            _("Rows to mend, CSV"),
            lambda: rows_to_mend(preview, _("What to mend"), _.error, _.language),
            file_name="mend.csv",
            mime="text/csv",
            key="import_mend",
            icon=":material/download:",
            on_click="ignore",
        )
        return None
    new = preview.counts.get(ImportVerdict.NEW, 0)
    double = preview.counts.get(ImportVerdict.DUPLICATE, 0)
    with_duplicates = bool(double) and st.checkbox(
        _.plural(
            "Take the {n} possible duplicate too: it is another initiative",
            "Take the {n} possible duplicates too: they are other initiatives",
            double,
        ),
        key="import_duplicates",
    )
    return Wanted(new + double if with_duplicates else new, with_duplicates)


def rows(preview: ImportPreview, _: Translator) -> None:
    """List the rows: those in need of mending first."""
    order = [ImportVerdict.ERROR, ImportVerdict.DUPLICATE, ImportVerdict.NEW]
    table(
        [
            {
                "number": row.number,
                "name": row.name,
                "verdict": row.verdict,
                "mend": " ".join(_.error(error) for error in row.errors)
                or (_("like “{name}”", name=row.similar) if row.similar else ""),
            }
            for row in sorted(preview.rows, key=lambda row: order.index(row.verdict))
        ],
        {
            "number": Column(_("Row"), "number", width="small"),
            "name": Column(_("Name"), width="medium"),
            "verdict": Column(_("What it is"), "status"),
            "mend": Column(_("What to mend"), width="large"),
        },
        key="import_rows",
    )


def history(here: Workspace, _: Translator) -> None:
    """List the imports made before, each with its undo."""
    made = list_imports(here)
    if not made.imports:
        return
    st.markdown("## " + _("Earlier imports"))
    for one in made.imports:
        with st.container(horizontal=True, vertical_alignment="center", key=f"import_{one.id}"):
            st.text(
                " · ".join(
                    filter(
                        None,
                        (
                            _.moment(one.created_at, made.zone),
                            made.people.get(one.by_id or 0, ""),
                            _.plural("{n} row", "{n} rows", one.rows),
                            _("{count} still there", count=one.left),
                            _("taken back") if one.undone_at else "",
                        ),
                    )
                )
            )
            if one.left and st.button(
                _("Take the import back"), key=f"import_undo_{one.id}", type="tertiary"
            ):
                with told():
                    kept = undo_import(here, import_id=one.id)
                    saved(
                        _.plural(
                            "The import is taken back; {n} initiative stays, because somebody has"
                            " worked on it",
                            "The import is taken back; {n} initiatives stay, because somebody has"
                            " worked on them",
                            kept,
                        )
                        if kept
                        else _("The import is taken back")
                    )

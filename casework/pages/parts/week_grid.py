"""The grid of a week: typed, pasted, kept as a draft at every change."""

from datetime import date
from typing import Any, Final
from uuid import uuid4

import pyarrow as pa  # type: ignore[import-untyped]  # ships no types
import streamlit as st

from casework.domain.consultation import ConsultationForm, ConsultationStatus, Topic
from casework.domain.week import WeekResult
from casework.pages.parts import week_rows
from casework.service import Week
from core.drafts import Kept, Piece, find_draft, keep_draft
from core.i18n import Translator
from core.ui.desk import plain, told
from core.workspace import Workspace

_SHOWN: Final = 20


def draft_key(monday: date) -> str:
    """Name a week's draft."""
    return f"consultation_week:{monday.isoformat()}"


def rows_of(here: Workspace, week: Week, _: Translator) -> list[week_rows.Cells]:
    """Draw the grid and give its rows; every change is kept as a draft."""
    base = _base(here, week, _)
    st.data_editor(
        _frame(base["rows"]),
        key=base["key"],
        num_rows="dynamic",
        hide_index=True,
        placeholder="",
        height="content",
        column_config=_columns(week, _),
        column_order=week_rows.COLUMNS[:-2],
        alt=_("Meetings of the week"),
    )
    rows = _edited(base)
    _keep(here, week, base, rows)
    _tell_other(here, week, base, _)
    return rows


def paste(here: Workspace, week: Week, _: Translator) -> None:
    """Offer a plain field to paste into: for phones, and where a browser forbids the grid's own."""
    with st.expander(_("Paste from a spreadsheet"), key="week_paste_box"):
        st.caption(
            _(
                "Copy the rows and paste them into the grid's first free cell, or here. Columns:"
                " day, start, initiatives, topics, status, minutes with people, preparation,"
                " travel, how you met, note."
            )
        )
        with st.form("week_paste_form", border=False, enter_to_submit=False):
            text = st.text_area(_("Copied rows"), key="week_paste", height=100)
            if st.form_submit_button(_("Add these rows"), key="week_paste_add"):
                base = _base(here, week, _)
                begun = [row for row in _edited(base) if not week_rows.read([row])[0].is_empty]
                _renew(week, [*begun, *week_rows.pasted(text), week_rows.blank()])
                st.session_state["_reset"] = {"week_paste": ""}
                st.rerun()


def tell(result: WeekResult, _: Translator) -> None:
    """Say of each row what to mend; nothing was saved and nothing is lost."""
    count = len(result.faults)
    head = _.plural(
        "Nothing is saved yet: {n} row has to be mended.",
        "Nothing is saved yet: {n} rows have to be mended.",
        count,
    )
    lines = []
    for fault in result.faults[:_SHOWN]:
        name = _("Row {number}", number=fault.number)
        begins = f" ({plain(fault.begins)})" if fault.begins else ""
        lines.append(f"- **{name}**{begins}: {_.error(fault.error, escape=plain)}")
    st.error("\n".join([head, "", *lines]), icon=":material/error:")


def _base(here: Workspace, week: Week, _: Translator) -> dict[str, Any]:
    """Give the rows that the grid began with; they stand still while somebody types."""
    name = f"week_base_{week.monday.isoformat()}"
    if name not in st.session_state:
        kept = find_draft(here, draft_key(week.monday))
        text = "" if kept is None or kept.is_cleared else kept.text
        rows = week_rows.loaded(text) or week_rows.first_rows(week, _)
        st.session_state[name] = _begun(rows, kept, text)
    base: dict[str, Any] = st.session_state[name]
    return base


def _begun(rows: list[week_rows.Cells], kept: Kept | None, text: str) -> dict[str, Any]:
    return {
        "rows": rows,
        "key": f"week_grid_{uuid4().hex[:8]}",
        "kept": text,
        "version": kept.version if kept else 0,
        "writer": uuid4().hex[:16],
        "sequence": 0,
        "other": kept.other if kept else "",
    }


def forget(monday: date) -> None:
    """Begin the week anew at the next run: its rows are saved."""
    st.session_state.pop(f"week_base_{monday.isoformat()}", None)


def _renew(week: Week, rows: list[week_rows.Cells]) -> None:
    """Let the grid begin with other rows."""
    base = st.session_state[f"week_base_{week.monday.isoformat()}"]
    base |= {"rows": rows, "key": f"week_grid_{uuid4().hex[:8]}"}


def _edited(base: dict[str, Any]) -> list[week_rows.Cells]:
    """Put the changes of the screen onto the rows that it began with."""
    state = st.session_state.get(base["key"]) or {}
    gone = set(state.get("deleted_rows", ()))
    changes = {int(place): cells for place, cells in state.get("edited_rows", {}).items()}
    rows = [
        {**row, **changes.get(place, {})}
        for place, row in enumerate(base["rows"])
        if place not in gone
    ]
    return rows + [{**week_rows.blank(), **cells} for cells in state.get("added_rows", ())]


def _keep(here: Workspace, week: Week, base: dict[str, Any], rows: list[week_rows.Cells]) -> None:
    text = week_rows.dumped(rows)
    if text == base["kept"]:
        return
    piece = Piece(
        key=draft_key(week.monday),
        text=text,
        writer=base["writer"],
        sequence=base["sequence"] + 1,
        base=base["version"],
    )
    with told():
        kept = keep_draft(here, piece, person_id=week.choices.me)
        base |= {
            "kept": text,
            "version": kept.version,
            "sequence": piece.sequence,
            "other": kept.other,
        }


def _tell_other(here: Workspace, week: Week, base: dict[str, Any], _: Translator) -> None:
    """Offer the rows of another window that wrote the same week."""
    if not base["other"]:
        return
    st.warning(_("Another window wrote this week too. Its rows are kept."))
    with st.container(horizontal=True, key="week_other"):
        take = st.button(_("Add its rows to these"), key="week_other_take")
        drop = st.button(_("Keep only these"), key="week_other_drop")
    if take or drop:
        with told():
            piece = Piece(
                draft_key(week.monday), base["kept"], base["writer"], base["sequence"] + 1,
                base["version"], other="",
            )  # fmt: skip
            kept = keep_draft(here, piece, person_id=week.choices.me)
            if take:
                _renew(week, _edited(base) + week_rows.loaded(base["other"]))
            base |= {"version": kept.version, "sequence": piece.sequence, "other": ""}
            st.rerun()


def _frame(rows: list[week_rows.Cells]) -> pa.Table:
    kinds = {name: pa.list_(pa.string()) for name in week_rows.LISTS}
    kinds |= {"is_private": pa.bool_(), "consultation_id": pa.int64(), "version": pa.int64()}
    return pa.table(
        {
            name: pa.array([row[name] for row in rows], kinds.get(name, pa.string()))
            for name in week_rows.COLUMNS
        }
    )


def _columns(week: Week, _: Translator) -> dict[str, Any]:
    column = st.column_config
    minutes = {
        name: column.TextColumn(label, width=140)
        for name, label in (
            ("contact", _("With people, min")),
            ("preparation", _("Preparation, min")),
            ("travel", _("Travel, min")),
        )
    }
    return {
        "day": column.TextColumn(
            _("Day"), width=95, help=_("23.11, 23.11.2026, or a weekday such as Mon")
        ),
        "starts_at": column.TextColumn(_("Start"), width=95, help=_("14:30")),
        "initiatives": column.MultiselectColumn(
            _("Initiatives"),
            width=190,
            options=list(week.choices.cases.values()),
            accept_new_options=True,
            help=_("Several initiatives make a group meeting."),
        ),
        "topics": column.MultiselectColumn(
            _("Topics"),
            width=150,
            options=[_.label(topic) for topic in Topic],
            accept_new_options=True,
        ),
        **minutes,
        "form": column.SelectboxColumn(
            _("How you met"), width=110, options=[_.label(form) for form in ConsultationForm]
        ),
        "status": column.SelectboxColumn(
            _("Status"), width=120, options=[_.label(status) for status in ConsultationStatus]
        ),
        "note": column.TextColumn(_("Note"), width=280),
        "is_private": column.CheckboxColumn(
            _("Private"),
            width=80,
            help=_(
                "A private note is open to you alone. Talks with the psychologist or the mediator"
                " are private without this mark."
            ),
        ),
    }

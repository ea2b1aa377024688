"""The table of tasks: read by everybody, edited in place by who may."""

from collections.abc import Mapping, Sequence
from typing import Any
from zlib import crc32

import streamlit as st

from core.i18n import Term, Translator, sort_key
from core.ui.address import asked, write
from core.ui.desk import saved, told
from core.ui.forms import submit
from core.ui.tables import SEARCHED_FROM, Column, table
from core.workspace import Workspace
from roadmaps.domain.broken import missed_by
from roadmaps.domain.edits_task import (
    LeaveOut,
    PlaceTask,
    SetCalendar,
    SetConstraint,
    SetCounting,
    TaskEdit,
    differing,
)
from roadmaps.domain.errors import PlanCellError, StageFieldError
from roadmaps.domain.field_words import told_at, told_field
from roadmaps.domain.notation import parse_length
from roadmaps.domain.plan import PlanUnit, Task
from roadmaps.domain.roadmap import PlanView
from roadmaps.domain.table import Row, rows_of
from roadmaps.domain.why_words import stretch
from roadmaps.domain.words import moment
from roadmaps.pages.parts.people import chosen, shown
from roadmaps.pages.parts.undoing import undo_of
from roadmaps.service import edit_table

_READ_ONLY = ("number", "start", "finish", "total_float", "deadline", "terms")
Cells = dict[str, Any]


def draw_table(here: Workspace, view: PlanView, people: Mapping[int, str], _: Translator) -> None:
    """Draw the table; a refused change keeps what was typed."""
    if not view.may_edit:
        _draw_read_only(view, people, _)
        return
    st.caption(
        _(
            "Edit cells, add rows at the bottom, tick rows to remove them. “Waits for” holds row"
            " numbers: 3FS+2; 5SS. Duration 0 is a milestone."
        )
    )
    kept = _kept(view, people, _)
    wanted = _searched(view, kept, _)
    with st.form("plan_table", border=False):
        edited: Sequence[Cells] = st.data_editor(
            [row for row in kept["rows"] if _is_found(row, wanted)],
            key=_key(view, kept["version"], wanted),
            num_rows="dynamic",
            hide_index=True,
            height="content",
            disabled=_READ_ONLY,
            column_order=_order(view),
            column_config=_columns(view.plan.unit, _),
            alt=_("Tasks of the roadmap"),
        )
        sent = submit(_("Save the table"), key="plan_table_save", main=False)
    if kept["version"] != view.roadmap.version and not sent:
        st.warning(_("Somebody has changed the plan since; this table shows how it was."))
        if st.button(_("Show the plan as it is now"), key="plan_table_refresh"):
            del st.session_state[f"plan_table_{view.roadmap.id}"]
            st.rerun()
    if sent:
        with told():
            hidden = [row for row in kept["rows"] if not _is_found(row, wanted)]
            _save(here, view, (kept["version"], [*hidden, *edited]), people, _)


_ORDER = (
    "number", "title", "duration", "waits", "start", "finish", "total_float", "deadline", "terms",
    "responsible", "done_percent", "part_of",
)  # fmt: skip
_SEARCHED = ("title", "responsible", "deadline", "terms")


def _order(view: PlanView) -> tuple[str, ...]:
    """Give the columns; those of dates only where a task has one."""
    tasks = view.plan.tasks
    empty = set()
    if not any(task.deadline for task in tasks):
        empty.add("deadline")
    if not any(_terms_of(task) for task in tasks):
        empty.add("terms")
    return tuple(name for name in _ORDER if name not in empty)


def _searched(view: PlanView, kept: Mapping[str, Any], _: Translator) -> str:
    """Ask for a word in the rows; while changes wait to be saved, the rows stay as they are."""
    if len(kept["rows"]) < SEARCHED_FROM:
        return ""
    now = st.session_state["filter_rows"] = _asked()
    changes = st.session_state.get(_key(view, kept["version"], now)) or {}
    st.text_input(
        _("Find a task"), key="filter_rows", icon=":material/search:", on_change=_write_search,
        disabled=any(changes.values()), help=_("Save the table before another search"),
    )  # fmt: skip
    return now


def _asked() -> str:
    return asked("rows")[:100]


def _write_search() -> None:
    write("rows", st.session_state["filter_rows"] or "")


def _is_found(row: Cells, text: str) -> bool:
    wanted = sort_key(text)
    return not wanted or any(wanted in sort_key(str(row[name] or "")) for name in _SEARCHED)


def _save(
    here: Workspace,
    view: PlanView,
    edited: tuple[int, Sequence[Cells]],
    people: Mapping[int, str],
    _: Translator,
) -> None:
    version, cells = edited
    rows = _rows(cells, people, view.plan.unit)
    made = edit_table(
        here, roadmap_id=view.roadmap.id, version=version, rows=rows, language=_.language
    )
    if made.seq is not None:
        saved(_("Table saved"), undo=undo_of(view.roadmap.id, made.seq))
    st.info(_("Nothing has changed."))


def _kept(view: PlanView, people: Mapping[int, str], _: Translator) -> dict[str, Any]:
    """Give the rows as the person saw them: they stay while changes to them are not saved."""
    key = f"plan_table_{view.roadmap.id}"
    kept: dict[str, Any] | None = st.session_state.get(key)
    if kept and kept["version"] != view.roadmap.version:
        changes = st.session_state.get(_key(view, kept["version"], _asked())) or {}
        if not any(changes.values()):
            kept = None
    if not kept:
        kept = {"version": view.roadmap.version, "rows": _cells(view, people, _)}
        st.session_state[key] = kept
    return kept


def _key(view: PlanView, version: int, text: str = "") -> str:
    found = f"_{crc32(text.encode())}" if text else ""
    return f"plan_editor_{view.roadmap.id}_{version}{found}"


def _cells(view: PlanView, people: Mapping[int, str], _: Translator) -> list[Cells]:
    unit = view.plan.unit
    cells = []
    for row in rows_of(view.plan, _.language):
        slot, span = view.schedule[row.task_id or 0], view.spans[row.task_id or 0]
        task = view.plan.task(row.task_id or 0)
        is_stage = task.id in view.plan.stages
        cells.append(
            {
                "task_id": row.task_id,
                "number": row.number,
                "title": row.title,
                "duration": "" if is_stage else str(row.duration),
                "stage_duration": row.duration if is_stage else None,
                "waits": row.waits,
                "start": moment(_, span.start, unit),
                "finish": moment(_, span.finish, unit),
                "total_float": _("critical")
                if slot.is_critical
                else stretch(_, slot.total_float, unit, view.laid.float_in(task.id)),
                "deadline": _deadline(view, task, _),
                "terms": "; ".join(told_field(_, x, None, view.plan) for x in _terms_of(task)),
                "responsible": shown(
                    row.responsible_id, row.responsible, {**people, **view.people}
                ),
                "done_percent": row.done_percent,
                "part_of": row.part_of,
                "uid": row.uid,
            }
        )
    return cells


def _deadline(view: PlanView, task: Task, _: Translator) -> str:
    if task.deadline is None:
        return ""
    told = told_at(_, task.deadline)
    return _("{at}: missed", at=told) if missed_by(view.laid, task) else told


def _terms_of(task: Task) -> list[TaskEdit]:
    """Give what a task has beside links and length, as the edits that would set it."""
    return [
        x
        for x in differing(Task(task.id, ""), task)
        if isinstance(x, SetConstraint | SetCounting | SetCalendar | PlaceTask | LeaveOut)
    ]


def _rows(cells: Sequence[Cells], people: Mapping[int, str], unit: PlanUnit) -> list[Row]:
    """Read the edited cells; new rows get the numbers after the last one shown."""
    numbers = [_whole(cell.get("number")) or 0 for cell in cells]
    following = max(numbers, default=0)
    parents = {_whole(cell.get("part_of")) for cell in cells}
    rows = []
    for cell, number in zip(cells, numbers, strict=True):
        person, name = chosen(_text(cell.get("responsible")), people)
        if not number:
            following += 1
        rows.append(
            Row(
                number=number or following,
                title=_text(cell.get("title")),
                duration=_duration(cell, number or following, unit, is_parent=number in parents),
                waits=_text(cell.get("waits")),
                responsible=name,
                responsible_id=person,
                done_percent=_whole(cell.get("done_percent")) or 0,
                part_of=_whole(cell.get("part_of")),
                task_id=_whole(cell.get("task_id")),
                uid=_text(cell.get("uid")),
            )
        )
    return rows


def _duration(cell: Cells, row: int, unit: PlanUnit, *, is_parent: bool) -> int:
    """Read a duration; a stage shows none and keeps its own. Raises `StageFieldError` for one."""
    own, typed = _whole(cell.get("stage_duration")), cell.get("duration")
    if own is not None and not typed:
        return own
    if own is not None and is_parent:
        raise StageFieldError(task=_text(cell.get("title")), field=Term("field.duration"))
    return _length(typed, row, unit)


def _length(value: object, row: int, unit: PlanUnit) -> int:
    """Read a duration. Raises `PlanCellError` if it is no whole number of the plan's units."""
    length = parse_length(value, unit) if isinstance(value, str) else _whole(value)
    if length is None and value:
        raise PlanCellError(row=row, column=Term("Duration"), text=str(value))
    return length or 0


def _whole(value: object) -> int | None:
    """Give a cell as a whole number; an empty one, however Streamlit sends it, is None."""
    if isinstance(value, int | float) and value == value:  # noqa: PLR0124 — a missing number is NaN
        return int(value)
    return None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _columns(unit: PlanUnit, _: Translator) -> dict[str, Any]:
    config = st.column_config
    lengths = {
        PlanUnit.DAY: _("Duration, days"),
        PlanUnit.HOUR: _("Duration, hours"),
        PlanUnit.MINUTE: _("Duration, minutes"),
    }
    return {
        "number": config.NumberColumn(_("No."), width=50),
        "title": config.TextColumn(_("Task"), width=320, required=True),
        # a text: a column of numbers makes 25 of a pasted “2,5” and says nothing
        "duration": config.TextColumn(
            lengths[unit],
            default="1",
            required=True,
            width=170,
            alignment="right",
            help=_("A stage lasts as long as its parts: it has no duration of its own"),
        ),
        "waits": config.TextColumn(_("Waits for"), width=115),
        "start": config.TextColumn(_("Start"), width=120),
        "finish": config.TextColumn(_("Finish"), width=120),
        "total_float": config.TextColumn(
            _("Float"), help=_("By how much it may be late without moving the end of the plan")
        ),
        "deadline": config.TextColumn(_("Deadline"), width=140),
        "terms": config.TextColumn(_("Dates and terms"), width=220),
        "responsible": config.TextColumn(_("Responsible")),
        "done_percent": config.NumberColumn(
            _("Done, %"), min_value=0, max_value=100, step=5, default=0, width="small"
        ),
        "part_of": config.NumberColumn(_("Part of No."), min_value=1, step=1, width="small"),
    }


def _draw_read_only(view: PlanView, people: Mapping[int, str], _: Translator) -> None:
    kinds = {"number": "number", "duration": "number", "done_percent": "number"}
    heads = {name: column["label"] for name, column in _columns(view.plan.unit, _).items()}
    table(
        [
            {**row, "duration": int(row["duration"]) if row["duration"] else None}
            for row in _cells(view, people, _)
        ],
        {name: Column(heads[name], kinds.get(name, "text")) for name in _order(view)[:-1]},  # type: ignore[arg-type]  # the kinds above are of the column's own
        key="plan_rows",
    )

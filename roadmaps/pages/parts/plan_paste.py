"""Rows from a spreadsheet: pasted, looked at, and added in one step that can be taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from core.errors import DomainError
from core.i18n import Translator
from core.ui.desk import plain, saved, told
from core.ui.forms import seen
from core.ui.tables import Column, table
from core.workspace import Workspace
from hours.pages.parts.choices import pick
from roadmaps.domain.edits import Batch, Edit, apply
from roadmaps.domain.edits_new import new_tasks, numbered
from roadmaps.domain.laid import Laid
from roadmaps.domain.pasting import PastedNumbers, PastedRow, Pasting, pasting
from roadmaps.domain.roadmap import PlanView
from roadmaps.domain.schedule import schedule
from roadmaps.domain.table import rows_of
from roadmaps.domain.why_words import told_by
from roadmaps.domain.words import moment
from roadmaps.formats.plan_paste import read_pasted, unread_headers
from roadmaps.pages.parts.people import chosen, shown
from roadmaps.pages.parts.undoing import undo_of
from roadmaps.service import change_plan

_LIMIT = 300_000  # letters
_PROBLEMS = 20  # told at once


def draw_paste(here: Workspace, view: PlanView, people: Mapping[int, str], _: Translator) -> None:
    """Ask for the cells; show what would come of them, or what is wrong with which row."""
    version = seen(f"paste_{view.roadmap.id}", view.roadmap.version, "paste_add")
    label = _("Paste rows from a spreadsheet")
    with st.expander(label, key="plan_paste", icon=":material/content_paste:"):
        st.caption(
            _(
                "Copy cells in Excel, a Google table or Microsoft Project and paste them here."
                " Without a line of headers the columns are: task, duration, waits for,"
                " responsible, done. Only the task is needed."
            )
        )
        text = st.text_area(
            _("Cells"), key="paste_text", height=140, max_chars=_LIMIT,
            placeholder="Смета\t3\t\tАнна\nЗаявка\t5\t1ОН+2" if _.language == "ru"
            else "Estimate\t3\t\tAnna\nApplication\t5\t1FS+2",
        )  # fmt: skip
        st.button(_("See what it would add"), key="paste_see")  # leaves the field; shows the rest
        if not (text or "").strip():
            return
        with told():
            pasted = _with_people(read_pasted(text or "", view.plan.unit), people)
            _draw_columns(unread_headers(text or "", view.plan.unit), pasted, _)
            found = pasting(view.plan, pasted, _ask_numbers(pasted, _), view.when)
            if found.problems:
                _draw_problems(found, _)
            elif found.edits:
                _draw_preview(view, found.edits, people, _)
                _offer(here, view, (found.edits, version), _)


def _with_people(pasted: Sequence[PastedRow], people: Mapping[int, str]) -> list[PastedRow]:
    named = []
    for one in pasted:
        person, name = chosen(one.row.responsible, people)
        row = replace(one.row, responsible_id=person, responsible=name)
        named.append(replace(one, row=row))
    return named


def _draw_columns(unread: Sequence[str], pasted: Sequence[PastedRow], _: Translator) -> None:
    """Say which columns are left out, and how days are counted."""
    if unread:
        names = plain(", ".join(unread))
        st.warning(_("Columns that mean nothing here are left out: {names}.", names=names))
    if any(one.days for one in pasted):
        st.info(
            _(
                "The rows have days and no durations: they are counted in working days (what"
                " begins or ends on a day off, in all its days), and no task starts before its"
                " day."
            )
        )


def _ask_numbers(pasted: Sequence[PastedRow], _: Translator) -> PastedNumbers:
    if not any(one.row.waits or one.row.part_of for one in pasted):
        return PastedNumbers.OWN
    st.caption(_("What do the row numbers in these cells mean?"))
    names = {one.value: _.label(one) for one in PastedNumbers}
    return PastedNumbers(pick(_("Row numbers"), "numbers", names, default=PastedNumbers.OWN.value))


def _draw_problems(found: Pasting, _: Translator) -> None:
    told_lines = ["- " + _told(line, problem, _) for line, problem in found.problems[:_PROBLEMS]]
    more = len(found.problems) - _PROBLEMS
    if more > 0:
        told_lines.append("- " + _.plural("and {n} more line", "and {n} more lines", more))
    head = _("Nothing is added yet. Mend these lines above:")
    st.error("\n".join((head, "", *told_lines)), icon=":material/edit_note:")


def _told(line: int, problem: DomainError, _: Translator) -> str:
    what = _.error(problem, escape=plain)
    return what if "row" in problem.details else _("Row {line}: {what}", line=line, what=what)


def _draw_preview(
    view: PlanView, edits: Sequence[Edit], people: Mapping[int, str], _: Translator
) -> None:
    """Show the new rows as they would stand in the plan, and where its end would be."""
    batch, following = Batch(tuple(edits)), max((x.id for x in view.plan.tasks), default=0) + 1
    ids = [following + place for place, _task in enumerate(new_tasks(batch))]
    plan = apply(view.plan, numbered(batch, view.plan, view.roadmap.id, ids))
    laid = Laid(plan, schedule(plan, view.when.days), view.when)
    rows = [
        {
            "number": row.number,
            "title": row.title,
            "duration": row.duration,
            "waits": row.waits,
            "responsible": shown(row.responsible_id, row.responsible, people),
            "done": row.done_percent,
            "start": moment(_, laid.span(row.task_id or 0).start, plan.unit),
            "finish": moment(_, laid.span(row.task_id or 0).finish, plan.unit),
        }
        for row in rows_of(plan, _.language)
        if row.task_id in ids
    ]
    ends, later = moment(_, laid.finish, plan.unit).rstrip("."), laid.finish - view.finish
    if view.plan.tasks and later:
        st.markdown(_("The plan would end {day}: {by}.", day=ends, by=told_by(_, later)))
    else:
        st.markdown(_("The plan would end {day}.", day=ends))
    columns = {
        "number": Column(_("No."), "number", width="small"),
        "title": Column(_("Task"), width="large"),
        "duration": Column(_("Duration"), "number"),
        "waits": Column(_("Waits for")),
        "responsible": Column(_("Responsible")),
        "done": Column(_("Done, %"), "number"),
        "start": Column(_("Start")),
        "finish": Column(_("Finish")),
    }
    table(rows, columns, key="paste_rows")


def _offer(
    here: Workspace, view: PlanView, what: tuple[Sequence[Edit], int], _: Translator
) -> None:
    edits, version = what
    count = len(new_tasks(Batch(tuple(edits))))
    label = _.plural("Add {n} row", "Add {n} rows", count)
    if st.button(label, key="paste_add", icon=":material/add:"):
        which = {"roadmap_id": view.roadmap.id}
        made = change_plan(here, **which, edits=edits, version=version)
        saved(
            _.plural("{n} row added", "{n} rows added", count),
            undo=undo_of(view.roadmap.id, made.seq),
            reset={"paste_text": ""},
        )

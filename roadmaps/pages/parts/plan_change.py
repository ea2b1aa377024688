"""The latest change of a plan in one calm line: what moved, by how much and why."""

import streamlit as st

from core.i18n import Translator
from core.ui.desk import plain
from core.ui.tables import Column, table
from core.workspace import Workspace
from roadmaps.domain.history_words import told_edit
from roadmaps.domain.roadmap import LastChange, PlanView
from roadmaps.domain.why_words import told_cause, told_effect, told_move
from roadmaps.service import view_last_change


def draw_change(here: Workspace, view: PlanView, _: Translator) -> None:
    """Say what the latest change did; the tasks that it moved are folded below."""
    last = view_last_change(here, roadmap_id=view.roadmap.id)
    if last is None:
        return
    who = f"{_.moment(last.edit.made_at, view.zone)} · {plain(last.name)}"
    effect = told_effect(_, last.outcome, last.edit.forward)
    told, head = plain(told_edit(_, last.edit, view.plan)).rstrip("."), _("Last change:")
    st.markdown(f":material/history: **{head}** {told}. {effect} :gray[{who}]")
    if last.outcome.moves:
        with st.expander(_("What moved, by how much and why"), key="plan_moved"):
            _draw_moves(last, _)


def _draw_moves(last: LastChange, _: Translator) -> None:
    plan = last.outcome.laid.plan
    titles = {task.id: task.title for task in plan.tasks}
    rows = [
        {
            "number": plan.task(move.task_id).position,
            "title": titles[move.task_id],
            "by": told_move(_, move),
            "because": told_cause(_, move.because, titles),
            "through": "" if move.through is None else titles.get(move.through, ""),
        }
        for move in last.outcome.moves
    ]
    columns = {
        "number": Column(_("No."), "number", width="small"),
        "title": Column(_("Task"), width="medium"),
        "by": Column(_("Moved by")),
        "because": Column(_("Because of"), width="medium"),
        "through": Column(_("Passed on by"), help=_("The task right before it that moved too")),
    }
    table(rows, columns, key="plan_moved_rows")

"""Step by step: taking changes of a plan back, doing them again, moving a task by hand."""

import streamlit as st

from core.i18n import Translator
from core.ui.desk import saved, told
from core.ui.forms import seen
from core.workspace import Workspace
from roadmaps.domain.roadmap import PlanView
from roadmaps.domain.rows import Move, moves_of
from roadmaps.pages.parts.undoing import undo_of
from roadmaps.service import move_task, redo_edit, undo_edit

_ICONS = {
    Move.UP: ":material/arrow_upward:",
    Move.DOWN: ":material/arrow_downward:",
    Move.INTO: ":material/format_indent_increase:",
    Move.OUT: ":material/format_indent_decrease:",
}


def draw_steps(here: Workspace, view: PlanView, _: Translator) -> None:
    """Offer to take one's own last change back and do it again; the database knows which."""
    numbers = (view.chain.undo, view.chain.redo)
    undo, redo = seen(f"chain_{view.roadmap.id}", numbers, "plan_undo", "plan_redo")
    if not view.may_edit or (undo is None and redo is None):
        return
    with st.container(horizontal=True, key="plan_steps"):
        back = st.button(
            _("Undo my last change"), key="plan_undo", type="tertiary", icon=":material/undo:",
            disabled=undo is None,
        )  # fmt: skip
        again = st.button(
            _("Redo"), key="plan_redo", type="tertiary", icon=":material/redo:",
            disabled=redo is None, help=_("Do again what was taken back last"),
        )  # fmt: skip
    which = {"roadmap_id": view.roadmap.id}
    with told():
        if back:
            undo_edit(here, **which, seq=undo)
            saved(_("Taken back"))
        if again:
            seq = redo_edit(here, **which, seq=redo)
            saved(_("Done again"), undo=undo_of(view.roadmap.id, seq))


def draw_moves(here: Workspace, view: PlanView, _: Translator) -> None:
    """Let a person choose a row and move it, with its parts, among the others."""
    roadmap, plan, kept = view.roadmap, view.plan, f"plan_row_{view.roadmap.id}"
    # The browser holds a choice by its words, and those begin with the number of the row: a
    # moved task is chosen anew in a field of its own.
    field = f"{kept}_{roadmap.version}"
    if field not in st.session_state and st.session_state.get(kept) in plan.by_id:
        st.session_state[field] = st.session_state[kept]
    keys = {move: f"plan_move_{move}" for move in Move}
    version = seen(f"rows_{roadmap.id}", roadmap.version, *keys.values())
    with st.container(horizontal=True, vertical_alignment="bottom", key="plan_moves"):
        task_id = st.selectbox(
            _("Move a row"),
            [task.id for task in plan.tasks],
            index=None,
            key=field,
            format_func=lambda one: f"{plan.task(one).position}. {plan.task(one).title}",
            placeholder=_("Choose a task"),
            width=320,
        )
        st.session_state[kept] = task_id
        room = moves_of(plan, task_id) if task_id is not None else frozenset()
        pressed = [
            move
            for move in Move
            if st.button(
                _.label(move), key=keys[move], icon=_ICONS[move], disabled=move not in room
            )
        ]
    if pressed and task_id is not None:
        with told():
            where = {"roadmap_id": roadmap.id, "version": version}
            made = move_task(here, **where, task_id=task_id, move=pressed[0])
            saved(_("Row moved"), undo=undo_of(roadmap.id, made.seq))

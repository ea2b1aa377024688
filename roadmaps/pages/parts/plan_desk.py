"""The desk of a plan: its figures, the editor, and beside it all about the task that is chosen."""

from collections.abc import Mapping

import streamlit as st

from core.i18n import Translator
from core.ui.desk import asked, plain, told, workspace
from core.workspace import Workspace
from roadmaps.domain.roadmap import PlanView
from roadmaps.editor import plan_editor
from roadmaps.pages.parts.plan_dates import draw_broken
from roadmaps.pages.parts.plan_head import draw_head
from roadmaps.pages.parts.task_panel import draw_side
from roadmaps.service import view_plan


@st.fragment(key="plan_desk")
def draw_desk(
    given: list[PlanView], roadmap_id: int, people: Mapping[int, str], _: Translator
) -> None:
    """Draw figures, editor and panel; they alone run again when the editor tells of a change.

    `given` holds the plan as the page has just read it, once.
    """
    with told():
        here = workspace()
        view = given.pop() if given else view_plan(here, roadmap_id=roadmap_id)
        draw_head(here, view, _)
        draw_broken(view, _)
        _draw_room(here, view, people, _)


def _draw_room(here: Workspace, view: PlanView, people: Mapping[int, str], _: Translator) -> None:
    chosen = asked("task")
    task = view.plan.by_id.get(int(chosen)) if chosen.isdecimal() else None
    with st.container(horizontal=True, gap="medium", key="plan_room"):
        with st.container(key="plan_chart"):
            plan_editor(view, selected=task.id if task else None, _=_)
        if task is None:
            return
        with st.container(border=True, key="plan_side"):
            draw_side(here, view, task, people, _)
            st.button(_("Close"), key="plan_side_close", on_click=_forget_task, type="tertiary")


def _forget_task() -> None:
    st.query_params.pop("task", None)

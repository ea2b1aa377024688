"""The desk of a plan: its figures, the editor, and beside it all about the task that is chosen."""

from collections.abc import Mapping
from typing import Final

import streamlit as st

from core.i18n import Translator
from core.ui import desk
from core.ui.address import asked, write
from core.ui.desk import just_saved, workspace
from core.workspace import Workspace
from roadmaps.domain.axis import Zoom
from roadmaps.domain.desk import DESK_URL
from roadmaps.domain.roadmap import PlanView
from roadmaps.editor import EditorLook, editor_words, plan_editor, seen_in
from roadmaps.pages.parts.plan_dates import draw_broken
from roadmaps.pages.parts.plan_exports import draw_exports
from roadmaps.pages.parts.plan_head import draw_figures, draw_path
from roadmaps.pages.parts.task_edit import form_of
from roadmaps.pages.parts.task_panel import draw_side
from roadmaps.service import view_plan

_FOLDED_LIMIT: Final = 60  # stages in the address: longer ones are cut by some browsers
_LONGEST: Final = len(str(2**31 - 1))
_TURN: Final = "plan_desk_turn"


@st.fragment(key="plan_desk")
def draw_desk(
    given: list[PlanView], roadmap_id: int, people: Mapping[int, str], _: Translator
) -> None:
    """Draw what shows the plan; it alone runs again when the editor tells of a change.

    `given` holds the plan as the page has just read it, once.
    """
    with desk.told():
        here = workspace()
        view = given.pop() if given else view_plan(here, roadmap_id=roadmap_id)
        with st.container(key="plan_top"):  # always there, so that the editor keeps its place
            if view.plan.tasks:
                draw_figures(view, _)
        _draw_room(here, view, people, _)
        if view.plan.tasks:
            draw_path(here, view, _)
            draw_broken(view, _)
            draw_exports(here, view, _, is_network=False)  # in here: it tells what would be lost


def _draw_room(here: Workspace, view: PlanView, people: Mapping[int, str], _: Translator) -> None:
    with st.container(horizontal=True, gap="medium", key="plan_room"):
        with st.container(key="plan_chart"):
            chosen = _draw_editor(view, _)
        word = just_saved(form_of(view, chosen))  # asked without a panel too: then it is over
        if chosen in view.plan.by_id:
            with st.container(border=True, key="plan_side"):
                draw_side(here, view, view.plan.by_id[chosen], people, _, word)


def _draw_editor(view: PlanView, _: Translator) -> int:
    """Draw the editor as the address asks; write there what is chosen and how it is looked at."""
    key = f"editor_{view.roadmap.id}"
    told = seen_in(key, _look(), None)
    if told.turn and told.turn != st.session_state.get(_TURN):
        write("task", told.selected or "")
    st.session_state[_TURN] = told.turn
    chosen = _number(asked("task"))
    seen = plan_editor(
        key=key,
        roadmap_id=view.roadmap.id,
        url=f"{DESK_URL}/{view.roadmap.id}",
        look=_look(),
        selected=chosen or None,
        language=_.language,
        may_edit=view.may_edit,
        words=editor_words(_),
    )
    write("zoom", seen.look.zoom.value if seen.look.zoom else "")
    write("folded", ",".join(map(str, seen.look.folded[:_FOLDED_LIMIT])))
    return chosen


def _look() -> EditorLook:
    zoom = asked("zoom")
    folded = (_number(part) for part in asked("folded").split(","))
    return EditorLook(
        Zoom(zoom) if zoom in set(Zoom) else None, tuple(number for number in folded if number)
    )


def _number(text: str) -> int:
    """Read an id from the address, where anybody may have written anything; 0 if it is none."""
    return int(text) if text.isdecimal() and len(text) <= _LONGEST else 0

"""The plan as a chart that is drawn on, and what of it the page's address says."""

from collections.abc import Mapping
from typing import Final

import streamlit as st

from core.i18n import Translator
from core.ui.desk import asked
from core.workspace import Workspace
from roadmaps.domain.axis import Zoom
from roadmaps.domain.roadmap import PlanView
from roadmaps.editor import EditorLook, editor_words, plan_editor, seen_in

_TASK: Final = "task"
_ZOOM: Final = "zoom"
_FOLDED: Final = "folded"
_TURN: Final = "plan_desk_turn"


def draw_desk(here: Workspace, view: PlanView, people: Mapping[int, str], _: Translator) -> None:
    """Draw the editor; the task chosen in it, zoom and folded stages go into the address."""
    del here, people
    key = f"plan_desk_{view.roadmap.id}"
    told = seen_in(key, _look(), None)
    if told.turn and told.turn != st.session_state.get(_TURN):
        _say(_TASK, None if told.selected is None else str(told.selected))
    st.session_state[_TURN] = told.turn
    chosen = asked(_TASK)
    seen = plan_editor(
        key=key,
        roadmap_id=view.roadmap.id,
        url=f"/plan-desk/{view.roadmap.id}",
        look=_look(),
        selected=int(chosen) if chosen.isdecimal() else None,
        language=_.language,
        may_edit=view.may_edit,
        words=editor_words(_),
    )
    _say(_ZOOM, seen.look.zoom)
    _say(_FOLDED, ",".join(map(str, seen.look.folded)) or None)


def _look() -> EditorLook:
    """Read from the address how the plan is looked at."""
    zoom, baseline = asked(_ZOOM), asked("baseline")
    return EditorLook(
        zoom=Zoom(zoom) if zoom in set(Zoom) else None,
        folded=tuple(int(x) for x in asked(_FOLDED).split(",") if x.isdecimal()),
        baseline=int(baseline) if baseline.isdecimal() else None,
    )


def _say(name: str, value: str | None) -> None:
    """Put a word into the address, or take it out."""
    if value is None:
        st.query_params.pop(name, None)
    elif st.query_params.get(name) != value:
        st.query_params[name] = value

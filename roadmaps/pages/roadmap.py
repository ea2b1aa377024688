"""One roadmap: its plan to draw on, or as a network, a table, people's load and what was before."""

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Final

import streamlit as st

from casework.service import form_choices
from core.i18n import Translator
from core.ui.address import asked_id
from core.ui.desk import heading, link, plain, words, workspace
from core.workspace import Workspace
from hours.pages.parts.choices import pick
from roadmaps.domain.roadmap import PlanView
from roadmaps.pages.parts.own_template import draw_use_again
from roadmaps.pages.parts.plan_advice import draw_plan_advice
from roadmaps.pages.parts.plan_change import draw_change
from roadmaps.pages.parts.plan_dates import draw_broken
from roadmaps.pages.parts.plan_desk import draw_desk
from roadmaps.pages.parts.plan_exports import draw_exports
from roadmaps.pages.parts.plan_head import draw_figures, draw_path
from roadmaps.pages.parts.plan_more import draw_settings
from roadmaps.pages.parts.plan_pulse import draw_pulse
from roadmaps.pages.parts.plan_share import draw_remarks, draw_share
from roadmaps.pages.parts.plan_status import draw_status
from roadmaps.pages.parts.plan_steps import draw_steps
from roadmaps.pages.parts.plan_views import VIEWS, view_names
from roadmaps.pages.parts.task_form import draw_task_form
from roadmaps.pages.parts.task_panel import draw_task
from roadmaps.service import view_plan

_EDITOR: Final = "gantt"
_WITH_TASK: Final = frozenset({"network", "table"})
_OF_PEOPLE: Final = frozenset({"load", "history"})


def _draw_view(
    shown: str, here: Workspace, view: PlanView, people: Mapping[int, str], _: Translator
) -> None:
    """Draw one of the views beside the editor; below it what holds the plan up and what was last."""
    draw_pulse(here, view, _)
    draw_steps(here, view, _)
    draw_figures(view, _)
    VIEWS[shown](here, view, people, _)
    if shown in _WITH_TASK:
        draw_task(here, view, people, _)
    if shown not in _OF_PEOPLE:
        draw_path(here, view, _)
        draw_broken(view, _)
        draw_change(here, view, _)


def _task_form_room(shown: str) -> AbstractContextManager[object]:
    """Fold the form where tasks are added otherwise, as in the editor, or other things looked at."""
    if shown in _WITH_TASK:
        return nullcontext()
    return st.expander(_("Add a task with all its fields"), key="task_whole", icon=":material/add:")


_ = words()
here = workspace()
roadmap_id = asked_id("roadmap")
view = view_plan(here, roadmap_id=roadmap_id)
people = form_choices(here).people
heading(view.roadmap.title, _("What comes next, and when is everything done?"))
link(
    plain(view.initiative) or _("The case"),
    "case",
    icon=":material/folder_open:",
    case=view.roadmap.case_id,
)
with st.container(key="remarks_room"):
    draw_remarks(here, view, _)
names = {_EDITOR: _("Plan"), **view_names(_)}
with st.container(key="views_room"):
    shown = pick(_("Show as"), "view", names, default=_EDITOR) if view.plan.tasks else _EDITOR
if shown == _EDITOR:
    draw_desk([view], roadmap_id, people, _)
else:
    _draw_view(shown, here, view, people, _)
if view.may_edit:
    with _task_form_room(shown):
        draw_task_form(here, view, people, _)
if view.plan.tasks:
    if shown != _EDITOR:  # the editor has it beside itself, and draws it anew with every change
        draw_exports(here, view, _, is_network=shown == "network")
    draw_plan_advice(view, _)
draw_share(here, view, _)
if view.may_edit:
    draw_status(here, view, _)
    draw_use_again(here, view, _)
    draw_settings(here, view, _)

"""The form that adds a task."""

from collections.abc import Mapping

import streamlit as st

from core.i18n import Translator
from core.ui.desk import saved, told
from core.ui.forms import seen, submit
from core.workspace import Workspace
from roadmaps.domain.plan import PlanUnit
from roadmaps.domain.roadmap import PlanView
from roadmaps.pages.parts.people import chosen
from roadmaps.pages.parts.undoing import undo_of
from roadmaps.service import TaskDraft, add_task


def draw_task_form(
    here: Workspace, view: PlanView, people: Mapping[int, str], _: Translator
) -> None:
    """Draw the form; a refused one keeps every character."""
    version = seen(f"plan_{view.roadmap.id}", view.roadmap.version, "task_add")
    with st.form("task", enter_to_submit=False):
        st.markdown("## " + _("Add a task"))
        draft = _fields(view, people, _)
        sent = submit(_("Add task"), key="task_add")
    if sent:
        with told():
            made = add_task(here, roadmap_id=view.roadmap.id, version=version, draft=draft)
            saved(
                _("Task added: {title}", title=draft.title),
                undo=undo_of(view.roadmap.id, made.seq),
                reset={
                    "task_title": "",
                    "task_duration": 5,
                    "task_waits": "",
                    "task_responsible": None,
                    "task_part_of": None,
                },
            )


def _fields(view: PlanView, people: Mapping[int, str], _: Translator) -> TaskDraft:
    units = {
        PlanUnit.DAY: _("Working days"),
        PlanUnit.HOUR: _("Working hours"),
        PlanUnit.MINUTE: _("Working minutes"),
    }
    first, second, third = st.columns([4, 1, 2])
    title = first.text_input(_("Task"), key="task_title", placeholder=_("Agree the budget"))
    duration = second.number_input(
        units[view.plan.unit],
        min_value=0,
        value=5,
        key="task_duration",
        help=_("0 makes a milestone"),
    )
    waits = third.text_input(
        _("Waits for"),
        key="task_waits",
        placeholder=_("3; 5SS+2"),
        help=_(
            "Row numbers of the tasks before it, separated by ;. 3 means after task 3 ends;"
            " 5SS+2: two after task 5 starts; FF and SF tie the ends."
        ),
    )
    with st.expander(_("More"), key="task_more"):
        responsible = st.selectbox(
            _("Responsible"),
            list(people.values()),
            index=None,
            key="task_responsible",
            accept_new_options=True,
            placeholder=_("a person of the centre or any name"),
        )
        part_of = st.selectbox(
            _("Part of the stage"),
            [task.position for task in view.plan.tasks],
            index=None,
            key="task_part_of",
            format_func=lambda row: f"{row}. {view.plan.tasks[row - 1].title}",
            placeholder=_("none"),
        )
    person, name = chosen(responsible, people)
    return TaskDraft(title or "", int(duration or 0), waits or "", name, person, part_of)

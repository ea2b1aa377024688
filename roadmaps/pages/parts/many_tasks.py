"""Several tasks changed at once, as one step that can be taken back."""

from collections.abc import Mapping
from datetime import timedelta

import streamlit as st

from core.i18n import Translator
from core.ui.desk import saved, told
from core.ui.forms import seen, submit
from core.workspace import Workspace
from roadmaps.domain.edits_many import ForMany, edits_for_many
from roadmaps.domain.roadmap import PlanView
from roadmaps.pages.parts.people import chosen
from roadmaps.pages.parts.task_fields import day_input, moment_of
from roadmaps.pages.parts.undoing import undo_of
from roadmaps.service import change_plan

_FIELDS = ("tasks", "responsible", "done", "deadline", "later")


def draw_many(here: Workspace, view: PlanView, people: Mapping[int, str], _: Translator) -> None:
    """Draw the form; empty fields leave the tasks as they are."""
    version = seen(f"many_{view.roadmap.id}", view.roadmap.version, "many_save")
    with (
        st.expander(
            _("Change several tasks at once"), key="plan_many", icon=":material/checklist:"
        ),
        st.form("many", border=False, enter_to_submit=False),
    ):
        _draw_fields(view, people, _)
        sent = submit(_("Change them"), key="many_save", main=False)
    if not sent:
        return
    with told():
        edits = edits_for_many(view.plan, st.session_state["many_tasks"], _wanted(people))
        if not edits:
            st.info(_("Nothing has changed."))
            return
        which = {"roadmap_id": view.roadmap.id}
        made = change_plan(here, **which, edits=edits, version=version)
        count = len({edit.task_id for edit in edits})
        saved(
            _.plural("{n} task changed", "{n} tasks changed", count),
            undo=undo_of(view.roadmap.id, made.seq),
            reset={f"many_{name}": [] if name == "tasks" else None for name in _FIELDS},
        )


def _draw_fields(view: PlanView, people: Mapping[int, str], _: Translator) -> None:
    st.caption(_("Choose tasks and fill in only what they shall have in common."))
    st.multiselect(
        _("Tasks"),
        [task.id for task in view.plan.tasks],
        key="many_tasks",
        format_func=lambda one: f"{view.plan.task(one).position}. {view.plan.task(one).title}",
        placeholder=_("Choose tasks"),
    )
    st.selectbox(
        _("Responsible"), list(people.values()), index=None, key="many_responsible",
        accept_new_options=True, placeholder=_("a person of the centre or any name"),
    )  # fmt: skip
    first, second = st.columns(2)
    with first:
        st.number_input(
            _("Done, %"), min_value=0, max_value=100, step=5, value=None, key="many_done"
        )
    with second:
        day_input(_("Deadline"), "many_deadline", view.plan.unit)
    st.number_input(
        _("Move their dates by, days"), step=1, value=None, key="many_later",
        help=_("Dates to keep, deadlines and places chosen by hand; a minus moves them earlier"),
    )  # fmt: skip


def _wanted(people: Mapping[int, str]) -> ForMany:
    state = st.session_state
    name, days = state["many_responsible"], state["many_later"]
    return ForMany(
        responsible=chosen(name, people) if name else None,
        done_percent=state["many_done"],
        deadline=moment_of(state["many_deadline"]),
        later=timedelta(days=days) if days else None,
    )

"""What lies ahead of a case: planned meetings, agreed steps, needs."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from casework.domain.leader import agreed
from casework.domain.need import Need, NeedKind, NeedState
from casework.domain.step import NewStep, Step, StepKind
from casework.domain.views import CaseView, Choices
from casework.pages.parts import case_plan
from casework.service import (
    change_need,
    note_need,
    plan_step,
    remove_need,
    remove_step,
    tick_step,
    untick_step,
)
from core.i18n import Translator
from core.ui.desk import Undo, can_open, link, plain, saved, told
from core.ui.forms import required, submit
from core.workspace import Workspace

_SHOWN: Final = 4  # of a list; the rest is folded
WAITING: Final = (NeedState.OPEN, NeedState.PLANNED)


def planned(view: CaseView, choices: Choices, _: Translator) -> None:
    """Show the meetings to come."""
    if not view.planned:
        return
    st.markdown("## " + _("Planned meetings"))
    for line in view.planned:
        hour = f" {line.starts_at:%H:%M}" if line.starts_at else ""
        is_past = line.held_on < choices.today
        topics = ", ".join(_.label(topic) for topic in line.topics)
        about = ":red[" + _("not written up yet") + "]" if is_past else topics
        link(
            f"{_.weekday(line.held_on)}{hour} · {about}",
            "consultation",
            icon=":material/edit_note:" if is_past else ":material/event:",
            consultation=line.id,
        )


def steps(here: Workspace, view: CaseView, choices: Choices, _: Translator) -> None:
    """Show the agreed steps to be ticked, and the form that adds one."""
    st.markdown("## " + _("Next steps"))
    waiting = [step for step in view.steps if step.done_on is None]
    if not waiting:
        st.caption(_("No next steps. A next step says who does what by when."))
    for step in waiting[:_SHOWN]:
        _draw_step(here, view, step, choices, _)
    if waiting[_SHOWN:]:
        more = _.plural("{n} more step", "{n} more steps", len(waiting[_SHOWN:]))
        with st.expander(more, key="steps_more"):
            for step in waiting[_SHOWN:]:
                _draw_step(here, view, step, choices, _)
    _to_roadmap(view, waiting, _)
    _done(here, view, _)
    if view.may_edit:
        _add_step(here, view, choices, _)


def _to_roadmap(view: CaseView, waiting: Sequence[Step], _: Translator) -> None:
    """Offer agreed steps to a roadmap, which shows what it would take."""
    if agreed(waiting) and view.may_edit and can_open("roadmap_add"):
        link(
            _("Take these steps into a roadmap"),
            "roadmap_add",
            icon=":material/timeline:",
            case=view.case.id,
        )


def _draw_step(
    here: Workspace, view: CaseView, step: Step, choices: Choices, _: Translator
) -> None:
    late = " :red[" + _("overdue") + "]" if step.is_late(choices.today) else ""
    by = " · " + _.day(step.due_on) if step.due_on else ""
    who = view.people.get(step.responsible_id or 0, "")
    asked = _("The leader asks:") + " " if step.is_question else ""
    text = asked + plain(step.text) + by + late + (f" · {plain(who)}" if who else "")
    if step.kind is StepKind.FOLLOW_UP:
        text = f":material/replay: {text}"
    need = next((need.title for need in view.needs if need.id == step.need_id), "")
    if need:
        text += f" · :small[{plain(_('for: {need}', need=need))}]"
    with st.container(
        horizontal=True, wrap=False, vertical_alignment="center", key=f"step_row_{step.id}"
    ):
        if st.checkbox(text, key=f"step_{step.id}", disabled=not view.may_edit):
            with told():
                tick_step(here, step_id=step.id)
                undo = Undo("casework.service:untick_step", {"step_id": step.id})
                saved(_("Next step done"), undo=undo, reset={f"step_{step.id}": False})
        if view.may_edit and st.button(_("Remove"), key=f"step_remove_{step.id}", type="tertiary"):
            with told():
                remove_step(here, step_id=step.id)
                undo = Undo("casework.service:restore_step", {"step_id": step.id})
                saved(_("Next step removed"), undo=undo)


def needs(here: Workspace, view: CaseView, _: Translator) -> None:
    """Show what the initiative lacks, what the centre does about it, and a form to add a need."""
    st.markdown("## " + _("Plan of help"))
    if not view.needs:
        st.caption(_("What the initiative lacks: said by them, seen by you or by a diagnostic."))
    for need in view.needs[:_SHOWN]:
        _draw_need(here, view, need, _)
    if view.needs[_SHOWN:]:
        more = _.plural("{n} more need", "{n} more needs", len(view.needs[_SHOWN:]))
        with st.expander(more, key="needs_more"):
            for need in view.needs[_SHOWN:]:
                _draw_need(here, view, need, _)
    if view.may_edit:
        _add_need(here, view, _)


def _draw_need(here: Workspace, view: CaseView, need: Need, _: Translator) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"need_{need.id}"):
        st.markdown(f"{plain(need.title)} · {_.label(need.kind)}")
        if view.may_edit:
            _edit_need(here, view, need, _)
        else:
            st.badge(_.label(need.state), color="gray")
    case_plan.of_need(here, view, need, _)


def _edit_need(here: Workspace, view: CaseView, need: Need, _: Translator) -> None:
    _change_need(here, need.id, need.state, _)
    if need.state is NeedState.OPEN:
        link(_("Plan for it"), "roadmap_new", case=view.case.id, need=need.id)
    if need.state in WAITING:
        link(_("Into a roadmap"), "roadmap_add", case=view.case.id, need=need.id)
    if st.button(_("Remove"), key=f"need_remove_{need.id}", type="tertiary"):
        with told():
            remove_need(here, need_id=need.id)
            undo = Undo("casework.service:restore_need", {"need_id": need.id})
            saved(_("Need removed"), undo=undo)


def _done(here: Workspace, view: CaseView, _: Translator) -> None:
    done = [step for step in view.steps if step.done_on is not None]
    if not done:
        return
    with st.expander(
        _.plural("{n} next step done", "{n} next steps done", len(done)), key="steps_done"
    ):
        for step in done:
            text = f"{plain(step.text)} · {_.day(step.done_on or view.case.opened_on)}"
            if not st.checkbox(
                text, value=True, key=f"step_done_{step.id}", disabled=not view.may_edit
            ):
                with told():
                    untick_step(here, step_id=step.id)
                    undo = Undo("casework.service:tick_step", {"step_id": step.id})
                    saved(
                        _("Next step not done yet"), undo=undo, reset={f"step_done_{step.id}": True}
                    )


def _add_step(here: Workspace, view: CaseView, choices: Choices, _: Translator) -> None:
    with st.expander(_("Add a next step"), key="step_new"), st.form("step", border=False):
        text = st.text_input(required(_("What to do")), key="step_text")
        kind = st.segmented_control(
            _("What it is"),
            list(StepKind),
            default=StepKind.STEP,
            format_func=_.label,
            key="step_kind",
            required=True,
        )
        wanted = {need.id: need.title for need in view.needs if need.state in WAITING}
        need_id = st.selectbox(
            _("For which need"),
            [None, *wanted],
            format_func=lambda id_: wanted.get(id_ or 0, "—"),
            key="step_need",
        )
        due_on = st.date_input(_("By when"), value=None, format="DD.MM.YYYY", key="step_due")
        who = st.selectbox(
            _("Who in the centre"),
            [None, *choices.people],
            format_func=lambda person: choices.people.get(person, "—"),
            key="step_responsible",
        )
        if submit(_("Add the next step"), key="step_add", main=False):
            with told():
                step = NewStep(text, due_on, who, kind or StepKind.STEP, need_id)
                step_id = plan_step(here, case_id=view.case.id, step=step)
                saved(
                    _("Next step added"),
                    undo=Undo("casework.service:remove_step", {"step_id": step_id}),
                    reset={"step_text": "", "step_due": None, "step_responsible": None},
                )


def _change_need(here: Workspace, need_id: int, state: NeedState, _: Translator) -> None:
    chosen: NeedState | None = st.selectbox(
        _("What became of it"),
        list(NeedState),
        index=list(NeedState).index(state),
        format_func=_.label,
        key=f"need_state_{need_id}_{state}",
        label_visibility="collapsed",
        width=160,
    )
    if chosen is not None and chosen != state:
        with told():
            change_need(here, need_id=need_id, state=chosen.value, seen=state.value)
            back = {"need_id": need_id, "state": state.value, "seen": chosen.value}
            undo = Undo("casework.service:change_need", back)
            saved(_("Noted what became of the need"), undo=undo)


def _add_need(here: Workspace, view: CaseView, _: Translator) -> None:
    own = [NeedKind.STATED, NeedKind.OBSERVED]
    with st.expander(_("Note a need"), key="need_new"), st.form("need", border=False):
        title = st.text_input(required(_("What they lack")), key="need_title")
        kind = st.selectbox(_("Who saw it"), own, format_func=_.label, key="need_kind")
        if submit(_("Note the need"), key="need_add", main=False):
            with told():
                need_id = note_need(
                    here, case_id=view.case.id, kind=kind or NeedKind.STATED, title=title
                )
                saved(
                    _("Need noted"),
                    undo=Undo("casework.service:remove_need", {"need_id": need_id}),
                    reset={"need_title": ""},
                )

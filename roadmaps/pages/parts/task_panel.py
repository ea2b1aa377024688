"""Everything about one task: when, why then, how late it may be, and what waits for it."""

from collections.abc import Mapping

import streamlit as st

from core.i18n import Translator
from core.ui.address import write
from core.ui.desk import plain
from core.workspace import Workspace
from hours.pages.parts.choices import choose
from roadmaps.domain.broken import missed_by
from roadmaps.domain.earned import variance
from roadmaps.domain.ends import ends, float_to_ends
from roadmaps.domain.field_words import told_at, told_estimate, told_progress
from roadmaps.domain.plan import Task
from roadmaps.domain.roadmap import PlanView
from roadmaps.domain.why import held_through, why
from roadmaps.domain.why_words import stretch, told_by, told_float, told_reasons, told_wait
from roadmaps.domain.words import amount, period
from roadmaps.pages.parts.people import shown
from roadmaps.pages.parts.task_edit import draw_task_edit

_CHAIN = 12  # tasks that lead to one: more are a plan, not an answer


def draw_task(here: Workspace, view: PlanView, people: Mapping[int, str], _: Translator) -> None:
    """Let a person choose a task; show all about it and, to who may, the fields to change."""
    plan = view.plan
    st.markdown("## " + _("One task in detail"))
    names = {str(task.id): f"{task.position}. {task.title}" for task in plan.tasks}
    chosen = choose(_("Task"), "task", {"": _("Choose a task")} | names)
    task = plan.by_id.get(int(chosen)) if chosen else None
    if task is None:
        st.caption(_("Why it stands where it does, how late it may be, and what waits for it."))
        return
    with st.container(border=True, key="task_panel"):
        facts, fields = st.columns(2, gap="large") if view.may_edit else (st.container(), None)
        with facts:
            _draw_facts(view, task, people, _)
        if fields is not None:
            with fields:
                draw_task_edit(here, view, task, people, _)


def draw_side(
    here: Workspace,
    view: PlanView,
    task: Task,
    people: Mapping[int, str],
    _: Translator,
    word: str,
) -> None:
    """Show all about a task in a narrow panel beside the chart; the fields are folded.

    `word` tells what has just been saved from it.
    """
    st.button(
        _("Close"), key="task_side_close", type="tertiary", icon=":material/close:",
        on_click=open_task, args=(None,),
    )  # fmt: skip
    if word:
        st.markdown(f":material/check_circle: {plain(word)}")
    _draw_facts(view, task, people, _)
    if view.may_edit:
        with st.expander(_("Change the task"), key="task_side_fields", icon=":material/edit:"):
            draw_task_edit(here, view, task, people, _)


def _draw_facts(view: PlanView, task: Task, people: Mapping[int, str], _: Translator) -> None:
    plan, slot = view.plan, view.schedule[task.id]
    length = stretch(_, task.duration, plan.unit, task.counting)
    if task.id in plan.stages:
        units, counting = view.laid.takes(task.id)
        length = _("stage") + ", " + stretch(_, units, plan.unit, counting)
    elif task.is_milestone:
        length = _("milestone")
    who = shown(task.responsible_id, task.responsible, {**people, **view.people})
    head = [period(_, view.spans[task.id], plan.unit), length, plain(who)]
    st.markdown(f"### {plain(task.title)}\n" + " · ".join(filter(None, head)))
    _draw_broken(view, task, _)
    reasons = told_reasons(_, plan, task, why(view.laid)[task.id])
    _section(_("Why it stands here"), reasons)
    _draw_chain(view, task, _)
    _section(
        _("Float"),
        [told_float(_, slot, plan.unit, view.laid.float_in(task.id)), *_ends(view, task, _)],
    )
    _section(_("What waits for it"), _waiting(view, task, _))
    _section(_("Besides"), [*_progress(task, _), *_compared(view, task, _)])


def _draw_chain(view: PlanView, task: Task, _: Translator) -> None:
    """Name the tasks behind the one that holds this, back to the first; each opens at a press."""
    plan = view.plan
    held = [plan.task(task_id) for task_id in held_through(view.laid, task.id)]
    if not held:
        return
    st.markdown("**" + _("What leads here, from the first") + "**")
    with st.container(gap=None, key="task_chain"):
        for one in reversed(held[:_CHAIN]):
            dates = period(_, view.spans[one.id], plan.unit)
            lasts = "" if one.is_milestone else stretch(_, one.duration, plan.unit, one.counting)
            st.button(
                plain(f"{one.position}. {one.title}") + f" · {dates}" + (lasts and f" · {lasts}"),
                key=f"task_chain_{one.id}",
                type="tertiary",
                on_click=open_task,
                args=(one.id,),
            )
    first = held[-1]
    reasons = told_reasons(_, plan, first, why(view.laid)[first.id])
    st.caption(plain(f"{first.position}. {first.title}: {'; '.join(reasons)}"))


def open_task(task_id: int | None) -> None:
    """Show another task in detail, or none: the address says which."""
    write("task", task_id or "")


def _draw_broken(view: PlanView, task: Task, _: Translator) -> None:
    missed = missed_by(view.laid, task)
    if missed is not None and task.deadline is not None:
        st.error(
            _(
                "The deadline {at} is missed: the task ends {amount}.",
                at=told_at(_, task.deadline),
                amount=told_by(_, missed),
            ),
            icon=":material/event_busy:",
        )


def _ends(view: PlanView, task: Task, _: Translator) -> list[str]:
    """Tell the float to each end where the plan has several."""
    last = {end.id: end for end in ends(view.plan)}
    if len(last) < 2 or task.id in view.plan.stages:  # noqa: PLR2004 — a single end is the plan's
        return []
    floats = float_to_ends(view.plan, view.when.days)
    return [
        _(
            "to “{end}”: {amount}",
            end=last[end].title,
            amount=amount(_, found[task.id], view.plan.unit),
        )
        for end, found in floats.items()
        if task.id in found and end != task.id
    ]


def _waiting(view: PlanView, task: Task, _: Translator) -> list[str]:
    """Tell each task that waits for this one, and whether this one is what holds it."""
    told = []
    for link in view.plan.dependencies:
        if link.predecessor != task.id:
            continue
        after = view.plan.task(link.successor)
        holds = view.schedule.driven_by.get(after.id) == link
        state = _("held by this task") if holds else _("has room")
        wait = told_wait(_, link.kind, task.title)
        told.append(f"{after.position}. {after.title} — {wait}; {state}")
    return told or [_("Nothing: no other task waits for it.")]


def _progress(task: Task, _: Translator) -> list[str]:
    told = [_("done {share}", share=_.percent(task.done_percent / 100))]
    told += told_progress(_, task.progress)
    if task.deadline is not None:
        told.append(_("deadline {at}", at=told_at(_, task.deadline)))
    if task.estimate is not None:
        told.append(told_estimate(_, task.estimate))
    if task.off_path:
        told.append(_("left out of the critical path"))
    return told


def _compared(view: PlanView, task: Task, _: Translator) -> list[str]:
    told = []
    for baseline in view.plan.baselines:
        found = variance(view.laid, baseline).get(task.id)
        if found is not None and found.finish is not None:
            title = baseline.title or str(baseline.number)
            told.append(
                _("against “{title}”: ends {amount}", title=title, amount=told_by(_, found.finish))
            )
    return told


def _section(head: str, lines: list[str]) -> None:
    st.markdown(f"**{head}**\n" + "\n".join(f"- {plain(line)}" for line in lines))

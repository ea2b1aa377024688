"""How a new roadmap may begin besides an empty plan: with a template, with another roadmap."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from casework.pages.parts.filters import choose
from core.i18n import Translator
from core.ui.charts import chart
from core.ui.desk import empty, link, plain, saved, told
from core.ui.forms import submit
from core.workspace import Workspace
from roadmaps.charts import SCREEN, gantt, gantt_words
from roadmaps.domain.laid import Laid
from roadmaps.domain.layout import gantt_layout
from roadmaps.domain.plan import Plan
from roadmaps.domain.why_words import told_length
from roadmaps.domain.words import moment
from roadmaps.pages.parts.whose import ask_case
from roadmaps.service import (
    NewPlan,
    Source,
    copy_roadmap,
    list_roadmaps,
    list_templates,
    preview_copy,
    view_plan,
)


def draw_templates(here: Workspace, carried: Mapping[str, object], _: Translator) -> None:
    """List the templates as links, each with all its words, that carry case and need along."""
    with st.container(gap="small", key="template_cards"):
        for line in list_templates(here, language=_.language):
            days = _.plural("{n} working day", "{n} working days", line.length)
            steps = _.plural("{n} step", "{n} steps", line.steps)
            told = (_.label(line.theme), steps, days, plain(line.about))
            label = f"**{plain(line.title)}**\n\n:small[{' · '.join(filter(None, told))}]"
            link(label, "roadmap_template", icon=None, template=line.ref, **carried)


def draw_copy(
    here: Workspace,
    cases: Mapping[int, str],
    case_id: int | None,
    need_id: int | None,
    _: Translator,
) -> None:
    """Ask what to copy, show what would come of it, then for whom, and make it when told to."""
    lines = list_roadmaps(here)
    if not lines:
        empty(_("No roadmaps yet"), _("There is nothing to copy yet: begin with a template."))
        return
    names = {str(line.id): f"{line.title} · {line.initiative}" for line in lines}
    first, second = st.columns(2)
    with first:
        source_id = int(choose(_("Roadmap"), "source", names, next(iter(names))))
    source = view_plan(here, roadmap_id=source_id)
    stages = [t for t in source.plan.tasks if t.id in source.plan.stages]
    parts = {"": _("The whole roadmap")} | {str(t.id): t.title for t in stages}
    with second:
        part = choose(_("What of it"), "stage", parts)
    third, _fourth = st.columns(2)
    day = third.date_input(
        _("Starts on"), value=source.today, format="DD.MM.YYYY", key="copy_start"
    )
    starts_on = day or source.today
    what = Source(source_id, int(part) if part else None)
    with told():
        laid = preview_copy(here, source=what, case_id=case_id, starts_on=starts_on)
        _draw_preview(laid, source.today, _)
        with st.form("copy", enter_to_submit=False):
            chosen = ask_case(cases, case_id, "copy_case", _)
            title = st.text_input(
                _("Title"), value=parts[part] if part else source.roadmap.title,
                key=f"copy_title_{source_id}_{part}",
            )  # fmt: skip
            sent = submit(_("Make the copy"), key="copy_make")
        if sent:
            token = st.session_state["roadmap_token"]
            new = NewPlan(chosen, title or "", Plan(starts_on), need_id, token)
            made = copy_roadmap(here, source=what, new=new)
            del st.session_state["roadmap_token"]
            saved(_("Roadmap made"), to=("roadmap", {"roadmap": made}))


def _draw_preview(laid: Laid, today: date, _: Translator) -> None:
    plan = laid.plan
    st.markdown(
        _(
            "{tasks}, {links}; {length}, from {start} to {finish}.",
            tasks=_.plural("{n} task", "{n} tasks", len(plan.tasks)),
            links=_.plural("{n} link", "{n} links", len(plan.dependencies)),
            length=told_length(_, laid.lasts, plan.unit),
            start=moment(_, laid.start, plan.unit),
            finish=moment(_, laid.finish, plan.unit).rstrip("."),
        )
    )
    st.caption(
        _(
            "Nothing is done in the copy. Dates move with its start; those responsible go along"
            " only within one initiative."
        )
    )
    if plan.tasks:
        layout = gantt_layout(laid, today, SCREEN)
        with st.container(key="wide_copy"):
            chart(gantt(layout, _), key="copy_gantt", alt=gantt_words(layout, _))

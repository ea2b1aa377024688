"""The steps of a template in words: what to do, whom to ask, which paper, what the law says."""

from collections.abc import Iterable

import streamlit as st

from core.i18n import Translator
from core.ui.desk import plain
from roadmaps.domain.plan import Plan, Task
from roadmaps.domain.template import Law, Step, said
from roadmaps.domain.template_views import TemplateView, advice_for
from roadmaps.domain.terms import Counting
from roadmaps.formats.template_toml import builtin_templates


def draw_laws(view: TemplateView, _: Translator) -> None:
    """Warn of laws that were not compared with their text for twelve months."""
    laws = view.laws
    stale = [law for law in laws if not law.is_fresh(view.today)]
    if not laws:
        return
    if not stale:
        day = _.date(min(law.checked_on for law in laws if law.checked_on is not None))
        st.caption(_("The laws named here were compared on {day} or later.", day=day))
        return
    st.warning(
        _.plural(
            "{n} reference to a law was not compared with its text within twelve months:"
            " make sure before you rely on it.",
            "{n} references to laws were not compared with their text within twelve months:"
            " make sure before you rely on them.",
            len(stale),
        ),
        icon=":material/rule:",
    )


def draw_steps(view: TemplateView, _: Translator) -> None:
    """Show the steps stage by stage, each folded."""
    st.markdown("## " + _("Steps"))
    draw_advice(view.plan, _, with_all=True)


def draw_advice(plan: Plan, _: Translator, *, with_all: bool = False) -> None:
    """Show what templates say of the tasks of a plan; `with_all` also those without a word."""
    advice = advice_for(plan, builtin_templates())
    for task in plan.tasks:
        step = advice.get(task.id)
        if task.id in plan.stages:
            parts = plan.parts[task.id]
            if with_all or any(part in advice for part in parts):
                st.markdown(f"**{plain(task.title)}**")
        elif step is not None:
            with st.expander(plain(task.title), key=f"advice_{task.id}"):
                _draw_step(step, task, _)
        elif with_all:
            st.markdown(plain(task.title) + " · " + _length(task, _))


def _draw_step(step: Step, task: Task, _: Translator) -> None:
    told = [
        (_("What to do"), said(step.what, _.language)),
        (_("Whom to ask"), said(step.whom, _.language)),
        (_("Which paper results"), said(step.paper, _.language)),
        (_("How long"), _length(task, _)),
    ]
    st.markdown("\n\n".join(f"**{head}:** {plain(text)}" for head, text in told))
    _draw_laws(step.laws, _)


def _draw_laws(laws: Iterable[Law], _: Translator) -> None:
    for law in laws:
        st.markdown(
            f":material/gavel: **{plain(said(law.act, _.language))}, {plain(law.article)}.** "
            + plain(said(law.says, _.language))
        )
        st.caption(_checked(law, _))


def _checked(law: Law, _: Translator) -> str:
    if law.checked_on is None:
        return ":material/help: " + _("Not compared with the text of the law: make sure.")
    day, source = _.date(law.checked_on), plain(law.source)
    return _("Compared as of {day}: {source}", day=day, source=source)


def _length(task: Task, _: Translator) -> str:
    points = task.estimate
    likely, is_calendar = task.duration, task.counting is not Counting.WORKING
    if not likely:
        return _("a milestone")
    days = (
        _.plural("{n} calendar day", "{n} calendar days", likely)
        if is_calendar
        else _.plural("{n} working day", "{n} working days", likely)
    )
    if points is None:
        return days
    return _(
        "{days} as a rule, from {low} to {high}",
        days=days,
        low=points.optimistic,
        high=points.pessimistic,
    )

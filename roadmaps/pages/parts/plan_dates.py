"""Dates that the plan does not keep, and links that say nothing new."""

import streamlit as st

from core.i18n import Translator
from core.ui.desk import plain, saved, told
from core.ui.forms import seen
from core.workspace import Workspace
from roadmaps.domain.broken import BrokenDate, broken_dates
from roadmaps.domain.edits import RemoveLink
from roadmaps.domain.field_words import told_at, told_constraint
from roadmaps.domain.graph import redundant_links
from roadmaps.domain.roadmap import PlanView
from roadmaps.domain.why_words import stretch
from roadmaps.pages.parts.undoing import undo_of
from roadmaps.service import change_plan


def draw_broken(view: PlanView, _: Translator) -> None:
    """Name every date that is not kept, what is missing and who holds it up."""
    broken = broken_dates(view.laid)
    if not broken:
        return
    st.error(
        "\n".join(f"- {_broken(view, one, _)}" for one in broken), icon=":material/event_busy:"
    )


def _broken(view: PlanView, one: BrokenDate, _: Translator) -> str:
    if one.constraint is not None:
        date = told_constraint(_, one.constraint)
    else:
        date = "" if one.at is None else _("deadline {at}", at=told_at(_, one.at))
    names = ", ".join(f"{task.position}. {plain(task.title)}" for task in one.late)
    told = _(
        "**{task}** does not keep its date: {date}. It is late by {amount}.",
        task=plain(one.task.title),
        date=date.rstrip("."),
        amount=stretch(_, one.short, view.plan.unit, one.counting),
    )
    return f"{told} {_hint(names, _)}" if names else told


def _hint(names: str, _: Translator) -> str:
    return _("To keep it, shorten or start earlier: {names}.", names=names)


def draw_redundant(here: Workspace, view: PlanView, _: Translator) -> None:
    """List the links that others imply, and offer to take them out together."""
    links = redundant_links(view.plan)
    if not links:
        return
    version = seen(f"redundant_{view.roadmap.id}", view.roadmap.version, "links_remove")
    head = _.plural(
        "{n} link repeats what others say", "{n} links repeat what others say", len(links)
    )
    with st.expander(head, key="plan_redundant", icon=":material/linear_scale:"):
        st.caption(_("Without them every date stays the same, and the picture is easier to read."))
        titles = {task.id: f"{task.position}. {plain(task.title)}" for task in view.plan.tasks}
        st.markdown("\n".join(f"- {titles[x.predecessor]} → {titles[x.successor]}" for x in links))
        if view.may_edit and st.button(_("Take them out"), key="links_remove"):
            with told():
                which = {"roadmap_id": view.roadmap.id}
                edits = tuple(RemoveLink(link.key) for link in links)
                made = change_plan(here, **which, edits=edits, version=version)
                undo = undo_of(view.roadmap.id, made.seq)
                saved(_("Links taken out"), undo=undo)

"""One roadmap: its plan as a chart, a network or a table, and a form to add to it."""

import streamlit as st

from casework.service import form_choices
from core.ui.charts import chart
from core.ui.desk import asked_id, heading, link, plain, words, workspace
from hours.pages.parts.choices import pick
from roadmaps.charts import SCREEN, gantt, gantt_words, network
from roadmaps.domain.layout import gantt_layout
from roadmaps.domain.network import network_layout
from roadmaps.pages.parts.many_tasks import draw_many
from roadmaps.pages.parts.own_template import draw_use_again
from roadmaps.pages.parts.plan_advice import draw_plan_advice
from roadmaps.pages.parts.plan_change import draw_change
from roadmaps.pages.parts.plan_dates import draw_broken, draw_redundant
from roadmaps.pages.parts.plan_exports import draw_exports
from roadmaps.pages.parts.plan_head import draw_head
from roadmaps.pages.parts.plan_more import draw_settings
from roadmaps.pages.parts.plan_others import OTHERS, other_views
from roadmaps.pages.parts.plan_share import draw_remarks, draw_share
from roadmaps.pages.parts.plan_status import draw_status
from roadmaps.pages.parts.plan_steps import draw_moves, draw_steps
from roadmaps.pages.parts.plan_table import draw_table
from roadmaps.pages.parts.task_form import draw_task_form
from roadmaps.pages.parts.task_panel import draw_task
from roadmaps.service import view_plan

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
draw_steps(here, view, _)
draw_change(here, view, _)
draw_remarks(here, view, _)
if view.plan.tasks:
    draw_head(here, view, _)
    draw_broken(view, _)
    views = {
        "gantt": _("Gantt chart"),
        "network": _("Network"),
        "table": _("Table"),
        **other_views(_),
    }
    shown = pick(_("Show as"), "view", views, default="gantt")
    layout = gantt_layout(view.plan, view.schedule, view.when, view.today, SCREEN)
    if shown == "table":
        draw_table(here, view, people, _)
        if view.may_edit:
            draw_moves(here, view, _)
            draw_many(here, view, people, _)
    elif shown == "network":
        words_of = gantt_words(layout, _)
        with st.container(key="wide_network"):
            chart(network(network_layout(view.plan, view.schedule), _), key="network", alt=words_of)
        st.caption(
            _(
                "Arrows lead from a task to those that wait for it. Thick brick outline: the"
                " critical path. Dotted outline: a milestone."
            )
        )
        draw_redundant(here, view, _)
    elif shown in OTHERS:
        OTHERS[shown](here, view, people, _)
    else:
        with st.container(key="wide_gantt"):
            chart(gantt(layout, _), key="gantt", alt=gantt_words(layout, _))
        st.caption(
            _(
                "Hatched brick bars: the critical path. Dotted lines: float. Diamonds:"
                " milestones. Grey bands: days off. The thin dark line in a bar: what is done."
                " Triangles above: deadlines, filled when missed."
            )
        )
    draw_task(here, view, people, _)
    draw_exports(here, view, _, is_network=shown == "network")
    draw_plan_advice(view, _)
elif view.may_edit:
    st.info(_("The plan is empty. Add its first task below."), icon=":material/flag:")
else:
    st.info(_("The plan is empty."), icon=":material/flag:")

if view.may_edit:
    draw_task_form(here, view, people, _)
draw_share(here, view, _)
if view.may_edit:
    draw_status(here, view, _)
    draw_use_again(here, view, _)
    draw_settings(here, view, _)

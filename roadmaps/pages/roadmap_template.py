"""One template: its plan as a picture, its steps with laws, and a roadmap made of it."""

import streamlit as st

from casework.pages.parts.filters import choose_day, day_asked
from casework.service import form_choices
from core.errors import NotFoundError
from core.i18n import Term
from core.permissions import Permission
from core.ui.address import asked
from core.ui.charts import chart
from core.ui.desk import allows, heading, link, plain, words, workspace
from hours.pages.parts.choices import pick
from roadmaps.charts import SCREEN, gantt, gantt_words
from roadmaps.domain.layout import gantt_layout
from roadmaps.domain.template import said
from roadmaps.domain.why_words import told_length
from roadmaps.domain.words import moment
from roadmaps.pages.parts.own_template import draw_own
from roadmaps.pages.parts.template_start import draw_start
from roadmaps.pages.parts.template_steps import draw_laws, draw_steps
from roadmaps.service import Way, view_template

_ = words()
here = workspace()
ref = asked("template")
if not ref:
    raise NotFoundError(kind=Term("object.template"), id="")
choices = form_choices(here)
way = Way(ref, asked("branch")[:40], _.language)
view = view_template(here, way=way, starts_on=day_asked("starts"))

heading(view.title, view.about or _("How have others done it, and how long does it take?"))
link(_("All templates"), "roadmap_templates", icon=":material/library_books:")
if view.builtin and view.builtin.branches:
    ways = {one.code: said(one.title, _.language) for one in view.builtin.branches}
    chosen = pick(_("Way"), "branch", ways, default=view.builtin.first_branch)
    about = {one.code: said(one.about, _.language) for one in view.builtin.branches}
    st.caption(plain(about[chosen]))
if view.own and view.saved_at:
    day = _.date(view.saved_at.date())
    st.caption(plain(_("Kept by {name} on {day}", name=view.saved_by, day=day)))
choose_day(_("Starts on"), "starts", choices.today)
unit = view.plan.unit
with st.container(horizontal=True, key="template_figures"):
    st.metric(_("Ends"), moment(_, view.laid.finish, unit))
    st.metric(_("Length"), told_length(_, view.laid.lasts, unit))
    st.metric(_("Steps"), _.number(len(view.plan.tasks) - len(view.plan.stages)))
draw_laws(view, _)
if allows(Permission.EDIT_ROADMAP):
    draw_start(here, view, choices, _)
if view.plan.tasks:
    layout = gantt_layout(view.laid, view.today, SCREEN)
    with st.container(key="wide_gantt"):
        chart(gantt(layout, _), key="gantt", alt=gantt_words(layout, _))
draw_steps(view, _)
if view.own and view.may_edit:
    draw_own(here, view, _)

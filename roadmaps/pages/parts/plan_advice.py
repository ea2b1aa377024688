"""What the template of a roadmap says of its steps."""

import streamlit as st

from core.i18n import Translator
from roadmaps.domain.roadmap import PlanView
from roadmaps.domain.template_views import advice_for
from roadmaps.formats.template_toml import builtin_templates
from roadmaps.pages.parts.template_steps import draw_advice


def draw_plan_advice(view: PlanView, _: Translator) -> None:
    """Offer the advice, where tasks came from a template."""
    if not advice_for(view.plan, builtin_templates()):
        return
    shown = st.toggle(
        _("What each step asks for: people, papers, laws"), key=f"advice_{view.roadmap.id}"
    )
    if shown:
        with st.container(border=True, key="plan_advice"):
            draw_advice(view.plan, _)

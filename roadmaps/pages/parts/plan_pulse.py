"""Word of another person's change, on views that do not draw themselves anew."""

import streamlit as st

from core.i18n import Translator
from core.ui.desk import plain, told, workspace
from core.workspace import Workspace
from roadmaps.domain.roadmap import PlanView
from roadmaps.service import plan_pulse

_EVERY: str = "2s"


def draw_pulse(here: Workspace, view: PlanView, _: Translator) -> None:
    """Look every two seconds whether the plan is still the one shown; what is typed stays."""
    del here
    _watch(view.roadmap.id, view.roadmap.version, _)


@st.fragment(run_every=_EVERY, key="plan_pulse")
def _watch(roadmap_id: int, shown: int, _: Translator) -> None:
    with told():
        pulse = plan_pulse(workspace(), roadmap_id=roadmap_id)
        if pulse.version == shown:
            return
        with st.container(horizontal=True, vertical_alignment="center", key="plan_changed"):
            who = plain(pulse.by_name) or _("Somebody")
            words = _("{who} has changed the plan meanwhile.", who=who)
            if pulse.is_mine:
                words = _("You have changed the plan in another window meanwhile.")
            st.markdown(f":material/sync: {words}")
            if st.button(_("Show the plan of now"), key="plan_changed_show"):
                st.rerun()

"""All roadmaps: what is next on each, and which are late."""

import streamlit as st

from casework.pages.parts.filters import choose
from casework.service import choose_initiative
from core.ui.address import found_id
from core.ui.desk import empty, heading, words, workspace
from core.ui.tables import Column, table
from roadmaps.domain.roadmap import RoadmapSearch, RoadmapState
from roadmaps.service import list_roadmaps

_ = words()
here = workspace()

heading(
    _("Roadmaps"),
    _("What is the next step of every initiative, and where is it late?"),
    (_("New roadmap"), "roadmap_new", {}),
)
with st.container(horizontal=True, vertical_alignment="bottom", key="roadmaps_filters"):
    initiatives = {str(number): name for number, name in choose_initiative(here)}
    initiative = choose(_("Initiative"), "initiative", {"": _("Every initiative")} | initiatives)
    states = {state.value: _.label(state) for state in RoadmapState}
    state = choose(_("State"), "state", {"": _("Every state")} | states)
    late = choose(_("In time"), "late", {"": _("All"), "1": _("Only late ones")})
search = RoadmapSearch(
    initiative_id=int(initiative) if initiative else None,
    case_id=found_id("case"),
    state=RoadmapState(state) if state else None,
    late_only=bool(late),
)
lines = list_roadmaps(here, search)
if not lines and search == RoadmapSearch():
    empty(
        _("No roadmaps yet"),
        _(
            "A roadmap is a dated plan: tasks, what waits for what, who does it. It shows which"
            " tasks hold up the end and which can wait."
        ),
        (_("New roadmap"), "roadmap_new", {}),
    )
else:
    table(
        [
            {
                "title": line.title,
                "initiative": line.initiative,
                "state": line.state,
                "next": line.next_title,
                "next_on": line.next_on,
                "late": line.late or None,
                "done": line.done / line.tasks if line.tasks else None,
                "finishes_on": line.finishes_on,
            }
            for line in lines
        ],
        {
            "title": Column(_("Roadmap"), width="medium"),
            "initiative": Column(_("Initiative"), width="medium"),
            "state": Column(_("State"), "status"),
            "next": Column(_("Next step"), width="medium"),
            "next_on": Column(_("Due"), "date"),
            "late": Column(_("Late tasks"), "number"),
            "done": Column(_("Done"), "share"),
            "finishes_on": Column(_("Ends"), "date"),
        },
        key="roadmaps",
        opens=("roadmap", "roadmap", [line.id for line in lines]),
    )

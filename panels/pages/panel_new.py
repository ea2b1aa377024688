"""Setting up a council: who chairs it, by what criteria, with which experts."""

from uuid import uuid4

import streamlit as st

from core.ui.desk import heading, saved, told, words, workspace
from core.ui.forms import required, submit
from panels.domain.criteria import said
from panels.domain.panel import NewPanel, PanelKind
from panels.service import create_panel, list_candidates, list_criteria_sets

_ = words()
here = workspace()
people = list_candidates(here)
sets = {one.code: said(one.title, _.language) for one in list_criteria_sets()}
token = st.session_state.setdefault("panel_token", uuid4().hex)

heading(_("New council"), _("Who will judge what, and by which criteria?"))
with st.form("panel_new"):
    title = st.text_input(
        required(_("Title")),
        key="panel_title",
        placeholder=_("Council on courtyard projects, autumn"),
    )
    kind = st.radio(
        _("Kind"),
        list(PanelKind),
        format_func=_.label,
        captions=[
            _("Several experts look into one project and advise it."),
            _("Experts compare many projects with each other."),
        ],
        key="panel_kind",
    )
    chair = st.selectbox(
        required(_("Chair")),
        list(people.chairs),
        index=list(people.chairs).index(people.own_id) if people.own_id in people.chairs else None,
        format_func=lambda person: people.chairs[person],
        placeholder=_("Choose a person"),
        help=_("The chair sees all handed-in sheets and does not score."),
        key="panel_chair",
    )
    criteria = st.selectbox(
        _("Criteria"),
        ["", *sets],
        index=1,
        format_func=lambda code: sets.get(code) or _("I will write my own"),
        help=_("They can be changed until the first mark is given."),
        key="panel_criteria",
    )
    experts = st.multiselect(
        _("Experts"),
        list(people.experts),
        format_func=lambda person: people.experts[person],
        placeholder=_("Choose people"),
        help=_("More can be added later."),
        key="panel_experts",
    )
    due_on = st.date_input(_("Sheets due"), value=None, format="DD.MM.YYYY", key="panel_due_on")
    if submit(_("Set up the council"), key="panel_add"):
        with told():
            panel_id = create_panel(
                here,
                new=NewPanel(
                    title=title or "",
                    kind=kind or PanelKind.CONSILIUM,
                    chair_id=chair or 0,
                    due_on=due_on,
                    criteria_set=criteria or "",
                    expert_ids=tuple(experts),
                    token=token,
                ),
            )
            del st.session_state["panel_token"]
            saved(_("Council set up"), to=("panel", {"panel": panel_id}))

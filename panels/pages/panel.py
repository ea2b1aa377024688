"""One council: its experts' opinions, and for the chair everything around them."""

import streamlit as st

from core.ui.address import asked_id
from core.ui.desk import Undo, heading, link, plain, saved, told, words, workspace
from core.ui.desk import empty as nothing
from panels.pages.parts import setup
from panels.pages.parts.results import all_marks, results
from panels.service import (
    PanelView,
    Standing,
    close_panel,
    list_own_sheets,
    reopen_panel,
    view_panel,
)

_ = words()
here = workspace()
view = view_panel(here, asked_id("panel"))
panel = view.panel


def own_list(view: PanelView) -> None:
    """Show an expert the sheets of this council that are theirs."""
    lines = [line for line in list_own_sheets(here) if line.panel_id == view.panel.id]
    if not lines:
        nothing(_("Nothing to score yet"), _("Projects will lie here as soon as they come."))
    for line in lines:
        with st.container(horizontal=True, vertical_alignment="center", key=f"own_{line.id}"):
            state = _("you stand back") if line.is_barred else _.label(line.state)
            st.markdown(f"**{plain(line.title)}** · {state}")
            label = _("My marks") if line.state.is_final else _("Assess")
            link(label, "sheet", sheet=line.id)
            if line.state.is_final:
                link(_("What the others think"), "submission", submission=line.submission_id)


def chairs_table(view: PanelView) -> None:
    """Show the chair everything, beginning with what is missing."""
    names = {
        "results": _("Results"),
        "progress": _("Who has handed in"),
        "projects": _("Projects ({count})", count=len(view.submissions)),
        "criteria": _("Criteria ({count})", count=len(panel.criteria)),
        "experts": _("Experts ({count})", count=len(panel.expert_ids)),
    }
    missing = [
        name
        for name, has in (
            ("criteria", panel.criteria),
            ("experts", panel.expert_ids),
            ("projects", view.submissions),
        )
        if not has
    ]
    tabs = st.tabs(list(names.values()), default=names[missing[0]] if missing else None)
    with tabs[0]:
        results(here, view)
        all_marks(here, view)
    with tabs[1]:
        setup.progress(view)
    with tabs[2]:
        setup.projects(here, view)
    with tabs[3]:
        setup.criteria(here, view)
    with tabs[4]:
        setup.experts(here, view)
    ending()


def ending() -> None:
    """Let the chair end the scoring, or let it go on."""
    undo = Undo("panels.service:reopen_panel", {"panel_id": panel.id})
    if panel.is_closed:
        if st.button(_("Reopen the council"), key="panel_reopen"):
            with told():
                reopen_panel(here, panel_id=panel.id)
                saved(_("The council takes sheets again"))
    elif st.button(_("Close the council"), key="panel_close", icon=":material/lock:"):
        with told():
            close_panel(here, panel_id=panel.id)
            saved(_("The council is closed"), undo=undo)


heading(panel.title, _("What do the experts think, and what remains to be done?"))
facts = [_.label(panel.kind), _("chair {name}", name=plain(view.people.get(panel.chair_id, "")))]
facts += [setup.due(panel.due_on)] if panel.due_on else []
facts += [_("council closed")] if panel.is_closed else []
st.caption(" · ".join(facts))
if view.standing is Standing.CHAIR:
    chairs_table(view)
elif view.standing is Standing.EXPERT:
    own_list(view)
else:
    results(here, view)

"""My sheets: what I am asked to score and what I have handed in."""

import streamlit as st

from core.ui.desk import empty, heading, link, plain, words, workspace
from panels.service import SheetLine, list_own_sheets

_ = words()
here = workspace()
lines = list_own_sheets(here)
open_ = [one for one in lines if not (one.state.is_final or one.is_barred or one.is_closed)]
done = [one for one in lines if one.state.is_final]


def card(line: SheetLine, label: str) -> None:
    """Draw one sheet with the one button that opens it."""
    with st.container(border=True, key=f"sheet_card_{line.id}"):
        st.markdown(f"**{plain(line.title)}**")
        facts = [plain(line.panel_title)]
        if line.due_on:
            facts.append(_("until {day}", day=_.date(line.due_on)))
        if line.answered and not line.state.is_final:
            facts.append(_.plural("{n} mark given", "{n} marks given", line.answered))
        st.caption(" · ".join(facts))
        if line.return_reason and not line.state.is_final:
            st.warning(_("Returned by the chair: {reason}", reason=plain(line.return_reason)))
        link(label, "sheet", icon=":material/arrow_forward:", sheet=line.id)


heading(_("My scores"), _("What is waiting for my opinion?"))
if not lines:
    empty(
        _("Nothing to score"),
        _("When a council asks for your opinion on a project, its sheet will lie here."),
    )
else:
    st.header(_("To do"), anchor=False)
    if not open_:
        st.caption(_("Everything is handed in. Thank you!"))
    for line in open_:
        card(line, _("Go on") if line.answered else _("Assess"))
    if done:
        st.header(_("Handed in"), anchor=False)
    for line in done:
        card(line, _("My marks"))

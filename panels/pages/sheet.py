"""My sheet on one project: marks by criterion, a comment, recommendations."""

import streamlit as st

from core.ui.address import asked_id
from core.ui.desk import heading, link, plain, saved, told, words, workspace
from core.ui.forms import required, submit
from panels.domain.criteria import said
from panels.pages.parts import scoring
from panels.pages.parts.prose import prose
from panels.service import declare_conflict, view_sheet

_ = words()
here = workspace()
view = view_sheet(here, asked_id("sheet"))
project, sheet = view.submission, view.sheet


def own_marks() -> None:
    """Show the sheet that was handed in."""
    for number, criterion in enumerate(view.panel.criteria, start=1):
        score = sheet.opinion.score(criterion.id)
        shown = _("cannot judge") if score.abstains else score.mark or "—"
        st.markdown(f"{number}. {plain(said(criterion.title, _.language))}: **{shown}**")
        if score.reason:
            st.caption(prose(score.reason))
    for text in (sheet.opinion.comment, sheet.opinion.recommendation):
        st.markdown(prose(text))
    link(_("What the others think"), "submission", submission=project.id)


def conflict() -> None:
    """Let the expert stand back."""
    with (
        st.expander(_("I have a conflict of interest"), key="conflict"),
        st.form("conflict_form", border=False),
    ):
        reason = st.text_input(
            required(_("What connects you with this project?")),
            key="conflict_reason",
            help=_("The chair reads this. You will not score the project."),
        )
        if submit(_("Stand back from this project"), key="conflict_add", main=False):
            with told():
                declare_conflict(here, submission_id=project.id, reason=reason or "")
                saved(_("Noted: you do not score this project"), to=("scores", {}))


heading(project.title, _("What do you think of this project?"))
facts = [plain(view.panel.title), _("version {number}", number=project.version)]
if view.panel.due_on:
    facts.append(_("until {day}", day=_.date(view.panel.due_on)))
st.caption(" · ".join(facts))
if view.is_barred:
    st.info(_("You do not score this project: a conflict of interest is noted."))
elif sheet.is_submitted:
    st.success(_("Your sheet is handed in. Only the chair can return it to you."))
    own_marks()
elif project.is_withdrawn:
    st.info(_("This project was withdrawn from the council."))
elif view.panel.is_closed:
    st.info(_("The council is closed; sheets are no longer taken."))
else:
    if sheet.return_reason:
        st.warning(_("Returned by the chair: {reason}", reason=plain(sheet.return_reason)))
    if not view.panel.criteria:
        st.info(_("The council has no criteria yet. Come back a little later."))
    else:
        scoring.draw(here, view)
    conflict()

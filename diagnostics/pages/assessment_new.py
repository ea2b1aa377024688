"""Start a diagnostic for a case."""

import uuid

import streamlit as st

from core.ui.address import found_id
from core.ui.desk import empty, go, heading, link, told, words, workspace
from core.ui.forms import required, submit
from diagnostics.domain.assessment import MOST_RESPONDENTS, NewAssessment, RespondentKind
from diagnostics.domain.instrument import text
from diagnostics.domain.views import CaseChoice
from diagnostics.service import list_choices, list_instruments, start_assessment
from hours.service import today

_ = words()
here = workspace()
heading(_("Start a diagnostic"), _("For whom, by which instrument, and whose view is it?"))

choices = {choice.case_id: choice for choice in list_choices(here)}
instruments = {line.name: line for line in list_instruments(here)}
if not choices:
    empty(
        _("You accompany no open case"),
        _("A diagnostic belongs to a case: open one for the initiative first."),
        button=(_("Open a case"), "case_new", {}),
    )
    st.stop()


def name_case(case_id: int) -> str:
    """Name a case by its initiative, and by its own title where it has one."""
    choice: CaseChoice = choices[case_id]
    return f"{choice.initiative} · {choice.title}" if choice.title else choice.initiative


wanted = found_id("case")
listed = list(choices)
case_id = st.selectbox(
    required(_("Case")),
    listed,
    index=listed.index(wanted) if wanted in choices else None,
    format_func=name_case,
    placeholder=_("Choose an initiative"),
    key="assessment_case",
)
if case_id and choices[case_id].drafts:
    with st.container(border=True, key="assessment_drafts"):
        st.markdown(_("A diagnostic of this case is not finished yet."))
        for draft in choices[case_id].drafts:
            link(_("Go on with it"), "assessment", icon=":material/edit:", assessment=draft)

with st.form("assessment_start"):
    instrument = st.selectbox(
        _("Instrument"),
        list(instruments),
        format_func=lambda name: text(instruments[name].titles, _.language),
        key="assessment_instrument",
    )
    kind = st.radio(
        _("Whose view"),
        list(RespondentKind),
        format_func=_.label,
        captions=[
            _("Together, agreeing on each answer"),
            _("The leader alone"),
            _("What the consultant sees from outside"),
        ],
        key="assessment_kind",
    )
    with st.expander(_("Date and number of people"), key="assessment_more"):
        held_on = st.date_input(
            _("Held on"), value=today(here), format="DD.MM.YYYY", key="assessment_held_on"
        )
        respondents = st.number_input(
            _("How many people answer"),
            min_value=1,
            max_value=MOST_RESPONDENTS,
            value=1,
            key="assessment_respondents",
        )
    if submit(_("Begin answering"), key="assessment_submit"):
        with told():
            token = st.session_state.setdefault("assessment_token", uuid.uuid4().hex)
            new = NewAssessment(
                case_id=case_id or 0,
                instrument=instrument or "",
                kind=kind or RespondentKind.TEAM,
                held_on=held_on,
                respondents=int(respondents),
                token=token,
            )
            assessment_id = start_assessment(here, new)
            del st.session_state["assessment_token"]
            go("assessment", assessment=assessment_id)

"""One diagnostic: answered domain by domain while it is a draft, then read as a profile."""

import streamlit as st

from core.ui.address import asked, asked_id
from core.ui.desk import heading, link, words, workspace
from diagnostics.domain.assessment import AssessmentState
from diagnostics.domain.instrument import text
from diagnostics.pages.parts import answering, result
from diagnostics.service import view_assessment

_ = words()
here = workspace()
beside = asked("beside")
view = view_assessment(
    here,
    assessment_id=asked_id("assessment"),
    beside=int(beside) if beside.isdecimal() and len(beside) < len("1000000000") else None,
)
run = view.assessment
is_draft = run.state is AssessmentState.DRAFT
heading(
    view.initiative,
    _("How do you see yourselves?") if is_draft else _("What is strong here, and what is missing?"),
)
with st.container(horizontal=True, key="assessment_head", vertical_alignment="center"):
    st.badge(_.label(run.state), color="orange" if is_draft else "green")
    st.caption(
        " · ".join(
            (
                text(view.instrument.titles, _.language),
                _.label(run.kind),
                _.plural("{n} person", "{n} people", run.respondents),
                _.date(run.held_on),
                view.author,
            )
        )
    )
    link(_("Case"), "case", icon=":material/folder_open:", case=run.case_id)
    link(_("Instrument"), "instrument", icon=":material/fact_check:", instrument=run.version_id)

if not is_draft:
    result.draw(here, view)
elif view.may_run:
    answering.draw(here, view)
else:
    st.info(
        _("{name} is still filling this in. The profile appears when it is submitted.",
          name=view.author),
        icon=":material/hourglass_top:",
    )  # fmt: skip

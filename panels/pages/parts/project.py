"""One project as the experts see it: figures, sheets, recommendations."""

from collections.abc import Sequence

import streamlit as st

from core.ui.charts import chart
from core.ui.desk import link, plain, saved, told, words
from core.ui.forms import required, submit
from core.workspace import Workspace
from panels.charts import figure_of, profile
from panels.domain.criteria import said
from panels.domain.scoring import coverage, eligible, round_half_up, weighted_mean
from panels.domain.sheet import ScoreSheet
from panels.pages.parts.prose import prose
from panels.service import (
    PanelView,
    SubmissionView,
    adopt_recommendation,
    list_candidates,
    record_export,
    return_sheet,
)

FEW = 2


def figures(here: Workspace, view: PanelView, one: SubmissionView) -> None:
    """Draw mean, spread and the profile by criterion."""
    _ = words()
    summary = one.summary
    if summary is None or not summary.spread.count:
        st.info(_("No sheet is handed in yet. Means and spread will stand here."))
        return
    with st.container(horizontal=True, key="figures"):
        for label, value in (
            (_("Mean"), summary.spread.mean),
            (_("Lowest"), summary.spread.low),
            (_("Highest"), summary.spread.high),
            (_("Spread"), summary.spread.sd),
        ):
            st.metric(label, figure_of(value, _))
        st.metric(_("Sheets"), summary.spread.count)
    if summary.disagrees:
        st.warning(_("The experts differ by a quarter of the scale or more: worth a talk."))
    readable = eligible([sheet for sheet in one.sheets if sheet.is_submitted], one.conflicts)
    rows = [
        {
            _("Criterion"): said(criterion.title, _.language),
            _("Mean"): part.spread.mean,
            _("Lowest"): part.spread.low,
            _("Highest"): part.spread.high,
            _("Spread"): part.spread.sd,
            _("Marks"): part.spread.count,
        }
        for criterion, part in zip(view.panel.criteria, summary.criteria, strict=True)
    ]
    means = [
        f"{said(criterion.title, _.language)}: {figure_of(part.spread.mean, _)}"
        for criterion, part in zip(view.panel.criteria, summary.criteria, strict=True)
    ]
    chart(
        profile(view.panel.criteria, summary, readable, view.people, _),
        key="profile",
        alt=_("Mean by criterion: {means}", means="; ".join(means)),
        rows=rows,
        on_export=lambda: record_export(here, panel_id=view.panel.id, rows=len(rows)),
    )


def sheets(here: Workspace, view: PanelView, one: SubmissionView, *, is_chair: bool) -> None:
    """Show the sheets that the reader may read, one below the other."""
    _ = words()
    barred = {conflict.expert_id for conflict in one.conflicts}
    for sheet in one.sheets:
        if not sheet.is_submitted:
            continue
        mean = weighted_mean(sheet.opinion, view.panel.criteria)
        shown = figure_of(None if mean is None else round_half_up(mean), _)
        label = f"{plain(view.people.get(sheet.expert_id, ''))} · {shown}"
        if sheet.expert_id in barred:
            label += " · " + _("does not count: conflict of interest")
        with st.expander(label, key=f"opinion_{sheet.id}", expanded=len(one.sheets) <= FEW):
            _opinion(view, sheet)
            if is_chair:
                _recommendations(here, view, one, sheet)
                if not view.panel.is_closed:
                    _return(here, sheet)


def _opinion(view: PanelView, sheet: ScoreSheet) -> None:
    _ = words()
    for number, criterion in enumerate(view.panel.criteria, start=1):
        score = sheet.opinion.score(criterion.id)
        mark = _("cannot judge") if score.abstains else score.mark or "—"
        line = f"{number}. {plain(said(criterion.title, _.language))}: **{mark}**"
        st.markdown(f"{line}  \n{prose(score.reason)}" if score.reason else line)
    share = float(coverage(sheet.opinion, view.panel.criteria))
    if share < 1:
        st.caption(_("Marked: {share} of the weight", share=_.percent(share)))
    if sheet.opinion.comment:
        st.markdown("**" + _("Comment") + f"**  \n{prose(sheet.opinion.comment)}")
    lines = sheet.opinion.recommendations
    if lines:
        st.markdown("**" + _("Recommendations") + "**")
    for line in lines:
        st.markdown(f"- {plain(line)}")


def _recommendations(
    here: Workspace, view: PanelView, one: SubmissionView, sheet: ScoreSheet
) -> None:
    """Let the chair make recommendations next steps of the case."""
    _ = words()
    taken = {adoption.line for adoption in one.adoptions if adoption.sheet_id == sheet.id}
    if one.submission.case_id is None:
        return
    for line in taken:
        st.caption(_("Is a next step already: {line}", line=plain(line)))
    free = [line for line in sheet.opinion.recommendations if line not in taken]
    if free:
        _adopt(here, view, sheet, free)
    if taken:
        link(_("Open the case"), "case", case=one.submission.case_id)


def _adopt(here: Workspace, view: PanelView, sheet: ScoreSheet, free: Sequence[str]) -> None:
    _ = words()
    people = list_candidates(here, panel_id=view.panel.id).chairs
    ids = list(people)
    with st.form(f"adopt_{sheet.id}"):
        line = st.selectbox(_("Recommendation"), list(free), key=f"adopt_line_{sheet.id}")
        text = st.text_input(_("Word it as a step (optional)"), key=f"adopt_text_{sheet.id}")
        due_on = st.date_input(
            _("Due"), value=None, format="DD.MM.YYYY", key=f"adopt_due_{sheet.id}"
        )
        responsible = st.selectbox(
            _("Responsible"),
            ids,
            index=ids.index(view.panel.chair_id) if view.panel.chair_id in ids else None,
            format_func=lambda person: people[person],
            key=f"adopt_person_{sheet.id}",
        )
        if submit(_("Make it a next step"), key=f"adopt_add_{sheet.id}", main=False):
            with told():
                adopt_recommendation(
                    here,
                    sheet_id=sheet.id,
                    line=line or "",
                    text=text or "",
                    due_on=due_on,
                    responsible_id=responsible,
                )
                saved(_("It is a next step of the case now"))


def _return(here: Workspace, sheet: ScoreSheet) -> None:
    _ = words()
    with (
        st.popover(_("Return the sheet"), key=f"return_open_{sheet.id}"),
        st.form(f"return_{sheet.id}", border=False),
    ):
        reason = st.text_input(
            required(_("Why? The expert will read this.")), key=f"return_reason_{sheet.id}"
        )
        if submit(_("Return"), key=f"return_add_{sheet.id}", main=False):
            with told():
                return_sheet(here, sheet_id=sheet.id, reason=reason or "")
                saved(_("The sheet is with the expert again"))

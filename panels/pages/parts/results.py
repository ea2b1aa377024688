"""What the experts think: places, means and spread of the projects."""

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from core.ui.charts import chart
from core.ui.desk import words
from core.ui.tables import Column, table
from core.workspace import Workspace
from panels.charts import Ranked, figure_of, ranking
from panels.domain.criteria import said
from panels.domain.panel import PanelKind
from panels.domain.scoring import eligible, places
from panels.service import PanelView, SubmissionView, record_export

GRAIN = 2


def results(here: Workspace, view: PanelView) -> None:
    """Draw the projects with their means, and for a competition their places."""
    _ = words()
    shown = [one for one in view.submissions if one.summary and not one.submission.is_withdrawn]
    scored = [one for one in shown if one.summary and one.summary.spread.count]
    if not scored:
        st.info(_("No sheet is handed in yet. Means and spread will stand here."))
        return
    scored.sort(key=_by_mean)
    rows = _rows(view, scored)
    if view.panel.kind is PanelKind.COMPETITION:
        _chart(view, scored)
    table(
        rows,
        _columns(view),
        key="results",
        opens=("submission", "submission", [one.submission.id for one in scored]),
        export=f"council-{view.panel.id}",
        on_export=lambda: record_export(here, panel_id=view.panel.id, rows=len(rows)),
    )
    st.caption(
        _(
            "The mean is that of the experts' weighted means. Experts are said to differ when"
            " these lie apart by a quarter of the scale or more."
        )
    )


def all_marks(here: Workspace, view: PanelView) -> None:
    """Show the chair every mark that was handed in, for the protocol."""
    _ = words()
    rows = [
        {
            "title": one.submission.title,
            "expert": view.people.get(sheet.expert_id, ""),
            "criterion": said(criterion.title, _.language),
            "mark": score.mark,
            "reason": score.reason,
        }
        for one in view.submissions
        if not one.submission.is_withdrawn
        for sheet in eligible(one.sheets, one.conflicts)
        for criterion in view.panel.criteria
        if (score := sheet.opinion.score(criterion.id)).is_answered
    ]
    if not rows:
        return
    with st.expander(_("All marks"), key="all_marks"):
        table(
            rows,
            {
                "title": Column(_("Project")),
                "expert": Column(_("Expert")),
                "criterion": Column(_("Criterion")),
                "mark": Column(_("Mark"), "number", help=_("Empty: the expert could not judge")),
                "reason": Column(_("Why"), width="large"),
            },
            key="marks",
            export=f"council-{view.panel.id}-marks",
            on_export=lambda: record_export(here, panel_id=view.panel.id, rows=len(rows)),
        )


def _chart(view: PanelView, scored: Sequence[SubmissionView]) -> None:
    _ = words()
    ranked = [Ranked(one.submission.title, one.summary) for one in scored if one.summary]
    best = max(ranked, key=lambda one: one.summary.spread.mean or 0)
    chart(
        ranking(ranked, view.panel.criteria, _),
        key="ranking",
        alt=_(
            "Projects by the mean of the experts; the highest is {title} with {mean}.",
            title=best.title,
            mean=figure_of(best.summary.spread.mean, _),
        ),
    )


def _by_mean(one: SubmissionView) -> tuple[Decimal, str]:
    mean = one.summary.spread.mean if one.summary else None
    return -(mean or Decimal(0)), one.submission.title


def _rows(view: PanelView, scored: Sequence[SubmissionView]) -> list[dict[str, object]]:
    _ = words()
    stands = places([one.summary.spread.mean if one.summary else None for one in scored])
    rows: list[dict[str, object]] = []
    for place, one in zip(stands, scored, strict=True):
        summary = one.summary
        if summary is None:
            continue
        rows.append(
            {
                "place": place,
                "title": one.submission.title,
                "initiative": view.initiatives.get(one.submission.initiative_id, ""),
                "mean": _float(summary.spread.mean),
                "low": _float(summary.spread.low),
                "high": _float(summary.spread.high),
                "sd": _float(summary.spread.sd),
                "sheets": summary.spread.count,
                "differs": _("differ") if summary.disagrees else "",
            }
        )
    return rows


def _columns(view: PanelView) -> dict[str, Column]:
    _ = words()
    columns = {
        "place": Column(_("Place"), "number", help=_("Equal means share a place")),
        "title": Column(_("Project"), width="medium"),
        "mean": Column(_("Mean"), "number", digits=GRAIN),
        "low": Column(_("Lowest"), "number", digits=GRAIN, help=_("Of the experts' means")),
        "high": Column(_("Highest"), "number", digits=GRAIN, help=_("Of the experts' means")),
        "sd": Column(
            _("Spread"),
            "number",
            digits=GRAIN,
            help=_("Standard deviation of the experts' means; the greater, the less they agree"),
        ),
        "sheets": Column(_("Sheets"), "number"),
        "differs": Column(_("Experts"), "status"),
        "initiative": Column(_("Initiative")),
    }
    if view.panel.kind is PanelKind.CONSILIUM:
        del columns["place"]
    return columns


def _float(value: object) -> float | None:
    return None if value is None else float(str(value))

"""Pictures of what a panel thinks: a profile by criterion, a ranking of projects."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import plotly.graph_objects as go
from babel.numbers import format_decimal

from core.i18n import Translator
from core.ui.theme import PALETTE
from panels.domain.criteria import Criterion, said
from panels.domain.scoring import Summary
from panels.domain.sheet import ScoreSheet

_ROW = 58
_MARGIN = 70
_LONGEST_LABEL = 34


@dataclass(frozen=True, slots=True)
class Ranked:
    """One project of the ranking."""

    title: str
    summary: Summary


def profile(
    criteria: Sequence[Criterion],
    summary: Summary,
    sheets: Sequence[ScoreSheet],
    people: Mapping[int, str],
    _: Translator,
) -> go.Figure:
    """Draw each criterion's mean and spread, with a dot per readable sheet.

    Marks on the horizontal axis, criteria from top to bottom in the panel's order; a
    criterion on which the experts stand apart has an amber line.
    """
    figure = go.Figure()
    rows = list(range(len(criteria)))
    for row, one in zip(rows, summary.criteria, strict=True):
        _add_range(figure, row, one.spread.low, one.spread.high, disagrees=one.disagrees)
    for number, sheet in enumerate(sheets):
        _add_dots(figure, criteria, sheet, people.get(sheet.expert_id, ""), _lane(number, sheets))
    means = [one.spread.mean for one in summary.criteria]
    figure.add_scatter(
        x=[None if mean is None else float(mean) for mean in means],
        y=rows,
        mode="markers+text",
        marker={"symbol": "diamond", "size": 13, "color": PALETTE.done},
        text=["" if mean is None else figure_of(mean, _) for mean in means],
        textposition="top center",
        hoverinfo="skip",
        name=_("Mean"),
    )
    figure.update_xaxes(**_marks(criteria), title=_("Mark"))
    titles = [_short(said(criterion.title, _.language)) for criterion in criteria]
    figure.update_yaxes(
        tickvals=rows, ticktext=titles, range=[len(rows) - 0.4, -0.6], zeroline=False
    )
    return _framed(figure, len(rows))


def ranking(ranked: Sequence[Ranked], criteria: Sequence[Criterion], _: Translator) -> go.Figure:
    """Draw the projects by their mean, the best on top, with the experts' least and greatest."""
    known = [one for one in ranked if one.summary.spread.mean is not None]
    known.sort(key=lambda one: (-float(one.summary.spread.mean or 0), one.title))
    spreads = [one.summary.spread for one in known]
    means = [float(one.mean or 0) for one in spreads]
    figure = go.Figure(
        go.Bar(
            x=means,
            y=list(range(len(known))),
            orientation="h",
            width=0.6,
            marker={
                "color": [
                    PALETTE.at_risk if one.summary.disagrees else PALETTE.plan for one in known
                ]
            },
            error_x={
                "type": "data",
                "symmetric": False,
                "array": [float(s.high or 0) - m for s, m in zip(spreads, means, strict=True)],
                "arrayminus": [m - float(s.low or 0) for s, m in zip(spreads, means, strict=True)],
                "color": PALETTE.grey,
                "thickness": 1.5,
                "width": 5,
            },
            text=[figure_of(mean, _) for mean in means],
            textposition="inside",
            insidetextanchor="start",
            hoverinfo="skip",
        )
    )
    high = criteria[0].scale.high if criteria else 5
    figure.update_xaxes(range=[0, high * 1.02], dtick=1, title=_("Mean of the experts"))
    figure.update_yaxes(
        tickvals=list(range(len(known))),
        ticktext=[_short(one.title) for one in known],
        range=[len(known) - 0.4, -0.6],
        zeroline=False,
    )
    return _framed(figure, len(known))


def figure_of(value: Decimal | float | None, _: Translator) -> str:
    """Show a mean with both of its decimals: 3 → 3,00; nothing as a dash."""
    if value is None:
        return "—"
    return str(format_decimal(value, "0.00", locale=_.locale))


def _add_range(figure: go.Figure, row: int, low: object, high: object, *, disagrees: bool) -> None:
    if low is None or high is None:
        return
    colour = PALETTE.at_risk if disagrees else PALETTE.soft
    figure.add_scatter(
        x=[float(str(low)), float(str(high))],
        y=[row, row],
        mode="lines",
        line={"color": colour, "width": 6},
        hoverinfo="skip",
        showlegend=False,
    )


def _add_dots(
    figure: go.Figure, criteria: Sequence[Criterion], sheet: ScoreSheet, name: str, lane: float
) -> None:
    marks = [sheet.opinion.score(criterion.id).mark for criterion in criteria]
    figure.add_scatter(
        x=marks,
        y=[row + lane for row in range(len(criteria))],
        mode="markers",
        marker={
            "size": 10,
            "color": PALETTE.plan,
            "opacity": 0.75,
            "line": {"width": 1, "color": PALETTE.done},
        },
        name=name,
        text=[name] * len(marks),
        hovertemplate="%{text}: %{x}<extra></extra>",
        showlegend=False,
    )


def _lane(number: int, sheets: Sequence[ScoreSheet]) -> float:
    """Keep the experts' dots beside each other where their marks are equal."""
    return 0.15 + 0.22 * number / max(len(sheets) - 1, 1)


def _marks(criteria: Sequence[Criterion]) -> dict[str, object]:
    low, high = (criteria[0].scale.low, criteria[0].scale.high) if criteria else (1, 5)
    return {"range": [low - 0.3, high + 0.3], "dtick": 1, "zeroline": False}


def _short(title: str) -> str:
    """Break a label in two lines at a space, and cut what is longer."""
    if len(title) <= _LONGEST_LABEL:
        return _safe(title)
    cut = title.rfind(" ", 0, _LONGEST_LABEL)
    cut = cut if cut > 0 else _LONGEST_LABEL
    rest = title[cut:].strip()
    tail = rest if len(rest) <= _LONGEST_LABEL else f"{rest[: _LONGEST_LABEL - 1]}…"
    return f"{_safe(title[:cut])}<br>{_safe(tail)}"


def _safe(text: str) -> str:
    """Keep what people wrote from being read as plotly's own HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _framed(figure: go.Figure, rows: int) -> go.Figure:
    figure.update_layout(
        height=_MARGIN + _ROW * max(rows, 1),
        margin={"l": 8, "r": 12, "t": 18, "b": 44},
        showlegend=False,
        dragmode=False,
    )
    figure.update_yaxes(automargin=True, showgrid=False)
    return figure

"""Pictures of a profile: finished values in, figures out.

The level now is dark, what is wanted is the accent, an earlier run is the quiet accent. A
domain without a level is hatched and says so; it is never drawn as a zero.
"""

from collections.abc import Sequence
from html import escape
from textwrap import wrap
from typing import Any, Final

import plotly.graph_objects as go

from core.i18n import Translator
from core.ui.theme import PALETTE
from diagnostics.domain.instrument import Domain, Instrument, text
from diagnostics.domain.scoring import DomainScore, Gap, Profile, rounded

_RADAR_WIDTH: Final = 12  # characters of a label beside the circle, on a telephone too
_NAME_WIDTH: Final = 18
_LEGEND: Final = {"orientation": "h", "x": 0, "y": -0.12, "yanchor": "top"}


def radar(
    instrument: Instrument, profile: Profile, before: Profile | None, _: Translator
) -> go.Figure:
    """Draw the profile as a closed line over the domains, an earlier one behind it."""
    step = 360 / len(instrument.domains)
    angles = [step * place for place in range(len(instrument.domains))]
    scores = [profile.score(domain.name) for domain in instrument.domains]
    figure = go.Figure()
    if before is not None:
        past = [_past(domain, before) for domain in instrument.domains]
        figure.add_trace(_line(angles, past, _("Before"), PALETTE.soft, "dot"))
    wanted = [score.wanted for score in scores]
    figure.add_trace(_line(angles, wanted, _("Wanted"), PALETTE.plan, "dash"))
    now = _line(angles, [score.level for score in scores], _("Now"), PALETTE.done, "solid")
    if all(score.level is not None for score in scores):
        now.update(fill="toself", fillcolor="rgba(47,125,91,0.15)")
    figure.add_trace(now)
    labels = [
        _label(domain, score, _RADAR_WIDTH, _)
        for domain, score in zip(instrument.domains, scores, strict=True)
    ]
    figure.update_layout(
        height=460,
        margin={"l": 82, "r": 82, "t": 40, "b": 40},
        legend=_LEGEND,
        polar=_polar(angles, labels, instrument.bounds),
    )
    return figure


def bars(
    instrument: Instrument, profile: Profile, before: Profile | None, _: Translator
) -> go.Figure:
    """Draw the profile as bars from zero, what is wanted as a mark across each."""
    scores = [profile.score(domain.name) for domain in instrument.domains]
    rows = list(range(len(scores)))
    high = instrument.bounds[1]
    figure = go.Figure()
    if before is not None:
        past = [_past(domain, before) for domain in instrument.domains]
        figure.add_trace(_bars(past, rows, _("Before"), PALETTE.soft, _))
    figure.add_trace(_bars([score.level for score in scores], rows, _("Now"), PALETTE.done, _))
    unknown = [place for place in rows if scores[place].level is None]
    if unknown:
        figure.add_trace(_hatched([scores[place] for place in unknown], unknown, high, _))
    known = [place for place in rows if scores[place].level is not None]
    figure.add_trace(_marks([scores[place].wanted for place in known], known, _))
    figure.update_layout(barmode="overlay" if before is None else "group", bargap=0.35)
    labels = [text(domain.labels, _.language) for domain in instrument.domains]
    _lay_out(figure, labels, instrument.bounds, zero=True)
    if before is not None:
        figure.update_layout(height=100 + 52 * len(labels), bargap=0.25)
    return figure


def gap_lines(instrument: Instrument, found: Sequence[Gap], _: Translator) -> go.Figure:
    """Draw each gap as a line from the level now to the wanted one, in the given order."""
    figure = go.Figure()
    for place, gap in enumerate(found):
        figure.add_trace(
            go.Scatter(
                x=[gap.level, gap.wanted],
                y=[place, place],
                mode="lines",
                line={"color": PALETTE.grey, "width": 2},
                showlegend=False,
                hoverinfo="skip",
            )
        )
    wide = [_urgency(gap) for gap in found]
    figure.add_trace(_dots([gap.level for gap in found], _("Now"), wide, "circle"))
    figure.add_trace(_dots([gap.wanted for gap in found], _("Wanted"), PALETTE.plan, "diamond"))
    items = [instrument.item(gap.item) for gap in found]
    labels = [text(item.short, _.language) if item else "" for item in items]
    _lay_out(figure, labels, instrument.bounds, zero=False)
    return figure


def in_words(instrument: Instrument, profile: Profile, _: Translator) -> str:
    """Read the profile out for those who do not see the picture."""
    parts = [
        f"{text(domain.labels, _.language)}: {level_in_words(profile.score(domain.name), _)}"
        for domain in instrument.domains
    ]
    return "; ".join(parts)


def level_in_words(score: DomainScore, _: Translator, *, brief: bool = False) -> str:
    """Say a domain's level, or why there is none; in brief where the counts stand beside it."""
    if score.level is not None:
        return _.number(rounded(score.level), digits=1)
    if not score.applicable:
        return _("does not apply")
    if brief:
        return _("not enough answers")
    return _(
        "not enough answers: {answered} of {applicable}",
        answered=score.answered,
        applicable=score.applicable,
    )


def _polar(angles: list[float], labels: list[str], bounds: tuple[int, int]) -> dict[str, Any]:
    quiet = {"gridcolor": PALETTE.faint, "linecolor": PALETTE.faint}
    low, high = bounds
    return {
        "bgcolor": "rgba(0,0,0,0)",
        "angularaxis": {
            **quiet,
            "tickvals": angles,
            "ticktext": labels,
            "direction": "clockwise",
            "rotation": 90,
            "tickfont": {"size": 11},
        },
        "radialaxis": {
            **quiet,
            "range": [0, high],
            "tickvals": list(range(low, high + 1)),
            "tickfont": {"size": 10, "color": PALETTE.grey},
            "angle": 90,
            "tickangle": 90,
        },
    }


def _lay_out(figure: go.Figure, labels: list[str], bounds: tuple[int, int], *, zero: bool) -> None:
    """Give levels along and names down, the first on top."""
    low, high = bounds
    figure.update_layout(
        height=100 + 42 * len(labels),
        margin={"l": 8, "r": 16, "t": 8, "b": 40},
        legend={"orientation": "h", "x": 0, "y": 1.0, "yanchor": "bottom"},
        dragmode=False,
    )
    figure.update_xaxes(
        range=[0 if zero else low - 0.3, high + 0.5],
        tickvals=list(range(low, high + 1)),
        fixedrange=True,
    )
    figure.update_yaxes(
        tickvals=list(range(len(labels))),
        ticktext=[_wrapped(label, _NAME_WIDTH) for label in labels],
        range=[len(labels) - 0.5, -0.5],
        showgrid=False,
        zeroline=False,
        fixedrange=True,
        automargin=True,
    )


def _dots(levels: list[int], name: str, colour: str | list[str], symbol: str) -> go.Scatter:
    return go.Scatter(
        x=levels,
        y=list(range(len(levels))),
        name=name,
        mode="markers",
        marker={"color": colour, "size": 12, "symbol": symbol},
        hovertemplate="%{x}<extra>" + name + "</extra>",
    )


def _line(
    angles: list[float], levels: Sequence[float | None], name: str, colour: str, dash: str
) -> go.Scatterpolar:
    return go.Scatterpolar(
        theta=[*angles, angles[0]],
        r=[*levels, levels[0]],
        name=name,
        mode="lines+markers",
        connectgaps=False,
        line={"color": colour, "width": 2, "dash": dash},
        marker={"color": colour, "size": 6 if dash == "solid" else 4},
        hovertemplate="%{r:.1f}<extra>" + name + "</extra>",
    )


def _bars(
    levels: Sequence[float | None], rows: list[int], name: str, colour: str, _: Translator
) -> go.Bar:
    return go.Bar(
        x=levels,
        y=rows,
        orientation="h",
        name=name,
        offsetgroup="before" if colour == PALETTE.soft else "now",
        marker={"color": colour},
        text=["" if level is None else _.number(rounded(level), digits=1) for level in levels],
        textposition="inside",  # beside the bar it would cross the mark of the wanted level
        insidetextanchor="end",
        constraintext="none",
        textfont={"size": 11, "color": PALETTE.ink if colour == PALETTE.soft else PALETTE.paper},
        hovertemplate="%{x:.1f}<extra>" + name + "</extra>",
    )


def _hatched(scores: list[DomainScore], rows: list[int], high: int, _: Translator) -> go.Bar:
    return go.Bar(
        x=[high] * len(rows),
        y=rows,
        orientation="h",
        name=_("No level"),
        offsetgroup="now",
        marker={
            "color": "rgba(0,0,0,0)",
            "line": {"color": PALETTE.faint, "width": 1},
            "pattern": {"shape": "/", "fgcolor": PALETTE.faint, "size": 6},
        },
        text=[level_in_words(score, _) for score in scores],
        textposition="inside",
        insidetextanchor="start",
        constraintext="none",
        textfont={"color": PALETTE.grey, "size": 11},
        hoverinfo="skip",
    )


def _marks(levels: list[float], rows: list[int], _: Translator) -> go.Scatter:
    symbol: dict[str, Any] = {"symbol": "line-ns", "size": 22}
    return go.Scatter(
        x=levels,
        y=rows,
        mode="markers",
        name=_("Wanted"),
        marker={**symbol, "color": PALETTE.plan, "line": {"color": PALETTE.plan, "width": 3}},
        hovertemplate="%{x:.1f}<extra>" + _("Wanted") + "</extra>",
    )


def _past(domain: Domain, before: Profile) -> float | None:
    return next((score.level for score in before.scores if score.domain == domain.name), None)


def _label(domain: Domain, score: DomainScore, width: int, _: Translator) -> str:
    label = _wrapped(text(domain.labels, _.language), width)
    if score.level is not None:
        return label
    return f"<i>{label}<br>{_wrapped(level_in_words(score, _), width + 4)}</i>"


def _urgency(gap: Gap) -> str:
    return PALETTE.critical if gap.size > 1 else PALETTE.at_risk


def _wrapped(label: str, width: int) -> str:
    return "<br>".join(
        escape(line, quote=False) for line in wrap(label, width, break_long_words=False)
    )

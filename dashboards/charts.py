"""Pictures of the hours page: the promise, its weeks, its parts."""

from collections.abc import Sequence
from html import escape
from itertools import chain
from textwrap import wrap

import plotly.graph_objects as go

from core.i18n import Translator
from core.ui.theme import PALETTE
from hours.charts import hour_axis
from hours.domain.pace import Pace, PaceState
from hours.domain.periods import Period

_LATE = frozenset({PaceState.BEHIND, PaceState.MISSED})
_LABEL_WIDTH = 22
_BAR = 26  # height of one named bar with its space [px]


def promise(pace: Pace, _: Translator) -> go.Figure:
    """Draw what is done inside what is promised, and where the even plan stands today.

    The outline is the plan, the bar inside it what is done, the mark what was due.
    """
    most = max(pace.plan, pace.done, 1)
    figure = go.Figure([
        go.Bar(
            x=[pace.plan], y=[0], orientation="h", width=0.72, hoverinfo="skip",
            marker={"color": PALETTE.faint, "line": {"color": PALETTE.plan, "width": 1.5}},
        ),
        go.Bar(
            x=[pace.done], y=[0], orientation="h", width=0.4,
            marker={"color": PALETTE.at_risk if pace.state in _LATE else PALETTE.done},
            hovertext=[_.hours(pace.done)], hoverinfo="text",
        ),
    ])  # fmt: skip
    if 0 < pace.expected < pace.plan:
        figure.add_shape(
            type="line", x0=pace.expected, x1=pace.expected, y0=-0.5, y1=0.5,
            line={"color": PALETTE.today, "width": 2},
        )  # fmt: skip
        figure.add_annotation(
            x=pace.expected, y=0.5, yanchor="bottom", showarrow=False,
            text=_("due by today: {hours}", hours=_.hours(pace.expected)),
            xanchor=_side(pace.expected / most),
            font={"size": 12, "color": PALETTE.today},
        )  # fmt: skip
    figure.update_layout(
        barmode="overlay",
        height=76,
        showlegend=False,
        dragmode=False,
        margin={"l": 2, "r": 2, "t": 22, "b": 2},
    )
    figure.update_xaxes(visible=False, range=[0, most * 1.01], fixedrange=True)
    figure.update_yaxes(visible=False, range=[-0.6, 0.6], fixedrange=True)
    return figure


def weeks(done: Sequence[tuple[Period, int]], pace: Pace | None, _: Translator) -> go.Figure:
    """Draw the hours of each week and, beside a promise, the even plan and the pace still needed.

    Weeks are cut at the edges of the quarter, so the first and the last column may be short.
    """
    figure = go.Figure(
        go.Bar(
            x=list(range(len(done))),
            y=[minutes for _week, minutes in done],
            marker={"color": PALETTE.done},
            hovertext=[f"{span(week, _)}: {_.hours(minutes)}" for week, minutes in done],
            hoverinfo="text",
        )
    )
    lines: list[int] = []
    if pace is not None and pace.plan:
        planned = [(place, week.planned) for place, week in enumerate(pace.weeks)]
        needed = [(place, week.needed) for place, week in enumerate(pace.weeks) if week.needed]
        _step(figure, planned, PALETTE.plan, dash="dot")
        _step(figure, needed, PALETTE.at_risk if pace.state in _LATE else PALETTE.plan)
        _names(figure, pace, _)
        lines = [minutes for _place, minutes in chain(planned, needed)]
    figure.update_layout(
        height=270, showlegend=False, dragmode=False, bargap=0.28,
        margin={"l": 8, "r": 8, "t": 24, "b": 8},
    )  # fmt: skip
    figure.update_xaxes(
        tickvals=list(range(len(done))),
        ticktext=[_.day(week.starts_on) for week, _minutes in done],
        range=[-0.6, len(done) - 0.4],
        showgrid=False,
    )
    hour_axis(figure, max([*lines, *(minutes for _week, minutes in done)], default=0), _)
    return figure


def parts(pairs: Sequence[tuple[str, int]], _: Translator) -> go.Figure:
    """Draw named parts of a figure as bars from zero with their hours beside them.

    `pairs` stand in the order of the picture from top to bottom. Names are shown as they are
    written: no markup.
    """
    most = max((minutes for _name, minutes in pairs), default=0)
    figure = go.Figure(
        go.Bar(
            x=[minutes for _name, minutes in pairs],
            y=list(range(len(pairs))),
            orientation="h",
            marker={"color": PALETTE.done},
            text=[_.hours(minutes) for _name, minutes in pairs],
            textposition="outside",
            cliponaxis=False,
            hoverinfo="skip",
        )
    )
    figure.update_layout(
        height=_BAR * len(pairs) + 8,
        showlegend=False,
        dragmode=False,
        bargap=0.35,
        margin={"l": 4, "r": 4, "t": 4, "b": 4},
    )
    figure.update_xaxes(visible=False, range=[0, max(most, 1) * 1.6], fixedrange=True)
    figure.update_yaxes(
        tickvals=list(range(len(pairs))),
        ticktext=[_wrapped(name) for name, _minutes in pairs],
        range=[len(pairs) - 0.5, -0.5],
        showgrid=False,
        zeroline=False,
        automargin=True,
        fixedrange=True,
    )
    return figure


def span(week: Period, _: Translator) -> str:
    """Write the days of a week: 23 Nov – 29 Nov; one day stands alone."""
    first, last = _.day(week.starts_on), _.day(week.last_day)
    return first if first == last else f"{first} – {last}"


def _step(
    figure: go.Figure, steps: Sequence[tuple[int, int]], color: str, dash: str = "solid"
) -> None:
    """Draw a level over each column, from its left edge to its right one."""
    figure.add_scatter(
        x=list(chain.from_iterable((place - 0.5, place + 0.5) for place, _minutes in steps)),
        y=list(chain.from_iterable((minutes, minutes) for _place, minutes in steps)),
        mode="lines",
        line={"color": color, "width": 2, "dash": dash},
        hoverinfo="skip",
    )


def _names(figure: go.Figure, pace: Pace, _: Translator) -> None:
    """Name the two levels at their right end, so that no legend is needed.

    The higher level is named above its line and the lower one below: the names never meet.
    """
    even = max(week.planned for week in pace.weeks)
    needed = max(week.needed for week in pace.weeks)
    over = needed >= even
    _name(figure, pace, (even, _("even plan"), PALETTE.plan), above=not needed or not over)
    if needed:
        color = PALETTE.at_risk if pace.state in _LATE else PALETTE.plan
        text = _("needed: {hours} a week", hours=_.hours(pace.per_week))
        _name(figure, pace, (needed, text, color), above=over)


def _name(figure: go.Figure, pace: Pace, label: tuple[int, str, str], *, above: bool) -> None:
    figure.add_annotation(
        x=len(pace.weeks) - 0.5,
        y=label[0],
        text=label[1],
        showarrow=False,
        xanchor="right",
        yanchor="bottom" if above else "top",
        font={"size": 12, "color": label[2]},
    )


def _side(share: float) -> str:
    """Choose how a label hangs at a place along the picture so that it stays inside."""
    if share < 0.34:
        return "left"
    return "right" if share > 0.66 else "center"


def _wrapped(name: str) -> str:
    return "<br>".join(escape(line) for line in wrap(name, _LABEL_WIDTH)[:2]) or "—"

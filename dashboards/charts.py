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
_LABEL_WIDTH = 30


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
            xanchor="right" if pace.expected * 2 > most else "left",
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
        height=26 * len(pairs) + 24, showlegend=False, dragmode=False, bargap=0.35,
        margin={"l": 4, "r": 4, "t": 4, "b": 4},
    )  # fmt: skip
    figure.update_xaxes(visible=False, range=[0, max(most, 1) * 1.5], fixedrange=True)
    figure.update_yaxes(
        tickvals=list(range(len(pairs))),
        ticktext=[_wrapped(name) for name, _minutes in pairs],
        autorange="reversed",
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
    """Name the two levels where they stand, so that no legend is needed.

    The even plan is named at its last full week, the pace where it begins: apart from each
    other, and to the right of most columns.
    """
    full = max(range(len(pace.weeks)), key=lambda place: (pace.weeks[place].planned, place))
    _name(figure, (full + 0.5, pace.weeks[full].planned), _("even plan"), PALETTE.plan, "right")
    ahead = [place for place, week in enumerate(pace.weeks) if week.needed]
    if ahead:
        color = PALETTE.at_risk if pace.state in _LATE else PALETTE.plan
        text = _("needed: {hours} a week", hours=_.hours(pace.per_week))
        place = max(ahead, key=lambda each: (pace.weeks[each].needed, -each))
        _name(figure, (place - 0.5, pace.weeks[place].needed), text, color, "left")


def _name(figure: go.Figure, at: tuple[float, int], text: str, color: str, side: str) -> None:
    figure.add_annotation(
        x=at[0], y=at[1], text=text, showarrow=False, yanchor="bottom", xanchor=side,
        font={"size": 12, "color": color},
    )  # fmt: skip


def _wrapped(name: str) -> str:
    return "<br>".join(escape(line) for line in wrap(name, _LABEL_WIDTH)[:2]) or "—"

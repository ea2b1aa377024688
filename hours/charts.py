"""Pictures of work time: columns over days or weeks, and what they share with other charts."""

from collections.abc import Sequence
from datetime import date

import plotly.graph_objects as go

from core.i18n import Translator
from core.ui.theme import PALETTE
from hours.domain.entries import MINUTES_IN_HOUR

_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000)
_TICKS = 5


def hour_ticks(most: int) -> tuple[int, ...]:
    """Choose round hours from 0 up to the largest minutes, at most six marks [min].

    A chart of nothing still has its zero and one hour.
    """
    wanted = (step * MINUTES_IN_HOUR for step in _STEPS if step * MINUTES_IN_HOUR * _TICKS >= most)
    step = next(wanted, _STEPS[-1] * MINUTES_IN_HOUR)
    return tuple(range(0, max(most, MINUTES_IN_HOUR) + 1, step))


def day_columns(days: Sequence[tuple[date, int]], _: Translator) -> go.Figure:
    """Draw the minutes of each day or week as columns from zero.

    `days` are the first days of the columns in order, each with its minutes [min].
    """
    minutes = [each for _day, each in days]
    figure = go.Figure(
        go.Bar(
            x=list(range(len(days))),
            y=minutes,
            marker={"color": PALETTE.done},
            hovertext=[f"{_.day(day)} · {_.hours(each)}" for day, each in days],
            hoverinfo="text",
        )
    )
    every = max(len(days) // 10, 1)
    places = list(range(0, len(days), every))
    figure.update_layout(
        height=200,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        showlegend=False,
        dragmode=False,
        bargap=0.3,
    )
    figure.update_xaxes(
        tickvals=places, ticktext=[_.day(days[place][0]) for place in places], showgrid=False
    )
    hour_axis(figure, max(minutes, default=0), _)
    return figure


def hour_axis(figure: go.Figure, most: int, _: Translator) -> None:
    """Give a figure an upright axis of round hours that starts at zero."""
    ticks = hour_ticks(most)
    figure.update_yaxes(
        tickvals=ticks,
        ticktext=[_.hours(tick) for tick in ticks],
        range=[0, max(most * 1.12, ticks[-1], MINUTES_IN_HOUR)],
        automargin=True,
        fixedrange=True,
    )
    figure.update_xaxes(fixedrange=True, automargin=True)

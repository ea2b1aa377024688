"""Pictures of work time: columns over days or weeks, and what they share with other charts.

A figure is made in one piece, data and layout: each later update of one costs milliseconds.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

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


def hour_axis(most: int, _: Translator) -> dict[str, Any]:
    """Describe an upright axis of round hours that starts at zero."""
    ticks = hour_ticks(most)
    return {
        "tickvals": ticks,
        "ticktext": [_.hours(tick) for tick in ticks],
        "range": [0, max(most * 1.12, ticks[-1], MINUTES_IN_HOUR)],
        "automargin": True,
        "fixedrange": True,
    }


def day_columns(days: Sequence[tuple[date, int]], _: Translator) -> go.Figure:
    """Draw the minutes of each day or week as columns from zero.

    `days` are the first days of the columns in order, each with its minutes [min].
    """
    minutes = [each for _day, each in days]
    places = list(range(0, len(days), max(len(days) // 10, 1)))
    columns = {
        "type": "bar",
        "x": list(range(len(days))),
        "y": minutes,
        "marker": {"color": PALETTE.done},
        "hovertext": [f"{_.day(day)} · {_.hours(each)}" for day, each in days],
        "hoverinfo": "text",
    }
    layout = {
        "height": 200,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "showlegend": False,
        "dragmode": False,
        "bargap": 0.3,
        "xaxis": {
            "tickvals": places,
            "ticktext": [_.day(days[place][0]) for place in places],
            "showgrid": False,
            "fixedrange": True,
            "automargin": True,
        },
        "yaxis": hour_axis(max(minutes, default=0), _),
    }
    return go.Figure(data=[columns], layout=layout)

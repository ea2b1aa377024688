"""Pictures of the hours page: the promise, its weeks, its parts.

A figure is made in one piece, data and layout: each later update of one costs milliseconds.
"""

from collections.abc import Sequence
from html import escape
from itertools import chain
from textwrap import wrap
from typing import Any

import plotly.graph_objects as go

from core.i18n import Translator
from core.ui.theme import PALETTE
from hours.charts import hour_axis
from hours.domain.pace import Pace, PaceState
from hours.domain.periods import Period

_LATE = frozenset({PaceState.BEHIND, PaceState.MISSED})
_LABEL_WIDTH = 22
_BAR = 26  # height of one named bar with its space [px]
_STILL: dict[str, Any] = {"showlegend": False, "dragmode": False}


def promise(pace: Pace, _: Translator) -> go.Figure:
    """Draw what is done inside what is promised, and where the even plan stands today.

    The outline is the plan, the bar inside it what is done, the mark what was due.
    """
    most = max(pace.plan, pace.done, 1)
    bar = {"type": "bar", "y": [0], "orientation": "h"}
    outline = {"color": PALETTE.faint, "line": {"color": PALETTE.plan, "width": 1.5}}
    done = {"color": PALETTE.at_risk if pace.state in _LATE else PALETTE.done}
    return go.Figure(
        data=[
            bar | {"x": [pace.plan], "width": 0.72, "hoverinfo": "skip", "marker": outline},
            bar | {"x": [pace.done], "width": 0.4, "hoverinfo": "text", "marker": done,
                   "hovertext": [_.hours(pace.done)]},
        ],
        layout=_STILL | {
            "barmode": "overlay",
            "height": 76,
            "margin": {"l": 2, "r": 2, "t": 22, "b": 2},
            "xaxis": {"visible": False, "range": [0, most * 1.01], "fixedrange": True},
            "yaxis": {"visible": False, "range": [-0.6, 0.6], "fixedrange": True},
        } | _due(pace, most, _),
    )  # fmt: skip


def weeks(done: Sequence[tuple[Period, int]], pace: Pace | None, _: Translator) -> go.Figure:
    """Draw the hours of each week and, beside a promise, the even plan and the pace still needed.

    Weeks are cut at the edges of the quarter, so the first and the last column may be short.
    """
    minutes = [each for _week, each in done]
    places = list(range(len(done)))
    columns = {
        "type": "bar",
        "x": places,
        "y": minutes,
        "marker": {"color": PALETTE.done},
        "hovertext": [f"{span(week, _)}: {_.hours(each)}" for week, each in done],
        "hoverinfo": "text",
    }
    levels = _levels(pace, _) if pace is not None and pace.plan else []
    lines = [_step(level) for level in levels]
    heights = chain(minutes, *(line["y"] for line in lines))
    layout = _STILL | {
        "height": 270,
        "bargap": 0.28,
        "margin": {"l": 8, "r": 8, "t": 24, "b": 8},
        "annotations": [_name(level) for level in levels],
        "xaxis": {
            "tickvals": places,
            "ticktext": [_.day(week.starts_on) for week, _minutes in done],
            "range": [-0.6, len(done) - 0.4],
            "showgrid": False,
            "fixedrange": True,
            "automargin": True,
        },
        "yaxis": hour_axis(max(heights, default=0), _),
    }
    return go.Figure(data=[columns, *lines], layout=layout)


def parts(pairs: Sequence[tuple[str, int]], _: Translator) -> go.Figure:
    """Draw named parts of a figure as bars from zero with their hours beside them.

    `pairs` stand in the order of the picture from top to bottom. Names are shown as they are
    written: no markup.
    """
    most = max((minutes for _name, minutes in pairs), default=1)
    places = list(range(len(pairs)))
    bars = {
        "type": "bar",
        "x": [minutes for _name, minutes in pairs],
        "y": places,
        "orientation": "h",
        "marker": {"color": PALETTE.done},
        "text": [_.hours(minutes) for _name, minutes in pairs],
        "textposition": "outside",
        "cliponaxis": False,
        "hoverinfo": "none",  # "skip" would take the click away too
    }
    layout = _STILL | {
        "height": _BAR * len(pairs) + 8,
        "bargap": 0.35,
        "margin": {"l": 4, "r": 4, "t": 4, "b": 4},
        "xaxis": {"visible": False, "range": [0, most * 1.6], "fixedrange": True},
        "yaxis": {
            "tickvals": places,
            "ticktext": [_wrapped(name) for name, _minutes in pairs],
            "range": [len(pairs) - 0.5, -0.5],
            "showgrid": False,
            "zeroline": False,
            "automargin": True,
            "fixedrange": True,
        },
    }
    return go.Figure(data=[bars], layout=layout)


def span(week: Period, _: Translator) -> str:
    """Write the days of a week: 23 Nov – 29 Nov; one day stands alone."""
    first, last = _.day(week.starts_on), _.day(week.last_day)
    return first if first == last else f"{first} – {last}"


def _due(pace: Pace, most: int, _: Translator) -> dict[str, Any]:
    """Mark what was due by today; nothing before the period begins and after it ends."""
    if not 0 < pace.expected < pace.plan:
        return {}
    at = pace.expected
    label = {
        "x": at, "y": 0.5, "yanchor": "bottom", "xanchor": _side(at / most), "showarrow": False,
        "text": _("due by today: {hours}", hours=_.hours(at)),
        "font": {"size": 12, "color": PALETTE.today},
    }  # fmt: skip
    mark = {
        "type": "line", "x0": at, "x1": at, "y0": -0.5, "y1": 0.5,
        "line": {"color": PALETTE.today, "width": 2},
    }  # fmt: skip
    return {"annotations": [label], "shapes": [mark]}


def _levels(pace: Pace, _: Translator) -> list[dict[str, Any]]:
    """Describe the even plan and, while it is needed, the pace: steps, name, colour.

    The higher level is named above its line and the lower one below: the names never meet.
    """
    planned = [(place, week.planned) for place, week in enumerate(pace.weeks)]
    needed = [(place, week.needed) for place, week in enumerate(pace.weeks) if week.needed]
    most = max((minutes for _place, minutes in needed), default=0)
    is_over = most >= max(minutes for _place, minutes in planned)
    even = {
        "steps": planned, "name": _("even plan"), "color": PALETTE.plan, "dash": "dot",
        "above": not (needed and is_over),
    }  # fmt: skip
    if not needed:
        return [even]
    pressing = {
        "steps": needed,
        "name": _("needed: {hours} a week", hours=_.hours(pace.per_week)),
        "color": PALETTE.at_risk if pace.state in _LATE else PALETTE.plan,
        "dash": "solid",
        "above": is_over,
    }
    return [even, pressing]


def _step(level: dict[str, Any]) -> dict[str, Any]:
    """Draw a level over each column, from its left edge to its right one."""
    steps = level["steps"]
    return {
        "type": "scatter",
        "x": list(chain.from_iterable((place - 0.5, place + 0.5) for place, _minutes in steps)),
        "y": list(chain.from_iterable((minutes, minutes) for _place, minutes in steps)),
        "mode": "lines",
        "line": {"color": level["color"], "width": 2, "dash": level["dash"]},
        "hoverinfo": "skip",
    }


def _name(level: dict[str, Any]) -> dict[str, Any]:
    """Name a level at the right end of its highest stretch, so that no legend is needed."""
    most = max(minutes for _place, minutes in level["steps"])
    last = max(place for place, minutes in level["steps"] if minutes * 20 >= most * 19)
    return {
        "x": last + 0.5,
        "y": most,
        "text": level["name"],
        "showarrow": False,
        "xanchor": "right",
        "yanchor": "bottom" if level["above"] else "top",
        "font": {"size": 12, "color": level["color"]},
    }


def _side(share: float) -> str:
    """Choose how a label hangs at a place along the picture so that it stays inside."""
    if share < 0.34:
        return "left"
    return "right" if share > 0.66 else "center"


def _wrapped(name: str) -> str:
    return "<br>".join(escape(line) for line in wrap(name, _LABEL_WIDTH)[:2]) or "—"

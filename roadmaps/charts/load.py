"""Who has how much to do in which week: a row for each person, a cell for each week."""

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Any, TypeAlias

import plotly.graph_objects as go

from core.i18n import Translator
from core.ui.theme import PALETTE
from roadmaps.domain.people_load import PersonLoad, WeekLoad

Cell: TypeAlias = tuple[PersonLoad, date]
_ROW = 58  # a name with its cells below [px]
_NAME_LETTERS = 40
_HIGH, _LOW = 0.04, 0.44  # of a row: the upper and the lower edge of its cells
_FULL, _OVER, _OTHERS = "rgba(47,125,91,0.34)", "rgba(185,119,14,0.42)", PALETTE.faint
# half of the accent and of amber: words are read on them by day and by night


def load_cells(people: Sequence[PersonLoad], weeks: Sequence[date]) -> list[Cell]:
    """List the cells that are drawn, row by row: those in which anything is asked."""
    return [(one, week) for one in people for week in weeks if week in one.weeks]


def load_heat(
    people: Sequence[PersonLoad], weeks: Sequence[date], _: Translator, *, with_others: bool
) -> go.Figure:
    """Draw hours by person and week; amber with a sign where more is asked than there is."""
    cells = load_cells(people, weeks)
    rows = {id(one): place for place, one in enumerate(people)}
    places = [(weeks.index(week), rows[id(one)]) for one, week in cells]
    found = [one.weeks[week] for one, week in cells]
    return go.Figure(
        data=[
            {
                "type": "bar",
                "x": [x for x, _row in places],
                "y": [_LOW - _HIGH for _cell in cells],
                "base": [row + _HIGH for _x, row in places],
                "width": 0.94,
                "marker": {"color": [_colour(cell, with_others=with_others) for cell in found]},
                "hovertext": [_told(cell, _) for cell in found],
                "hoverinfo": "text",
                "unselected": {"marker": {"opacity": 1}},
            },
        ],
        layout={
            "showlegend": False,
            "dragmode": False,
            "barmode": "overlay",
            # words are no traces: those would fade when a cell is pressed
            "annotations": [
                *(
                    _word(x, row + (_HIGH + _LOW) / 2, _hours(cell, _, with_others=with_others))
                    for (x, row), cell in zip(places, found, strict=True)
                ),
                *(
                    _word(-0.5, row - 0.2, f"<b>{escape(_cut(one.name))}</b>") | {"xanchor": "left"}
                    for row, one in enumerate(people)
                ),
            ],
            "height": _ROW * len(people) + 54,
            "margin": {"l": 4, "r": 4, "t": 44, "b": 4},
            "xaxis": {
                "range": [-0.5, len(weeks) - 0.5],
                "side": "top",
                "tickvals": list(range(len(weeks))),
                "ticktext": [f"{week.day}<br>{_.short_month(week)}" for week in weeks],
                "tickangle": 0,
                "tickfont": {"size": 12},
                "showgrid": False,
                "zeroline": False,
                "fixedrange": True,
            },
            "yaxis": {"visible": False, "range": [len(people) - 0.5, -0.5], "fixedrange": True},
        },
    )


def load_words(people: Sequence[PersonLoad], weeks: Sequence[date], _: Translator) -> str:
    """Say where too much is asked, for those who cannot see the picture."""
    over = [
        f"{one.name}: {_.day(week)}"
        for one, week in load_cells(people, weeks)
        if one.weeks[week].is_over
    ]
    return _(
        "Hours by person and week. More is asked than there is: {over}.",
        over="; ".join(over) or "—",
    )


def _colour(cell: WeekLoad, *, with_others: bool) -> str:
    minutes, is_over = (cell.all, cell.is_over) if with_others else (cell.own, cell.own_is_over)
    if is_over:
        return _OVER
    return _FULL if minutes else _OTHERS


def _hours(cell: WeekLoad, _: Translator, *, with_others: bool) -> str:
    minutes, is_over = (cell.all, cell.is_over) if with_others else (cell.own, cell.own_is_over)
    hours = _.number(minutes / 60, 1)
    return f"▲ {hours}" if is_over else hours


def _told(cell: WeekLoad, _: Translator) -> str:
    return "<br>".join(
        (
            _("this roadmap: {hours}", hours=_.hours(cell.own)),
            _("all roadmaps: {hours}", hours=_.hours(cell.all)),
            _("working time: {hours}", hours=_.hours(cell.has)),
        )
    )


def _word(x: float, y: float, text: str) -> dict[str, Any]:
    return {"x": x, "y": y, "text": text, "showarrow": False, "font": {"size": 13}}


def _cut(text: str) -> str:
    return text if len(text) <= _NAME_LETTERS else text[: _NAME_LETTERS - 1].rstrip() + "…"

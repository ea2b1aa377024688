"""The Gantt chart on the screen, from the geometry that files use too."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import chain
from textwrap import wrap
from typing import Any

import plotly.graph_objects as go

from core.i18n import Translator
from core.ui.theme import PALETTE
from roadmaps.domain.axis_words import lower_label, short_upper_label, upper_label
from roadmaps.domain.layout import Bar, GanttLayout, Look, Shape
from roadmaps.domain.routing import Route
from roadmaps.domain.why_words import stretch, told_length
from roadmaps.domain.words import moment, period

_ROW_PIXELS = 34  # two lines of a label
_FRAME_PIXELS = 110
_LETTERS = 22  # of a line of a label: on a phone the names leave room for the bars
_LABELLED_UP_TO = 80
_LETTER_PIXELS = 7.5
_AIR = "\u00a0" * 4  # past the line of a link that leaves the bar
SCREEN = Look(width=460)  # what is left for the bars on a phone, where the picture scrolls


def gantt(layout: GanttLayout, _: Translator) -> go.Figure:
    """Draw the plan: bars by row, float behind them, links, days off and today.

    The critical path differs by colour, by hatching and by a thick outline. Tick texts are in
    the reader's language.
    """
    figure = go.Figure()
    _add_shades(figure, layout)
    _add_links(figure, [r for r in layout.routes if not r.is_critical], critical=False)
    _add_links(figure, [r for r in layout.routes if r.is_critical], critical=True)
    _add_floats(figure, layout.bars)
    for is_critical in (False, True):
        _add_bars(figure, layout, _, is_critical=is_critical)
        _add_milestones(figure, layout, _, is_critical=is_critical)
    _add_stages(figure, layout, _)
    _add_done(figure, layout.bars)
    _add_agreed(figure, layout.bars)
    _add_deadlines(figure, layout, _)
    if len(layout.bars) <= _LABELLED_UP_TO:
        _add_finishes(figure, layout, _)
    _set_axes(figure, layout, _)
    _add_today(figure, layout, _)
    return figure


def gantt_words(layout: GanttLayout, _: Translator) -> str:
    """Say what the chart shows, for those who cannot see it."""
    critical = [bar.task.title for bar in layout.bars if bar.slot.is_critical]
    return _(
        "Gantt chart: {tasks}, {length}. Critical path: {critical}.",
        tasks=_.plural("{n} task", "{n} tasks", len(layout.bars)),
        length=told_length(_, layout.lasts, layout.plan.unit),
        critical=", ".join(critical) or "—",
    )


def _add_shades(figure: go.Figure, layout: GanttLayout) -> None:
    """Draw the days off as one trace: a shape for each would slow plotly down."""
    bottom = max(len(layout.bars), 1)
    figure.add_scatter(
        mode="none",
        x=_broken((s.start, s.end, s.end, s.start, s.start) for s in layout.shades),
        y=_broken((0, 0, bottom, bottom, 0) for _shade in layout.shades),
        fill="toself",
        fillcolor=PALETTE.faint,
        opacity=0.5,
        hoverinfo="skip",
    )


def _add_bars(figure: go.Figure, layout: GanttLayout, _: Translator, *, is_critical: bool) -> None:
    bars = _of(layout, Shape.BAR, is_critical=is_critical)
    figure.add_bar(
        orientation="h",
        base=[bar.start for bar in bars],
        x=[bar.end - bar.start for bar in bars],
        y=[bar.y for bar in bars],
        width=0.5,
        marker=_marker(is_critical=is_critical),
        **_hover(bars, layout, _),
    )


def _add_milestones(
    figure: go.Figure, layout: GanttLayout, _: Translator, *, is_critical: bool
) -> None:
    bars = _of(layout, Shape.MILESTONE, is_critical=is_critical)
    figure.add_scatter(
        mode="markers",
        x=[bar.start for bar in bars],
        y=[bar.y for bar in bars],
        marker={
            "symbol": "diamond",
            "size": 15,
            "color": PALETTE.critical if is_critical else PALETTE.plan,
            "line": {"width": 3 if is_critical else 0, "color": PALETTE.critical_soft},
        },
        **_hover(bars, layout, _),
    )


def _add_stages(figure: go.Figure, layout: GanttLayout, _: Translator) -> None:
    bars = [bar for bar in layout.bars if bar.shape is Shape.STAGE]
    figure.add_bar(
        orientation="h",
        base=[bar.start for bar in bars],
        x=[bar.end - bar.start for bar in bars],
        y=[bar.y for bar in bars],
        width=0.18,
        marker={"color": PALETTE.grey},
        **_hover(bars, layout, _),
    )


def _add_done(figure: go.Figure, bars: Iterable[Bar]) -> None:
    begun = [bar for bar in bars if bar.shape is Shape.BAR and bar.done_end > bar.start]
    figure.add_bar(
        orientation="h",
        base=[bar.start for bar in begun],
        x=[bar.done_end - bar.start for bar in begun],
        y=[bar.y for bar in begun],
        width=0.18,
        marker={"color": PALETTE.done},
        hoverinfo="skip",
    )


def _add_agreed(figure: go.Figure, bars: Iterable[Bar]) -> None:
    """Draw the baseline below the bars."""
    agreed = [(bar, bar.agreed) for bar in bars if bar.agreed is not None]
    figure.add_bar(
        orientation="h",
        base=[stretch.start for _bar, stretch in agreed],
        x=[max(stretch.end - stretch.start, 0.2) for _bar, stretch in agreed],
        y=[bar.y + 0.34 for bar, _stretch in agreed],
        width=0.12,
        marker={"color": PALETTE.soft, "line": {"color": PALETTE.plan, "width": 1}},
        hoverinfo="skip",
    )


def _add_deadlines(figure: go.Figure, layout: GanttLayout, _: Translator) -> None:
    """Mark each deadline at its row; one that is missed is filled and brick."""
    due = [bar for bar in layout.bars if bar.deadline is not None]
    figure.add_scatter(
        mode="markers",
        x=[bar.deadline for bar in due],
        y=[bar.y - 0.2 for bar in due],
        marker={
            "symbol": ["triangle-down" if x.misses_deadline else "triangle-down-open" for x in due],
            "size": 10,
            "color": [PALETTE.critical if x.misses_deadline else PALETTE.grey for x in due],
            "line": {"color": PALETTE.paper, "width": 1},
        },
        hovertext=[
            _("deadline {day}", day=moment(_, bar.task.deadline, layout.plan.unit))
            for bar in due
            if bar.task.deadline is not None
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _add_floats(figure: go.Figure, bars: Iterable[Bar]) -> None:
    loose = [bar for bar in bars if bar.float_end > bar.end and bar.shape is not Shape.STAGE]
    figure.add_scatter(
        mode="lines+markers",
        x=_broken((bar.end, bar.float_end) for bar in loose),
        y=_broken((bar.y, bar.y) for bar in loose),
        line={"color": PALETTE.grey, "width": 1.5, "dash": "dot"},
        marker={"symbol": "line-ns-open", "size": 7, "color": PALETTE.grey},
        hoverinfo="skip",
    )


def _add_links(figure: go.Figure, routes: Sequence[Route], *, critical: bool) -> None:
    colour = PALETTE.critical if critical else PALETTE.grey
    figure.add_scatter(
        mode="lines",
        x=_broken([point.x for point in route.points] for route in routes),
        y=_broken([point.y for point in route.points] for route in routes),
        line={"color": colour, "width": 2 if critical else 1},
        hoverinfo="skip",
    )
    figure.add_scatter(
        mode="markers",
        x=[route.points[-1].x for route in routes],
        y=[route.points[-1].y for route in routes],
        marker={
            "symbol": [
                "triangle-left" if route.link.kind.meets_finish else "triangle-right"
                for route in routes
            ],
            "size": 8,
            "color": colour,
        },
        hoverinfo="skip",
    )


def _add_finishes(figure: go.Figure, layout: GanttLayout, _: Translator) -> None:
    """Write the last day beside each bar: a direct label instead of a grid to follow."""
    figure.add_scatter(
        mode="text",
        x=[bar.end for bar in layout.bars],
        y=[bar.y for bar in layout.bars],
        text=[f"{_AIR}{_.day(bar.span.last_day(layout.plan.unit))}" for bar in layout.bars],
        textposition="middle right",
        textfont={"size": 11, "color": PALETTE.grey},
        cliponaxis=False,
        hoverinfo="skip",
    )


def _set_axes(figure: go.Figure, layout: GanttLayout, _: Translator) -> None:
    figure.update_xaxes(
        range=[0, layout.days],
        tickmode="array",
        tickvals=[cell.start for cell in layout.axis.lower],
        ticktext=list(_ticks(layout, _)),
        ticklabelposition="outside right",
        side="top",
        showgrid=True,
        zeroline=False,
        tickangle=0,
    )
    figure.update_yaxes(
        range=[max(len(layout.bars), 1), 0],
        tickmode="array",
        tickvals=[bar.y for bar in layout.bars],
        ticktext=[_label(bar) for bar in layout.bars],
        showgrid=False,
        zeroline=False,
        automargin=True,
    )
    figure.update_layout(
        barmode="overlay",
        showlegend=False,
        dragmode=False,  # a swipe over the chart moves the page
        height=_FRAME_PIXELS + _ROW_PIXELS * max(len(layout.bars), 1),
        margin={"l": 10, "r": 80, "t": 50, "b": 30},
    )


def _ticks(layout: GanttLayout, _: Translator) -> Iterator[str]:
    """Write days or months in one line, and above the first of each its month or year."""
    above = {}
    for cell in layout.axis.upper:
        room = (cell.end - cell.start) * layout.day_width
        words = upper_label(layout.axis, cell, _)
        short = short_upper_label(layout.axis, cell, _)
        fitting = [x for x in (words, short) if len(x) * _LETTER_PIXELS < room]
        above[cell.start] = fitting[0] if fitting else ""
    for cell in layout.axis.lower:
        words = lower_label(layout.axis, cell, _)
        room = (cell.end - cell.start) * layout.day_width
        begun = [x for x in above if cell.start <= x < cell.end]
        shown = words if len(words) * _LETTER_PIXELS < room else ""
        yield f"{above[begun[-1]] if begun else ''} <br>{shown}"


def _add_today(figure: go.Figure, layout: GanttLayout, _: Translator) -> None:
    if layout.today is not None:
        figure.add_shape(
            type="line", xref="x", yref="paper", x0=layout.today, x1=layout.today, y0=0, y1=1,
            line={"color": PALETTE.today, "width": 2, "dash": "dash"},
        )  # fmt: skip
        figure.add_annotation(
            xref="x", yref="paper", x=layout.today, y=0, text=_("today"), showarrow=False,
            yanchor="top", font={"color": PALETTE.today, "size": 12},
        )  # fmt: skip


def _of(layout: GanttLayout, shape: Shape, *, is_critical: bool) -> list[Bar]:
    return [b for b in layout.bars if b.shape is shape and b.slot.is_critical is is_critical]


def _marker(*, is_critical: bool) -> dict[str, Any]:
    if not is_critical:
        return {"color": PALETTE.plan, "line": {"color": PALETTE.done, "width": 1}}
    return {
        "color": PALETTE.critical,
        "line": {"color": PALETTE.critical, "width": 2},
        "pattern": {
            "shape": "/",
            "size": 6,
            "solidity": 0.3,
            "fillmode": "replace",
            "fgcolor": PALETTE.critical_soft,
            "bgcolor": PALETTE.critical,
        },
    }


def _hover(bars: Sequence[Bar], layout: GanttLayout, _: Translator) -> dict[str, Any]:
    return {
        "hovertext": [_told(bar, layout, _) for bar in bars],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _told(bar: Bar, layout: GanttLayout, _: Translator) -> str:
    unit, slot = layout.plan.unit, bar.slot
    length, counting = bar.takes
    lines = [
        f"<b>{bar.task.position}. {escape(bar.task.title, quote=False)}</b>",
        period(_, bar.span, unit),
        stretch(_, length, unit, counting),
        _("on the critical path")
        if slot.is_critical
        else _("float {amount}", amount=stretch(_, slot.total_float, unit, bar.float_in)),
        _("done {share}", share=_.percent(bar.task.done_percent / 100)),
    ]
    return "<br>".join(lines)


def _label(bar: Bar) -> str:
    indent = "  " * bar.level
    title = f"{bar.task.position}. {bar.task.title}"
    lines = wrap(title, _LETTERS, max_lines=2, placeholder="…")
    text = "<br>".join(indent + escape(line, quote=False) for line in lines)
    return f"<b>{text}</b>" if bar.slot.is_critical or bar.shape is Shape.STAGE else text


def _broken(pieces: Iterable[Iterable[float]]) -> list[float | None]:
    """Join several lines into one trace, a gap after each."""
    return list(chain.from_iterable((*piece, None) for piece in pieces))

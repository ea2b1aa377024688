"""The dependency network on the screen: layers from top to bottom."""

from collections.abc import Sequence
from html import escape
from textwrap import wrap

import plotly.graph_objects as go

from core.i18n import Translator
from core.ui.theme import PALETTE
from roadmaps.domain.network import Edge, NetworkLayout, Node
from roadmaps.domain.notation import letters_of
from roadmaps.domain.plan import LinkKind
from roadmaps.domain.routing import Point
from roadmaps.domain.words import amount

_HALF_WIDTH = 0.44
_HALF_HEIGHT = 0.3
_ROW_PIXELS = 100
_NARROWEST = 3.0
_NAMED_UP_TO = 9.0
_LETTERS = 110


def network(layout: NetworkLayout, _: Translator) -> go.Figure:
    """Draw boxes for tasks and arrows for links; the critical path in a thick brick outline."""
    figure = go.Figure()
    for is_critical in (False, True):
        chosen = [e for e in layout.edges if e.is_critical is is_critical]
        _add_edges(figure, chosen, is_critical=is_critical)
    _add_kinds(figure, layout.edges, _)
    _add_boxes(figure, layout.nodes)
    _add_names(figure, layout, _)
    half, height = max(layout.width, _NARROWEST) / 2, max(layout.height, 1)
    figure.update_xaxes(visible=False, range=[-half, half])
    figure.update_yaxes(visible=False, range=[height - 0.6, -0.4])
    figure.update_layout(
        showlegend=False,
        dragmode="pan",
        height=20 + _ROW_PIXELS * height,
        margin={"l": 5, "r": 5, "t": 5, "b": 5},
    )
    return figure


def _add_edges(figure: go.Figure, edges: Sequence[Edge], *, is_critical: bool) -> None:
    lines = [_ends(edge) for edge in edges]
    colour = PALETTE.critical if is_critical else PALETTE.grey
    figure.add_scatter(
        mode="lines",
        x=[x for line in lines for x in (*(point.x for point in line), None)],
        y=[y for line in lines for y in (*(point.y for point in line), None)],
        line={"color": colour, "width": 3 if is_critical else 1.2},
        hoverinfo="skip",
    )
    figure.add_scatter(
        mode="markers",
        x=[line[-1].x for line in lines],
        y=[line[-1].y for line in lines],
        marker={"symbol": "triangle-down", "size": 9, "color": colour},
        hoverinfo="skip",
    )


def _ends(edge: Edge) -> tuple[Point, ...]:
    """Let a line run from the lower edge of a box to the upper one of another, past the rest."""
    first, *passed, last = edge.points
    past = (Point(at.x, at.y + side) for at in passed for side in (-_HALF_HEIGHT, _HALF_HEIGHT))
    start = Point(first.x, first.y + _HALF_HEIGHT)
    return (start, *past, Point(last.x, last.y - _HALF_HEIGHT))


def _add_kinds(figure: go.Figure, edges: Sequence[Edge], _: Translator) -> None:
    """Name the links that are not plain finish-to-start."""
    special = [e for e in edges if e.link.kind is not LinkKind.FS or e.link.lag]
    figure.add_scatter(
        mode="text",
        x=[(e.points[-1].x * 3 + e.points[-2].x) / 4 for e in special],
        y=[e.points[-1].y - 0.4 for e in special],
        text=[_kind(e, _) for e in special],
        textposition="middle right",
        textfont={"size": 11, "color": PALETTE.grey},
        hoverinfo="skip",
    )


def _add_boxes(figure: go.Figure, nodes: Sequence[Node]) -> None:
    """Draw all boxes of one look as one trace: a shape for each would take plotly minutes."""
    for is_critical in (False, True):
        for is_milestone in (False, True):
            chosen = [
                node
                for node in nodes
                if (node.slot.is_critical, node.task.is_milestone) == (is_critical, is_milestone)
            ]
            figure.add_scatter(
                mode="lines",
                x=[x for node in chosen for x in (*_across(node), None)],
                y=[y for node in chosen for y in (*_down(node), None)],
                fill="toself",
                fillcolor=_fill(PALETTE.critical if is_critical else PALETTE.plan),
                line={
                    "color": PALETTE.critical if is_critical else PALETTE.plan,
                    "width": 3 if is_critical else 1.2,
                    "dash": "dot" if is_milestone else "solid",
                },
                hoverinfo="skip",
            )


def _across(node: Node) -> tuple[float, ...]:
    left, right = node.at.x - _HALF_WIDTH, node.at.x + _HALF_WIDTH
    return left, right, right, left, left


def _down(node: Node) -> tuple[float, ...]:
    top, bottom = node.at.y - _HALF_HEIGHT, node.at.y + _HALF_HEIGHT
    return top, top, bottom, bottom, top


def _fill(colour: str) -> str:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.09)"


def _add_names(figure: go.Figure, layout: NetworkLayout, _: Translator) -> None:
    named = layout.width <= _NAMED_UP_TO
    figure.add_scatter(
        mode="text",
        x=[node.at.x for node in layout.nodes],
        y=[node.at.y for node in layout.nodes],
        text=[_name(n, layout, _) if named else str(n.task.position) for n in layout.nodes],
        textfont={"size": 12},
        hovertext=[_told(node, layout, _) for node in layout.nodes],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _name(node: Node, layout: NetworkLayout, _: Translator) -> str:
    letters = int(_LETTERS / max(layout.width, _NARROWEST))
    title = f"{node.task.position}. {node.task.title}"
    lines = wrap(title, letters, max_lines=2, placeholder="…")
    shown = "<br>".join(escape(line, quote=False) for line in lines)
    length = amount(_, node.task.duration, layout.plan.unit)
    last = _("milestone") if node.task.is_milestone else length
    return f"{'<b>' + shown + '</b>' if node.slot.is_critical else shown}<br><i>{last}</i>"


def _told(node: Node, layout: NetworkLayout, _: Translator) -> str:
    state = (
        _("on the critical path")
        if node.slot.is_critical
        else _("float {amount}", amount=amount(_, node.slot.total_float, layout.plan.unit))
    )
    return f"<b>{escape(node.task.title, quote=False)}</b><br>{state}"


def _kind(edge: Edge, _: Translator) -> str:
    lag = f"{edge.link.lag:+d}" if edge.link.lag else ""
    return f"{letters_of(edge.link.kind, _.language)}{lag}"

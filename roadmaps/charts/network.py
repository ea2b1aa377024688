"""The dependency network on the screen: layers from left to right."""

from collections.abc import Sequence
from html import escape
from textwrap import wrap

import plotly.graph_objects as go

from core.i18n import Translator
from core.ui.theme import PALETTE
from roadmaps.domain.network import Edge, NetworkLayout, Node
from roadmaps.domain.notation import letters_of
from roadmaps.domain.plan import LinkKind
from roadmaps.domain.words import amount

_HALF_WIDTH = 0.41
_HALF_HEIGHT = 0.36
_ROW_PIXELS = 84
_NAMED_UP_TO = 60
_LINE = 18


def network(layout: NetworkLayout, _: Translator) -> go.Figure:
    """Draw boxes for tasks and arrows for links; the critical path in a thick brick outline."""
    figure = go.Figure()
    for is_critical in (False, True):
        chosen = [e for e in layout.edges if e.is_critical is is_critical]
        _add_edges(figure, chosen, is_critical=is_critical)
    _add_kinds(figure, layout.edges, _)
    for node in layout.nodes:
        _add_box(figure, node)
    _add_names(figure, layout, _)
    height = max(layout.height, 1)
    figure.update_xaxes(visible=False, range=[-0.6, max(layout.width, 1) - 0.4])
    figure.update_yaxes(visible=False, range=[height - 0.4, -0.6])
    figure.update_layout(
        showlegend=False,
        dragmode="pan",
        height=60 + _ROW_PIXELS * height,
        margin={"l": 5, "r": 5, "t": 5, "b": 5},
    )
    return figure


def _add_edges(figure: go.Figure, edges: Sequence[Edge], *, is_critical: bool) -> None:
    xs: list[float | None] = []
    ys: list[float | None] = []
    for edge in edges:
        xs += [edge.start.x + _HALF_WIDTH, edge.end.x - _HALF_WIDTH, None]
        ys += [edge.start.y, edge.end.y, None]
    colour = PALETTE.critical if is_critical else PALETTE.grey
    figure.add_scatter(
        mode="lines",
        x=xs,
        y=ys,
        line={"color": colour, "width": 3 if is_critical else 1.2},
        hoverinfo="skip",
    )
    figure.add_scatter(
        mode="markers",
        x=[edge.end.x - _HALF_WIDTH for edge in edges],
        y=[edge.end.y for edge in edges],
        marker={"symbol": "triangle-right", "size": 9, "color": colour},
        hoverinfo="skip",
    )


def _add_kinds(figure: go.Figure, edges: Sequence[Edge], _: Translator) -> None:
    """Name the links that are not plain finish-to-start."""
    special = [e for e in edges if e.link.kind is not LinkKind.FS or e.link.lag]
    figure.add_scatter(
        mode="text",
        x=[(e.start.x + e.end.x) / 2 for e in special],
        y=[(e.start.y + e.end.y) / 2 for e in special],
        text=[_kind(e, _) for e in special],
        textposition="top center",
        textfont={"size": 11, "color": PALETTE.grey},
        hoverinfo="skip",
    )


def _add_box(figure: go.Figure, node: Node) -> None:
    critical = node.slot.is_critical
    figure.add_shape(
        type="rect",
        x0=node.at.x - _HALF_WIDTH,
        x1=node.at.x + _HALF_WIDTH,
        y0=node.at.y - _HALF_HEIGHT,
        y1=node.at.y + _HALF_HEIGHT,
        line={
            "color": PALETTE.critical if critical else PALETTE.plan,
            "width": 3 if critical else 1.2,
            "dash": "dot" if node.task.is_milestone else "solid",
        },
        fillcolor="rgba(166,61,47,0.10)" if critical else "rgba(47,125,91,0.07)",
        layer="below",
    )


def _add_names(figure: go.Figure, layout: NetworkLayout, _: Translator) -> None:
    named = len(layout.nodes) <= _NAMED_UP_TO
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
    lines = wrap(f"{node.task.position}. {node.task.title}", _LINE, max_lines=2, placeholder="…")
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

"""The dependency network on the screen: layers from top to bottom, or from left to right."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from textwrap import wrap
from typing import Final

import plotly.graph_objects as go

from core.i18n import Coded, Translator
from core.ui.theme import PALETTE
from roadmaps.domain.network import Edge, NetworkLayout, Node
from roadmaps.domain.notation import letters_of
from roadmaps.domain.plan import LinkKind, Task
from roadmaps.domain.routing import Point
from roadmaps.domain.why_words import stretch

_MARGIN: Final = 10.0
_LEAST: Final = 320.0  # px of a picture's width
_LETTER: Final = 7.4  # px, on the average
_PRESSED: Final = (-0.34, 0.0, 0.34)  # where a box can be pressed, in widths from its middle
_DOWN_UP_TO: Final = 1_000.0  # px of width up to which layers run from top to bottom


class Flow(Coded):
    """In which direction the layers of a network follow each other."""

    DOWN = "down"
    RIGHT = "right"

    @property
    def box(self) -> tuple[float, float]:
        """Give width and height of a box [px]."""
        return (178.0, 66.0) if self is Flow.DOWN else (200.0, 58.0)

    @property
    def pitch(self) -> tuple[float, float]:
        """Give the way from a box to the next across, and from layer to layer [px]."""
        return (192.0, 112.0) if self is Flow.DOWN else (70.0, 272.0)


@dataclass(frozen=True, slots=True)
class Look:
    """How a network is shown: which way it flows, which task is chosen, whether it has names."""

    flow: Flow = Flow.DOWN
    chosen: int | None = None
    is_named: bool = True


def flow_of(layout: NetworkLayout) -> Flow:
    """Choose the direction in which a network needs less width, downwards where it is narrow."""
    down = network_size(layout, Flow.DOWN)[0]
    is_narrow = down <= max(_DOWN_UP_TO, network_size(layout, Flow.RIGHT)[0])
    return Flow.DOWN if is_narrow else Flow.RIGHT


def network_size(layout: NetworkLayout, flow: Flow) -> tuple[float, float]:
    """Give width and height of the picture at which its names are readable [px]."""
    across, along = flow.pitch
    wide = max(layout.width, 1.0) * across + 2 * _MARGIN
    long = max(layout.height, 1) * along + 2 * _MARGIN
    return (max(wide, _LEAST), long) if flow is Flow.DOWN else (max(long, _LEAST), wide)


def network_place(layout: NetworkLayout, flow: Flow, node: Node) -> Point:
    """Give the middle of a box from the upper left corner of the picture [px]."""
    at = _Drawn(layout, Look(flow)).place(node.at)
    return Point(at.x + network_size(layout, flow)[0] / 2, at.y)


def network(layout: NetworkLayout, _: Translator, look: Look | None = None) -> go.Figure:
    """Draw boxes for tasks and arrows for links; the critical path in a thick brick outline.

    Links that others imply are dashed and pale; the chosen task and its links are blue. Every
    box answers a press with the id of its task.
    """
    drawn = _Drawn(layout, look or Look())
    figure = go.Figure()
    for edges, line in _bundles(layout, drawn.look.chosen):
        _add_edges(figure, drawn, edges, line)
    if drawn.look.is_named:
        _add_kinds(figure, drawn, _)
    _add_boxes(figure, drawn)
    _add_names(figure, drawn, _)
    _add_presses(figure, drawn, _)
    width, height = network_size(layout, drawn.look.flow)
    figure.update_xaxes(visible=False, range=[-width / 2, width / 2])
    figure.update_yaxes(visible=False, range=[height, 0])
    figure.update_layout(
        showlegend=False,
        dragmode=False,
        hoverdistance=1,
        height=height,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
    )
    return figure


class _Drawn:
    """Where the parts of a layout stand in the picture [px], x from its middle."""

    def __init__(self, layout: NetworkLayout, look: Look) -> None:
        self.layout, self.look = layout, look
        self._size = network_size(layout, look.flow)

    def place(self, at: Point) -> Point:
        across, along = self.look.flow.pitch
        x, y = at.x * across, (at.y + 0.5) * along + _MARGIN
        if self.look.flow is Flow.DOWN:
            return Point(x, y)
        return Point(y - self._size[0] / 2, x + self._size[1] / 2)

    def line(self, edge: Edge) -> tuple[Point, ...]:
        """Let a line run from the far side of a box to the near side of another, past the rest."""
        first, *passed, last = (self.place(point) for point in edge.points)
        wide, high = (side / 2 for side in self.look.flow.box)
        x, y = (0.0, high) if self.look.flow is Flow.DOWN else (wide, 0.0)
        around = (Point(at.x + s * x, at.y + s * y) for at in passed for s in (-1, 1))
        return (Point(first.x + x, first.y + y), *around, Point(last.x - x, last.y - y))

    def box(self, node: Node) -> tuple[tuple[float, ...], tuple[float, ...]]:
        at = self.place(node.at)
        wide, high = (side / 2 for side in self.look.flow.box)
        left, right, top, bottom = at.x - wide, at.x + wide, at.y - high, at.y + high
        return (left, right, right, left, left), (top, top, bottom, bottom, top)


def _bundles(
    layout: NetworkLayout, chosen: int | None
) -> Iterator[tuple[list[Edge], dict[str, str | float]]]:
    """Sort the lines by their looks, the most important drawn last."""
    pale: list[Edge] = []
    other: list[Edge] = []
    critical: list[Edge] = []
    near: list[Edge] = []
    for edge in layout.edges:
        if chosen in {edge.link.predecessor, edge.link.successor}:
            near.append(edge)
        elif edge.is_critical:
            critical.append(edge)
        else:
            (pale if edge.is_redundant else other).append(edge)
    yield pale, {"color": PALETTE.faint, "width": 1.2, "dash": "dot"}
    yield other, {"color": PALETTE.grey, "width": 1.2}
    yield critical, {"color": PALETTE.critical, "width": 3}
    yield near, {"color": PALETTE.today, "width": 2.4}


def _add_edges(
    figure: go.Figure, drawn: _Drawn, edges: Sequence[Edge], line: dict[str, str | float]
) -> None:
    lines = [drawn.line(edge) for edge in edges]
    is_down = drawn.look.flow is Flow.DOWN
    figure.add_scatter(
        mode="lines",
        x=[x for points in lines for x in (*(point.x for point in points), None)],
        y=[y for points in lines for y in (*(point.y for point in points), None)],
        line=line,
        hoverinfo="skip",
    )
    figure.add_scatter(
        mode="markers",
        x=[points[-1].x - (0 if is_down else 4) for points in lines],
        y=[points[-1].y - (4 if is_down else 0) for points in lines],
        marker={
            "symbol": "triangle-down" if is_down else "triangle-right",
            "size": 9,
            "color": line["color"],
        },
        hoverinfo="skip",
    )


def _add_kinds(figure: go.Figure, drawn: _Drawn, _: Translator) -> None:
    """Name the links that are not plain finish-to-start, beside their tips."""
    special = [e for e in drawn.layout.edges if e.link.kind is not LinkKind.FS or e.link.lag]
    ends = [drawn.line(edge)[-1] for edge in special]
    is_down = drawn.look.flow is Flow.DOWN
    figure.add_scatter(
        mode="text",
        x=[end.x + (6 if is_down else -8) for end in ends],
        y=[end.y - (14 if is_down else 8) for end in ends],
        text=[_kind(e, _) for e in special],
        textposition="middle right" if is_down else "middle left",
        textfont={"size": 11, "color": PALETTE.grey},
        hoverinfo="skip",
    )


def _add_boxes(figure: go.Figure, drawn: _Drawn) -> None:
    """Draw all boxes of one look as one trace: a shape for each would take plotly minutes."""
    nodes, chosen = drawn.layout.nodes, drawn.look.chosen
    for is_critical in (False, True):
        for is_milestone in (False, True):
            alike = [
                node
                for node in nodes
                if (node.slot.is_critical, node.task.is_milestone) == (is_critical, is_milestone)
            ]
            colour = PALETTE.critical if is_critical else PALETTE.plan
            dash = "dot" if is_milestone else "solid"
            look = {"color": colour, "width": 3 if is_critical else 1.2, "dash": dash}
            _add_outlines(figure, drawn, alike, look)
    picked = [node for node in nodes if node.task.id == chosen]
    if picked:
        _add_outlines(figure, drawn, picked, {"color": PALETTE.today, "width": 4})


def _add_outlines(
    figure: go.Figure, drawn: _Drawn, nodes: Iterable[Node], line: dict[str, str | float]
) -> None:
    boxes = [drawn.box(node) for node in nodes]
    figure.add_scatter(
        mode="lines",
        x=[x for across, _down in boxes for x in (*across, None)],
        y=[y for _across, down in boxes for y in (*down, None)],
        fill="toself",
        fillcolor=_fill(str(line["color"])),
        line=line,
        hoverinfo="skip",
    )


def _fill(colour: str) -> str:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.09)"


def _add_names(figure: go.Figure, drawn: _Drawn, _: Translator) -> None:
    places = [drawn.place(node.at) for node in drawn.layout.nodes]
    figure.add_scatter(
        mode="text",
        x=[at.x for at in places],
        y=[at.y for at in places],
        text=[_name(node, drawn, _) for node in drawn.layout.nodes],
        textfont={"size": 12},
        hoverinfo="skip",
    )


def _add_presses(figure: go.Figure, drawn: _Drawn, _: Translator) -> None:
    """Lay unseen points over the boxes: they tell about a task, and say which one was pressed."""
    width, height = drawn.look.flow.box
    spots = [(node, drawn.place(node.at), side) for node in drawn.layout.nodes for side in _PRESSED]
    figure.add_scatter(
        mode="markers",
        x=[at.x + side * width for _node, at, side in spots],
        y=[at.y for _node, at, _side in spots],
        customdata=[node.task.id for node, _at, _side in spots],
        marker={"symbol": "square", "size": height, "opacity": 0},
        selected={"marker": {"opacity": 0}},
        unselected={"marker": {"opacity": 0}},
        hovertext=[_told(node, drawn.layout, _) for node, _at, _side in spots],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _name(node: Node, drawn: _Drawn, _: Translator) -> str:
    task = node.task
    if not drawn.look.is_named:
        return str(task.position)
    letters = int(drawn.look.flow.box[0] / _LETTER)
    lines = wrap(f"{task.position}. {task.title}", letters, max_lines=2, placeholder="…")
    shown = "<br>".join(escape(line, quote=False) for line in lines)
    last = _("milestone") if task.is_milestone else _length(task, task.duration, drawn.layout, _)
    return f"{'<b>' + shown + '</b>' if node.slot.is_critical else shown}<br><i>{last}</i>"


def _told(node: Node, layout: NetworkLayout, _: Translator) -> str:
    state = (
        _("on the critical path")
        if node.slot.is_critical
        else _("float {amount}", amount=_length(node.task, node.slot.total_float, layout, _))
    )
    title = "<br>".join(
        escape(line, quote=False) for line in wrap(f"{node.task.position}. {node.task.title}", 60)
    )
    return f"<b>{title}</b><br>{state}"


def _length(task: Task, units: int, layout: NetworkLayout, _: Translator) -> str:
    return stretch(_, units, layout.plan.unit, task.counting)


def _kind(edge: Edge, _: Translator) -> str:
    lag = f"{edge.link.lag:+d}" if edge.link.lag else ""
    return f"{letters_of(edge.link.kind, _.language)}{lag}"

"""The dependency network as SVG: one picture, or sheets of paper."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import Final

from core.i18n import Translator
from core.lettering import wrapped
from roadmaps.domain.network import Edge, NetworkLayout, Node
from roadmaps.domain.notation import letters_of
from roadmaps.domain.plan import LinkKind
from roadmaps.domain.routing import Point
from roadmaps.domain.terms import Baseline, BaselineDates
from roadmaps.domain.why_words import stretch
from roadmaps.domain.words import moment
from roadmaps.domain.worktime import Span
from roadmaps.formats.caption import Caption, foot, heading, legend, running_head, titled
from roadmaps.formats.paper import Paper
from roadmaps.formats.svg import (
    LINE,
    PAPER,
    SIZE,
    Box,
    Colours,
    Sketch,
    attribute,
    clean,
    definitions,
    document,
    lines,
    number,
    polyline,
    rect,
    text,
)

_MARGIN: Final = 40.0
_WIDE: Final = 196.0  # from the middle of a box to that of the next
_HIGH: Final = 104.0
_BOX: Final = (180.0, 70.0)
_MOST_LINES: Final = 3
_OVERLAP: Final = _BOX[0] + 12.0  # of neighbouring sheets, so that each box is whole on one
_REPEATED: Final = 0.3  # of an arrow that says what others say
_AGREED: Final = "◇"
_SMALL: Final = 10.0
_LEAST: Final = 0.75  # scale below which names on paper are too small: then several sheets
_FOOT: Final = 26.0
_RUNNING: Final = 30.0
_ROUNDING: Final = 0.001


@dataclass(frozen=True)
class Net:
    """A network, the dates of its tasks and the words around it."""

    layout: NetworkLayout
    spans: dict[int, Span]
    caption: Caption
    words: Translator
    colours: Colours = PAPER

    @cached_property
    def baseline(self) -> Baseline | None:
        """The baseline that is drawn: the latest."""
        return max(self.layout.plan.baselines, key=lambda x: x.number, default=None)

    @cached_property
    def agreed(self) -> Mapping[int, BaselineDates]:
        """What was agreed of each task."""
        return {x.task_id: x for x in (self.baseline.dates if self.baseline else ())}

    @cached_property
    def has_years(self) -> bool:
        """Tell whether its days are of several years, so that each must say its own."""
        years = {at.year for span in self.spans.values() for at in (span.start, span.finish)}
        return len(years) > 1

    @property
    def size(self) -> tuple[float, float]:
        """Give the width and height of the drawing."""
        return max(self.layout.width, 1.0) * _WIDE, max(self.layout.height, 1) * _HIGH

    def place(self, at: Point) -> tuple[float, float]:
        """Give the place of a point of the layout."""
        return self.size[0] / 2 + at.x * _WIDE, (at.y + 0.5) * _HIGH


def network_svg(net: Net) -> Sketch:
    """Draw the whole network as one SVG document."""
    width, height = net.size
    page = max(width, 760.0)
    head, top = _head(net, Box(_MARGIN, _MARGIN, page, 0))
    left = _MARGIN + (page - width) / 2
    size = (page + 2 * _MARGIN, top + height + _MARGIN)
    body = [
        definitions(net.colours),
        rect(Box(0, 0, *size), net.colours.paper),
        *head,
        f'<g transform="translate({number(left)} {number(top)})">',
        *_drawn(net),
        "</g>",
    ]
    return document(size, net.caption.title, net.words.language, body)


def network_pages(net: Net, paper: Paper) -> tuple[Sketch, ...]:
    """Draw the network on sheets of paper, upright if that takes fewer of them."""
    width, height = paper.drawn
    lying = network_sheets(net, (width, height))
    if len(lying) == 1:
        return lying
    upright = network_sheets(net, (height, width))
    return upright if len(upright) < len(lying) else lying


def network_sheets(net: Net, size: tuple[float, float]) -> tuple[Sketch, ...]:
    """Draw the network on one sheet if its names stay readable, or else on as many as needed.

    Sheets beside each other overlap by a box; every one but the first says where it belongs.
    """
    _ = net.words
    width, height = size
    box = Box(_MARGIN, _MARGIN, width - 2 * _MARGIN, height - 2 * _MARGIN)
    head, top = _head(net, box)
    room = box.bottom - _FOOT - top
    scale = max(min(1.0, box.width / net.size[0], room / net.size[1]), _LEAST)
    step = box.width - _OVERLAP * scale
    across = 1 + max(ceil((net.size[0] * scale - box.width) / step - _ROUNDING), 0)
    rows = list(_rows(net, scale, (room, box.height - _FOOT - _RUNNING)))
    found: list[tuple[str, list[str]]] = []
    for row, (y, high) in enumerate(rows):
        window = Box(box.x, top if not row else box.y + _RUNNING, box.width, high)
        for column in range(across):
            shown = list(_tile(net, window, (column * step, y), scale))
            part = _("row {row}, column {column}", row=row + 1, column=column + 1)
            if shown or not found:  # nothing reaches into most corners of a large network
                found.append((part if across > 1 else "", shown))
    pages = []
    for place, (part, shown) in enumerate(found, start=1):
        begun = _running(net, part, box) if place > 1 else head
        body = _framed(net, (begun, shown), (place, len(found)), box)
        pages.append(document(size, net.caption.title, net.words.language, body))
    return tuple(pages)


def _rows(net: Net, scale: float, rooms: tuple[float, float]) -> Iterator[tuple[float, float]]:
    """Cut the drawing between its layers: where each part begins, and how high it is."""
    layer = _HIGH * scale
    first, other = (max(int(room / layer + _ROUNDING), 1) * layer for room in rooms)
    y, high = 0.0, first
    while y < net.size[1] * scale - _ROUNDING:
        yield y, high
        y, high = y + high, other


def _running(net: Net, part: str, box: Box) -> Sequence[str]:
    return tuple(running_head((titled(net.caption), part), box, net.colours))


def _framed(
    net: Net, parts: tuple[Sequence[str], Sequence[str]], place: tuple[int, int], box: Box
) -> Iterator[str]:
    head, shown = parts
    yield definitions(net.colours)
    yield rect(Box(0, 0, box.right + _MARGIN, box.bottom + _MARGIN), net.colours.paper)
    yield from head
    yield from shown
    yield from foot(net.caption, place, box, net.colours, net.words)


def _tile(net: Net, window: Box, at: tuple[float, float], scale: float) -> Iterator[str]:
    """Show the part of the drawing that begins at a place, in a window; nothing if it is empty."""
    left = window.x - at[0] + max((window.width - net.size[0] * scale) / 2, 0)
    corner = ((window.x - left) / scale, at[1] / scale)
    shown = list(_drawn(net, Box(*corner, window.width / scale, window.height / scale)))
    if not shown:
        return
    yield f'<clipPath id="window">{rect(window, "none")}</clipPath><g clip-path="url(#window)">'
    yield f'<g transform="translate({number(left)} {number(window.y - at[1])}) scale({scale:.4f})">'
    yield from shown
    yield "</g></g>"


def _head(net: Net, box: Box) -> tuple[list[str], float]:
    _, layout = net.words, net.layout
    facts = _("network of {tasks}", tasks=_.plural("{n} task", "{n} tasks", len(layout.nodes)))
    head, y = heading(net.caption, (facts,), box, net.colours, _)
    small = Box(0, -6, 22, 12)
    thin = {"fill_opacity": 0.09, "rx": 2}
    colours, plain = net.colours, {"stroke_width": 1, **thin}
    signs = [
        (
            _("critical path"),
            rect(small, colours.critical, stroke=colours.critical, stroke_width=2.4, **thin),
        ),
        (_("other tasks"), rect(small, colours.plan, stroke=colours.plan, **plain)),
    ]
    if any(node.task.is_milestone for node in layout.nodes):
        dashed = rect(small, colours.plan, stroke=colours.plan, stroke_dasharray="3 2", **plain)
        signs.append((_("milestone"), dashed))
    if net.baseline is not None:
        title = net.baseline.title
        words = _("as agreed: {title}", title=title) if title else _("as agreed")
        sign = text(2, 4, _AGREED, net.colours.done, font_size=_SMALL)
        signs.append((wrapped(words, 220, SIZE, most=1)[0], sign))
    below, y = legend(signs, Box(box.x, y + 4, box.width, 0), net.colours)
    return [*head, *below], y + 12


def _drawn(net: Net, seen: Box | None = None) -> Iterator[str]:
    """Draw all of the network, or what reaches into a part of it: the sheets share one network."""
    for critical in (False, True):
        for edge in net.layout.edges:
            if edge.is_critical is critical and _reaches(net, edge.points, seen):
                yield from _edge(net, edge)
    for node in net.layout.nodes:
        if _reaches(net, (node.at,), seen):
            yield from _node(net, node)


def _reaches(net: Net, points: Sequence[Point], seen: Box | None) -> bool:
    """Tell whether the boxes around these points, and what lies between, touch a part."""
    if seen is None:
        return True
    places = [net.place(point) for point in points]
    across, down = [x for x, _y in places], [y for _x, y in places]
    wide, high = _BOX
    return (
        min(across) - wide / 2 <= seen.right
        and max(across) + wide / 2 >= seen.x
        and min(down) - high / 2 <= seen.bottom
        and max(down) + high / 2 >= seen.y
    )


def _edge(net: Net, edge: Edge) -> Iterator[str]:
    half = _BOX[1] / 2
    (x, y), *passed, (last_x, last_y) = (net.place(point) for point in edge.points)
    around = [(px, py + side) for px, py in passed for side in (-half, half)]
    yield polyline(
        [(x, y + half), *around, (last_x, last_y - half)],
        stroke=net.colours.critical if edge.is_critical else net.colours.grey,
        stroke_width=2 if edge.is_critical else 0.9,
        stroke_opacity=1 if edge.is_critical else _REPEATED if edge.is_redundant else 0.7,
        marker_end=f"url(#{'tip-critical' if edge.is_critical else 'tip'})",
    )
    link = edge.link
    if link.kind is not LinkKind.FS or link.lag:
        words = letters_of(link.kind, net.words.language) + (f"{link.lag:+d}" if link.lag else "")
        yield text(last_x + 6, last_y - half - 8, words, net.colours.grey, font_size=_SMALL)


def _node(net: Net, node: Node) -> Iterator[str]:
    (x, y), (width, height) = net.place(node.at), _BOX
    box = Box(x - width / 2, y - height / 2, width, height)
    critical, task, span = node.slot.is_critical, node.task, net.spans[node.task.id]
    colour = net.colours.critical if critical else net.colours.plan
    look: dict[str, str | float] = {"stroke": colour, "stroke_width": 2.4 if critical else 1}
    if task.is_milestone:
        look["stroke_dasharray"] = "4 3"
    facts = {
        "task": str(task.id),
        "title": task.title,
        "start": span.start.isoformat(),
        "finish": span.finish.isoformat(),
        "critical": "true" if critical else "false",
    }
    data = "".join(f" data-{name}={attribute(value)}" for name, value in facts.items())
    yield f"<g{data}><title>{clean(_told(net, node))}</title>"
    yield rect(box, net.colours.paper)
    yield rect(box, colour, fill_opacity=0.07, rx=3, **look)
    agreed = _agreed(net, node)
    room = _MOST_LINES - bool(agreed)
    title = wrapped(f"{task.position}. {task.title}", width - 16, 11, most=room)
    top = y - (LINE * len(title) + 4) / 2 + 4 - (6 if agreed else 0)
    yield lines(box.x + 8, top, title, net.colours.ink, font_size=11)
    if agreed:
        yield text(box.x + 8, box.bottom - 19, agreed, net.colours.done, font_size=_SMALL)
    yield text(box.x + 8, box.bottom - 7, _dates(net, node), net.colours.grey, font_size=_SMALL)
    yield "</g>"


def _agreed(net: Net, node: Node) -> str:
    """Give the days between which a task was agreed to be done, nothing where there are none."""
    dates = net.agreed.get(node.task.id)
    if dates is None or dates.start is None or dates.finish is None:
        return ""
    days = Span(dates.start, dates.finish).days(net.layout.plan.unit)
    first, last = (net.words.day(day) for day in days)
    return _AGREED + " " + (first if first == last else f"{first} – {last}")


def _dates(net: Net, node: Node) -> str:
    _, span = net.words, net.spans[node.task.id]
    begins_on, ends_on = span.days(net.layout.plan.unit)
    first, last = _.day(begins_on), _.day(ends_on)
    days = first if first == last else f"{first} – {last}"
    parts = [f"{days} {ends_on.year}" if net.has_years else days]
    if node.task.is_milestone:
        parts.append(_("milestone"))
    if node.slot.is_critical:
        parts.append(_("crit."))
    return ", ".join(parts)


def _told(net: Net, node: Node) -> str:
    _, unit = net.words, net.layout.plan.unit
    span = net.spans[node.task.id]
    state = (
        _("on the critical path")
        if node.slot.is_critical
        else _("float {amount}", amount=stretch(_, node.slot.total_float, unit, node.task.counting))
    )
    dates = f"{moment(_, span.start, unit)} – {moment(_, span.finish, unit)}"
    return f"{node.task.position}. {node.task.title} · {dates} · {state}"

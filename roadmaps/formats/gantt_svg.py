"""The Gantt chart as one picture in SVG, drawn from the geometry that the screen uses too."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from core.i18n import Translator
from roadmaps.domain.layout import GanttLayout
from roadmaps.formats.caption import Caption, facts_of, heading, legend, signs_of
from roadmaps.formats.gantt_chart import AXIS, Window, draw_axis, draw_chart, draw_today
from roadmaps.formats.gantt_dates import key_words
from roadmaps.formats.gantt_rows import (
    Line,
    Table,
    described,
    draw_heads,
    draw_line,
    table_of,
    told,
    with_years,
)
from roadmaps.formats.svg import (
    PAPER,
    Box,
    Colours,
    Sketch,
    attribute,
    definitions,
    document,
    number,
    path,
    rect,
)

_MARGIN: Final = 24.0
_EDGE: Final = 8.0
_NARROWEST: Final = 480.0
ABOVE: Final = AXIS + 22.0  # the axis, and the word over the line of today


@dataclass(frozen=True)
class Scene:
    """What is drawn, with which words and in which colours."""

    layout: GanttLayout
    table: Table
    caption: Caption
    words: Translator
    colours: Colours = PAPER

    def head(self, box: Box) -> tuple[list[str], float]:
        """Draw the head and the legend; give where they end."""
        _, colours = self.words, self.colours
        facts = (facts_of(self.layout, _), key_words(self.layout, _))
        head, y = heading(self.caption, facts, box, colours, _)
        below = Box(box.x, y + 4, box.width, 0)
        signs, y = legend(signs_of(self.layout, colours, _), below, colours)
        return [*head, *signs], y


def gantt_svg(
    layout: GanttLayout, caption: Caption, _: Translator, colours: Colours = PAPER
) -> Sketch:
    """Draw the whole chart as one SVG document.

    The critical path differs from the rest by colour, by hatching, by an outline and in words.
    """
    scene = Scene(layout, table_of(layout, caption.people, _), caption, _, colours)
    table = scene.table
    chart = max(layout.days * layout.day_width, _NARROWEST - table.width)
    width = table.width + chart + 2 * _MARGIN
    head, y = scene.head(Box(_MARGIN, _MARGIN, width - 2 * _MARGIN, 0))
    top = y + ABOVE
    bottom = top + sum(line.height for line in table.lines)
    window = window_of(scene, Box(_MARGIN + table.width, top, chart, bottom - top))
    body = [
        definitions(colours),
        rect(Box(0, 0, width, bottom + _MARGIN), colours.paper),
        *head,
        *sheet(scene, window),
    ]
    return document((width, bottom + _MARGIN), caption.title, _.language, body)


def window_of(
    scene: Scene,
    box: Box,
    rows: tuple[int, int] | None = None,
    days: tuple[float, float] | None = None,
) -> Window:
    """Give the part of the chart that some rows and days fill."""
    first, last = rows or (0, len(scene.table.lines))
    heights = [line.height for line in scene.table.lines[first:last]]
    return Window(
        box, *(days or (0.0, scene.layout.days)), first, list(accumulate(heights, initial=box.y))
    )


def sheet(scene: Scene, window: Window) -> Iterator[str]:
    """Draw the rows of a window: their words at the left of it, their bars inside."""
    layout, table, colours, box = scene.layout, scene.table, scene.colours, window.box
    left = box.x - table.width
    yield from draw_heads(table, left, box.y - 6, colours)
    yield from draw_axis(layout, window, colours, scene.words)
    for top in window.tops:
        line = f"M{number(left)} {number(top)}H{number(box.right)}"
        yield path(line, stroke=colours.rule, stroke_width=0.6)
    # a milestone of the last day is drawn whole
    beyond = _EDGE if window.last >= layout.days else 0.0
    seen = Box(box.x, box.y, box.width + beyond, box.height)
    yield f'<clipPath id="window">{rect(seen, "none")}</clipPath><g clip-path="url(#window)">'
    yield from draw_chart(layout, window, colours, scene.words)
    yield "</g>"
    shown = zip(window.tops[:-1], with_years(table, window.row), strict=False)
    for top, (row, years) in shown:
        yield from _words(scene, row, years, Box(left, top, box.right - left, row.height))
    yield from draw_today(layout, window, colours, scene.words)


def _words(scene: Scene, line: Line, years: Mapping[str, str], box: Box) -> Iterator[str]:
    """Write the words of one row; it carries its dates for programs, its words for pointers."""
    bar = line.bar
    facts = {
        "task": str(bar.task.id),
        "start": bar.span.start.isoformat(),
        "finish": bar.span.finish.isoformat(),
        "critical": "true" if bar.is_critical else "false",
        "title": bar.task.title,
    }
    data = "".join(f" data-{name}={attribute(value)}" for name, value in facts.items())
    said = told(bar, scene.layout.plan, scene.caption.people, scene.words)
    yield f"<g{data}>{described(said)}{rect(box, 'none', pointer_events='all')}"
    yield from draw_line(scene.table, (line, years), box.x, box.y, scene.colours)
    yield "</g>"

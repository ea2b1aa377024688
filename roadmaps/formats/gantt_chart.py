"""The bars of a drawn plan: one window of the chart, as wide and as high as it has room."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from core.i18n import Translator
from core.lettering import width_of
from roadmaps.domain.axis import Axis, Cell, Zoom
from roadmaps.domain.axis_words import lower_label, short_upper_label, upper_label
from roadmaps.domain.layout import Bar, GanttLayout, Shape
from roadmaps.domain.routing import Route
from roadmaps.formats.gantt_dates import beside, days_of, is_event, key_days
from roadmaps.formats.gantt_rows import SMALL
from roadmaps.formats.svg import Attributes, Box, Colours, number, path, polyline, rect, text

AXIS: Final = 38.0
_BAR: Final = 11.0
_DIAMOND: Final = 6.5
_AIR: Final = 6.0  # between a mark's words and its borders
_BEGIN: Final[Attributes] = {"font_size": SMALL}
_MIDDLE: Final[Attributes] = {"font_size": SMALL, "text_anchor": "middle"}
_CLEAR: Final = 9.0  # between a bar and its words, where links turn
_KEY: Final = 2.5  # the width of the line through the day of a milestone
_OUTSIDE: Final = 40.0
_PALE: Final = 0.35
_COVERING: Final = 0.9
_BEYOND: Final = 23.0  # rows past the edges of a window


@dataclass(frozen=True)
class Window:
    """A part of the chart and where it is drawn: days from `first` until `last`, some rows.

    `tops` are the upper edges of its rows in the drawing and, last, the lower edge of all;
    `row` is the number of the first of them, from 0.
    """

    box: Box
    first: float
    last: float
    row: int
    tops: Sequence[float]

    @property
    def day_width(self) -> float:
        """Give the width of a day."""
        return self.box.width / (self.last - self.first)

    def x(self, days: float) -> float:
        """Give the place of a moment."""
        return self.box.x + (days - self.first) * self.day_width

    def y(self, rows: float) -> float:
        """Give the place of a height in rows, though rows differ in height."""
        place, count = rows - self.row, len(self.tops) - 1
        if place <= 0:
            return self.tops[0] + place * _BEYOND
        if place >= count:
            return self.tops[-1] + (place - count) * _BEYOND
        whole = int(place)
        top, bottom = self.tops[whole], self.tops[whole + 1]
        return top + (bottom - top) * (place - whole)

    def near(self, x: float, y: float) -> tuple[float, float]:
        """Bring a point of an upright line to just outside: what is far away is slow to draw."""
        box = self.box
        return (
            min(max(x, box.x - _OUTSIDE), box.right + _OUTSIDE),
            min(max(y, box.y - _OUTSIDE), box.bottom + _OUTSIDE),
        )

    def holds(self, start: float, end: float) -> bool:
        """Tell whether any of a stretch is to be seen."""
        return end >= self.first and start <= self.last


def draw_axis(
    layout: GanttLayout, window: Window, colours: Colours, _: Translator
) -> Iterator[str]:
    """Draw the two rows of the axis above the window, and its lines through it."""
    axis, box = layout.axis, window.box
    for shade in layout.shades:
        if window.holds(shade.start, shade.end):
            left, right = _cut(window, shade.start, shade.end)
            yield rect(Box(left, box.y, right - left, box.height), colours.shade)
    middle = box.y - AXIS / 2
    for cell, left, right in _seen(axis.lower, window):
        yield path(f"M{number(left)} {number(middle)}V{number(box.bottom)}", stroke=colours.rule)
        words = lower_label(axis, cell, _)
        if width_of(words, SMALL) + _AIR / 2 <= right - left:
            begins = axis.zoom is not Zoom.DAYS  # a week is named where it begins, as on the screen
            place, how = (left + _AIR / 2, _BEGIN) if begins else ((left + right) / 2, _MIDDLE)
            yield text(place, box.y - 6, words, colours.grey, **how)
    for cell, left, right in _seen(axis.upper, window):
        yield path(f"M{number(left)} {number(box.y - AXIS)}V{number(middle)}", stroke=colours.rule)
        yield from _upper(axis, cell, (left, right), (middle - 5, colours.ink), _)


def _upper(
    axis: Axis, cell: Cell, place: tuple[float, float], ink: tuple[float, str], _: Translator
) -> Iterator[str]:
    left, right = place
    y, colour = ink
    for words in (upper_label(axis, cell, _), short_upper_label(axis, cell, _)):
        if width_of(words, SMALL) + _AIR <= right - left:
            yield text(left + _AIR / 2, y, words, colour, font_size=SMALL)
            return


def draw_chart(
    layout: GanttLayout, window: Window, colours: Colours, _: Translator
) -> Iterator[str]:
    """Draw what lies in a window; the links below the bars, the key days below all."""
    for bar in key_days(layout):
        if window.holds(bar.start, bar.end):
            yield _key_day(days_of(bar, layout), window, colours)
    last_row = window.row + len(window.tops) - 1
    for critical in (False, True):
        for route in layout.routes:
            if route.is_critical is critical and _touches(route, window, last_row):
                yield _route(route, window, colours)
    for bar in layout.bars[window.row : last_row]:
        yield from draw_bar(bar, window, colours)
        words = beside(bar, layout.plan.unit, window.day_width, _)
        if words and window.holds(bar.start, bar.end):
            yield from _beside(bar, words, window, colours)


def draw_today(
    layout: GanttLayout, window: Window, colours: Colours, _: Translator
) -> Iterator[str]:
    """Draw the line of today, named above the axis."""
    if layout.today is None or not window.first <= layout.today <= window.last:
        return
    x, box = window.x(layout.today), window.box
    line = f"M{number(x)} {number(box.y - AXIS - 3)}V{number(box.bottom)}"
    yield path(line, stroke=colours.today, stroke_width=1.3, stroke_dasharray="4 3")
    is_late = x > box.right - width_of(_("today"), SMALL) / 2
    anchor = "end" if is_late else "middle"
    yield text(x, box.y - AXIS - 7, _("today"), colours.today, font_size=SMALL, text_anchor=anchor)


def draw_bar(bar: Bar, window: Window, colours: Colours) -> Iterator[str]:
    """Draw one row: as agreed, the float, the bar, what is done, the deadline."""
    y = window.y(bar.y) - (1.5 if bar.agreed else 0)
    left, right, end = (window.x(x) for x in (bar.start, bar.end, bar.float_end))
    if bar.agreed is not None:
        yield from _agreed(bar, window, y, colours)
    if bar.float_end > bar.end and bar.shape is not Shape.STAGE:
        line = f"M{number(right)} {number(y)}H{number(end)}M{number(end)} {number(y - 3.5)}v7"
        yield path(line, stroke=colours.grey, stroke_dasharray="2 2", fill="none", stroke_width=1)
    yield from _shape(bar, (left, right, y), colours)
    if bar.done_end > bar.start and bar.shape is not Shape.MILESTONE:
        done = max(window.x(bar.done_end) - left, 1)
        top = y - (4.5 if bar.shape is Shape.STAGE else 1.5)
        colour = colours.soft if bar.shape is Shape.STAGE else colours.ink
        yield rect(Box(left, top, done, 3 if bar.shape is Shape.BAR else 2), colour)
    if bar.deadline is not None:
        yield _deadline(bar, window, y, colours)


def _shape(bar: Bar, place: tuple[float, float, float], colours: Colours) -> Iterator[str]:
    left, right, y = place
    fill = "url(#critical)" if bar.is_critical else colours.plan
    edge: Attributes = {"stroke": colours.critical, "stroke_width": 1.6} if bar.is_critical else {}
    if bar.shape is Shape.MILESTONE:
        yield diamond(left, y, _DIAMOND, fill=fill, **edge)
    elif bar.shape is Shape.STAGE:
        foot = min(4.0, (right - left) / 2)
        ends = f"L{number(right - foot)} {number(y)}H{number(left + foot)}L{number(left)}"
        yield path(
            f"M{number(left)} {number(y + 5)}V{number(y - 4.5)}H{number(right)}V{number(y + 5)}"
            f"{ends} {number(y + 5)}z",
            fill=colours.ink,
        )
    else:
        box = Box(left, y - _BAR / 2, max(right - left, 1.5), _BAR)
        yield rect(box, fill, rx=1.5, **edge)


def diamond(x: float, y: float, half: float, **look: str | float) -> str:
    """Draw a milestone."""
    ends = f"L{number(x + half)} {number(y)}L{number(x)} {number(y + half)}L{number(x - half)} {number(y)}z"
    return path(f"M{number(x)} {number(y - half)}{ends}", **look)


def _key_day(days: tuple[float, float], window: Window, colours: Colours) -> str:
    """Draw the day of an event through all rows."""
    (left, right), box = map(window.x, days), window.box
    wide = max(right - left, _KEY)
    band = Box((left + right - wide) / 2, box.y, wide, box.height)
    return rect(band, colours.soft, fill_opacity=_PALE)


def _beside(bar: Bar, words: str, window: Window, colours: Colours) -> Iterator[str]:
    """Write its day beside a bar, on the left of it where the window ends."""
    strong = is_event(bar)
    wide = width_of(words, SMALL, bold=strong)
    clear = _CLEAR + (_DIAMOND if bar.shape is Shape.MILESTONE else 0)
    place = window.x(bar.end) + clear
    if place + wide > window.box.right:
        place = window.x(bar.start) - clear - wide
    y = window.y(bar.y) - (1.5 if bar.agreed else 0)
    ground = Box(place - 1.5, y - SMALL * 0.6, wide + 3, SMALL * 1.2)
    yield rect(ground, colours.paper, fill_opacity=_COVERING)
    look: Attributes = {"font_weight": 600} if strong else {}
    colour = colours.ink if strong else colours.grey
    yield text(place, y + SMALL * 0.36, words, colour, font_size=SMALL, **look)


def _agreed(bar: Bar, window: Window, y: float, colours: Colours) -> Iterator[str]:
    if bar.agreed is None:
        return
    left, right = window.x(bar.agreed.start), window.x(bar.agreed.end)
    if bar.agreed.start == bar.agreed.end:
        yield diamond(left, y + 1, _DIAMOND, fill=colours.soft, stroke=colours.plan)
    else:
        box = Box(left, y + _BAR / 2 + 1.2, max(right - left, 1.5), 3)
        yield rect(box, colours.soft, stroke=colours.plan, stroke_width=0.6)


def _deadline(bar: Bar, window: Window, y: float, colours: Colours) -> str:
    x = window.x(bar.deadline or 0.0)
    colour = colours.critical if bar.misses_deadline else colours.ink
    arrow = f"M{number(x)} {number(y + 3)}l-4.5 -8h9z"
    return path(arrow, fill=colours.paper, stroke=colour, stroke_width=1.5)


def _route(route: Route, window: Window, colours: Colours) -> str:
    points = [window.near(window.x(p.x), window.y(p.y)) for p in route.points]
    critical = route.is_critical
    return polyline(
        points,
        stroke=colours.critical if critical else colours.grey,
        stroke_width=1.4 if critical else 0.9,
        stroke_opacity=1 if critical else 0.6,
        marker_end=f"url(#{'tip-critical' if critical else 'tip'})",
    )


def _touches(route: Route, window: Window, last_row: int) -> bool:
    """Tell whether a link begins or ends in a window; those that only pass would blur it."""
    xs = [point.x for point in route.points]
    ends = (route.points[0].y, route.points[-1].y)
    is_here = any(window.row < y < last_row for y in ends)
    return is_here and window.holds(min(xs), max(xs))


def _seen(cells: Iterable[Cell], window: Window) -> Iterator[tuple[Cell, float, float]]:
    for cell in cells:
        if cell.end > window.first and cell.start < window.last:
            yield cell, *_cut(window, cell.start, cell.end)


def _cut(window: Window, start: float, end: float) -> tuple[float, float]:
    return window.x(max(start, window.first)), window.x(min(end, window.last))

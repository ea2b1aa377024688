"""The Gantt chart on sheets of paper: the heads of its columns and its axis on each of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import Final, NamedTuple

from core.i18n import Translator
from roadmaps.domain.laid import Laid
from roadmaps.domain.layout import GanttLayout, Look, gantt_layout
from roadmaps.formats.caption import Caption, foot, running_head, titled
from roadmaps.formats.gantt_rows import table_of
from roadmaps.formats.gantt_svg import ABOVE, Scene, sheet, window_of
from roadmaps.formats.paper import LARGER, Paper
from roadmaps.formats.svg import PAPER, Box, Sketch, definitions, document, rect

_MARGIN: Final = 40.0
_FOOT: Final = 26.0
_RUNNING: Final = 22.0
_CLEAR_DAY: Final = 1.6  # where a day is narrower, pages show stretches of time of their own
_LEAST_DAY: Final = 0.5
_AIR: Final = 2.0  # days
_FEW: Final = 40  # rows that may fit on one sheet in larger letters
_SHARE: Final = 0.28  # of a sheet that larger letters must leave to the chart
_COMFORT: Final = 3.2  # the width of a day that larger letters must leave
_ROUNDING: Final = 0.01  # days
_DAY: Final = timedelta(days=1)


class Tile(NamedTuple):
    """What one page shows: rows from `first` until `last`, days from `start` until `end`."""

    first: int
    last: int
    start: float
    end: float


@dataclass(frozen=True)
class Source:
    """A laid plan, the day it is drawn on, and the words around it."""

    laid: Laid
    today: date
    caption: Caption
    words: Translator


@dataclass(frozen=True)
class _Book:
    """Everything that all pages share; `top` is where the rows of the first one begin."""

    scene: Scene
    size: tuple[float, float]
    box: Box
    head: Sequence[str]
    top: float

    @property
    def chart(self) -> float:
        """Give the width of the chart on every page."""
        return self.box.width - self.scene.table.width

    def above(self, number: int) -> float:
        """Give where the axis of a page ends and its rows begin."""
        return self.top if not number else self.box.y + _RUNNING + ABOVE


def gantt_pages(
    laid: Laid, today: date, caption: Caption, paper: Paper, _: Translator
) -> tuple[Sketch, ...]:
    """Draw the chart as SVG documents, one for each sheet; in larger letters if one holds it."""
    source = Source(laid, today, caption, _)
    if len(laid.plan.tasks) <= _FEW:
        for scale in LARGER:
            book = _book(source, paper.drawn_at(scale))
            least = max(_COMFORT * book.scene.layout.days, _SHARE * book.box.width)
            tiles = list(_tiles(book)) if book.chart >= least else []
            if len(tiles) == 1:
                return _drawn(book, tiles)
    return gantt_sheets(source, paper.drawn)


def gantt_sheets(source: Source, size: tuple[float, float]) -> tuple[Sketch, ...]:
    """Draw the chart on as many sheets of a size [units] as it needs.

    All of the time stands on each page if a day then still has its width; if not, each page
    shows the stretch of time that its rows need, several pages side by side where it is long.
    """
    book = _book(source, size)
    return _drawn(book, list(_tiles(book)))


def _book(source: Source, size: tuple[float, float]) -> _Book:
    width, height = size
    laid, today, caption, _ = source.laid, source.today, source.caption, source.words
    box = Box(_MARGIN, _MARGIN, width - 2 * _MARGIN, height - 2 * _MARGIN)
    first = gantt_layout(laid, today)
    scene = Scene(first, table_of(first, caption.people, _), caption, _)
    head, y = scene.head(box)
    book = _Book(scene, size, box, head, y + ABOVE)
    look = Look(width=book.chart, least=_least_day(book))
    return replace(book, scene=replace(scene, layout=gantt_layout(laid, today, look)))


def _drawn(book: _Book, tiles: Sequence[Tile]) -> tuple[Sketch, ...]:
    scene = book.scene
    return tuple(
        document(book.size, scene.caption.title, scene.words.language, _page(book, tiles, number))
        for number in range(len(tiles))
    )


def _least_day(book: _Book) -> float:
    """Give the width of a day at which the rows of every page show all their time, if it can."""
    layout = book.scene.layout
    if book.chart / layout.days >= _CLEAR_DAY:
        return 0.0
    longest = max(end - start for start, end in map(partial(_time, layout), _bands(book)))
    return max(min(book.chart / longest, _CLEAR_DAY), _LEAST_DAY)


def _tiles(book: _Book) -> Iterator[Tile]:
    """Share the rows out to pages, and the time of each where it does not fit."""
    layout = book.scene.layout
    days = book.chart / layout.day_width
    for band in _bands(book):
        start, end = (0.0, layout.days) if days >= layout.days else _time(layout, band)
        while True:
            shown = max(min(start, layout.days - days), 0.0)  # no page shows what comes after all
            yield Tile(*band, shown, shown + days)
            start += days
            if start >= end - _ROUNDING:
                break


def _bands(book: _Book) -> Iterator[tuple[int, int]]:
    """Fill pages with rows from the top; a row is never cut."""
    lines, bottom = book.scene.table.lines, book.box.bottom - _FOOT
    first, y, page = 0, book.above(0), 0
    for number, line in enumerate(lines):
        if y + line.height > bottom and number > first:
            yield first, number
            first, page = number, page + 1
            y = book.above(page)
        y += line.height
    yield first, len(lines)


def _time(layout: GanttLayout, band: tuple[int, int]) -> tuple[float, float]:
    """Give the days in which some rows have anything but float."""
    bars = layout.bars[slice(*band)]
    starts = [min(x.start, x.agreed.start if x.agreed else x.start) for x in bars]
    ends = [max(x.end, x.agreed.end if x.agreed else x.end, x.deadline or x.end) for x in bars]
    return max(min(starts, default=0.0) - _AIR, 0.0), min(
        max(ends, default=1.0) + _AIR, layout.days
    )


def _page(book: _Book, tiles: Sequence[Tile], number: int) -> Iterator[str]:
    tile, box, scene, _ = tiles[number], book.box, book.scene, book.scene.words
    yield definitions(PAPER)
    yield rect(Box(0, 0, box.right + _MARGIN, box.bottom + _MARGIN), PAPER.paper)
    if number:
        yield from running_head((titled(scene.caption), _part(scene, tile)), box, PAPER)
    else:
        yield from book.head
    top = book.above(number)
    height = sum(line.height for line in scene.table.lines[tile.first : tile.last])
    left = box.x + scene.table.width
    chart = Box(left, top, box.right - left, height)
    window = window_of(scene, chart, (tile.first, tile.last), (tile.start, tile.end))
    yield from sheet(scene, window)
    yield from foot(scene.caption, (number + 1, len(tiles)), box, PAPER, _)


def _part(scene: Scene, tile: Tile) -> str:
    """Say which rows and which time a page shows."""
    layout, _ = scene.layout, scene.words
    bars = layout.bars[tile.first : tile.last]
    last = min(tile.end, layout.days) - 1
    return _(
        "tasks {first}–{last}, {start} – {end}",
        first=bars[0].task.position,
        last=bars[-1].task.position,
        start=_.date(layout.origin + _DAY * int(tile.start)),
        end=_.date(layout.origin + _DAY * int(last)),
    )

"""The geometry of a chart as plain data: what an editor on the page draws from.

Lengths are days across and rows down, rounded to a thousandth; days are ISO dates. Empty marks
are left out.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, TypeVar

from roadmaps.domain.axis import Axis, Cell
from roadmaps.domain.layout import Bar, GanttLayout
from roadmaps.domain.routing import Route

Data: TypeAlias = dict[str, Any]
T = TypeVar("T")
VERSION: Final = 1
_DIGITS: Final = 3
_encode: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def layout_to_data(layout: GanttLayout) -> Data:
    """Turn a layout into what JSON can hold."""
    return {
        **_head(layout),
        "rows": [_row(bar) for bar in layout.bars],
        "links": [_link(route) for route in layout.routes],
    }


def _head(layout: GanttLayout) -> Data:
    return {
        "version": VERSION,
        "unit": layout.plan.unit.value,
        "origin": layout.origin.isoformat(),
        "days": layout.days,
        "dayWidth": _round(layout.day_width),
        "today": layout.today,
        "baseline": None if layout.baseline is None else layout.baseline.number,
        "axis": {
            "zoom": layout.axis.zoom.value,
            "upper": [_cell(cell) for cell in layout.axis.upper],
            "lower": [_cell(cell) for cell in layout.axis.lower],
        },
        "shades": [[shade.start, shade.end] for shade in layout.shades],
    }


@dataclass(frozen=True)
class Drawn:
    """A layout as JSON, and what words are said of: light enough to be kept."""

    text: str
    axis: Axis
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """The rows and the links of a layout, each beside its JSON."""

    bars: tuple[Bar, ...] = ()
    rows: tuple[str, ...] = ()
    routes: tuple[Route, ...] = ()
    links: tuple[str, ...] = ()


def drawn(layout: GanttLayout, before: Written | None = None) -> tuple[Drawn, Written]:
    """Write a layout down; give also what makes writing the next one cheaper.

    A change moves few of many rows: the others are copied from what was written `before`, of
    whatever layout.
    """
    known = before or Written()
    rows = tuple(_texts(layout.bars, (known.bars, known.rows), _row))
    links = tuple(_texts(layout.routes, (known.routes, known.links), _link))
    lists = f'"rows":[{",".join(rows)}],"links":[{",".join(links)}]'
    text = f"{_encode(_head(layout))[:-1]},{lists}}}"
    written = Written(layout.bars, rows, layout.routes, links)
    return Drawn(text, layout.axis, layout.bars), written


def _texts(
    items: Sequence[T], known: tuple[Sequence[T], Sequence[str]], data_of: Callable[[T], Data]
) -> Iterator[str]:
    """Write items down, one by one; those that stand where the same one stood are known."""
    olds, texts = known
    shared = min(len(items), len(olds))
    for item, old, text in zip(items[:shared], olds[:shared], texts[:shared], strict=True):
        yield text if item == old else _encode(data_of(item))
    for item in items[shared:]:
        yield _encode(data_of(item))


def _row(bar: Bar) -> Data:
    task, slot = bar.task, bar.slot
    marks = {
        "agreed": bar.agreed and [_round(bar.agreed.start), _round(bar.agreed.end)],
        "deadline": None if bar.deadline is None else _round(bar.deadline),
        "bound": None
        if bar.bound is None or task.constraint is None
        else {"kind": task.constraint.kind.value, "x": _round(bar.bound)},
        "collapsed": bar.is_collapsed or None,
        "parent": task.parent_id,
        "placed": task.placed_at is not None or None,
        "responsible": task.responsible_id,
    }
    return {
        "id": task.id,
        "number": task.position,
        "title": task.title,
        "shape": bar.shape.value,
        "level": bar.level,
        "y": bar.y,
        "start": _round(bar.start),
        "end": _round(bar.end),
        "doneEnd": _round(bar.done_end),
        "floatEnd": _round(bar.float_end),
        "from": bar.span.start.isoformat(),
        "to": bar.span.finish.isoformat(),
        "done": task.done_percent,
        "float": slot.total_float,
        "critical": slot.is_critical,
        **{name: mark for name, mark in marks.items() if mark is not None},
    }


def _link(route: Route) -> Data:
    link = route.link
    return {
        "from": link.predecessor,
        "to": link.successor,
        "kind": link.kind.value,
        "lag": link.lag,
        "critical": route.is_critical,
        "driving": route.is_driving,
        "points": [[round(x, _DIGITS), y] for x, y in route.points],
    }


def _cell(cell: Cell) -> list[float | str]:
    return [cell.start, cell.end, cell.day.isoformat()]


def _round(place: float) -> float:
    return place if place.is_integer() else round(place, _DIGITS)

"""The head of a drawing: what it shows, whose it is, when it was drawn, what its signs mean."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from core.i18n import Translator
from core.lettering import width_of, wrapped
from roadmaps.domain.layout import GanttLayout, Shape
from roadmaps.domain.why_words import told_length
from roadmaps.formats.gantt_chart import diamond
from roadmaps.formats.gantt_dates import key_days, stretch_of
from roadmaps.formats.svg import LINE, SIZE, Attributes, Box, Colours, path, rect, text

_TITLE: Final = 20.0
_LONG_TITLE: Final = 15.0
_LONG: Final = 80  # letters
_SIGN: Final = 22.0
_DONE: Final = 100
_SLACK: Final = 1.06  # where Inter is missing, another font is a little wider
_MOST_LINES: Final = 3


@dataclass(frozen=True, slots=True)
class Caption:
    """What a drawing says about itself besides the plan; `people` are names by their ids."""

    title: str
    initiative: str
    centre: str
    drawn_on: date
    people: Mapping[int, str] = field(default_factory=dict)


def heading(
    caption: Caption, facts: Sequence[str], box: Box, colours: Colours, _: Translator
) -> tuple[list[str], float]:
    """Write the title, the initiative and lines of facts; give the parts and where they end."""
    size = _LONG_TITLE if len(caption.title) > _LONG else _TITLE
    day = _("drawn on {day}", day=_.date(caption.drawn_on))
    right = max(width_of(words, SIZE) for words in (caption.centre, day)) + 24
    y = box.y + size
    end = {"text_anchor": "end"}
    parts = []
    for line in wrapped(caption.title, box.width - right, size, bold=True):
        parts.append(text(box.x, y, line, colours.ink, font_size=size, font_weight=600))
        y += size * 1.2
    y = max(y - size * 1.2 + 3, box.y + SIZE + LINE)
    below = ((caption.initiative, colours.ink), *((words, colours.grey) for words in facts))
    for words, colour in below:
        for line in wrapped(words, box.width, SIZE + 1, most=_MOST_LINES) if words else ():
            y += LINE + 4
            parts.append(text(box.x, y, line, colour, font_size=SIZE + 1))
    parts.append(text(box.right, box.y + SIZE, caption.centre, colours.grey, **end))
    parts.append(text(box.right, box.y + SIZE + LINE + 2, day, colours.grey, **end))
    return parts, y + 6


def facts_of(layout: GanttLayout, _: Translator) -> str:
    """Say from when until when a plan lasts, how long, and how much of it is done."""
    plan = layout.plan
    leaves = [bar for bar in layout.bars if bar.shape is not Shape.STAGE]
    if not leaves:
        return _("No tasks yet")
    done = sum(bar.task.done_percent == _DONE for bar in leaves)
    parts = (
        stretch_of(leaves, plan.unit, _),
        told_length(_, layout.lasts, plan.unit) if layout.lasts[0] else "",
        _("done {done} of {total}", done=done, total=len(leaves)),
    )
    return " · ".join(part for part in parts if part)


def legend(signs: Iterable[tuple[str, str]], box: Box, colours: Colours) -> tuple[list[str], float]:
    """Draw signs and what they mean in as many rows as they need; give where they end."""
    parts, x, y = [], box.x, box.y + LINE
    for words, sign in signs:
        width = _SIGN + 8 + width_of(words, SIZE) * _SLACK + 22
        if x > box.x and x + width > box.right + 22:
            x, y = box.x, y + LINE + 6
        parts.append(f'<g transform="translate({x:.1f} {y:.1f})">{sign}</g>')
        parts.append(text(x + _SIGN + 8, y + 4, words, colours.grey))
        x += width
    return parts, y + LINE / 2


def signs_of(layout: GanttLayout, colours: Colours, _: Translator) -> Iterator[tuple[str, str]]:
    """Give the signs that a chart uses, in the order in which they matter."""
    yield from _signs_of_bars(layout, colours, _)
    if any(x.float_end > x.end for x in layout.bars if x.shape is not Shape.STAGE):
        line: Attributes = {"stroke": colours.grey, "stroke_dasharray": "2 2", "fill": "none"}
        yield _("float: may be late by so much"), path("M0 0H21M21 -3.5v7", **line)
    if layout.baseline is not None:
        title = layout.baseline.title
        words = _("as agreed: {title}", title=title) if title else _("as agreed")
        yield _short(words), rect(Box(0, -1.5, _SIGN, 3), colours.soft, stroke=colours.plan)
    if any(x.deadline is not None for x in layout.bars):
        arrow: Attributes = {"fill": colours.paper, "stroke": colours.ink, "stroke_width": 1.5}
        yield _("deadline"), path("M11 4l-4.5 -8h9z", **arrow)
    if layout.shades:
        off = rect(Box(0, -7, _SIGN, 14), colours.shade, stroke=colours.rule)
        yield _("days off"), off


def _signs_of_bars(
    layout: GanttLayout, colours: Colours, _: Translator
) -> Iterator[tuple[str, str]]:
    shapes = {bar.shape for bar in layout.bars}
    bar = Box(0, -5.5, _SIGN, 11)
    edge: Attributes = {"rx": 1.5, "stroke": colours.critical, "stroke_width": 1.6}
    if any(x.is_critical for x in layout.bars):
        yield _("critical path (crit.): a delay moves the end"), rect(bar, "url(#critical)", **edge)
    if any(not x.is_critical for x in layout.bars if x.shape is Shape.BAR):
        yield _("other tasks"), rect(bar, colours.plan, rx=1.5)
    if any(x.done_end > x.start for x in layout.bars):
        yield _("done"), rect(bar, colours.plan, rx=1.5) + rect(Box(0, -1.5, 14, 3), colours.ink)
    if Shape.MILESTONE in shapes:
        yield _("milestone"), diamond(_SIGN / 2, 0, 6.5, fill=colours.plan)
    if key_days(layout):
        yield _("key day"), rect(Box(6, -7, 10, 14), colours.soft, fill_opacity=0.5)
    if Shape.STAGE in shapes:
        yield _("stage"), path("M0 5V-4.5H22V5L18 0H4L0 5z", fill=colours.ink)


def foot(
    caption: Caption, page: tuple[int, int], box: Box, colours: Colours, _: Translator
) -> Iterator[str]:
    """Write the last line of a page: whose it is, of which day, its number."""
    look = {"font_size": SIZE - 1}
    day = _.date(caption.drawn_on)
    by = _("{centre} · drawn up {day}", centre=caption.centre, day=day)
    number, count = page
    last = _("page {number} of {count}", number=number, count=count)
    yield text(box.x, box.bottom, by, colours.grey, **look)
    yield text(box.right, box.bottom, last, colours.grey, text_anchor="end", **look)


def titled(caption: Caption) -> str:
    """Name a drawing in one line."""
    return f"{caption.title} · {caption.initiative}" if caption.initiative else caption.title


def running_head(words: Sequence[str], box: Box, colours: Colours) -> Iterator[str]:
    """Write the head of every page but the first: what is drawn, and which part of it."""
    title, part = words
    room = box.width - width_of(part, SIZE) - 24
    shown = wrapped(title, room, SIZE, bold=True, most=1)[0]
    yield text(box.x, box.y + SIZE, shown, colours.ink, font_weight=600)
    yield text(box.right, box.y + SIZE, part, colours.grey, text_anchor="end")


def _short(words: str) -> str:
    return wrapped(words, 220, SIZE, most=1)[0]

"""The Gantt chart as an SVG file, drawn from the geometry that the screen uses too."""

from collections.abc import Iterator, Mapping
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from core.i18n import Translator
from core.ui.theme import FONT, PALETTE
from roadmaps.domain.layout import Bar, GanttLayout, Route, Shape
from roadmaps.domain.words import amount, period

_ROW: Final = 26
_BAR: Final = 12
_LABELS: Final = 300
_CHART: Final = 900
_RIGHT: Final = 150
_TOP: Final = 92
_LEGEND: Final = 64
_LETTERS: Final = 40
_INK: Final = PALETTE.ink
_PAPER: Final = PALETTE.paper
_SHADE: Final = PALETTE.shade
_CLEAN: Final = dict.fromkeys((*range(32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF), " ")


def gantt_svg(layout: GanttLayout, title: str, people: Mapping[int, str], _: Translator) -> str:
    """Draw the chart as one SVG document, standing on nothing outside it but its font's name.

    The critical path differs from the rest by colour, by hatching and by a thick outline.
    """
    height = _TOP + _ROW * max(len(layout.bars), 1) + _LEGEND
    width = _LABELS + _CHART + _RIGHT
    body = "\n".join(_parts(layout, title, people, _))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}"'
        f' height="{height}" font-family={quoteattr(FONT)} font-size="12" fill="{_INK}"'
        f' role="img" xml:lang="{_.language}">\n'
        f"<title>{_text(title)}</title>\n{_DEFINITIONS}\n"
        f'<rect width="{width}" height="{height}" fill="{_PAPER}"/>\n{body}\n</svg>\n'
    )


_DEFINITIONS: Final = f"""<defs>
<pattern id="critical" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
<rect width="6" height="6" fill="{PALETTE.critical}"/><rect width="2" height="6" fill="{PALETTE.critical_soft}"/></pattern>
<marker id="tip" viewBox="0 0 6 6" refX="6" refY="3" markerWidth="6" markerHeight="6" orient="auto">
<path d="M0 0L6 3L0 6z" fill="{PALETTE.grey}"/></marker>
<marker id="tip-critical" viewBox="0 0 6 6" refX="6" refY="3" markerWidth="6" markerHeight="6" orient="auto">
<path d="M0 0L6 3L0 6z" fill="{PALETTE.critical}"/></marker>
</defs>"""


class _Scale:
    """From the geometry's days and rows to points of the drawing."""

    def __init__(self, layout: GanttLayout) -> None:
        self._day = _CHART / layout.days
        self.bottom = _TOP + _ROW * max(len(layout.bars), 1)

    def x(self, days: float) -> float:
        return round(_LABELS + days * self._day, 2)

    @staticmethod
    def y(rows: float) -> float:
        return round(_TOP + rows * _ROW, 2)


def _parts(
    layout: GanttLayout, title: str, people: Mapping[int, str], _: Translator
) -> Iterator[str]:
    scale = _Scale(layout)
    yield f'<text x="12" y="28" font-size="18" font-weight="600">{_text(title)}</text>'
    yield f'<text x="12" y="50" fill="{PALETTE.grey}">{_text(_summary(layout, _))}</text>'
    for shade in layout.shades:
        left, right = scale.x(shade.start), scale.x(shade.end)
        yield _rect(left, _TOP, right - left, scale.bottom - _TOP, _SHADE)
    yield from _axis(layout, scale, _)
    for route in layout.routes:
        yield _route(route, scale)
    for bar in layout.bars:
        yield f"<g>{''.join(_row(bar, scale, layout, people, _))}</g>"
    if layout.today is not None:
        yield _today(scale.x(layout.today), scale, _)
    yield from _legend(scale.bottom + 34, _)


def _summary(layout: GanttLayout, _: Translator) -> str:
    if not layout.bars:
        return _("No tasks yet")
    unit = layout.plan.unit
    length = max(bar.slot.early_finish for bar in layout.bars)
    last = max(bar.span.finish for bar in layout.bars)
    return _("{length}, until {finish}", length=amount(_, length, unit), finish=_.date(last.date()))


def _axis(layout: GanttLayout, scale: _Scale, _: Translator) -> Iterator[str]:
    for tick in layout.ticks:
        x = scale.x(tick.x)
        label = _.date(tick.day) if tick.is_major else _.day(tick.day)
        yield (
            f'<line x1="{x}" x2="{x}" y1="{_TOP - 6}" y2="{scale.bottom}" stroke="{PALETTE.rule}"/>'
            f'<text x="{x + 3}" y="{_TOP - 8}" font-size="10" fill="{PALETTE.grey}">{_text(label)}</text>'
        )


def _route(route: Route, scale: _Scale) -> str:
    points = " ".join(f"{scale.x(p.x)},{scale.y(p.y)}" for p in route.points)
    tip = "tip-critical" if route.is_critical else "tip"
    colour = PALETTE.critical if route.is_critical else PALETTE.grey
    width = 1.8 if route.is_critical else 1
    return (
        f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="{width}"'
        f' marker-end="url(#{tip})"/>'
    )


def _row(
    bar: Bar, scale: _Scale, layout: GanttLayout, people: Mapping[int, str], _: Translator
) -> Iterator[str]:
    task, y = bar.task, scale.y(bar.y)
    told = _told(bar, layout, people, _)
    yield f"<title>{_text(told)}</title>"
    indent = 44 + 14 * bar.level
    weight = ' font-weight="600"' if bar.shape is Shape.STAGE or bar.slot.is_critical else ""
    yield f'<text x="36" y="{y + 4}" text-anchor="end" fill="{PALETTE.grey}">{task.position}</text>'
    yield f'<text x="{indent}" y="{y + 4}"{weight}>{_text(_short(task.title, bar.level))}</text>'
    left, right, end = scale.x(bar.start), scale.x(bar.end), scale.x(bar.float_end)
    if end > right and bar.shape is not Shape.STAGE:
        yield (
            f'<path d="M{right} {y}H{end}M{end} {y - 4}V{y + 4}" stroke="{PALETTE.grey}"'
            ' stroke-dasharray="3 2" fill="none"/>'
        )
    yield from _shape(bar, (left, right, y), scale)
    label = _.day(bar.span.finish.date())
    yield f'<text x="{max(right, end) + 9}" y="{y + 4}" font-size="10" fill="{PALETTE.grey}">{_text(label)}</text>'


def _shape(bar: Bar, place: tuple[float, float, float], scale: _Scale) -> Iterator[str]:
    left, right, y = place
    fill = "url(#critical)" if bar.slot.is_critical else PALETTE.plan
    edge = PALETTE.critical if bar.slot.is_critical else PALETTE.done
    outline = f'stroke="{edge}" stroke-width="{2 if bar.slot.is_critical else 1}"'
    if bar.shape is Shape.MILESTONE:
        yield f'<path d="M{left} {y - 7}L{left + 7} {y}L{left} {y + 7}L{left - 7} {y}z" fill="{fill}" {outline}/>'
    elif bar.shape is Shape.STAGE:
        yield f'<path d="M{left} {y + 6}V{y - 5}H{right}V{y + 6}L{right - 5} {y - 1}H{left + 5}z" fill="{_INK}"/>'
    else:
        top, width = y - _BAR / 2, max(right - left, 2)
        yield f'<rect x="{left}" y="{top}" width="{width}" height="{_BAR}" rx="2" fill="{fill}" {outline}/>'
        if bar.done_end > bar.start:
            yield _rect(left, y - 2, max(scale.x(bar.done_end) - left, 1), 4, _INK)


def _told(bar: Bar, layout: GanttLayout, people: Mapping[int, str], _: Translator) -> str:
    """Say everything about a task in one line, for the pointer and the screen reader."""
    unit = layout.plan.unit
    parts = [f"{bar.task.position}. {bar.task.title}", period(_, bar.span, unit)]
    if bar.slot.is_critical:
        parts.append(_("on the critical path"))
    else:
        parts.append(_("float {amount}", amount=amount(_, bar.slot.total_float, unit)))
    parts.append(people.get(bar.task.responsible_id or 0, bar.task.responsible))
    return " · ".join(part for part in parts if part)


def _today(x: float, scale: _Scale, _: Translator) -> str:
    return (
        f'<line x1="{x}" x2="{x}" y1="{_TOP - 24}" y2="{scale.bottom}" stroke="{PALETTE.today}"'
        f' stroke-width="1.5" stroke-dasharray="5 3"/>'
        f'<text x="{x + 4}" y="{_TOP - 20}" font-size="11" fill="{PALETTE.today}">{_text(_("today"))}</text>'
    )


def _legend(y: float, _: Translator) -> Iterator[str]:
    marks = (
        (_("critical path"), f'<rect y="-6" width="22" height="{_BAR}" fill="url(#critical)" stroke="{PALETTE.critical}" stroke-width="2"/>'),
        (_("other tasks"), f'<rect y="-6" width="22" height="{_BAR}" rx="2" fill="{PALETTE.plan}"/>'),
        (_("done"), f'<rect y="-2" width="22" height="4" fill="{_INK}"/>'),
        (_("float"), f'<path d="M0 0H22M22 -4V4" stroke="{PALETTE.grey}" stroke-dasharray="3 2" fill="none"/>'),
        (_("milestone"), f'<path d="M11 -7L18 0L11 7L4 0z" fill="{PALETTE.plan}"/>'),
        (_("days off"), f'<rect y="-7" width="22" height="14" fill="{_SHADE}" stroke="{PALETTE.rule}"/>'),
    )  # fmt: skip
    for number, (label, mark) in enumerate(marks):
        x = 12 + number * 170
        yield f'<g transform="translate({x} {y})">{mark}<text x="30" y="4" fill="{PALETTE.grey}">{_text(label)}</text></g>'


def _rect(x: float, y: float, width: float, height: float, fill: str) -> str:
    return f'<rect x="{x}" y="{y}" width="{round(width, 2)}" height="{height}" fill="{fill}"/>'


def _short(title: str, level: int) -> str:
    letters = _LETTERS - 2 * level
    return title if len(title) <= letters else title[: letters - 1].rstrip() + "…"


def _text(text: str) -> str:
    """Escape a text for XML, without the characters that XML cannot hold."""
    return escape(text.translate(_CLEAN))

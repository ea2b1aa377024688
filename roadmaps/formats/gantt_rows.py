"""The words of a drawn plan: what stands left of the bars, and how high each row is for it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from core.i18n import Translator
from core.lettering import width_of, wrapped
from roadmaps.domain.layout import Bar, GanttLayout, Shape
from roadmaps.domain.plan import Plan, PlanUnit
from roadmaps.domain.words import amount, moment, period
from roadmaps.formats.svg import LINE, SIZE, Attributes, Colours, clean, lines, text

SMALL: Final = 11.0
_ROW: Final = 23.0
_PAD: Final = 9.0  # above and below the lines of a row, together
_GAP: Final = 12.0
_INDENT: Final = 13.0
_TITLE: Final = 264.0
_WHO: Final = 112.0
_SLACK: Final = 1.06  # where Inter is missing, another font is a little wider
_DATES: Final = ("start", "finish", "float")


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its bar, the lines of its title and of who is responsible, its short cells."""

    bar: Bar
    title: tuple[str, ...]
    who: tuple[str, ...]
    cells: Mapping[str, str]

    @property
    def height(self) -> float:
        """How high the row must be."""
        return max(_ROW, LINE * max(len(self.title), len(self.who)) + _PAD)

    @property
    def is_strong(self) -> bool:
        """Tell whether its title is bold."""
        return self.bar.shape is Shape.STAGE


@dataclass(frozen=True)
class Table:
    """All rows, and where each column begins; numbers, dates and floats end at their right."""

    lines: tuple[Line, ...]
    heads: Mapping[str, str]
    lefts: Mapping[str, float]
    rights: Mapping[str, float]
    width: float


def table_of(layout: GanttLayout, people: Mapping[int, str], _: Translator) -> Table:
    """Say everything about every row, and find room for it."""
    found = tuple(_line(bar, layout.plan, people, _) for bar in layout.bars)
    heads = _heads(layout.plan.unit, _)
    if not any(line.who for line in found):
        del heads["who"]
    lefts, rights, x = dict[str, float](), dict[str, float](), 0.0
    for name in heads:
        lefts[name] = x
        rights[name] = x + _width(name, heads[name], found)
        x = rights[name] + _GAP
    return Table(found, heads, lefts, rights, x)


def told(bar: Bar, plan: Plan, people: Mapping[int, str], _: Translator) -> str:
    """Say everything about a task in one line, for the pointer and the screen reader."""
    unit = plan.unit
    parts = [f"{bar.task.position}. {bar.task.title}", period(_, bar.span, unit)]
    if bar.is_critical:
        parts.append(_("on the critical path"))
    else:
        parts.append(_("float {amount}", amount=amount(_, bar.slot.total_float, unit)))
    parts.append(responsible(bar, people))
    if bar.deadline is not None and bar.task.deadline is not None:
        parts.append(_("deadline {day}", day=moment(_, bar.task.deadline, unit)))
    return " · ".join(part for part in parts if part)


def responsible(bar: Bar, people: Mapping[int, str]) -> str:
    """Name whoever is responsible for a task."""
    return people.get(bar.task.responsible_id or 0, bar.task.responsible)


def draw_heads(table: Table, x: float, y: float, colours: Colours) -> Iterator[str]:
    """Write the heads of the columns, their baseline at `y`."""
    for name, head in table.heads.items():
        if name in _DATES or name == "number":
            yield text(
                x + table.rights[name], y, head, colours.grey, font_size=SMALL, text_anchor="end"
            )
        else:
            yield text(x + table.lefts[name], y, head, colours.grey, font_size=SMALL)


def draw_line(table: Table, line: Line, x: float, top: float, colours: Colours) -> Iterator[str]:
    """Write the words of one row whose upper edge is at `top`."""
    first = top + (line.height - LINE * len(line.title)) / 2 + LINE * 0.76
    middle = top + line.height / 2 + SMALL * 0.36
    left = x + table.lefts["title"] + _INDENT * line.bar.level
    strong: Attributes = {"font_weight": 600} if line.is_strong else {}
    number = x + table.rights["number"]
    ends: Attributes = {"font_size": SMALL, "text_anchor": "end"}
    yield text(number, middle, str(line.bar.task.position), colours.grey, **ends)
    yield lines(left, first, line.title, colours.ink, **strong)
    for name in _DATES:
        is_flag = name == "float" and line.bar.is_critical
        look: Attributes = {**ends, "font_weight": 600} if is_flag else ends
        fill = colours.critical if is_flag else colours.ink
        yield text(x + table.rights[name], middle, line.cells[name], fill, **look)
    if line.who:
        top_of_who = top + (line.height - LINE * len(line.who)) / 2 + LINE * 0.76
        yield lines(x + table.lefts["who"], top_of_who, line.who, colours.grey, font_size=SMALL)


def described(words: str) -> str:
    """Give a group of shapes its words."""
    return f"<title>{clean(words)}</title>"


def _heads(unit: PlanUnit, _: Translator) -> dict[str, str]:
    return {
        "number": _("No."),
        "title": _("Task"),
        "start": _("Start"),
        "finish": _("Finish"),
        "float": {
            PlanUnit.DAY: _("Float, d"),
            PlanUnit.HOUR: _("Float, h"),
            PlanUnit.MINUTE: _("Float, min"),
        }[unit],
        "who": _("Responsible"),
    }


def _line(bar: Bar, plan: Plan, people: Mapping[int, str], _: Translator) -> Line:
    strong = bar.shape is Shape.STAGE
    who = responsible(bar, people)
    return Line(
        bar,
        tuple(wrapped(bar.task.title, _TITLE - _INDENT * bar.level, SIZE, bold=strong)),
        tuple(wrapped(who, _WHO, SMALL)) if who else (),
        {
            "start": moment(_, bar.span.start, plan.unit),
            "finish": moment(_, bar.span.finish, plan.unit),
            "float": _float(bar, _),
        },
    )


def _float(bar: Bar, _: Translator) -> str:
    total = _.number(bar.slot.total_float).replace("-", "−")
    if not bar.is_critical:
        return total
    return f"{total}, {_('crit.')}" if bar.slot.total_float else _("crit.")


def _width(name: str, head: str, rows: Sequence[Line]) -> float:
    if name == "title":
        return _TITLE
    least = width_of(head, SMALL) * _SLACK
    if name == "who":
        return _WHO
    if name == "number":
        return max(least, width_of(str(max((x.bar.task.position for x in rows), default=1)), SMALL))
    bold = name == "float"
    widest = max((width_of(x.cells[name], SMALL, bold=bold) for x in rows), default=0.0)
    return max(least, widest * _SLACK)

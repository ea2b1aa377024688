"""The words of a drawn plan: what stands left of the bars, and how high each row is for it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

from core.i18n import Translator
from core.lettering import width_of, wrapped
from roadmaps.domain.layout import Bar, GanttLayout, Shape
from roadmaps.domain.plan import Plan, PlanUnit
from roadmaps.domain.why_words import stretch
from roadmaps.domain.words import moment, period
from roadmaps.formats.gantt_dates import is_event, only_year, short_moment
from roadmaps.formats.svg import LINE, SIZE, Attributes, Colours, clean, lines, text

SMALL: Final = 11.0
_ROW: Final = 23.0
_PAD: Final = 9.0  # above and below the lines of a row, together
_GAP: Final = 12.0
_LETTERS: Final = 36  # of a title, in one line
_INDENT: Final = 13.0
_TITLE: Final = 264.0
_TITLE_ALONE: Final = 320.0  # where nobody is named beside it
_YEAR_GAP: Final = 4.0
_WHO: Final = 112.0
_NARROW: Final = 120.0  # as a title may at least be
_LEAST: Final = 60.0  # for a title that lies inside many stages
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

    def is_bold(self, name: str) -> bool:
        """Tell whether a short cell is bold: the word of the path, the day of an event."""
        return self.bar.is_critical if name == "float" else is_event(self.bar)


@dataclass(frozen=True)
class Table:
    """All rows, and where each column begins; numbers, dates and floats end at their right."""

    lines: tuple[Line, ...]
    heads: Mapping[str, str]
    lefts: Mapping[str, float]
    rights: Mapping[str, float]
    width: float
    year: float = 0.0  # room for the year right of a day, where there are several


def table_of(layout: GanttLayout, people: Mapping[int, str], _: Translator) -> Table:
    """Say everything about every row, and find room for it."""
    named = any(responsible(bar, people) for bar in layout.bars)
    room = _TITLE if named else _TITLE_ALONE
    found = tuple(_line(bar, layout.plan, (people, room), _) for bar in layout.bars)
    year = only_year(layout.bars)
    heads = _heads(layout.plan.unit, year, _)
    if not named:
        del heads["who"]
    beside = width_of("0000", SMALL) + _YEAR_GAP if year is None and found else 0.0
    lefts, rights, x = dict[str, float](), dict[str, float](), 0.0
    for name in heads:
        lefts[name] = x
        rights[name] = x + _width(name, heads[name], found, beside)
        x = rights[name] + _GAP
    return Table(found, heads, lefts, rights, x, beside)


def rough_height(plan: Plan) -> float:
    """Guess how high all rows are together, without measuring letters."""
    counts = (ceil(len(task.title) / _LETTERS) for task in plan.tasks)
    return sum(max(_ROW, LINE * count + _PAD) for count in counts)


def with_years(table: Table, first: int) -> Iterator[tuple[Line, Mapping[str, str]]]:
    """Give the rows from one on, each with the years that differ from those above it."""
    above = dict[str, str]()
    for line in table.lines[first:]:
        span = line.bar.span
        years = {"start": str(span.start.year), "finish": str(span.finish.year)}
        changed = {name: year for name, year in years.items() if above.get(name) != year}
        yield line, changed if table.year else {}
        above = years


def told(bar: Bar, plan: Plan, people: Mapping[int, str], _: Translator) -> str:
    """Say everything about a task in one line, for the pointer and the screen reader."""
    unit = plan.unit
    parts = [f"{bar.task.position}. {bar.task.title}", period(_, bar.span, unit)]
    if bar.is_critical:
        parts.append(_("on the critical path"))
    else:
        spare = stretch(_, bar.slot.total_float, unit, bar.float_in)
        parts.append(_("float {amount}", amount=spare))
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


def draw_line(
    table: Table, row: tuple[Line, Mapping[str, str]], x: float, top: float, colours: Colours
) -> Iterator[str]:
    """Write the words of one row whose upper edge is at `top`, and the years beside its days."""
    line, years = row
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
        look: Attributes = {**ends, "font_weight": 600} if line.is_bold(name) else ends
        fill = colours.critical if is_flag else colours.ink
        right = x + table.rights[name]
        if name != "float":
            right -= table.year
        yield text(right, middle, line.cells[name], fill, **look)
        if name in years:
            yield text(right + table.year, middle, years[name], colours.grey, **ends)
    if line.who:
        top_of_who = top + (line.height - LINE * len(line.who)) / 2 + LINE * 0.76
        yield lines(x + table.lefts["who"], top_of_who, line.who, colours.grey, font_size=SMALL)


def described(words: str) -> str:
    """Give a group of shapes its words."""
    return f"<title>{clean(words)}</title>"


def _heads(unit: PlanUnit, year: int | None, _: Translator) -> dict[str, str]:
    of_year = "" if year is None else f", {year}"
    return {
        "number": _("No."),
        "title": _("Task"),
        "start": _("Start") + of_year,
        "finish": _("Finish") + of_year,
        "float": {
            PlanUnit.DAY: _("Float, d"),
            PlanUnit.HOUR: _("Float, h"),
            PlanUnit.MINUTE: _("Float, min"),
        }[unit],
        "who": _("Responsible"),
    }


def _line(bar: Bar, plan: Plan, room: tuple[Mapping[int, str], float], _: Translator) -> Line:
    people, width = room
    strong = bar.shape is Shape.STAGE
    who = responsible(bar, people)
    return Line(
        bar,
        tuple(wrapped(bar.task.title, max(width - _INDENT * bar.level, _LEAST), SIZE, bold=strong)),
        tuple(wrapped(who, _WHO, SMALL)) if who else (),
        {
            "start": short_moment(_, bar.span.start, plan.unit),
            "finish": short_moment(_, bar.span.finish, plan.unit),
            "float": _float(bar, _),
        },
    )


def _float(bar: Bar, _: Translator) -> str:
    total = _.number(bar.slot.total_float).replace("-", "−")
    if not bar.is_critical:
        return total
    return f"{total}, {_('crit.')}" if bar.slot.total_float else _("crit.")


def _width(name: str, head: str, rows: Sequence[Line], year: float) -> float:
    least = width_of(head, SMALL) * _SLACK
    if name == "title":
        return max(least, _NARROW, *map(_title_width, rows))
    if name == "who":
        words = (width_of(part, SMALL) for row in rows for part in row.who)
        return max(least, max(words, default=0.0) * _SLACK)
    if name == "number":
        return max(least, width_of(str(max((x.bar.task.position for x in rows), default=1)), SMALL))
    cells = (width_of(x.cells[name], SMALL, bold=x.is_bold(name)) for x in rows)
    beside = 0.0 if name == "float" else year
    return max(least, max(cells, default=0.0) * _SLACK + beside)


def _title_width(line: Line) -> float:
    widest = max(width_of(part, SIZE, bold=line.is_strong) for part in line.title)
    return _INDENT * line.bar.level + widest * _SLACK

"""Cells copied from a spreadsheet, as a person pastes them: text with tabs between the cells."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final, NamedTuple

from core.errors import DomainError
from core.i18n import Term
from core.spreadsheet import CellError, TableTooLongError, as_date, as_number, unguard
from roadmaps.domain.dating import Days
from roadmaps.domain.errors import PlanCellError
from roadmaps.domain.notation import parse_length
from roadmaps.domain.pasting import PastedRow
from roadmaps.domain.plan import EARLIEST_START, LATEST_TERM, TASK_LIMIT, PlanUnit
from roadmaps.domain.table import Row
from roadmaps.formats.plan_csv import ALIASES, READ, SHOWN

ORDER: Final = ("title", "duration", "waits", "responsible", "done_percent")
"""What the columns are where no headers were pasted."""
_HEADERS: Final = {
    " ".join(name.casefold().replace("ё", "е").split()): key
    for key, names in ALIASES.items()
    for name in names
}
_QUOTED: Final = re.compile(r'(?<![^\t\n])"((?:[^"]|"")*)"(?=[\t\n]|\Z)')
_BREAK: Final = re.compile(r"[\t\n]+")
_ALL: Final = 100
_DAYS: Final = {"start", "finish"}


def read_pasted(text: str, unit: PlanUnit = PlanUnit.DAY) -> tuple[PastedRow, ...]:
    """Read pasted cells; lines that are blank are left out, but counted.

    A first line that names the columns, the title among them, is one of headers in any
    language; without it the columns are those of `ORDER`. A missing duration is 1; where
    there is no column of durations, but are columns of days in a plan of days, those are read.

    Raises
    ------
    TableTooLongError
        If there are more rows than a plan may have.
    """
    lines = _lines(text)
    places, first, _unread = _columns(lines, unit)
    body = [(number, cells) for number, cells in lines if number != first]
    if len(body) > TASK_LIMIT:
        raise TableTooLongError(name="", limit=TASK_LIMIT)
    return tuple(
        _row(line, {key: _cell(cells, place) for key, place in places.items()}, number, unit)
        for number, (line, cells) in enumerate(body, 1)
    )


def unread_headers(text: str, unit: PlanUnit = PlanUnit.DAY) -> tuple[str, ...]:
    """Give the headers of pasted columns that are not read, nor follow from those that are."""
    return _columns(_lines(text), unit).unread


class _Columns(NamedTuple):
    """The place of each column, the number of the line of headers (0 without one), the rest."""

    places: Mapping[str, int]
    line: int
    unread: tuple[str, ...] = ()


def _lines(text: str) -> list[tuple[int, list[str]]]:
    """Split a text into lines of cells; only a cell with line breaks comes in quotes."""
    normal = text.replace("\r\n", "\n").replace("\r", "\n")
    rows = [line.split("\t") for line in _QUOTED.sub(_in_one_line, normal).split("\n")]
    return [(line, cells) for line, cells in enumerate(rows, 1) if any(x.strip() for x in cells)]


def _in_one_line(cell: re.Match[str]) -> str:
    inside = cell.group(1)
    if not _BREAK.search(inside):
        return cell.group()
    return _BREAK.sub(" ", inside.replace('""', '"'))


def _columns(lines: Sequence[tuple[int, list[str]]], unit: PlanUnit) -> _Columns:
    """Tell which column is which; of two with one name the first is read."""
    line, cells = lines[0] if lines else (0, [])
    found = [_HEADERS.get(" ".join(x.casefold().replace("ё", "е").split())) for x in cells]
    if "title" not in found:
        return _Columns({key: place for place, key in enumerate(ORDER)}, 0)
    follows, read = set(SHOWN), set(READ)
    if "duration" not in found:  # days say more than that they follow
        follows -= _DAYS
        read |= _DAYS if unit is PlanUnit.DAY else set()
    places: dict[str, int] = {}
    unread = []
    for place, key in enumerate(found):
        if key in read and key not in places:
            places[key] = place
        elif key not in follows and cells[place].strip():
            unread.append(cells[place].strip())
    return _Columns(places, line, tuple(unread))


def _cell(cells: Sequence[str], place: int) -> str:
    return unguard(cells[place].strip()) if place < len(cells) else ""


def _row(line: int, cells: Mapping[str, str], number: int, unit: PlanUnit) -> PastedRow:
    row = Row(
        number=number,
        title=cells.get("title", ""),
        duration=1,
        waits=cells.get("waits", ""),
        responsible=cells.get("responsible", ""),
    )
    try:
        return PastedRow(line, _filled(row, cells, line, unit), days=_days(cells, line))
    except DomainError as problem:
        return PastedRow(line, row, problem)


def _filled(row: Row, cells: Mapping[str, str], line: int, unit: PlanUnit) -> Row:
    text = cells.get("duration", "")
    duration = parse_length(text, unit) if text else 1
    if duration is None:
        raise PlanCellError(row=line, column=Term(READ["duration"]), text=text)
    done = _whole(cells.get("done_percent", ""), line, "done_percent") or 0
    if not 0 <= done <= _ALL:
        raise PlanCellError(row=line, column=Term(READ["done_percent"]), text=str(done))
    number = _whole(cells.get("number", ""), line, "number")
    return replace(
        row,
        number=row.number if number is None else number,
        duration=duration,
        done_percent=done,
        part_of=_whole(cells.get("part_of", ""), line, "part_of"),
    )


def _days(cells: Mapping[str, str], line: int) -> Days | None:
    """Give the first and the last day; one of them alone is both."""
    start, finish = (_day(cells.get(column, ""), line, column) for column in ("start", "finish"))
    first, last = start or finish, finish or start
    if first is None or last is None:
        return None
    if last < first:
        raise PlanCellError(row=line, column=Term(SHOWN["finish"]), text=cells["finish"])
    return first, last


def _day(text: str, line: int, column: str) -> date | None:
    try:
        day = as_date(text)
    except CellError:
        day = date.min
    if day is not None and not EARLIEST_START <= day <= LATEST_TERM:
        raise PlanCellError(row=line, column=Term(SHOWN[column]), text=text)
    return day


def _whole(text: str, line: int, column: str) -> int | None:
    try:
        value = as_number(text.rstrip("% "))
    except CellError:
        value = 0.5
    if value is not None and not value.is_integer():
        raise PlanCellError(row=line, column=Term(READ[column]), text=text)
    return None if value is None else int(value)

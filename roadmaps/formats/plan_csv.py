"""The table of tasks as a CSV file (or a sheet of Excel), there and back.

What the columns mean stands in docs/formats/plan-csv.md.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from io import BytesIO
from typing import Final, TypeAlias
from zipfile import ZipFile

from openpyxl import Workbook

from core.i18n import LANGUAGES, N_, Translator, translator
from core.spreadsheet import (
    ENGLISH,
    RUSSIAN,
    CellError,
    RawRow,
    RawTable,
    Value,
    as_date,
    as_number,
    as_text,
    match_headers,
    read_table,
    write_csv,
    write_xlsx,
)
from roadmaps.domain.errors import FormulaError, PlanCellError
from roadmaps.domain.notation import parse_length
from roadmaps.domain.plan import TASK_LIMIT, Plan, PlanUnit
from roadmaps.domain.schedule import Schedule
from roadmaps.domain.table import Row, rows_of
from roadmaps.domain.worktime import Span

READ: Final[Mapping[str, str]] = {
    "number": N_("No."),
    "title": N_("Task"),
    "duration": N_("Duration"),
    "waits": N_("Predecessors"),
    "responsible": N_("Responsible"),
    "done_percent": N_("Done, %"),
    "part_of": N_("Part of No."),
    "uid": "uid",
}
SHOWN: Final[Mapping[str, str]] = {
    "start": N_("Start"),
    "finish": N_("Finish"),
    "total_float": N_("Float"),
    "critical": N_("Critical"),
}
ELSEWHERE: Final[Mapping[str, tuple[str, ...]]] = {
    "title": (N_("Task Name"), N_("Name"), N_("Title"), N_("Step")),
    "duration": (N_("Duration, days"), N_("Days")),
    "waits": (N_("Waits for"),),
    "responsible": (N_("Resource Names"), N_("Who is responsible")),
    "done_percent": (N_("% Complete"), N_("Done"), N_("Ready, %")),
    "number": (N_("ID"), N_("No")),
    "start": (N_("Start date"),),
    "finish": (N_("Finish date"), N_("End date")),
}
"""What the same columns are called by Microsoft Project, and in tables that people make."""
Days: TypeAlias = tuple[date, date]
_FIRST_YEAR: Final = 1990
_LAST_YEAR: Final = 2100
_ZIP: Final = b"PK"
_FORMULA: Final = re.compile(rb"<f[\s/>]")
REQUIRED: Final = ("title", "duration")


def write_plan_csv(
    plan: Plan,
    result: Schedule,
    dates: Mapping[int, Span],
    people: Mapping[int, str],
    _: Translator,
) -> bytes:
    """Write the tasks of a plan with their dates; headers in the reader's language."""
    rows = _rows(plan, result, dates, people, _)
    return write_csv(rows, _columns(_), RUSSIAN if _.language == "ru" else ENGLISH)


def write_plan_xlsx(
    plan: Plan,
    result: Schedule,
    dates: Mapping[int, Span],
    people: Mapping[int, str],
    _: Translator,
    more: Callable[[Workbook], None] | None = None,
) -> bytes:
    """Write the same table as a sheet of Excel; `more` adds sheets after it."""
    rows = _rows(plan, result, dates, people, _)
    return write_xlsx(rows, _columns(_), title=_("Plan"), more=more)


def _rows(
    plan: Plan,
    result: Schedule,
    dates: Mapping[int, Span],
    people: Mapping[int, str],
    _: Translator,
) -> list[dict[str, Value]]:
    rows: list[dict[str, Value]] = []
    for row in rows_of(plan):
        slot, span = result[row.task_id or 0], dates[row.task_id or 0]
        rows.append(
            {
                "number": row.number,
                "title": row.title,
                "duration": row.duration,
                "waits": row.waits,
                "responsible": people.get(row.responsible_id or 0, row.responsible),
                "done_percent": row.done_percent,
                "part_of": row.part_of,
                "start": _shown(span.start, plan),
                "finish": _shown(span.finish, plan),
                "total_float": slot.total_float,
                "critical": _("yes") if slot.is_critical else _("no"),
                "uid": row.uid,
            }
        )
    return rows


def _columns(_: Translator) -> dict[str, str]:
    order = ("number", "title", "duration", "waits", "responsible", "done_percent", "part_of")
    headers = {**READ, **SHOWN}
    return {key: _(headers[key]) for key in (*order, *SHOWN, "uid")}


def read_plan_csv(
    data: bytes, name: str, unit: PlanUnit = PlanUnit.DAY
) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """Read the rows of a plan, and the headers of columns that mean nothing here.

    Durations may have the word of the plan's unit after them.

    Raises
    ------
    MissingColumnsError
        If there is no column of tasks or of durations; names them.
    PlanCellError
        If a cell that should hold a whole number does not; names row, column and text.
    FormulaError
        If a sheet of Excel holds a formula.
    DomainError
        If it is no table at all: see `read_table`.
    """
    table = read_table(data, name, limit_rows=TASK_LIMIT)
    _refuse_formulas(data, name)
    return _rows_of(table, match_headers(table, ALIASES, REQUIRED), unit)


def read_dated_csv(
    data: bytes, name: str
) -> tuple[tuple[Row, ...], tuple[str, ...], dict[int, Days]] | None:
    """Read a table that says from when until when instead of how long; None if it is not one.

    Gives also the first and the last day of each row that has them, by its number. Raises as
    `read_plan_csv` does, and `PlanCellError` for a day that is none or ends before it begins.
    """
    table = read_table(data, name, limit_rows=TASK_LIMIT)
    places = match_headers(table, ALIASES)
    if "duration" in places or not {"title", "start", "finish"} <= places.keys():
        return None
    _refuse_formulas(data, name)
    rows, ignored = _rows_of(table, places, PlanUnit.DAY)
    read = _Reader(table, places, PlanUnit.DAY)
    found = ((row.number, read.days(raw)) for row, raw in zip(rows, table.rows, strict=True))
    return rows, ignored, {number: days for number, days in found if days is not None}


def _rows_of(
    table: RawTable, places: Mapping[str, int], unit: PlanUnit
) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    known = set(places.values())
    ignored = tuple(h for i, h in enumerate(table.headers) if h and i not in known)
    read = _Reader(table, places, unit)
    rows = tuple(read.row(raw, number) for number, raw in enumerate(table.rows, start=1))
    _check_numbers(rows, table, places)
    return rows, ignored


class _Reader:
    """Reads the cells of one table by the names of their columns."""

    def __init__(self, table: RawTable, places: Mapping[str, int], unit: PlanUnit) -> None:
        self._table = table
        self._places = places
        self._unit = unit

    def row(self, raw: RawRow, number: int) -> Row:
        return Row(
            number=self._whole(raw, "number", number) or number,
            title=self._text(raw, "title"),
            duration=self._duration(raw),
            waits=self._text(raw, "waits"),
            responsible=self._text(raw, "responsible"),
            done_percent=self._whole(raw, "done_percent", 0) or 0,
            part_of=self._whole(raw, "part_of", None),
            uid=self._text(raw, "uid"),
        )

    def _text(self, raw: RawRow, column: str) -> str:
        return as_text(raw.cell(self._places.get(column)))

    def days(self, raw: RawRow) -> Days | None:
        """Give the first and the last day; one of them alone is both."""
        start, finish = self._day(raw, "start"), self._day(raw, "finish")
        first, last = start or finish, finish or start
        if first is None or last is None:
            return None
        if last < first:
            raise self._error(raw, "finish")
        return first, last

    def _day(self, raw: RawRow, column: str) -> date | None:
        try:
            day = as_date(raw.cell(self._places[column]))
        except CellError:
            raise self._error(raw, column) from None
        if day is not None and not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            raise self._error(raw, column)
        return day

    def _duration(self, raw: RawRow) -> int:
        if "duration" not in self._places:
            return 1
        cell = raw.cell(self._places["duration"])
        worded = parse_length(cell, self._unit) if isinstance(cell, str) else None
        value = self._whole(raw, "duration", None) if worded is None else worded
        if value is None:
            raise self._error(raw, "duration")
        return value

    def _whole(self, raw: RawRow, column: str, default: int | None) -> int | None:
        cell = raw.cell(self._places.get(column))
        try:
            value = as_number(cell.rstrip("% ") if isinstance(cell, str) else cell)
        except CellError:
            raise self._error(raw, column) from None
        if value is None:
            return default
        if not value.is_integer():
            raise self._error(raw, column)
        return int(value)

    def _error(self, raw: RawRow, column: str) -> PlanCellError:
        header = self._table.headers[self._places[column]]
        return PlanCellError(row=raw.number, column=header, text=self._text(raw, column))


def _refuse_formulas(data: bytes, name: str) -> None:
    """Refuse a workbook with formulas: what it shows may be another sheet's, or out of date."""
    if not data.startswith(_ZIP):
        return
    with ZipFile(BytesIO(data)) as book:
        for part in book.namelist():
            if part.startswith("xl/worksheets/") and _FORMULA.search(book.read(part)):
                raise FormulaError(name=name)


def _check_numbers(rows: tuple[Row, ...], table: RawTable, places: Mapping[str, int]) -> None:
    seen: set[int] = set()
    for row, raw in zip(rows, table.rows, strict=True):
        if row.number in seen or row.number < 1:
            header = table.headers[places["number"]] if "number" in places else ""
            raise PlanCellError(row=raw.number, column=header, text=str(row.number))
        seen.add(row.number)


def _names(text: str) -> tuple[str, ...]:
    """Give a header in every language, English first."""
    return (text, *(translator(language)(text) for language in LANGUAGES))


def _shown(moment: datetime, plan: Plan) -> date:
    """Cut a moment to the day where the plan counts days."""
    return moment.date() if plan.unit is PlanUnit.DAY else moment


ALIASES: Final = {
    key: tuple(name for one in (text, *ELSEWHERE.get(key, ())) for name in _names(one))
    for key, text in {**READ, **SHOWN}.items()
}
START_NAMES: Final = ALIASES["start"]

"""Rows to CSV and XLSX, such that Excel opens them rightly and runs nothing."""

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO, StringIO
from typing import TypeAlias

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from core.spreadsheet.cells import guard

Value: TypeAlias = str | int | float | bool | date | datetime | None
Row: TypeAlias = Mapping[str, Value]

_CELL_LIMIT = 32_767  # characters, set by Excel
_WIDTHS = (8, 60)  # characters
_MEASURED = 500  # rows that decide the widths


@dataclass(frozen=True)
class CsvDialect:
    """How the Excel of one country reads a CSV file."""

    delimiter: str
    decimal: str


RUSSIAN = CsvDialect(";", ",")
ENGLISH = CsvDialect(",", ".")


def write_csv(
    rows: Iterable[Row], columns: Mapping[str, str], dialect: CsvDialect = RUSSIAN
) -> bytes:
    """Write rows as CSV in UTF-8 with a byte-order mark, without which Excel guesses wrongly.

    Parameters
    ----------
    rows
        One mapping per row; a key that is missing gives an empty cell.
    columns
        Header of each key, in the order of the columns.
    dialect
        Separators. With the wrong ones Excel shows one column, or takes 1.5 for the first of May.
    """
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=dialect.delimiter, lineterminator="\r\n")
    writer.writerow(guard(header) for header in columns.values())
    for row in rows:
        writer.writerow(_csv_cell(row.get(key), dialect) for key in columns)
    return out.getvalue().encode("utf-8-sig")


def _csv_cell(value: Value, dialect: CsvDialect) -> str:
    match value:
        case None:
            return ""
        case str():
            return guard(value.replace("\x00", ""))
        case float():
            return f"{value:.10g}".replace(".", dialect.decimal)
        case datetime():
            return value.strftime("%Y-%m-%d %H:%M")
        case _:
            return str(value)


def write_xlsx(
    rows: Sequence[Row],
    columns: Mapping[str, str],
    *,
    formats: Mapping[str, str] | None = None,
    title: str = "",
    more: Callable[[Workbook], None] | None = None,
) -> bytes:
    """Write rows as one XLSX sheet with a header that stays in sight.

    Texts are stored as texts and marked as such, so that Excel does not make a formula of one
    even when somebody edits its cell. A text over 32,767 characters is cut, with an ellipsis.

    Parameters
    ----------
    rows, columns
        As for `write_csv`.
    formats
        Number format by key, in Excel's notation ("0.0", "0%").
    title
        Name of the sheet.
    more
        Adds sheets after it; texts go into their cells by `put_text`.
    """
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = _sheet_name(title)
    sheet.freeze_panes = "A2"
    sheet.append([_header(sheet, header) for header in columns.values()])
    patterns = formats or {}
    for row in rows:
        sheet.append([_cell(sheet, row.get(key), patterns.get(key, "")) for key in columns])
    for column, (key, header) in enumerate(columns.items(), start=1):
        longest = max(len(header), *(_length(row.get(key)) for row in rows[:_MEASURED]), 0)
        width = min(max(longest + 2, _WIDTHS[0]), _WIDTHS[1])
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.auto_filter.ref = sheet.dimensions
    if more:
        more(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet_name(title: str) -> str:
    allowed = "".join(letter for letter in title if letter not in r"[]:*?/\'")
    return allowed.strip()[:31] or "1"


def _length(value: Value) -> int:
    if isinstance(value, str):
        return max(map(len, value.splitlines()), default=0)
    return 16 if isinstance(value, datetime) else 10


def _header(sheet: Worksheet, header: str) -> Cell:
    cell = _text_cell(sheet, header)
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor="E3EDE7")
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell


def _cell(sheet: Worksheet, value: Value, pattern: str) -> Cell:
    if isinstance(value, str):
        return _text_cell(sheet, value)
    if isinstance(value, datetime) and value.tzinfo:
        value = value.astimezone(UTC).replace(tzinfo=None)  # Excel knows no time zones
    cell = Cell(sheet, row=1, column=1)  # `append` gives it its place
    cell.value = value
    if pattern:
        cell.number_format = pattern
    elif isinstance(value, date):
        cell.number_format = "dd.mm.yyyy hh:mm" if isinstance(value, datetime) else "dd.mm.yyyy"
    return cell


def _text_cell(sheet: Worksheet, text: str) -> Cell:
    cell = Cell(sheet, row=1, column=1)
    put_text(cell, text)
    return cell


def put_text(cell: Cell, text: str) -> None:
    """Put a text into a cell such that no spreadsheet program takes it for a formula."""
    text = ILLEGAL_CHARACTERS_RE.sub("", text)
    if len(text) > _CELL_LIMIT:
        text = text[: _CELL_LIMIT - 1] + "…"
    cell.value = text
    cell.data_type = "s"
    if guard(text) != text:
        cell.quotePrefix = True
